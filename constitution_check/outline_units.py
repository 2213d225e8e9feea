"""Blocks to units: the label taken off the text, lone labels and table rows put together.

A unit is what will become one provision; where it stands in the tree is decided afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from constitution_check.model import Block
from constitution_check.numbers import Label, parse_label, pure_label, split_label
from constitution_check.outline_headings import looks_like_heading

NOTES = ("footnote", "endnote")
ASIDE = (*NOTES, "textbox")
"""Kinds of block that lie beside the text and do not take part in its numbering."""

_VERSION_HEAD = re.compile(r"(?:version|ver|revision|issue)\b(?:\s+(?:no|number)\b)?\W*$", re.IGNORECASE)
_CONTENTS_HEADING = re.compile(r"(?:table of )?contents(?: page)?:?", re.IGNORECASE)
_PAGE_TAIL = re.compile(r"[\s.…·_]*\b\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A text with its label: `text` is a suffix of the block's text, or all of it.

    lone: the label found no text to go with, and is the text itself.
    """

    text: str
    block: Block
    label: Label | None = None
    lone: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether it is a note or a box beside the text."""
        return self.block.kind in ASIDE

    @property
    def is_contents(self) -> bool:
        """Whether it belongs to a contents page."""
        return self.block.kind == "contents"

    @property
    def doubtful(self) -> tuple[tuple[int, int], ...]:
        """The block's uncertain spans, counted from where this text begins in it."""
        front = len(self.block.text) - len(self.text) if self.block.text.endswith(self.text) else 0
        return tuple((max(0, start - front), end - front) for start, end in self.block.doubtful
                     if front < end <= len(self.block.text))

    @property
    def whole(self) -> str:
        """The text with a typed label put back, as it lay in the file."""
        return self.text if self.block.label else self.block.text

    def unlabelled(self) -> Unit:
        """The same unit with its doubtful label given back to the text.

        A label that stood on a line of its own stays beside the text as it was shown, so that it is not lost.
        """
        if self.label is not None and not self.block.label and self.block.text == self.text:
            return replace(self, label=None, block=self.block.model_copy(update={"label": self.label.shown}))
        return replace(self, text=self.whole, label=None)


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """One unit for each provision to be, in document order; blocks with no text and no label go."""
    labelled = [_unit(block) for block in _rows_joined(blocks)]
    return _mentions_unlabelled(_contents_marked(list(_lone_labels_joined(labelled))))


def _unit(block: Block) -> Unit:
    if block.label:
        return Unit(block.text, block, parse_label(block.label))
    if block.kind in ASIDE or block.kind == "contents" or block.cell is not None:
        return Unit(block.text, block)
    found = split_label(block.text)
    return Unit(found[1], block, found[0]) if found else Unit(block.text, block)


def _rows_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """A table row that is a label and a text becomes one block with that label; not in a table of versions."""
    versions = {b.cell[0] for b in blocks if b.cell and b.cell[1] == 0 and _VERSION_HEAD.match(b.text)}
    for cell, group in groupby(blocks, key=lambda b: b.cell[:2] if b.cell else None):
        row = list(group)
        if cell is None or cell[0] in versions:
            yield from row
            continue
        filled = [block for block in row if block.text.strip() or block.label]
        if len(filled) > 1 and filled[0].cell != filled[1].cell:
            first, second = filled[0], filled[1]
            label = _cell_label(first)
            if label and not second.label and second.text.strip():
                yield second.model_copy(update={"label": label, "level": first.level})
                yield from filled[2:]
                continue
        yield from row


def _cell_label(block: Block) -> str:
    if block.label:
        return "" if block.text.strip() or parse_label(block.label).is_bullet else block.label
    return block.text.strip() if pure_label(block.text.strip()) else ""


def _lone_labels_joined(units: list[Unit]) -> Iterator[Unit]:
    """A label on a line of its own goes with the plain text (or title) that follows it."""
    held: Unit | None = None
    for unit in units:
        if held is not None:
            if _takes(held, unit):
                yield replace(unit, label=held.label)
                held = None
                continue
            yield _kept(held)
        held = unit if not unit.text.strip() and unit.label is not None else None
        if unit.text.strip():
            yield unit
    if held is not None:
        yield _kept(held)


def _takes(held: Unit, unit: Unit) -> bool:
    """Whether a lone label belongs to this unit. An empty numbered paragraph of Word's keeps its number."""
    if (
        unit.label is not None
        or not unit.text.strip()
        or unit.block.cell is not None
        or unit.is_aside
        or held.label is None
        or unit.is_contents
    ):
        return False
    if held.label.word:
        return unit.block.heading_level is not None or looks_like_heading(unit.text)
    return not held.block.label and unit.block.kind == "paragraph"


def _kept(unit: Unit) -> Unit:
    """A label that found no text is the text itself, so that nothing is lost."""
    assert unit.label is not None
    return replace(unit, text=unit.label.shown if unit.block.label else unit.block.text, lone=True)


def _contents_marked(units: list[Unit]) -> list[Unit]:
    """Short lines after a "Contents" heading are contents where they come again later."""
    out = list(units)
    for start, unit in enumerate(units):
        if unit.is_contents or not _CONTENTS_HEADING.fullmatch(unit.text.strip()):
            continue
        later = {_plain(u.text): i for i, u in enumerate(units)}
        out[start] = _as_contents(unit)
        marked = False
        paged = 0
        for i in range(start + 1, len(units)):
            if marked and not units[i].is_contents:
                break  # the file itself says where its contents end
            marked = units[i].is_contents
            text = units[i].text.strip()
            ends_in_page = bool(_PAGE_TAIL.search(text))
            if paged >= 3 and paged > 0.8 * (i - start - 1) and not (ends_in_page or units[i].is_contents):
                break  # the lines had page numbers so far: this is the first heading of the text
            paged += ends_in_page
            repeats = later.get(_plain(text), i) > i
            if len(text.split()) > 16 or not (repeats or units[i].is_contents or ends_in_page):
                break
            out[i] = _as_contents(units[i])
    return out


def _mentions_unlabelled(units: list[Unit]) -> list[Unit]:
    """Of several lines that name one schedule, the last with text beneath it opens it; the others are
    lists of what is annexed, or title pages. So is a run of such lines before the first number."""
    places = [i for i, u in enumerate(units) if u.label is not None and u.label.is_division and not u.is_contents]
    listed = {i for at, after in pairwise(places) if after == at + 1 for i in (at, after)}
    named: dict[str, list[int]] = {}
    for at in places:
        label = units[at].label
        if label is not None:
            named.setdefault(label.citation, []).append(at)
    first_number = next((i for i, u in enumerate(units) if u.label is not None and _is_plain_number(u.label)), 0)
    mentions = {i for i in listed if i < first_number}
    for found in named.values():
        opens = max((i for i in found if i not in listed), default=found[-1])
        mentions.update(i for i in found if i != opens)
    return [u.unlabelled() if i in mentions and not u.block.label else u for i, u in enumerate(units)]


def _is_plain_number(label: Label) -> bool:
    return bool(label.parts) and not label.word and not label.weak and label.parts[0].isdigit()


def _as_contents(unit: Unit) -> Unit:
    return unit if unit.is_contents else replace(unit, block=unit.block.model_copy(update={"kind": "contents"}))


def _plain(text: str) -> str:
    return " ".join(_PAGE_TAIL.sub("", text).lower().split())
