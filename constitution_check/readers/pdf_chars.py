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

_WORD_GAP = 0.16
"""Share of the type size from which a gap inside a segment is a space."""
_BREAK_GAP = 0.9
"""Share of the type size from which a gap ends a segment (a tab, a column)."""
_WALL_GAP = 0.1
"""Share of the type size from which a gap with a rule in it ends a segment."""
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
    place: int


def segments_of(textpage: Any, turn: int, walls: Sequence[tuple[float, float, float]] = ()) -> list[Segment]:
    """The segments of a page (pypdfium2 PdfTextPage) in the order of the file.

    turn: the direction of the text, from `turn_of`. walls: upright rules (x, lowest y, highest y) that
    no segment crosses.
    """
    raw = textpage.raw
    count = min(textpage.count_chars(), MAX_CHARS_A_PAGE)
    out: list[Segment] = []
    run: list[_Char] = []
    space = False
    parts: list[str] = []
    for char in _chars(raw, count, turn):
        if char is None:
            _close(run, parts, raw, out)
        elif char.text == " ":
            space = True
            continue
        else:
            if run:
                gap, size = char.x0 - run[-1].x1, max(char.size, run[-1].size)
                if _parts_company(run[-1], char, gap, size) or (
                        gap > _WALL_GAP * size and any(_between(wall, run[-1], char) for wall in walls)):
                    _close(run, parts, raw, out)
                elif space or gap > _WORD_GAP * size:
                    parts.append(" ")
            run.append(char)
            parts.append(char.text)
        space = False
    _close(run, parts, raw, out)
    return out


def _close(run: list[_Char], parts: list[str], raw: Any, out: list[Segment]) -> None:
    """Ends a segment: the run's characters become one, and the run is empty again."""
    if run:
        out.append(Segment("".join(parts), min(c.x0 for c in run), max(c.x1 for c in run), run[0].y,
                           max(c.size for c in run), _bold(raw, run[0].place)))
        run.clear()
        parts.clear()


def _parts_company(last: _Char, char: _Char, gap: float, size: float) -> bool:
    """Whether two characters in the file's order belong to different segments: another line, a tab, a step back."""
    return gap > _BREAK_GAP * size or abs(char.y - last.y) > 0.25 * size or char.x0 < last.x0 - 0.6 * size


def _between(wall: tuple[float, float, float], last: _Char, char: _Char) -> bool:
    x, low, high = wall
    return last.x1 - 1 <= x <= char.x0 + 1 and low <= char.y <= high


def _chars(raw: Any, count: int, turn: int) -> Iterator[_Char | None]:
    """Characters with their places; None where pdfium ends a line.

    Left and right are those of the letter with the white that belongs to it (its advance), so that
    "1." shows no gap; the height is that of its ink.
    """
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    loose = pdfium_c.FS_RECTF()
    loose_ref = byref(loose)
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
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, loose_ref)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, byref(x), byref(y))
        box = left.value, right.value, bottom.value, top.value
        _, _, low, high = turned(box, turn)
        x0, x1, _, _ = turned((loose.left, loose.right, loose.bottom, loose.top), turn)
        base = (y.value, -x.value, -y.value, x.value)[turn // 90]
        height = max(high - base, (high - low) * 0.8, 1.0) * _CAPITAL
        if code >= 0xFB00:
            text = text.translate(_LIGATURES)
        text = HYPHEN if text in _HYPHENS else text
        yield _Char(text, x0, x1, base, height, index)


def turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box (left, right, bottom, top) as it lies when text turned by `turn` degrees is set upright."""
    left, right, bottom, top = box
    if turn == 90:
        return bottom, top, -right, -left
    if turn == 180:
        return -right, -left, -top, -bottom
    return (-top, -bottom, left, right) if turn == 270 else box


def turn_of(textpage: Any) -> int:
    """The direction in which most of a sample of characters runs: 0, 90, 180 or 270 degrees."""
    raw, count = textpage.raw, textpage.count_chars()
    votes: dict[int, int] = {}
    for index in range(0, count, max(1, count // 60)):
        angle = pdfium_c.FPDFText_GetCharAngle(raw, index)
        if angle >= 0 and not pdfium_c.FPDFText_IsGenerated(raw, index):
            quarter = -round(math.degrees(angle) / 90) * 90 % 360  # pdfium counts clockwise
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
