"""Which pages go to OCR, and what is said of those that do not; imports nothing heavy."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from constitution_check.errors import CheckError
from constitution_check.model import Unread
from constitution_check.readers.common import ReadOptions

if TYPE_CHECKING:
    from constitution_check.readers.pdf_chars import Segment

_INSTALL = "install tesseract (on Debian and Ubuntu the package tesseract-ocr)"
_A_STAMP = 200
"""Characters up to which the text on a picture that fills the page is a stamp, a page number or a file mark."""
_FILLS = 0.6
"""Share of the page from which a picture is the page."""


def is_there() -> bool:
    """Whether tesseract is installed."""
    return shutil.which("tesseract") is not None


def wants(page: Any, segments: Sequence[Segment], options: ReadOptions, *, unreadable: bool) -> bool:
    """Whether a page (pypdfium2 PdfPage) is to be read by OCR. unreadable: it has no text that can be decoded."""
    if options.ocr == "always":
        return True
    return options.ocr == "auto" and (unreadable or is_pictured(page, segments)) and is_there()


def is_pictured(page: Any, segments: Sequence[Segment]) -> bool:
    """Whether all but a stamp or a page number of the page is one picture."""
    import pypdfium2
    import pypdfium2.raw as pdfium_c

    if sum(len(segment.text) for segment in segments) > _A_STAMP:
        return False
    left, bottom, right, top = page.get_bbox()
    whole = (right - left) * (top - bottom)
    try:
        for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            x0, y0, x1, y1 = shape.get_bounds()
            wide, tall = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
            if wide > 0 and tall > 0 and wide * tall > _FILLS * whole:
                return True
    except pypdfium2.PdfiumError:
        return False
    return False


def check_there(name: str, options: ReadOptions) -> None:
    """Raises CheckError where OCR was asked for always and tesseract is not installed."""
    if options.ocr == "always" and not is_there():
        raise CheckError(f"{name} cannot be read by text recognition (OCR), because tesseract is not installed. "
                         "Install it (on Debian and Ubuntu the package tesseract-ocr) or leave out --ocr always.")


def why_not(options: ReadOptions) -> str:
    """Why a page that is a picture was not read."""
    if options.ocr == "never":
        return "a picture of text (a scan), and text recognition (OCR) was turned off"
    return "a picture of text (a scan); install tesseract to have it read, or ask for the file it was printed from"


def nothing_read(name: str, options: ReadOptions) -> str:
    """The sentence on a document without any text."""
    if options.ocr != "never" and is_there():
        return (f"{name} holds only pictures of its pages (a scan), and no text could be made out on them; ask for the "
                "file that it was printed from, or scan it again at 300 dots an inch.")
    turned_off = options.ocr == "never" and is_there()
    do = "check it again without --ocr never" if turned_off else f"{_INSTALL} and check again"
    return (f"{name} holds no text, only pictures of its pages (a scan); ask for the file it was printed from, or "
            f"{do}, so that it is read by text recognition (OCR).")


def grouped(pages: Sequence[tuple[int, str]]) -> list[Unread]:
    """What could not be read, page by page, with neighbours of one reason put together: "pages 3-7"."""
    runs: list[tuple[int, int, str]] = []
    for number, why in pages:
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == why:
            runs[-1] = runs[-1][0], number, why
        else:
            runs.append((number, number, why))
    return [Unread(what=f"page {first}" if first == last else f"pages {first}-{last}", why=why)
            for first, last, why in runs]
