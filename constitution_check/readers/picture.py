"""Pictures of pages (.png, .jpg, .tif), given to OCR as a scanned PDF's pages are.

A scan or a photograph is a page; a .tif may hold many. Each is put on a page of a PDF in memory when its turn comes, so
that one picture at a time is held, and everything else is what `readers.pdf` does.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from constitution_check.errors import CheckError
from constitution_check.model import Reading, Unread
from constitution_check.readers import ocr_wanted
from constitution_check.readers.common import AS_USUAL, MAX_PAGES, ReadOptions
from constitution_check.readers.pdf import read_pages

KINDS = ("png", "jpg", "tif")

MAX_DOTS = 80_000_000
"""Dots of one picture: A3 at 600 dots an inch has 70 million, a telephone's photograph 12 to 50."""
_A4_POINTS = 842
_LIKELY_INCH = range(150, 1_201)
"""Dots an inch that a scanner gives; cameras say 72, whatever they took."""
_LIKELY_POINTS = range(300, 1_251)  # the longer side, from a postcard's to A3's
_ONE_PAGE = ("the file is a picture of one page; if the document has more, put them all into one PDF or one .tif, or "
             "ask for the file that it was printed from")

_FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, OverflowError)
"""What Pillow raises for pictures that are broken or made to be."""


def read_picture(path: Path, kind: str, options: ReadOptions = AS_USUAL) -> Reading:
    """The paragraphs of a picture, by OCR. A picture of one page is said to be no whole document.

    kind: one of KINDS. Raises CheckError for a damaged or too large picture, and where OCR is off or not there.
    """
    from PIL import Image

    ocr_wanted.check_there(path.name, options)
    if options.ocr == "never" or not ocr_wanted.is_there():
        raise CheckError(ocr_wanted.nothing_read(path.name, options))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")  # of odd tags; and the limit of dots here is our own
        try:
            picture = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
            pages = _Pages(picture, path.name)
        except Image.DecompressionBombError:
            raise _too_large(path.name) from None
        except _FAULTS:
            raise _damaged(path.name) from None
        with picture:
            reading = read_pages(pages, path, options)
    rest = (Unread(what="any other page", why=_ONE_PAGE),) if reading.pages == 1 else ()
    return reading.model_copy(update={"format": kind, "unread": (*reading.unread, *rest)})


class _Pages:
    """The frames of a picture as a pypdfium2 document gives its pages; one is held at a time."""

    def __init__(self, picture: Any, name: str) -> None:
        self._picture, self._name, self._held = picture, name, None
        self._count = min(getattr(picture, "n_frames", 1), MAX_PAGES + 1) if picture.format == "TIFF" else 1

    def __len__(self) -> int:
        return int(self._count)

    def __getitem__(self, index: int) -> Any:
        import pypdfium2

        try:
            self._picture.seek(index)
            grey = _grey(self._picture, self._name)
        except _FAULTS:
            if self._count == 1:
                raise _damaged(self._name) from None
            raise pypdfium2.PdfiumError("a damaged frame") from None  # as a damaged page of a PDF is told
        wide, tall = _points(grey.size, self._picture.info.get("dpi"))
        document = pypdfium2.PdfDocument.new()
        page = document.new_page(wide, tall)
        shape = pypdfium2.PdfImage.new(document)
        shape.set_bitmap(pypdfium2.PdfBitmap.from_pil(grey))
        shape.set_matrix(pypdfium2.PdfMatrix().scale(wide, tall))
        page.insert_obj(shape)
        page.gen_content()
        if self._held is not None:
            self._held.close()
        self._held = document
        return page

    def get_page_label(self, index: int) -> str:
        """Pictures have no page labels."""
        return ""


def _grey(picture: Any, name: str) -> Any:
    """The frame upright, in greys, on white where it is transparent."""
    from PIL import Image, ImageOps

    if picture.width * picture.height > MAX_DOTS:
        raise _too_large(name)
    grey = picture.convert("L")  # first, for a coloured copy takes four times the memory
    if "A" in picture.getbands() or "transparency" in picture.info:
        white = Image.new("L", grey.size, 255)
        white.paste(grey, mask=picture.convert("RGBA").getchannel("A"))
        return white
    return ImageOps.exif_transpose(grey)


def _points(dots: tuple[int, int], inch: Any) -> tuple[float, float]:
    """The page's size: by the dots an inch where they are likely, else as though it were A4."""
    longer, said = max(dots), float(inch[0]) if inch else 0.0
    scale = _A4_POINTS / longer
    if int(said) in _LIKELY_INCH and int(longer * 72 / said) in _LIKELY_POINTS:
        scale = 72 / said
    return dots[0] * scale, dots[1] * scale


def _damaged(name: str) -> CheckError:
    return CheckError(f"{name} is damaged and cannot be opened as a picture; ask for another copy, or scan it again as "
                      "a PDF.")


def _too_large(name: str) -> CheckError:
    return CheckError(f"{name} is too large a picture (the limit is {MAX_DOTS // 1_000_000} million dots); scan it at "
                      "300 dots an inch, and check that.")
