"""An annotated copy of a PDF: highlights on weak words, notes with the wording to ask for.

Written by pdfium, the library that reads PDFs here, so that no second parser sees the file. It appends to the file: the
original bytes stay, and only the pages that get a note are written again behind them (ISO 32000-1, 7.5.6 and 12.5.6).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from constitution_check.annotate.pdf_places import Hit, Pages
from constitution_check.annotate.pdf_verify import verify
from constitution_check.annotate.records import AUTHOR, Ask, Line, Notes, Remark, Spot, Written
from constitution_check.errors import CheckError
from constitution_check.reports.clean import clean

_YELLOW, _BLUE = (255, 213, 79), (144, 202, 249)
_ICON = 20.0  # points; viewers draw the sign of a note about this large
_PRINT = 4  # annotation flag: shown on paper too
_MAY_NOTE = 1 << 5  # permission bit 6: annotations may be added


def annotate_pdf(data: bytes, notes: Notes) -> tuple[Written, bytes]:
    """The annotated copy of a PDF and what was written into it.

    Raises CheckError where the file cannot be opened, or where the copy does not pass its own check.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CheckError(f"{notes.name} cannot be opened as a PDF; download it again and check that.") from error
    try:
        writer = _Writer(document, notes)
        writer.write()
        out = io.BytesIO()
        document.save(out, flags=pdfium_c.FPDF_INCREMENTAL)
        permissions = pdfium_c.FPDF_GetDocPermissions(document.raw)
    finally:
        document.close()
    verify(out.getvalue(), data, notes.name, writer.added)
    told = () if permissions & _MAY_NOTE else (
        "The PDF asks that no notes be added to it; some programs will not show or change them.",)
    return Written(comments=len(notes.remarks), asks=len(notes.asks), paragraphs=0, loose=writer.loose,
                   notes=told), out.getvalue()


class _Writer:
    """Puts notes into one open document. added: for each page (from 0) the texts put there, in order."""

    def __init__(self, document: pdfium.PdfDocument, notes: Notes) -> None:
        self._notes = notes
        self._pages = Pages(document)
        self._taken: dict[int, list[tuple[float, float]]] = {}
        self.added: dict[int, list[str]] = {}
        self.loose = 0

    def write(self) -> None:
        """Write the summary, the remarks and the wording to ask for."""
        self._note(0, None, self._notes.summary)
        for remark in self._notes.remarks:
            self._remark(remark)
        for ask in self._notes.asks:
            self._ask(ask)
        self._pages.close()

    def _remark(self, remark: Remark) -> None:
        hits = self._pages.find(remark.spot)
        if not hits:
            self.loose += 1
            about = Line(label=f"About “{remark.spot.quote}”:")
            self._note(self._page(remark.spot), None, (about, *remark.lines))
            return
        for place, hit in enumerate(hits):
            self._highlight(hit, remark.lines if place == 0 else (Line(text="See the note on the page before."),))

    def _ask(self, ask: Ask) -> None:
        """A note beside the passage of the same safeguard, else beside the nearest, else on the first page."""
        wordings = tuple(Line(text=f"“{wording}”") for wording in ask.wordings)
        lines = (*ask.lines[:1], *wordings, *ask.lines[1:])
        for spot in (*ask.beside, *ask.near):
            if hits := self._pages.find(spot):
                self._note(hits[-1].page, hits[-1].rects[-1][1], lines)
                return
        paged = [spot for spot in (*ask.beside, *ask.near) if spot.page]
        self._note(self._page(paged[0]) if paged else 0, None, lines)

    def _page(self, spot: Spot) -> int:
        return min(max((spot.page or 1) - 1, 0), len(self._pages) - 1)

    # --- annotations ---

    def _highlight(self, hit: Hit, lines: Sequence[Line]) -> None:
        annotation = self._new(hit.page, pdfium_c.FPDF_ANNOT_HIGHLIGHT, _YELLOW, lines)
        for left, bottom, right, top in hit.rects:
            quad = pdfium_c.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            pdfium_c.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        lefts, bottoms, rights, tops = zip(*hit.rects, strict=True)
        box = pdfium_c.FS_RECTF(min(lefts), max(tops), max(rights), min(bottoms))
        pdfium_c.FPDFAnnot_SetRect(annotation, box)
        pdfium_c.FPDFPage_CloseAnnot(annotation)

    def _note(self, page: int, height: float | None, lines: Sequence[Line]) -> None:
        """A note in the margin, at this height (points, from the top of the page where None), below those there."""
        left, bottom, right, top = self._pages.box(page)
        x, y = self._free(page, (left, bottom, right, top), height)
        annotation = self._new(page, pdfium_c.FPDF_ANNOT_TEXT, _BLUE, lines)
        pdfium_c.FPDFAnnot_SetRect(annotation, pdfium_c.FS_RECTF(x, y, x + _ICON, y - _ICON))
        pdfium_c.FPDFPage_CloseAnnot(annotation)

    def _free(self, page: int, box: tuple[float, float, float, float], height: float | None) -> tuple[float, float]:
        """The left and top of the next sign: down the left margin, then down the right one."""
        left, bottom, right, top = box
        taken = self._taken.setdefault(page, [])
        start = top - 6 if height is None else min(height + _ICON / 2, top - 6)
        for x in (left + 6, right - 6 - _ICON):
            y = start
            while y - _ICON > bottom:
                if all(abs(x - ox) >= _ICON or abs(y - oy) >= _ICON + 2 for ox, oy in taken):
                    taken.append((x, y))
                    return x, y
                y -= _ICON + 2
            start = top - 6
        taken.append((left + 6, top - 6))
        return left + 6, top - 6

    def _new(self, page: int, kind: int, colour: tuple[int, int, int], lines: Iterable[Line]) -> object:
        annotation = pdfium_c.FPDFPage_CreateAnnot(self._pages.raw(page), kind)
        text = clean("\n\n".join(line.whole for line in lines))
        when = "".join(c for c in self._notes.date if c.isdigit())
        for key, said in ((b"Contents", text), (b"T", AUTHOR), (b"M", f"D:{when}Z")):
            pdfium_c.FPDFAnnot_SetStringValue(annotation, key, _wide(said))
        pdfium_c.FPDFAnnot_SetColor(annotation, pdfium_c.FPDFANNOT_COLORTYPE_Color, *colour, 255)
        pdfium_c.FPDFAnnot_SetFlags(annotation, _PRINT)
        self.added.setdefault(page, []).append(text)
        return annotation


def _wide(text: str) -> object:
    """A string as pdfium takes it: UTF-16, little end first, ended by a zero."""
    import ctypes

    units = (text + "\0").encode("utf-16-le")
    return ctypes.cast(ctypes.create_string_buffer(units, len(units)), ctypes.POINTER(ctypes.c_ushort))
