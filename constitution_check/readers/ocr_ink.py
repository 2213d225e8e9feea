"""What a page's ink shows that the words do not: rules, dotted leaders, bold type, and ink that no word accounts for.

Everything is in dots from the top left of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from constitution_check.readers.ocr_tesseract import Grey, Word

Ink = npt.NDArray[np.bool_]
_CELL = 8
"""Side of the squares in which loose ink is looked for; at 300 dots an inch two points."""
_FAINT = 0.8
"""Share of the paper's shade below which there may be a rule: those of tables are often grey."""
_BESIDE = 18
"""Dots from a rule at which the paper shows again on one side at least."""
_FULL = 6
"""Inked dots from which a square holds more than dust."""


class Bar(NamedTuple):
    """A straight rule: upright or level, its place across, and from where to where it runs along."""

    upright: bool
    at: float
    low: float
    high: float


class Stretch(NamedTuple):
    """A part of a line: between x0 and x1, from top to foot."""

    x0: int
    x1: int
    top: int
    foot: int


def ink_of(picture: Grey, share: float = 0.62) -> Ink:
    """Where there is ink: what is darker than this share of the paper's shade, whatever shade the paper has."""
    paper = int(np.percentile(picture[::8, ::8], 80))
    found: Ink = picture < max(60, int(paper * share))
    return found


