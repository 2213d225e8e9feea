"""Lines to paragraphs: broken and hyphenated lines joined, over a page break too, labels kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from constitution_check.numbers import Label, follows, split_label
from constitution_check.readers.pdf_chars import HYPHEN
from constitution_check.readers.pdf_lines import Line

_TERMINAL = (".", ":", ";", "!", "?", ".”", ".’", '."', ".)")
_LEADS_TO_NUMBER = re.compile(
    r"\b(?:paragraphs?|sections?|clauses?|schedules?|appendix|appendices|annex|article|part|and|or|in|to|of|under|with|by|see|"
    r"than|the|at|for|on|within|least|rule|regulations?|order|orders?|page|version)$", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:paragraphs?|sections?|clauses?|schedules?|appendix|appendices|annex|article|part|rules?|regulations?|no\.)$",
    re.IGNORECASE,
)
COLUMN = 6.0
"""Points by which the left edges of one paragraph's lines may differ."""


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph, and where its words begin after a set-off label."""

    lines: list[Line]
    label: Label | None = None
    text_x: float = 0.0
    contents: bool = False
    edges: list[float] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def paragraphs_of(pages: Sequence[list[Line]], contents: set[int]) -> list[Paragraph]:
    """The paragraphs of the whole document in order. contents: identities of contents lines."""
    leading = _leading(pages)
    out: list[Paragraph] = []
    for lines in pages:
        before: Line | None = None
        for line in lines:
            in_contents = id(line) in contents
            same = (
                bool(out)
                and out[-1].contents == in_contents
                and out[-1].lines[-1].cell == line.cell
                and not in_contents
            )
            if same and not _begins(line, before, out[-1], leading):
                out[-1].lines.append(line)
                out[-1].edges.append(line.x0)
            else:
                out.append(_opened(line, in_contents))
            before = line
    return out


def _opened(line: Line, contents: bool) -> Paragraph:
    found = split_label(line.text)
    label = found[0] if found else None
    text_x = line.x0
    if label is not None and is_set_off(line):
        text_x = line.segments[1].x0
    return Paragraph([line], label, text_x, contents)


def is_set_off(line: Line) -> bool:
    """Whether a label stands alone before a gap, as a tab makes it."""
    if len(line.segments) < 2:
        return False
    found = split_label(line.segments[0].text)
    return found is not None and not found[1]


def _leading(pages: Sequence[list[Line]]) -> float:
    """The usual distance of two lines of one paragraph as a share of the type size: after a full line."""
    steps = [(a.y - b.y) / max(a.size, 1.0) for lines in pages for a, b in pairwise(lines)
             if _full(a) and abs(a.size - b.size) < 1 and 0.8 < (a.y - b.y) / max(a.size, 1.0) < 3
             and not a.text.endswith(_TERMINAL)]
    return median(steps) if len(steps) >= 3 else 1.3


def _full(line: Line) -> bool:
    """Whether a line runs to its right edge, so that the next may continue it."""
    return line.x1 > line.right - max(0.14 * (line.right - line.left), 30.0)


def _begins(line: Line, before: Line | None, paragraph: Paragraph, leading: float) -> bool:
    """Whether a line begins a new paragraph. before: the line above on the same page, None at its top."""
    last = paragraph.lines[-1]
    text = last.text
    if abs(line.size - last.size) > 0.15 * last.size and len(line.text) > 3 and len(text) > 3:
        return True
    if paragraph.bold and not any(s.bold for s in line.segments) and not text.endswith(HYPHEN) and (
            _starts_upper(line.text) or split_label(line.text) is not None):
        return True
    found = split_label(line.text)
    if found is not None and _is_label(line, found, last, paragraph):
        return True
    if line.text[:1] == HYPHEN or _ends_in_column(last):
        return True
    if text.endswith(HYPHEN):
        return False
    ended = text.endswith(_TERMINAL)
    if before is None or before is not last:
        if line.text[:1].islower() and _full(last) and _aligned(line, paragraph):
            return False  # "… in the area;" at a page's foot, and no item begins on the next
        return ended or not (_full(last) or line.text[:1].islower()) or (paragraph.bold and not line.bold)
    step = (last.y - line.y) / max(last.size, 1.0)
    if step < 0:  # the next column
        return ended or not (_full(last) or line.text[:1].islower())
    if step > leading * 1.28 + 0.05:
        return not (line.text[:1].islower() and not ended and step < leading * 1.9)
    if paragraph.bold != line.bold and len(paragraph.lines) == 1 and not _full(last):
        return True
    if not _aligned(line, paragraph) and (ended or not _full(last)):
        return True
    if _is_far_in(last) and _is_far_in(line) and abs(line.x0 - last.x0) > COLUMN and not _aligned(line, paragraph):
        return True  # lines set to the right or the middle, as on a title page
    room = last.right - last.x1
    first_word = line.text.split(" ", 1)[0]
    fits = room > (len(first_word) + 1) * last.size * 0.62
    return fits and (ended or _starts_upper(line.text)) and room > 0.08 * (last.right - last.left)


def _ends_in_column(line: Line) -> bool:
    """Whether a line ends in a number set off at its right, as in a list of contents or a table."""
    last = line.segments[-1]
    return len(line.segments) > 1 and last.text.isdigit() and last.x0 - line.segments[-2].x1 > 2 * last.size


def _is_far_in(line: Line) -> bool:
    return line.x0 > line.left + 0.35 * (line.right - line.left)


def _starts_upper(text: str) -> bool:
    """Whether the first letter or digit of a line is a capital: it may begin a sentence."""
    return next((c.isupper() for c in text if c.isalnum()), True)


def _aligned(line: Line, paragraph: Paragraph) -> bool:
    """Whether a line's left edge is where this paragraph's further lines begin."""
    edges = paragraph.edges or [paragraph.text_x, paragraph.lines[0].x0]
    return any(abs(line.x0 - edge) <= COLUMN for edge in edges)


def _is_label(line: Line, found: tuple[Label, str], last: Line, paragraph: Paragraph) -> bool:
    """Whether what looks like a label at the start of a line is one, not a number that the line break put there."""
    label, rest = found
    set_off = is_set_off(line)
    if paragraph.label is not None and follows(paragraph.label, label):
        return True
    runs_on = _full(last) and not last.text.endswith((*_TERMINAL, ",")) and (
        bool(_LEADS_TO_NUMBER.search(last.text)) or label.weak)
    if label.is_bullet:
        return set_off or label.shape not in "o-–—*§" or last.text.endswith(_TERMINAL) or not _full(last)
    refers = bool(_REFERS.search(last.text)) and not rest[:1].isupper() and not last.bold
    if (runs_on or refers) and not set_off:
        return False
    if set_off:
        return True
    hanging = paragraph.label is not None and abs(line.x0 - paragraph.text_x) <= COLUMN < abs(
        paragraph.text_x - paragraph.lines[0].x0
    )
    if (
        hanging
        and not last.text.endswith(_TERMINAL)
        and _full(last)
        and (label.weak or (rest[:1].islower() and not label.items))
    ):
        return False
    return not label.weak or last.text.endswith(_TERMINAL) or not _full(last) or (line.bold and not last.bold)
