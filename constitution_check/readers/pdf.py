"""PDF with text, by pypdfium2: positions to lines, lines to paragraphs, running lines and contents told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from constitution_check.errors import CheckError
from constitution_check.model import Reading, Unread
from constitution_check.readers.common import MAX_PAGES, digest
from constitution_check.readers.pdf_chars import MAX_CHARS_A_PAGE, Segment, segments_of
from constitution_check.readers.pdf_furniture import contents_lines, without_furniture
from constitution_check.readers.pdf_lines import lines_of
from constitution_check.readers.pdf_paragraphs import blocks_of, paragraphs_of

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
        raise CheckError(f"{path.name} is too large ({count} pages; the limit is {MAX_PAGES}); split it and check the parts.")
    unread: list[Unread] = []
    pages, heights = [], []
    scans = 0
    for number in range(1, count + 1):
        segments, height, why = _page(document, number - 1)
        pages.append(lines_of(segments, number))
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


def _page(document: Any, index: int) -> tuple[list[Segment], float, str]:
    """A page's segments, its height as it is read (points), and why it could not be read, or ""."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return [], 0.0, "the page is damaged"
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return [], 0.0, "the page is damaged"
    try:
        segments = segments_of(textpage)
        extent = [s.y for s in segments]
        bottom, top = _extent(page, extent)
        for segment in segments:
            segment.y -= bottom
        why = _unreadable(page, segments, textpage.count_chars())
        return ([] if why == _GARBLED else segments), top - bottom, why
    finally:
        textpage.close()
        page.close()


def _extent(page: Any, ys: list[float]) -> tuple[float, float]:
    """The foot and head of the page in the coordinates of its upright text."""
    left, bottom, right, top = page.get_bbox()
    spans = ((bottom, top), (-right, -left), (-top, -bottom), (left, right))
    if not ys:
        return spans[0]
    return max(spans, key=lambda span: sum(span[0] - 1 <= y <= span[1] + 1 for y in ys))


def _unreadable(page: Any, segments: list[Segment], count: int) -> str:
    text = "".join(s.text for s in segments)
    if not text:
        return _SCAN if any(True for _ in page.get_objects(max_depth=2)) else ""
    lost = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if lost > 0.4 * len(text) and len(text) > 30:
        return _GARBLED
    return "the page holds more text than a page can; the rest was left out" if count > MAX_CHARS_A_PAGE else ""
