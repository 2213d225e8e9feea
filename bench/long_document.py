"""A constitution of any length: the body of a sample, repeated, with its automatic numbering kept."""

from __future__ import annotations

import copy
from itertools import cycle
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def build_long_document(sample: Path, target: Path, words: int) -> int:
    """Writes to `target` the sample's body, repeated until it holds `words` words; gives the words written.

    Repeated paragraphs keep their list, so Word goes on counting: section 1 of the second round is the next
    number after the last section of the first.
    """
    document = Document(str(sample))
    body = document.element.body
    section_end = body.find(qn("w:sectPr"))
    elements = [element for element in body if element is not section_end]
    written = sum(_words(element) for element in elements)
    if not written:
        raise ValueError(f"{sample} holds no words to repeat")
    for element in cycle(elements):
        if written >= words:
            break
        body.insert(len(body) - (section_end is not None), copy.deepcopy(element))
        written += _words(element)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
    return written


def _words(element: BaseOxmlElement) -> int:
    return len(" ".join(text.text or "" for text in element.iter(qn("w:t"))).split())
