"""PDF with text, by pypdfium2: positions to lines, lines to paragraphs, running lines and contents told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from constitution_check.errors import CheckError
from constitution_check.model import Reading, Unread
from constitution_check.readers.common import MAX_PAGES, digest
from constitution_check.readers.pdf_blocks import blocks_of
from constitution_check.readers.pdf_chars import MAX_CHARS_A_PAGE, Segment, segments_of, turn_of, turned
from constitution_check.readers.pdf_furniture import contents_lines, without_furniture
from constitution_check.readers.pdf_lines import Line, cell_lines, lines_of
from constitution_check.readers.pdf_paragraphs import paragraphs_of
from constitution_check.readers.pdf_tables import Table, rules_of, tables_of, walls_of

_SCAN = "no characters, only a picture of the page (a scan)"
_GARBLED = "its letters cannot be decoded (the font gives no characters)"


def read_pdf(path: Path) -> Reading:
    """The paragraphs of a PDF, each with its physical page from 1.

    Raises CheckError for a password, a damaged file, too many pages, or no text at all (a scan).
    Pages without text are named in `unread`.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise CheckError(_why_not(path.name, str(error))) from None
    try:
        return _read(document, path)
    finally:
        document.close()


def _why_not(name: str, error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return f"{name} is protected with a password; open it, save or print it as a PDF without one, and check that."
    return f"{name} is damaged and cannot be opened as a PDF; download it again, or ask for another copy."


def _read(document: Any, path: Path) -> Reading:
    count = len(document)
    if count > MAX_PAGES:
        raise CheckError(
            f"{path.name} is too large ({count} pages; the limit is {MAX_PAGES}); split it and check the parts."
        )
    unread: list[Unread] = []
    pages, heights = [], []
    scans = seen = 0
    for number in range(1, count + 1):
        segments, tables, height, why = _page(document, number - 1)
        pages.append(_lines(segments, tables, number, seen))
        seen += len(tables)
        heights.append(height)
        if why:
            unread.append(Unread(what=f"page {number}", why=why))
            scans += why == _SCAN
    if not any(pages):
        raise CheckError(_without_text(path.name, count, scans))
    kept = without_furniture(pages, heights)
    blocks = tuple(blocks_of(paragraphs_of(kept, contents_lines(kept))))
    if not blocks:
        raise CheckError(_without_text(path.name, count, scans))
    return Reading(name=path.name, format="pdf", sha256=digest(path), blocks=blocks, pages=count, unread=tuple(unread))


def _without_text(name: str, count: int, scans: int) -> str:
    if scans or count:
        return (f"{name} holds no text, only pictures of its pages (a scan); ask for the file it was printed from, "
                "or run it through text recognition (OCR) and check the result.")
    return f"{name} has no pages; download it again, or ask for another copy."


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


def _page(document: Any, index: int) -> tuple[list[Segment], list[Table], float, str]:
    """A page's segments and tables, its height as it is read (points), and why it could not be read, or ""."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return [], [], 0.0, "the page is damaged"
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return [], [], 0.0, "the page is damaged"
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
        return ([] if why == _GARBLED else segments), tables, top - bottom, why
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
    lost = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if lost > 0.4 * len(text) and len(text) > 30:
        return _GARBLED
    return "the page holds more text than a page can; the rest was left out" if count > MAX_CHARS_A_PAGE else ""
