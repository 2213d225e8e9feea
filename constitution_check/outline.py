"""Blocks to the tree of provisions: labels, citations, parents, headings, what binds and what does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from constitution_check.body import body_of, title_of
from constitution_check.definition_tables import terms_explained
from constitution_check.errors import CheckError
from constitution_check.model import Block, Constitution, Provision
from constitution_check.numbers import Label, follows
from constitution_check.outline_headings import is_capitalised, is_known_heading, is_marked_heading, looks_like_heading
from constitution_check.outline_place import Place, Placer
from constitution_check.outline_print import outline_json, outline_text
from constitution_check.outline_units import NOTES, Unit, units_of
from constitution_check.standing import Flags, standings

__all__ = ["build", "outline_json", "outline_text", "require_provisions"]

_AHEAD = 30
"""Units looked at to tell letter i from roman one."""

_NEIGHBOURS = 8
"""Units to either side among which the label before or after a doubtful one is looked for."""

_CLOSING = re.compile(r"[a-z]|(?:and|or|but|unless|provided|except|save|in each case|in either case)\b", re.ASCII)


def build(reading_blocks: Sequence[Block], source: str) -> Constitution:
    """The constitution that these blocks make, in document order.

    reading_blocks: what a reader gave. source: the name quoted in evidence.
    Every non-empty block's text is in the provisions, verbatim but for the label at its front.
    """
    units = units_of(reading_blocks)
    builder = _Builder(units)
    provisions = builder.provisions()
    title = title_of(provisions)
    stood = standings(
        provisions, [Flags(u.block.kind == "contents", u.block.hidden, u.block.cell, u.block.colour, u.block.prompt)
                     for u in builder.units]
    )
    return Constitution(source=source, title=title, body=body_of(stood, title), provisions=stood)


def require_provisions(constitution: Constitution) -> None:
    """Raises CheckError where the text has no numbered provision at all, so is no constitution as sent."""
    if not any(p.label and any(c.isalnum() for c in p.label) for p in constitution.provisions):
        raise CheckError(
            f"{constitution.source} has text but no numbered provisions (such as 1, 2.3 or (a)), so it cannot be "
            "checked paragraph by paragraph; check that it is the constitution itself, and give the original Word file "
            "if you have it."
        )


class _Builder:
    """One pass over the units."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.terms = terms_explained([unit.block for unit in units])
        self.placer = Placer()
        self.out: list[Provision] = []
        self.free_heading = ""

    def provisions(self) -> tuple[Provision, ...]:
        for index in range(len(self.units)):
            self.out.append(self._provision(index))
        return tuple(self.out)

    def _provision(self, index: int) -> Provision:
        unit = self.units[index]
        block = unit.block
        if unit.is_contents:
            return Provision(index=index, number="contents", text=unit.whole, label=block.label, page=block.page,
                             printed_page=block.printed_page, doubtful=block.doubtful)
        if unit.is_aside or (block.cell is not None and unit.label is None):
            return self._made(index, unit, self._beside(index, block), is_heading=False)
        if unit.label is not None and unit.label.weak and not self._agreed(index, unit.label):
            unit = self.units[index] = unit.unlabelled()
        if unit.label is not None:
            ahead = (
                [u.label for u in self.units[index + 1 : index + 1 + _AHEAD]]
                if "i" in str(unit.label.items).lower()
                else []
            )
            heads = self._heads(index, unit)
            return self._made(index, unit, self.placer.labelled(index, unit.label, block, ahead), is_heading=heads)
        return self._unnumbered(index, unit)

    def _beside(self, index: int, block: Block) -> Place:
        """The place of a cell, box or note; a note that lies right after the text it is a note to is cited so."""
        place = self.placer.beside(index)
        if block.kind not in NOTES:
            return place
        at = index - 1
        while at >= 0 and self.units[at].block.kind in NOTES:
            at -= 1
        text = self.out[at].number if at >= 0 else "contents"
        if text == "contents":
            return place
        return replace(place, number=f"note {'' if text.startswith(('after ', 'before ')) else 'to '}{text}")

    def _unnumbered(self, index: int, unit: Unit) -> Provision:
        if self._heads(index, unit):
            self.placer.headed(index, unit.text, marked=unit.block.heading_level is not None)
            self.free_heading = unit.text
            return self._made(index, unit, Place(self.placer.after(), None, 0, self.placer.part), is_heading=True)
        closes = bool(_CLOSING.match(unit.text)) and index > 0
        return self._made(index, unit, self.placer.unnumbered(index, unit.block, closes=closes), is_heading=False)

    def _made(self, index: int, unit: Unit, place: Place, *, is_heading: bool) -> Provision:
        if unit.label is not None and not unit.label.is_bullet:
            self.free_heading = self.free_heading if place.parent is not None and not is_heading else ""
        heading = unit.text if is_heading else self.free_heading or self._heading_over(place.parent)
        shown = unit.label.shown if unit.label is not None else unit.block.label
        return Provision(
            index=index,
            number=place.number,
            label="" if unit.lone else shown,
            level=place.level,
            heading=heading,
            text=unit.text,
            page=unit.block.page,
            printed_page=unit.block.printed_page,
            doubtful=unit.doubtful,
            parent=place.parent,
            is_heading=is_heading,
            part=place.part,
            defines=self.terms.get(index, ""),
        )

    def _heading_over(self, parent: int | None) -> str:
        """The nearest heading among the ancestors, else the last heading of the same part."""
        while parent is not None:
            above = self.out[parent]
            if above.is_heading or above.heading:
                return above.heading
            parent = above.parent
        last = next((p for p in reversed(self.out) if p.is_heading), None)
        return last.heading if last is not None and last.part == self.placer.part else ""

    def _agreed(self, index: int, label: Label) -> bool:
        """Whether a label that could be ordinary words fits its neighbours."""
        unit = self.units[index]
        if label.word:
            return unit.block.heading_level is not None or (
                unit.text[:1].isupper() and (looks_like_heading(unit.text) or self._has_neighbour(index, label)))
        if unit.block.heading_level is not None and label.parts and unit.text[:1].isupper():
            return True
        coming = [u.label.parts for u in self.units[index + 1:index + 4] if u.label is not None]
        if label.parts and any(parts[:-1] == label.parts for parts in coming):
            return True
        return self.placer.expects(label)

    def _has_neighbour(self, index: int, label: Label) -> bool:
        """Whether the label before or after this one stands near: "SO 3.5 The chair …", "SO 3.6 The deputy …"."""
        near = self.units[max(0, index - _NEIGHBOURS) : index + 1 + _NEIGHBOURS]
        return any(u.label is not None and (follows(u.label, label) or follows(label, u.label)) for u in near)

    def _heads(self, index: int, unit: Unit) -> bool:
        """Whether the unit is a heading: marked and stating nothing, or short with something beneath it."""
        if is_marked_heading(unit.text, unit.block.heading_level):
            return True
        label = unit.label
        if label is not None and (label.is_division or label.is_container):
            return looks_like_heading(unit.text) or unit.lone
        if (label is not None and (label.items or label.is_bullet)) or not looks_like_heading(unit.text):
            return False
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        if after is None or after.is_aside:
            return False
        if label is None:
            return self._is_free_heading(index, unit, after)
        deeper = after.label is not None and _is_deeper(after.label, label)
        opens = after.label is None and after.block.cell is None and len(after.text.split()) > len(unit.text.split())
        return deeper or opens or unit.text.isupper()

    def _is_free_heading(self, index: int, unit: Unit, after: Unit) -> bool:
        if is_known_heading(unit.text):
            return True
        before = self.out[-1].text if self.out and self.out[-1].number != "contents" else ""
        if before.endswith((":", ",", "—", "–")) or (
            before and before[-1].isalnum() and not self.out[-1].is_heading and index > 1
        ):
            return unit.text.isupper()
        if unit.block.kind != "paragraph" or after.block.cell is not None:
            return False
        follows = (after.label is not None and not after.label.is_bullet) or len(after.text.split()) > 12
        return follows and (is_capitalised(unit.text) or len(unit.text.split()) <= 6 or unit.text.isupper())


def _is_deeper(after: Label, label: Label) -> bool:
    if after.is_bullet or (after.items and not after.parts):
        return not after.is_bullet
    return len(after.parts) > len(label.parts) or (bool(label.word) and not after.word)
