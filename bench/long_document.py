"""A constitution of any length: the body of a sample, repeated, with its automatic numbering kept."""

from __future__ import annotations

import copy
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn


def build_long_document(sample: Path, target: Path, words: int) -> int:
    """Writes to `target` the sample's body as often as it takes to hold `words` words; gives the words written.

    Repeated paragraphs keep their list, so Word goes on counting: section 1 of the second round is the next
    number after the last section of the first.
    """
    document = Document(str(sample))
    body = document.element.body
    section_end = body.find(qn("w:sectPr"))
    round_of_elements = [element for element in body if element is not section_end]
    words_a_round = sum(len(_text(element).split()) for element in round_of_elements)
    if words_a_round == 0:
        raise ValueError(f"{sample} holds no words to repeat")
    written = words_a_round
    while written < words:
        for element in round_of_elements:
            again = copy.deepcopy(element)
            if section_end is None:
                body.append(again)
            else:
                section_end.addprevious(again)
        written += words_a_round
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
    return written


def _text(element: object) -> str:
    texts = element.iter(qn("w:t"))  # type: ignore[attr-defined]
    return " ".join(text.text or "" for text in texts)
