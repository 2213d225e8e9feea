"""PDF with text, by pypdfium2: positions to lines, lines to paragraphs, running lines and contents told apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.readers import ocr_wanted
from constitution_check.readers.common import AS_USUAL, MAX_PAGES, ReadOptions, digest
from constitution_check.readers.ocr_wanted import grouped
from constitution_check.readers.pdf_blocks import blocks_of
from constitution_check.readers.pdf_chars import MAX_CHARS_A_PAGE, Segment, segments_of, turn_of, turned
from constitution_check.readers.pdf_furniture import contents_lines, without_furniture
from constitution_check.readers.pdf_lines import Line, cell_lines, lines_of
from constitution_check.readers.pdf_notes import notes_apart
from constitution_check.readers.pdf_page_numbers import printed_numbers
from constitution_check.readers.pdf_paragraphs import paragraphs_of
from constitution_check.readers.pdf_tables import Table, rules_of, tables_of, walls_of

_SCAN = "a scan"
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_GARBLED = "its letters cannot be decoded (the font gives no characters)"


def read_pdf(path: Path, options: ReadOptions = AS_USUAL) -> Reading:
    """The paragraphs of a PDF, each with its physical page from 1.

    Pages without text go to OCR (`readers.ocr`) as the options say; those that could not be read are named in `unread`.
    Raises CheckError for a password, a damaged file, too many pages, no text at all, or OCR that is not there.
    """
    import pypdfium2

    ocr_wanted.check_there(path.name, options)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise CheckError(_why_not(path.name, str(error))) from None
    try:
        return read_pages(document, path, options)
    finally:
        document.close()


def _why_not(name: str, error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return f"{name} is protected with a password; open it, save or print it as a PDF without one, and check that."
    return f"{name} is damaged and cannot be opened as a PDF; download it again, or ask for another copy."


def read_pages(document: Any, path: Path, options: ReadOptions) -> Reading:
    """As `read_pdf`, of a document that is open: pypdfium2's, or one that gives pages as it does."""
    count = len(document)
    if count > MAX_PAGES:
        raise CheckError(
            f"{path.name} is too large ({count} pages; the limit is {MAX_PAGES}); split it and check the parts."
        )
    unread: list[tuple[int, str]] = []
    recognised: list[int] = []
    pages, heights = [], []
    seen = 0
    for number in range(1, count + 1):
        segments, tables, height, why, by_ocr = _page(document, number - 1, options)
        pages.append(_lines(segments, tables, number, seen))
        seen += len(tables)
        heights.append(height)
        if why:
            unread.append((number, why))
        if by_ocr and pages[-1]:
            recognised.append(number)
    if not any(pages):
        raise CheckError(_without_text(path.name, count, options))
    kept = without_furniture(pages, heights)
    texts, notes = notes_apart(kept)
    blocks = tuple(blocks_of(paragraphs_of(texts, contents_lines(texts)), notes,
                             printed_numbers(document, pages, kept)))
    if not blocks:
        raise CheckError(_without_text(path.name, count, options))
    return Reading(name=path.name, format="pdf", sha256=digest(path), blocks=blocks, pages=count,
                   unread=tuple(grouped(unread)), ocr_pages=tuple(recognised))


def _without_text(name: str, count: int, options: ReadOptions) -> str:
    return ocr_wanted.nothing_read(name, options) if count else (
        f"{name} has no pages; download it again, or ask for another copy.")


def _lines(segments: list[Segment], tables: list[Table], number: int, seen: int) -> list[Line]:
    """The lines of a page, those of each table cell by cell at the table's height."""
    loose: list[Segment] = []
    cells: list[dict[tuple[int, int], list[Segment]]] = [{} for _ in tables]
    for segment in segments:
        # Tables may lie one inside the other: the one with the nearest head is the inner one.
        places = [
            (table.top, i, place) for i, table in enumerate(tables) if (place := table.cell_of(segment)) is not None
        ]
        if places:
            _, i, place = min(places)
            cells[i].setdefault(place, []).append(segment)
        else:
            loose.append(segment)
    lines = lines_of(loose, number)
    for i, table in enumerate(tables):
        block = [line for (row, column), held in sorted(cells[i].items())
                 for line in cell_lines(held, number, (seen + i, row, column))]
        at = next((i for i, line in enumerate(lines) if line.cell is None and line.y < table.top), len(lines))
        lines[at:at] = block
    return lines


def _page(document: Any, index: int, options: ReadOptions) -> tuple[list[Segment], list[Table], float, str, bool]:
    """A page's segments and tables, its height as it is read (points), why it could not be read, or "", and whether it
    was read by OCR."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return [], [], 0.0, "the page is damaged", False
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return [], [], 0.0, "the page is damaged", False
    try:
        turn = turn_of(textpage)
        rules = rules_of(page, turn)
        segments = segments_of(textpage, turn, walls_of(rules))
        tables = tables_of(rules, segments)
        bottom, top = _extent(page, turn)
        for segment in segments:
            segment.y -= bottom
        tables = [table.lowered(bottom) for table in tables]
        why = _unreadable(page, segments, textpage.count_chars())
        if ocr_wanted.wants(page, segments, options, unreadable=why in (_SCAN, _GARBLED)):
            from constitution_check.readers.ocr import read_page

            read = read_page(page, index + 1, len(document), options)
            return read.segments, tables_of(read.rules, read.segments), read.height, read.why, True
        if why == _SCAN or (not why and ocr_wanted.is_pictured(page, segments)):
            why = ocr_wanted.why_not(options)
        return ([] if why == _GARBLED else segments), tables, top - bottom, why, False
    finally:
        textpage.close()
        page.close()


def _extent(page: Any, turn: int) -> tuple[float, float]:
    """The foot and head of the page in the coordinates of its upright text."""
    left, bottom, right, top = page.get_bbox()
    return turned((left, right, bottom, top), turn)[2:]


def _unreadable(page: Any, segments: list[Segment], count: int) -> str:
    text = "".join(s.text for s in segments)
    if not text:
        return _SCAN if any(True for _ in page.get_objects(max_depth=2)) else ""
    lost = len(_LOST.findall(text))
    if lost > 0.4 * len(text) and len(text) > 30:
        return _GARBLED
    return "the page holds more text than a page can; the rest was left out" if count > MAX_CHARS_A_PAGE else ""
