"""Which block each provision came from, and where in the document a quotation stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from constitution_check.annotate.records import Spot
from constitution_check.model import Block, Constitution, Provision
from constitution_check.outline import build
from constitution_check.outline_units import units_of


@dataclass(frozen=True)
class Found:
    """A place in the text: a provision, and characters start to end of it; None where only the provision is known."""

    provision: Provision
    start: int | None = None
    end: int = 0


class Outlined:
    """A document's blocks with the provisions that they became."""

    def __init__(self, blocks: Sequence[Block], name: str) -> None:
        self.blocks = blocks
        self.constitution: Constitution = build(blocks, name)
        self.provisions = self.constitution.provisions
        self.block_of = _blocks_of(blocks, len(self.provisions))
        self._numbered: dict[str, list[Provision]] = {}
        for provision in self.provisions:
            self._numbered.setdefault(provision.number, []).append(provision)

    def offset(self, provision: Provision) -> int | None:
        """Where the provision's text begins in its block's; None where it is not the end of it."""
        place = self.block_of[provision.index]
        text = self.blocks[place].text if place is not None else ""
        return len(text) - len(provision.text) if provision.text and text.endswith(provision.text) else None

    def find(self, spot: Spot) -> Found | None:
        """Where the words stand, looked for verbatim; None where no provision of that number has them."""
        numbered = self._numbered.get(spot.paragraph, [])
        if spot.start is not None:
            end = spot.start + len(spot.quote)
            exact = [p for p in numbered if p.text[spot.start:end] == spot.quote and _holds_passage(p, spot)]
            if exact:
                return Found(exact[0], spot.start, end)
        for provision in sorted(numbered, key=lambda p: not _holds_passage(p, spot)):
            start = _within(provision.text, spot)
            if start is not None:
                return Found(provision, start, start + len(spot.quote))
        return Found(numbered[0]) if numbered else None

    def subtree_end(self, provision: Provision) -> int:
        """The index of the last provision that hangs from this one, directly or not; its own where none does."""
        inside = {provision.index}
        for later in self.provisions[provision.index + 1:]:
            if later.parent not in inside:
                break
            inside.add(later.index)
        return max(inside)


def _holds_passage(provision: Provision, spot: Spot) -> bool:
    return provision.text.startswith(spot.passage, spot.passage_start) if spot.passage else True


def _within(text: str, spot: Spot) -> int | None:
    """The first place of the words as whole words, within the passage where that is known."""
    if not spot.quote:
        return None
    edge = r"\b" if spot.quote[:1].isalnum() else "", r"\b" if spot.quote[-1:].isalnum() else ""
    pattern = re.compile(edge[0] + re.escape(spot.quote) + edge[1])
    start = text.find(spot.passage) if spot.passage else 0
    match = pattern.search(text, max(start, 0)) or pattern.search(text)
    return match.start() if match else None


def _blocks_of(blocks: Sequence[Block], provisions: int) -> list[int | None]:
    """For each provision the block that its text lies in: units are made in order, most of them of the very block."""
    places = {id(block): place for place, block in enumerate(blocks)}
    units = units_of(blocks)
    found: list[int | None] = []
    last = -1
    for unit in units:
        place = places.get(id(unit.block))
        if place is None:  # a table row joined, or a label given back: a copy of a block further on
            place = _next_like(blocks, unit.block, last)
        last = last if place is None else place
        found.append(place)
    return found if len(found) == provisions else [None] * provisions


def _next_like(blocks: Sequence[Block], wanted: Block, last: int) -> int | None:
    ahead: Iterable[int] = range(last + 1, min(last + 60, len(blocks)))
    return next((i for i in ahead if (blocks[i].text, blocks[i].cell, blocks[i].kind)
                 == (wanted.text, wanted.cell, wanted.kind)), None)
