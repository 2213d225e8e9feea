"""Small parts of the gap report: fields, links, headings that can be reached, tables."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.shared import Cm, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from constitution_check.reports.clean import clean
from constitution_check.reports.word_styles import CELL, LINK
from constitution_check.reports.word_xml import element, field_char, instruction, shading


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A simple field, e.g. PAGE, with the text to show until Word works it out."""
    for part in (field_char("begin"), instruction(code), field_char("separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_any(field_char("end")))


def _any(value: object) -> Any:
    return value


def bookmark(paragraph: Paragraph, name: str) -> None:
    """Mark the paragraph so that links reach it; the id follows from the name."""
    number = str(zlib.crc32(name.encode()) & 0x7FFFFFFF)
    content = _any(paragraph._p)
    content.insert(0 if content.pPr is None else 1, element("bookmarkStart", id=number, name=name))
    content.append(element("bookmarkEnd", id=number))


def heading(document: Document, text: str, level: int, name: str) -> Paragraph:
    """A real heading that links and the contents can reach by that name."""
    made: Paragraph = document.add_heading(clean(text).strip().rstrip("."), level)
    bookmark(made, name)
    return made


def bookmark_name(safeguard: str) -> str:
    """A bookmark's name for a safeguard: letters, digits and underscores, 40 at most (Word's limit)."""
    return f"_Toc_{safeguard.replace('-', '_')}"[:40]


def link(paragraph: Paragraph, name: str, text: str, style: str | None = LINK) -> None:
    """Text that leads to a bookmark of this document."""
    anchor = element("hyperlink", anchor=name, history="1")
    anchor.append(paragraph.add_run(clean(text), style=style)._r)
    _any(paragraph._p).append(anchor)


def table(document: Document, heads: Sequence[str], widths: Sequence[float], says: str) -> Table:
    """An empty table with a header row that repeats on every page; widths in cm; `says` is its alt text."""
    made: Table = document.add_table(rows=1, cols=len(heads))
    made.style, made.autofit = "Table Grid", False
    _lines_and_description(made, says)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    row = made.rows[0]
    for cell, head in zip(row.cells, heads, strict=True):
        fill(cell, head, bold=True)
    _finish(row, widths).append(element("tblHeader"))
    return made


def add_row(made: Table, widths: Sequence[float]) -> _Row:
    """A new row that no page break splits, its cells as wide as given, in cm (Word wants that on each cell)."""
    row: _Row = _any(made).add_row()
    _finish(row, widths)
    return row


def _finish(row: _Row, widths: Sequence[float]) -> Any:
    properties = _any(row._tr).get_or_add_trPr()
    properties.append(element("cantSplit"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)
    return properties


def _lines_and_description(made: Table, says: str) -> None:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = side in ("top", "bottom", "insideH")
        borders.append(element(side, val="single", sz="4", space="0", color="9AA7B4") if drawn
                       else element(side, val="nil"))
    properties = _any(made._tbl.tblPr)
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.append(element("tblDescription", val=says))


def fill(cell: _Cell, text: str, bold: bool = False, ink: str = "", ground: str = "") -> Paragraph:
    """Put text in an empty cell, on a background where one is given; the paragraph comes back."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    run = paragraph.add_run(clean(text))
    run.bold = bold or None
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)
    if ground:
        _any(cell._tc).get_or_add_tcPr().append(shading(ground))
    return paragraph
