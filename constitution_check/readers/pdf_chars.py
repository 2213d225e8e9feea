"""One PDF page to segments: runs of characters on one baseline, by their positions.

pdfium's own text joins a label to its clause ("10.1.1The"); positions tell them apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

MAX_CHARS_A_PAGE = 60_000
"""A dense page of print holds 6,000."""

_WORD_GAP = 0.3
"""Share of the type size from which a gap inside a segment is a space."""
_BREAK_GAP = 1.0
"""Share of the type size from which a gap ends a segment (a tab, a column)."""
_CAPITAL = 1.3
"""Type size over the height of a capital letter, roughly."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HYPHENS = ("\x02", "\u00ad")
HYPHEN = "\x02"
"""Stands at the end of a segment for a hyphen that the line break may have put there."""


@dataclass(slots=True)
class Segment:
    """Characters that belong together. Points, y upwards from the foot of the page as it is read."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


class _Char(NamedTuple):
    text: str
    x0: float
    x1: float
    y: float
    size: float
    index: int


def segments_of(textpage: Any, turn: int, walls: Sequence[tuple[float, float, float]] = ()) -> list[Segment]:
    """The segments of a page (pypdfium2 PdfTextPage) in the order of the file.

    turn: the direction of the text, from `turn_of`. walls: upright rules (x, lowest y, highest y) that
    no segment crosses.
    """
    raw = textpage.raw
    count = min(textpage.count_chars(), MAX_CHARS_A_PAGE)
    out: list[Segment] = []
    run: list[_Char] = []
    parts: list[str] = []

    def close() -> None:
        text = "".join(parts).strip()
        if run and text:
            out.append(Segment(text, min(c.x0 for c in run), max(c.x1 for c in run), run[0].y, _size(run), _bold(raw, run[0].index)))
        run.clear()
        parts.clear()

    for char in _chars(raw, count, turn):
        if char is None:
            close()
            continue
        if char.text == " ":
            if parts and parts[-1] != " ":
                parts.append(" ")
            continue
        if run:
            last = run[-1]
            gap = char.x0 - last.x1
            size = max(char.size, last.size)
            if abs(char.y - last.y) > 0.25 * size or gap > _BREAK_GAP * size or gap < -0.6 * size or (gap > 0.2 * size and any(last.x1 - 1 <= x <= char.x0 + 1 and low <= char.y <= high for x, low, high in walls)):
                close()
            elif gap > _WORD_GAP * size and parts[-1] != " ":
                parts.append(" ")
        run.append(char)
        parts.append(char.text)
    close()
    return out


def _chars(raw: Any, count: int, turn: int) -> Iterator[_Char | None]:
    """Characters with their places; None where pdfium ends a line."""
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    refs = byref(left), byref(right), byref(bottom), byref(top)
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            yield None
            continue
        text = chr(code) if code < 0x110000 else "\ufffd"
        if text.isspace():
            yield _Char(" ", 0, 0, 0, 0, index)
            continue
        if (code < 32 and text not in _HYPHENS) or code == 0xFFFE or 0xD800 <= code < 0xE000:
            continue
        pdfium_c.FPDFText_GetCharBox(raw, index, *refs)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, byref(x), byref(y))
        box = left.value, right.value, bottom.value, top.value
        x0, x1, low, high = turned(box, turn)
        base = (y.value, -x.value, -y.value, x.value)[turn // 90]
        height = max(high - base, (high - low) * 0.8, 1.0) * _CAPITAL
        text = HYPHEN if text in _HYPHENS else text.translate(_LIGATURES)
        yield _Char(text, x0, x1, base, height, index)


def turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box (left, right, bottom, top) as it lies when text turned by `turn` degrees is set upright."""
    left, right, bottom, top = box
    if turn == 90:
        return bottom, top, -right, -left
    if turn == 180:
        return -right, -left, -top, -bottom
    return (-top, -bottom, left, right) if turn == 270 else box


def _size(run: list[_Char]) -> float:
    """Capital height is about 0.72 of the type size: the tallest of a run is near it."""
    return max(char.size for char in run)


def turn_of(textpage: Any) -> int:
    """The direction in which most of a sample of characters runs: 0, 90, 180 or 270 degrees."""
    raw, count = textpage.raw, textpage.count_chars()
    votes: dict[int, int] = {}
    for index in range(0, count, max(1, count // 60)):
        angle = pdfium_c.FPDFText_GetCharAngle(raw, index)
        if angle >= 0 and not pdfium_c.FPDFText_IsGenerated(raw, index):
            quarter = round(math.degrees(angle) / 90) * 90 % 360
            votes[quarter] = votes.get(quarter, 0) + 1
    return max(votes, key=lambda q: votes[q]) if votes else 0


def _bold(raw: Any, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(raw, index) >= 600:
        return True
    return "bold" in font_name(raw, index) or "black" in font_name(raw, index) or "heavy" in font_name(raw, index)


def font_name(raw: Any, index: int) -> str:
    """The name of a character's font in lower case, "" where it has none."""
    from ctypes import c_int, create_string_buffer

    flags, buffer = c_int(), create_string_buffer(128)
    length = pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, 128, byref(flags))
    return buffer.raw[:max(0, min(length, 128) - 1)].decode("utf-8", "replace").lower()
