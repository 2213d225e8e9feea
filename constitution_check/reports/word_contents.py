"""The contents: a real field, filled here, so that no reader meets an empty one or a question.

The field carries `\\n`: no page numbers. They are known only once Word has laid the pages out,
and a number that may be wrong is worse than none; the entries are links, and gaps are numbered.
"""

from __future__ import annotations

from docx.document import Document
from docx.text.paragraph import Paragraph

from constitution_check.reports.word_parts import link
from constitution_check.reports.word_xml import field_char, instruction

_LEVELS = {"Heading 1": 1}


def write_contents(document: Document, before: Paragraph) -> None:
    """Put the contents before that paragraph, from every heading of the first level: the single gaps stand in the table
    of all safeguards, with links.

    Call it last: the entries are then just those that Word itself would find.
    """
    entries = [(_LEVELS[p.style.name], p) for p in document.paragraphs if p.style and p.style.name in _LEVELS]
    for index, (level, heading) in enumerate(entries):
        paragraph = before.insert_paragraph_before(style=f"TOC {level}")
        if index == 0:
            for part in (field_char("begin"), instruction(r'TOC \o "1-1" \n \h \z'), field_char("separate")):
                paragraph.add_run()._r.append(part)
        link(paragraph, _bookmark_of(heading), heading.text, style=None)
        if index == len(entries) - 1:
            paragraph.add_run()._r.append(field_char("end"))


def _bookmark_of(heading: Paragraph) -> str:
    return str(heading._p.xpath("w:bookmarkStart/@w:name")[0])
