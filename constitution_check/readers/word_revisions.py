"""Tracked changes: the two texts that one file holds, and the list of what was changed by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from lxml import etree

from constitution_check.model import Change
from constitution_check.readers.word_formats import format_number
from constitution_check.readers.word_xml import M, W, first

INS, DEL, MOVE_FROM, MOVE_TO = W + "ins", W + "del", W + "moveFrom", W + "moveTo"
_KINDS: dict[str, Literal["insertion", "deletion"]] = {
    INS: "insertion", MOVE_TO: "insertion", DEL: "deletion", MOVE_FROM: "deletion"}
_TEXT = frozenset((W + "t", W + "delText", M + "t"))
_SPACES = frozenset((W + "tab", W + "br", W + "cr"))
_CELL_INS, _CELL_DEL = W + "cellIns", W + "cellDel"
_CELLS = frozenset((_CELL_INS, _CELL_DEL))
_FORMATS = frozenset((W + "pPrChange", W + "rPrChange", W + "numberingChange"))
_RANGES = ("bookmarkStart", "bookmarkEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
           "moveToRangeEnd", "proofErr", "commentRangeStart", "commentRangeEnd")
_MARKS = frozenset(W + name for name in _RANGES)
PARAGRAPH_SIGN = "¶"


class View(Enum):
    """Which of the two texts to read: tracked changes accepted, or rejected."""

    ACCEPTED = "accepted"
    CURRENT = "current"

    @property
    def dropped(self) -> frozenset[str]:
        """The wrappers whose content is not in this text."""
        return _DROPPED[self]

    def drops_mark(self, properties: etree._Element | None) -> bool:
        """Whether the paragraph with this w:pPr has no mark of its own here: its text joins the next."""
        run = None if properties is None else first(properties, W + "rPr")
        return run is not None and any(child.tag in self.dropped for child in run)

    def drops_row(self, row: etree._Element) -> bool:
        """Whether a table row is not in this text."""
        properties = first(row, W + "trPr")
        return properties is not None and any(child.tag in self.dropped for child in properties)

    def drops_cell(self, properties: Iterable[etree._Element]) -> bool:
        """Whether the cell with these properties (what stands in its w:tcPr) is not in this text."""
        return first(properties, _CELL_DEL if self is View.ACCEPTED else _CELL_INS) is not None

    def properties(self, properties: etree._Element | None) -> etree._Element | None:
        """The w:pPr or w:rPr as it is in this text: the old one where a change of it is tracked and rejected."""
        if self is View.ACCEPTED or properties is None:
            return properties
        tag = str(properties.tag)
        change = properties.find(tag + "Change")
        if change is None:
            return properties
        old = change.find(tag)
        return properties if old is None else old

    def numbering(self, properties: etree._Element | None) -> etree._Element | None:
        """The w:numPr of a w:pPr (as `properties` gives it); none where its insertion is rejected."""
        numbering = None if properties is None else properties.find(W + "numPr")
        if numbering is not None and self is View.CURRENT and numbering.find(INS) is not None:
            return None
        return numbering


    def old_label(self, numbering: etree._Element | None) -> str:
        """The number that a w:numPr showed before a tracked change of it, in the text without the change.

        Older Words record it as shown, or level by level as "%1:4:0:.%2:1:4:" (level, value, format, what follows).
        """
        change = None if numbering is None or self is View.ACCEPTED else numbering.find(W + "numberingChange")
        written = "" if change is None else change.get(W + "original", "")
        parts = _OLD_PART.findall(written)
        return "".join(format_number(int(count), _OLD_FORMATS.get(how, "decimal")) + rest for count, how, rest in parts
                       ) or written[:_LONGEST_LABEL].strip()


_OLD_PART = re.compile(r"%[1-9]:(\d{1,5}):(\d{1,3}):([^%]{0,8})")
_OLD_FORMATS = {"1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter", "23": "none"}
_LONGEST_LABEL = 20
_DROPPED = {View.ACCEPTED: frozenset((DEL, MOVE_FROM)), View.CURRENT: frozenset((INS, MOVE_TO))}


def has_changes(root: etree._Element) -> bool:
    """Whether anything is tracked that can alter text or numbers."""
    return next(root.iter(*_KINDS, *_CELLS, *_FORMATS), None) is not None


@dataclass
class _Run:
    """A change being gathered."""

    kind: Literal["insertion", "deletion"]
    author: str
    date: str
    text: str
    last: etree._Element
    paragraph: etree._Element | None

    def change(self) -> Change:
        return Change(kind=self.kind, author=self.author, date=self.date, text=" ".join(self.text.split()))


def changes(root: etree._Element) -> list[Change]:
    """The tracked insertions and deletions in document order; a move is one of each.

    Adjacent runs by one author are one change (its date is the first run's). A paragraph mark
    changed by itself, which splits or joins clauses, has the text "¶".
    """
    gathered: list[_Run] = []
    for element in root.iter(*_KINDS):
        found = _from_mark(element) if _is_mark(element) else _from_runs(element)
        if found is None:
            continue
        last = gathered[-1] if gathered else None
        if last is not None and _adjoins(last, found):
            last.text += found.text if found.text != PARAGRAPH_SIGN else ""
            last.last = found.last
        else:
            gathered.append(found)
    return [change for run in _marks_after_runs(gathered) if (change := run.change()).text]


def _is_mark(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == W + "rPr"


def _from_runs(element: etree._Element) -> _Run | None:
    text = "".join(_texts(element))
    if not text:
        return None
    paragraph = next(element.iterancestors(W + "p"), None)
    return _Run(_KINDS[str(element.tag)], element.get(W + "author", ""), element.get(W + "date", ""), text, element,
                paragraph)


def _from_mark(element: etree._Element) -> _Run | None:
    paragraph = next(element.iterancestors(W + "p"), None)
    if paragraph is None:
        return None
    return _Run(_KINDS[str(element.tag)], element.get(W + "author", ""), element.get(W + "date", ""), PARAGRAPH_SIGN,
                element, paragraph)


def _texts(element: etree._Element) -> Iterator[str]:
    """The words inside a change, without those of changes nested in it."""
    for child in element:
        tag = str(child.tag)
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _SPACES:
            yield " "
        elif tag not in _KINDS and not tag.endswith("Pr"):
            yield from _texts(child)


def _adjoins(last: _Run, found: _Run) -> bool:
    if (last.kind, last.author) != (found.kind, found.author) or PARAGRAPH_SIGN in (last.text, found.text):
        return False
    before = found.last.getprevious()
    while before is not None and before.tag in _MARKS:
        before = before.getprevious()
    return before is last.last


def _marks_after_runs(gathered: list[_Run]) -> Iterator[_Run]:
    """Leave out a mark where its paragraph holds a change of the same kind and author: the words say it."""
    worded = {(id(run.paragraph), run.kind, run.author) for run in gathered if run.text != PARAGRAPH_SIGN}
    for run in gathered:
        if run.text != PARAGRAPH_SIGN or (id(run.paragraph), run.kind, run.author) not in worded:
            yield run
