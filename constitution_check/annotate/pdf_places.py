"""Where on the pages of a PDF quoted words stand, by letters and digits alone: spaces and hyphens are set by lines."""

from __future__ import annotations

from ctypes import POINTER, byref, c_double, c_ushort, cast, create_string_buffer
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from constitution_check.annotate.records import Spot

Rect = tuple[float, float, float, float]
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SHORTEST = 8  # letters of a tail that are looked for by themselves on the next page


@dataclass(frozen=True)
class Hit:
    """Words on one page (from 0): the rectangles that they take up, (left, bottom, right, top) in points."""

    page: int
    rects: tuple[Rect, ...]


@dataclass(frozen=True)
class _Letters:
    """A page's letters and digits, and the index at which pdfium counts each."""

    text: str
    indices: tuple[int, ...]


class Pages:
    """The pages of an open document, each opened once."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._open: dict[int, tuple[pdfium.PdfPage, pdfium.PdfTextPage]] = {}
        self._letters: dict[int, _Letters] = {}

    def __len__(self) -> int:
        return len(self._document)

    def _page(self, page: int) -> tuple[pdfium.PdfPage, pdfium.PdfTextPage]:
        if page not in self._open:
            opened = self._document[page]
            self._open[page] = opened, opened.get_textpage()
        return self._open[page]

    def raw(self, page: int) -> object:
        """pdfium's own page."""
        return self._page(page)[0].raw

    def box(self, page: int) -> Rect:
        """What of the page is shown: left, bottom, right, top."""
        left, bottom, right, top = self._page(page)[0].get_cropbox()
        return left, bottom, right, top

    def close(self) -> None:
        """Close what was opened: pdfium writes a page's changes then."""
        for page, text in self._open.values():
            text.close()
            page.close()
        self._open.clear()

    def find(self, spot: Spot) -> tuple[Hit, ...]:
        """Where the words stand, on the page given for their passage or the next; empty where they are not found."""
        quote = _bare(spot.quote)
        if not quote or spot.page is None:
            return ()
        before = _bare(spot.passage[:max((spot.start or 0) - spot.passage_start, 0)]) if spot.passage else ""
        passage = _bare(spot.passage)
        for page in (spot.page - 1, spot.page):
            if not 0 <= page < len(self):
                continue
            start = self._start(page, passage, before, quote)
            if start is not None:
                return (self._hit(page, start, len(quote)),)
        return self._over_the_edge(spot.page - 1, quote)

    def _start(self, page: int, passage: str, before: str, quote: str) -> int | None:
        """Where the words begin among the page's letters: within their passage where that can be found."""
        letters = self.letters(page).text
        whole = letters.find(passage) if passage else -1
        if whole >= 0:
            inside = letters.startswith(quote, whole + len(before)) if before in passage else False
            return whole + len(before) if inside else letters.find(quote, whole)
        near = letters.find(before[-40:] + quote) if before else -1
        if near >= 0:
            return near + len(before[-40:])
        once = letters.count(quote) == 1 or not passage
        return letters.find(quote) if once and quote in letters else None

    def _over_the_edge(self, page: int, quote: str) -> tuple[Hit, ...]:
        """Words that begin at the end of one page and go on upon the next."""
        if not 0 <= page < len(self) - 1:
            return ()
        here, there = self.letters(page).text, self.letters(page + 1).text
        for cut in range(len(quote) - _SHORTEST, _SHORTEST - 1, -1):
            start = here.rfind(quote[:cut])
            if start >= 0:
                rest = there.find(quote[cut:])
                return () if rest < 0 else (self._hit(page, start, cut), self._hit(page + 1, rest, len(quote) - cut))
        return ()

    def letters(self, page: int) -> _Letters:
        """The page's letters and digits, small."""
        if page not in self._letters:
            text = text_of(self._page(page)[1])
            found = [(letter, index) for index, character in enumerate(text) for letter in _bare(character)]
            self._letters[page] = _Letters("".join(letter for letter, _ in found), tuple(index for _, index in found))
        return self._letters[page]

    def _hit(self, page: int, start: int, length: int) -> Hit:
        indices = self.letters(page).indices
        first, last = indices[start], indices[start + length - 1]
        raw = self._page(page)[1].raw
        sides = [c_double() for _ in range(4)]
        rects: list[Rect] = []
        for place in range(pdfium_c.FPDFText_CountRects(raw, first, last - first + 1)):
            left, top, right, bottom = sides
            pdfium_c.FPDFText_GetRect(raw, place, *(byref(side) for side in sides))
            rects.append((left.value, bottom.value, right.value, top.value))
        return Hit(page, tuple(rects))


def text_of(textpage: pdfium.PdfTextPage) -> str:
    """The page's text, one character for each that pdfium counts."""
    count = textpage.count_chars()
    if count < 1:
        return ""
    buffer = create_string_buffer(2 * (count + 1))
    written = pdfium_c.FPDFText_GetText(textpage.raw, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[:2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _bare(text: str) -> str:
    return "".join(c for c in text.translate(_LIGATURES).casefold() if c.isalnum())
