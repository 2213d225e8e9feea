"""One PDF page to segments: runs of characters on one baseline, by their positions.

pdfium's own text joins a label to its clause ("10.1.1The"); positions tell them apart. A question to pdfium costs as
much as handling a word does, so positions are asked for word by word, not letter by letter, and the type once for each
text object: within one, all characters share baseline, font and size, and pdfium itself puts a space at a gap.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from ctypes import POINTER, addressof, c_ushort, c_void_p, cast, create_string_buffer
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

import pypdfium2.raw as pdfium_c

from constitution_check.readers.pdf_type import Type, Types, loose_box_of, object_of

MAX_CHARS_A_PAGE = 60_000
"""A dense page of print holds 6,000."""

_WORD_GAP = 0.16
"""Share of the type size from which a gap inside a segment is a space."""
_BREAK_GAP = 0.9
"""Share of the type size from which a gap ends a segment (a tab, a column)."""
_WALL_GAP = 0.1
"""Share of the type size from which a gap with a rule in it ends a segment."""
_STEP_BACK = 1.2
"""Share of the type size by which a word must begin before the end of the one before to stand apart from it."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
HYPHEN = "\x02"
"""Stands at the end of a segment for a hyphen that the line break may have put there."""
_AS_HYPHEN = str.maketrans({"\ufffe": HYPHEN, "\u00ad": HYPHEN})
"""pdfium writes its line-end hyphen as U+FFFE in a page's text and as U+0002 where one character is asked for."""
_WORD = re.compile("\x02|[^\\s\x00-\x1f\\ud800-\\udfff]+")


@dataclass(slots=True)
class Segment:
    """Characters that belong together. Points, y upwards from the foot of the page as it is read."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


def segments_of(textpage: Any, turn: int, walls: Sequence[tuple[float, float, float]] = ()) -> list[Segment]:
    """The segments of a page (pypdfium2 PdfTextPage) in the order of the file.

    turn: the direction of the text, from `turn_of`. walls: upright rules (x, lowest y, highest y) that
    no segment crosses.
    """
    text = _text_of(textpage)
    out: list[Segment] = []
    run: list[str] = []
    x0 = x1 = widest = 0.0
    end = 0
    first = before = Type(0.0, 1.0, False)
    for start, stop, left, right, type_ in _words(textpage, text, turn):
        if run:
            gap, between = left - x1, text[end:start]
            size = type_.size if type_.size > before.size else before.size  # not max(): this is done for every word
            rise = abs(type_.y - before.y)
            if (gap > _BREAK_GAP * size or gap < -_STEP_BACK * size or rise > 0.25 * size
                    or (rise > 0.08 * size and abs(type_.size - before.size) > 0.2 * size)  # a mark of a note
                    or "\n" in between or "\r" in between
                    or (walls and gap > _WALL_GAP * size and _is_walled(walls, x1, left, type_.y))):
                out.append(_segment(run, x0, x1, first, widest))
                run = []
            elif gap > _WORD_GAP * size or (between and between.isspace()):
                run.append(" ")
        if not run:
            x0, x1, first, widest = left, right, type_, 0.0
        run.append(text[start:stop])
        if right > x1:
            x1 = right
        if type_.size > widest:
            widest = type_.size
        before, end = type_, stop
    if run:
        out.append(_segment(run, x0, x1, first, widest))
    return out


def _segment(run: Sequence[str], x0: float, x1: float, first: Type, size: float) -> Segment:
    text = "".join(run)
    return Segment(text if text.isascii() else text.translate(_LIGATURES), x0, x1, first.y, size, first.bold)


def _is_walled(walls: Sequence[tuple[float, float, float]], left: float, right: float, y: float) -> bool:
    return any(left - 1 <= x <= right + 1 and low <= y <= high for x, low, high in walls)


def _text_of(textpage: Any) -> str:
    """The page's text, one character for each that pdfium counts, so that places in it are pdfium's indices."""
    raw, count = textpage.raw, min(textpage.count_chars(), MAX_CHARS_A_PAGE)
    if count < 1:
        return ""
    buffer = create_string_buffer(2 * (count + 1))
    written = pdfium_c.FPDFText_GetText(raw, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[:2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:  # characters outside the first plane, or with none at all
        codes = (pdfium_c.FPDFText_GetUnicode(raw, index) for index in range(count))
        text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    return text if text.isascii() else text.translate(_AS_HYPHEN)


def _words(textpage: Any, text: str, turn: int) -> Iterator[tuple[int, int, float, float, Type]]:
    """Each word, or piece of one in a type of its own: where it begins and ends in the text, its left and right, its
    type.

    Left and right are those of the letters with the white that belongs to them (their advance), so that "1." shows no
    gap.
    """
    address = cast(textpage.raw, c_void_p).value
    types = Types(textpage.raw, turn)
    box = pdfium_c.FS_RECTF()
    at = addressof(box)
    seen: dict[tuple[int | None, float], Type] = {}
    for start, stop, owner in _pieces(address, text):
        loose_box_of(address, start, at)
        if turn:
            left, right, foot, _ = turned((box.left, box.right, box.bottom, box.top), turn)
        else:
            left, right, foot = box.left, box.right, box.bottom
        if stop - start > 1:
            loose_box_of(address, stop - 1, at)
            right = turned((box.left, box.right, box.bottom, box.top), turn)[1] if turn else box.right
        known = seen.get((owner, foot))  # a form drawn twice shows the same object at two heights
        if known is None:
            known = seen[owner, foot] = types.at(start, owner)
        yield start, stop, left, right, known


def _pieces(address: int | None, text: str) -> Iterator[tuple[int, int, int | None]]:
    """The words, parted where one text object ends and another begins: (begin, end, object's address)."""
    spans = [match.span() for match in _WORD.finditer(text)]
    owners = [object_of(address, start) for start, _ in spans]
    for (start, stop), owner, following in zip_longest(spans, owners, owners[1:]):
        # An object's characters lie together: where the next word belongs to it, so does all of this one.
        if stop - start == 1 or owner == following or object_of(address, stop - 1) == owner:
            yield start, stop, owner
            continue
        for held, places in groupby(range(start, stop), key=lambda index: object_of(address, index)):
            indices = list(places)
            yield indices[0], indices[-1] + 1, held


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
    for index in range(0, count, max(1, count // 30)):
        angle = pdfium_c.FPDFText_GetCharAngle(raw, index)
        if angle >= 0 and not pdfium_c.FPDFText_IsGenerated(raw, index):
            quarter = -round(math.degrees(angle) / 90) * 90 % 360  # pdfium counts clockwise
            votes[quarter] = votes.get(quarter, 0) + 1
    return max(votes, key=lambda q: votes[q]) if votes else 0
