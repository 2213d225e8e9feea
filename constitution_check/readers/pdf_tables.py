"""Ruled tables on a PDF page: rules to a grid, the grid to cells, so that neighbouring cells' words are not mixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ctypes import byref, c_int
from dataclasses import dataclass
from typing import Any, NamedTuple

from constitution_check.readers.pdf_chars import Segment, turned

_THIN = 3.0
"""Points up to which a painted shape is a rule, not a box."""
_JOIN = 3.5
"""Points by which the ends of two rules that meet may miss each other."""
_SHORTEST = 6.0
_NARROWEST = 15.0
"""Points by which level rules must run past the last upright one for a column to lie there."""
_LOWEST = 9.0
"""Points by which upright rules must run past the last level one for a row to lie there."""
_MOST_SHAPES = 4_000
"""A page with more painted shapes is a drawing, and its rules are not looked at."""


class Rule(NamedTuple):
    """A straight rule: `at` is its x (upright) or y (level), from `low` to `high` along the other axis. Points."""

    upright: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of one table; level rules from the top down, upright ones from the left."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @property
    def top(self) -> float:
        """The highest rule's y."""
        return self.level[0].at

    def lowered(self, by: float) -> Table:
        """The same table with y measured from a foot `by` points higher."""
        return Table(tuple(Rule(False, r.at - by, r.low, r.high) for r in self.level),
                     tuple(Rule(True, r.at, r.low - by, r.high - by) for r in self.upright))

    def cell_of(self, segment: Segment) -> tuple[int, int] | None:
        """Row and column (from 0) of the cell that a segment starts in, None outside the table."""
        x, y = segment.x0 + min(2.0, (segment.x1 - segment.x0) / 2), segment.y + 0.3 * segment.size
        above = [i for i, at in enumerate(_steps(self.level)) if at > y and _covers(self.level, at, x)]
        below = any(r.at < y and r.low - _JOIN <= x <= r.high + _JOIN for r in self.level)
        before = [i for i, at in enumerate(_steps(self.upright)) if at <= x + 1 and _covers(self.upright, at, y)]
        after = any(r.at > x and r.low - _JOIN <= y <= r.high + _JOIN for r in self.upright)
        return (above[-1], before[-1]) if above and below and before and after else None


def _steps(rules: Sequence[Rule]) -> list[float]:
    """The distinct places of rules, those that nearly coincide taken as one, in the rules' order."""
    out: list[float] = []
    for rule in rules:
        if not out or abs(rule.at - out[-1]) > _JOIN:
            out.append(rule.at)
    return out


def _covers(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= _JOIN and r.low - _JOIN <= along <= r.high + _JOIN for r in rules)


def rules_of(page: Any, turn: int) -> list[Rule]:
    """The rules painted on a page (pypdfium2 PdfPage), as they lie when its text is upright."""
    import pypdfium2
    import pypdfium2.raw as pdfium_c

    out: list[Rule] = []
    try:
        for count, shape in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3)):
            if count > _MOST_SHAPES:
                return []
            left, bottom, right, top = shape.get_bounds()
            out.extend(_edges(*turned((left, right, bottom, top), turn), drawn=_is_drawn(shape)))
    except pypdfium2.PdfiumError:
        return []
    return out


def _is_drawn(shape: Any) -> bool:
    """Whether a shape's outline is drawn. A shape that is only filled is shading, often behind single words."""
    import pypdfium2.raw as pdfium_c

    fill, stroke = c_int(), c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(shape.raw, byref(fill), byref(stroke))) and bool(stroke.value)


def _edges(left: float, right: float, bottom: float, top: float, *, drawn: bool) -> Iterable[Rule]:
    wide, tall = right - left, top - bottom
    if wide <= _THIN and tall >= _SHORTEST:
        yield Rule(True, (left + right) / 2, bottom, top)
    elif tall <= _THIN and wide >= _SHORTEST:
        yield Rule(False, (bottom + top) / 2, left, right)
    elif drawn and wide > _THIN and tall >= _SHORTEST:
        yield from (Rule(True, left, bottom, top), Rule(True, right, bottom, top),
                    Rule(False, bottom, left, right), Rule(False, top, left, right))


def walls_of(rules: Sequence[Rule]) -> list[tuple[float, float, float]]:
    """The upright rules as (x, lowest y, highest y)."""
    return [(r.at, r.low, r.high) for r in rules if r.upright][:500]


def tables_of(rules: Sequence[Rule], segments: Sequence[Segment]) -> list[Table]:
    """The tables of a page from the top down: rules that meet, at least two columns, text in two of them."""
    out: list[Table] = []
    for group in _groups(rules):
        upright, level = _framed(sorted((r for r in group if r.upright), key=lambda r: r.at),
                                 sorted((r for r in group if not r.upright), key=lambda r: -r.at))
        if len(_steps(upright)) < 3 or len(_steps(level)) < 2:
            continue
        table = Table(tuple(level), tuple(upright))
        places = {place for s in segments if (place := table.cell_of(s)) is not None}
        if any(row == other and column != beside for row, column in places for other, beside in places):
            out.append(table)
    return sorted(out, key=lambda t: -t.top)


def _framed(upright: list[Rule], level: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules with those of the outer frame where a table is drawn without it: as far as the inner rules reach."""
    if not upright or len(level) < 2:
        return upright, level
    left, right = min(r.low for r in level), max(r.high for r in level)
    foot, head = min(r.low for r in upright), max(r.high for r in upright)
    if upright[0].at - left > _NARROWEST:
        upright = [Rule(True, left, min(foot, level[-1].at), max(head, level[0].at)), *upright]
    if right - upright[-1].at > _NARROWEST:
        upright = [*upright, Rule(True, right, min(foot, level[-1].at), max(head, level[0].at))]
    if head - level[0].at > _LOWEST:
        level = [Rule(False, head, left, right), *level]
    if level[-1].at - foot > _LOWEST:
        level = [*level, Rule(False, foot, left, right)]
    return upright, level


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that hang together."""
    if len(rules) > 1_500:
        return []
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [g for g in groups if any(_meet(rule, other) for other in g)]
        groups = [g for g in groups if not any(g is t for t in touching)]
        groups.append([rule, *(r for g in touching for r in g)])
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        return abs(one.at - other.at) <= _JOIN and one.low <= other.high + _JOIN and other.low <= one.high + _JOIN
    return other.low - _JOIN <= one.at <= other.high + _JOIN and one.low - _JOIN <= other.at <= one.high + _JOIN