def bars_of(picture: Grey, inch: int) -> list[Bar]:
    """The rules of the page, at least a third of an inch long. A page with hundreds is a drawing and has none."""
    ink = ink_of(picture, _FAINT)
    level = list(_level(ink, inch // 3))
    upright = [Bar(True, at, low, high) for _, at, low, high in _level(ink.T, inch // 3)]
    return [*level, *(_lifted(bar, level, upright) for bar in upright)] if len(level) + len(upright) <= 400 else []


def _lifted(bar: Bar, level: list[Bar], upright: list[Bar]) -> Bar:
    """An upright rule carried on through a dark heading row, where it cannot be seen: the table's edge goes on."""
    crossing = sorted((rule.at for rule in level if rule.low - 20 <= bar.at <= rule.high + 20), reverse=True)
    above = next((at for at in crossing if at < bar.low - 20), None)
    meets = any(abs(at - bar.low) <= 24 for at in crossing)
    edge = any(other.low < bar.low - 30 and above is not None and other.low <= above + 24 and other.high > bar.low
               for other in upright)
    return bar._replace(low=above) if above is not None and meets and edge else bar


def _level(ink: Ink, least: int) -> Iterator[Bar]:
    rows = np.nonzero(ink.sum(axis=1) >= least)[0]
    if not rows.size:
        return
    held = np.zeros(ink.shape[1] + 1, dtype=np.int32)
    marks = np.zeros((ink.shape[0] // _CELL + 1, ink.shape[1]), dtype=bool)
    for row in rows:
        np.cumsum(ink[row], out=held[1:])
        starts = np.nonzero(held[least:] - held[:-least] >= least - 2)[0]
        if starts.size:
            edge = np.zeros(ink.shape[1] + 1, dtype=np.int32)
            np.add.at(edge, starts, 1)
            np.add.at(edge, np.minimum(starts + least, ink.shape[1]), -1)
            # Between letters on a dark ground there is ink on both sides, beside a rule there is not.
            shaded: Any = ink[max(0, int(row) - _BESIDE)] & ink[min(ink.shape[0] - 1, int(row) + _BESIDE)]
            for low, high in runs_of((np.cumsum(edge)[:-1] > 0) & ~shaded):
                if high - low >= 0.8 * least:
                    marks[row // _CELL, low:high] = True
    for first, last in runs_of(marks.any(axis=1)):
        if last - first <= 6:  # a thick black band is a picture
            for low, high in runs_of(marks[first:last].any(axis=0), join=_CELL * 2):
                yield Bar(False, (first + last) / 2 * _CELL, float(low), float(high))


def runs_of(flags: Any, join: int = 0) -> list[tuple[int, int]]:
    """Where flags (a row of truth values) are set: (start, end) of each run; runs at most `join` apart are one."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    runs: list[tuple[int, int]] = []
    for start, end in zip(np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0], strict=True):
        if runs and start - runs[-1][1] <= join:
            runs[-1] = runs[-1][0], int(end)
        else:
            runs.append((int(start), int(end)))
    return runs


def leader_in(ink: Ink, words: Sequence[Word]) -> Stretch | None:
    """The dots that lead from an entry to its page number on one line, None where there are none.

    There is ink at the foot of the line and none above it, in many small separate marks.
    """
    top, foot = int(min(w.top for w in words)), int(np.median([w.foot for w in words])) + 2
    tall = foot - top
    left, right = int(words[0].x0), int(words[-1].x1)
    if tall < 12 or right - left < 12 * tall:
        return None
    above: Any = ink[top:foot - int(0.42 * tall), left:right].any(axis=0)
    low: Any = ink[foot - int(0.42 * tall):foot + 4, left:right].any(axis=0)
    for start, end in sorted(runs_of(~above), key=lambda run: run[0] - run[1])[:3]:
        dots = runs_of(low[start:end])
        if end - start > 3 * tall and len(dots) >= 6 and max(b - a for a, b in dots) < 0.5 * tall:
            return Stretch(left + start + 2, left + end - 2, foot - int(0.42 * tall), foot + 4)
    return None


def weight_of(ink: Ink, word: Word) -> float:
    """How thick the strokes of a word are: the mean length of a run of ink, as a share of the word's height."""
    part = ink[int(word.top):int(word.foot), int(word.x0):int(word.x1)]
    runs = int((part[:, 1:] & ~part[:, :-1]).sum() + part[:, 0].sum()) if part.size else 0
    return float(part.sum()) / runs if runs else 0.0


def is_inked(ink: Ink, stretch: Stretch) -> bool:
    """Whether more than dust stands between two words: a word may have been passed over."""
    x0, x1, top, foot = stretch
    part = ink[max(0, top):foot, max(0, x0):x1]
    if part.size == 0 or x1 - x0 < 0.35 * (foot - top):
        return False
    return float(part.mean()) > 0.05 and int(part.any(axis=0).sum()) > 0.3 * (foot - top)


def loose_lines(ink: Ink, words: Sequence[Word], bars: Sequence[Bar], leaders: Sequence[Stretch],
                tall: float) -> list[Stretch]:
    """Stretches of ink the height of a line of print (tall: that of a usual one) that nothing else covers."""
    rows, columns = ink.shape[0] // _CELL, ink.shape[1] // _CELL
    cells = ink[:rows * _CELL, :columns * _CELL].reshape(rows, _CELL, columns, _CELL).sum(axis=(1, 3)) >= _FULL
    for box in (*((w.x0, w.x1, w.top, w.foot) for w in words), *leaders):
        x0, x1, top, foot = (int(side) // _CELL for side in box)
        cells[max(0, top - 1):foot + 2, max(0, x0 - 1):x1 + 2] = False
    for bar in bars:
        at, low, high = int(bar.at) // _CELL, int(bar.low) // _CELL, int(bar.high) // _CELL
        across, along = slice(max(0, at - 3), at + 4), slice(max(0, low - 2), high + 3)
        cells[(along, across) if bar.upright else (across, along)] = False
    found = []
    for top, foot in runs_of(cells.any(axis=1)):
        if not 0.4 * tall <= (foot - top) * _CELL <= 2.2 * tall:
            continue
        for left, right in runs_of(cells[top:foot].any(axis=0), join=max(1, round(tall / _CELL))):
            if (right - left) * _CELL > 1.2 * tall and cells[top:foot, left:right].mean() > 0.25:
                found.append(Stretch(left * _CELL, right * _CELL, top * _CELL, foot * _CELL))
    return found
