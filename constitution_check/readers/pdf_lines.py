"""Segments to lines in reading order: what shares a baseline is a line, columns are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from constitution_check.readers.pdf_chars import Segment

_SAME_BASELINE = 0.3
_COLUMN_LINES = 10
"""Lines that must lie on both sides before a gap counts as a gutter."""
_GUTTER = (0.35, 0.65)
"""Between which shares of the text's width a gutter lies."""
_MOST_CROSSING = 0.25
"""Share of the lines that may run across a gutter: titles over both columns."""


@dataclass(slots=True)
class Line:
    """A line of print.

    left, right: the edges of the column it stands in. cell: (table, row, column), each from 0. notes: the marks of
    notes that stood in it and were taken out of its words.
    Worked out from the segments: text, the words, segments parted by a space unless they touch (a raised "st" in
    "31st"); x0, x1, its edges; y, the baseline of its biggest segment; size, the type size of most of it; bold,
    whether all of it is (labels aside). Points.
    """

    page: int
    segments: list[Segment]
    left: float = 0.0
    right: float = 0.0
    cell: tuple[int, int, int] | None = None
    notes: tuple[str, ...] = ()
    text: str = field(init=False)
    x0: float = field(init=False)
    x1: float = field(init=False)
    y: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        first = self.segments[0]
        self.x0 = first.x0
        if len(self.segments) == 1:
            self.text, self.x1, self.y, self.size, self.bold = first.text, first.x1, first.y, first.size, first.bold
            return
        self.text = _words(self.segments)
        self.x1 = max(s.x1 for s in self.segments)
        self.y = max(self.segments, key=lambda s: (s.size, len(s.text))).y
        self.size = max(self.segments, key=lambda s: len(s.text)).size
        worded = [s for s in self.segments if any(c.isalpha() for c in s.text)] or self.segments
        self.bold = all(s.bold for s in worded)


def _words(segments: Sequence[Segment]) -> str:
    out = segments[0].text
    for before, after in pairwise(segments):
        touches = abs(after.x0 - before.x1) < 0.15 * max(before.size, after.size) and before.size != after.size
        out += after.text if touches else f" {after.text}"
    return out


def lines_of(segments: Sequence[Segment], page: int) -> list[Line]:
    """The lines of one page in reading order. page: its number from 1."""
    rows = _rows(segments)
    gutter = _gutter(rows)
    if gutter is None:
        return _bounded([Line(page, row) for row in rows])
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(s.x0 < gutter - 2 and s.x1 > gutter + 2 for s in row):
            out += [*_bounded(left), *_bounded(right), Line(page, row)]
            left, right = [], []
            continue
        sides = [s for s in row if s.x1 <= gutter + 2], [s for s in row if s.x1 > gutter + 2]
        for side, lines in zip(sides, (left, right), strict=True):
            if side:
                lines.append(Line(page, side))
    out += [*_bounded(left), *_bounded(right)]
    alone = [line for line in out if not line.right]
    _bounded(alone)
    return out


def cell_lines(segments: Sequence[Segment], page: int, cell: tuple[int, int, int]) -> list[Line]:
    """The lines of one table cell."""
    return _bounded([Line(page, row, cell=cell) for row in _rows(segments)])


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments by baseline, from the top down, each row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.y, s.x0)):
        for row in reversed(rows[-4:]):
            near = abs(row[0].y - segment.y) <= _SAME_BASELINE * max(min(row[0].size, segment.size), 4.0)
            raised = (
                min(row[0].size, segment.size) < 0.8 * max(row[0].size, segment.size)
                and abs(row[0].y - segment.y) <= 0.5 * max(row[0].size, segment.size)
                and min(len(segment.text), len(row[0].text)) <= 4
            )
            if near or raised:
                row.append(segment)
                break
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    rows.sort(key=lambda row: -max(row, key=lambda s: (s.size, len(s.text))).y)
    return [_once(row) for row in rows]


def _once(row: list[Segment]) -> list[Segment]:
    """Text printed twice on the same spot (a cheap bold) counts once."""
    out: list[Segment] = []
    for segment in row:
        if not any(abs(segment.x0 - o.x0) < 1.5 and segment.text == o.text for o in out):
            out.append(segment)
    return out


def _gutter(rows: Sequence[list[Segment]]) -> float | None:
    """The middle of a gap between two columns of running text, None where the page has one column.

    Both sides must hold many well-filled lines: a table's or a label's gap does not.
    """
    if len(rows) < _COLUMN_LINES:
        return None
    x0, x1 = min(r[0].x0 for r in rows), max(s.x1 for r in rows for s in r)
    width = x1 - x0
    low, high = x0 + width * _GUTTER[0], x0 + width * _GUTTER[1]
    if sum(any(s.x0 < low and s.x1 > high for s in row) for row in rows) > len(rows) * _MOST_CROSSING:
        return None
    for step in range(31):
        x = low + (high - low) * step / 30
        found = _gutter_at(x, rows, x1, width)
        if found is not None:
            return found
    return None


def _gutter_at(x: float, rows: Sequence[list[Segment]], x1: float, width: float) -> float | None:
    open_rows = [row for row in rows if not any(s.x0 < x < s.x1 for s in row)]
    if len(open_rows) < len(rows) * (1 - _MOST_CROSSING):
        return None
    lefts = [max(s.x1 for s in row if s.x1 <= x) for row in open_rows if row[0].x1 <= x]
    rights = [(min(s.x0 for s in row if s.x0 >= x), row[-1].x1) for row in open_rows if row[-1].x0 >= x]
    if min(len(lefts), len(rights)) < _COLUMN_LINES:
        return None
    starts = [start for start, _ in rights]
    full_left = sum(edge > x - 0.12 * width for edge in lefts)
    full_right = sum(edge > x1 - 0.12 * width for _, edge in rights)
    aligned = max(sum(abs(start - other) < 4 for start in starts) for other in starts)
    if full_left > 0.5 * len(lefts) and full_right > 0.5 * len(rights) and aligned > 0.5 * len(starts):
        return (x + min(starts)) / 2
    return None


def _bounded(lines: list[Line]) -> list[Line]:
    """Sets the column's edges on its lines."""
    if lines:
        left = min(line.x0 for line in lines)
        widths = sorted(line.x1 for line in lines)
        right = widths[-1] if len(widths) < 5 else widths[int(len(widths) * 0.95)]
        for line in lines:
            line.left, line.right = left, right
    return lines
