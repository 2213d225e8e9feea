"""The type that a PDF's text objects are set in, asked of pdfium once for each object."""

from __future__ import annotations

from ctypes import CFUNCTYPE, byref, c_int, c_void_p, cast, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

_HEAVY = ("bold", "black", "heavy")
_LARGEST = 400.0
"""Points; a larger type size than this is a slip of the file, and the height of its letters is taken."""


def _address(function: Any) -> int:
    return cast(function, c_void_p).value or 0


# Without prototypes of its own ctypes would build a pointer object for every word of the document.
object_of = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(pdfium_c.FPDFText_GetTextObject))
"""The text object (an address) to which the character at an index of a text page (an address) belongs, or None."""

loose_box_of = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(_address(pdfium_c.FPDFText_GetLooseCharBox))
"""Writes the box of the character at an index of a text page (an address) to an FS_RECTF (an address)."""

_font_of = CFUNCTYPE(c_void_p, c_void_p)(_address(pdfium_c.FPDFTextObj_GetFont))


class Type(NamedTuple):
    """Where a text object's baseline lies (points upwards, as it is read), its size in points, whether it is bold."""

    y: float
    size: float
    bold: bool


class Types:
    """The types on one text page. raw: pdfium's handle. turn: the direction of the text, from `turn_of`."""

    def __init__(self, raw: Any, turn: int) -> None:
        self.raw, self.turn = raw, turn
        self.matrix = pdfium_c.FS_MATRIX()
        self.ref = byref(self.matrix)
        self.fonts: dict[int | None, bool] = {}

    def at(self, index: int, owner: int | None) -> Type:
        """The type of the character at an index, which belongs to this text object."""
        found = pdfium_c.FPDFText_GetMatrix(self.raw, index, self.ref)
        matrix = self.matrix
        if not found:
            return Type(0.0, self._height(index), False)
        scale: float = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        size = scale * pdfium_c.FPDFText_GetFontSize(self.raw, index)
        if not 1.0 < size < _LARGEST:
            size = self._height(index)
        font = _font_of(owner) if owner else None
        bold = self.fonts.get(font)
        if bold is None:
            bold = self.fonts[font] = _is_bold(self.raw, index)
        return Type((matrix.f, -matrix.e, -matrix.f, matrix.e)[self.turn // 90], size, bold)

    def _height(self, index: int) -> float:
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(self.raw, index, byref(box))
        return float(max(box.top - box.bottom if self.turn % 180 == 0 else box.right - box.left, 1.0)) / 1.2


def _is_bold(raw: Any, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(raw, index) >= 600:
        return True
    name = font_name(raw, index)
    return any(word in name for word in _HEAVY)


def font_name(raw: Any, index: int) -> str:
    """The name of a character's font in lower case, "" where it has none."""
    flags, buffer = c_int(), create_string_buffer(128)
    length = pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, 128, byref(flags))
    return buffer.raw[:max(0, min(length, 128) - 1)].decode("utf-8", "replace").lower()
