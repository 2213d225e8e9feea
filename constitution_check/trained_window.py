"""What the trained model is given to read: a sentence with as much of what belongs to it as it can take in.

It was trained on short passages, headings and items told apart by a mark, and reads any document by such passages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from constitution_check.model import Provision
from constitution_check.units import Unit, Units

ROOM = 700  # characters; of the passages that it was trained on, one in a hundred was longer
_FAR = 12  # provisions on each side, beyond what the sentence is read with


@dataclass(frozen=True)
class Window:
    """A passage: the sentence that it was made for, and the sentences of each of its provisions in document order."""

    unit: Unit
    provisions: list[list[Unit]]

    @cached_property
    def lines(self) -> list[str]:
        """A line for each provision, as the model reads it."""
        return [line_of(units) for units in self.provisions]

    def holds(self, unit: Unit) -> bool:
        """Whether the sentence is in the passage."""
        return any(one is unit for units in self.provisions for one in units)

    def resting(self, numbers: Sequence[float]) -> list[list[Unit]]:
        """The provisions, headings apart, on which a limb rests by the model's numbers, the surest first."""
        told = [(number, units) for number, units in zip(numbers, self.provisions, strict=False)
                if number > 0 and not units[0].provision.is_heading]
        return [units for _, units in sorted(told, key=lambda one: -one[0])]


def window_around(reading: Units, unit: Unit) -> Window:
    """The sentence with its stem, heading, definitions, referring paragraphs and neighbours.

    The whole document where it is short enough.
    """
    chosen: dict[int, Unit] = {}
    room = ROOM
    for other in (unit, *_by_need(reading, unit)):
        size = len(_text(other))
        if other.index not in chosen and (size <= room or other is unit):
            chosen[other.index] = other
            room -= size
    return Window(unit, [list(units) for _, units in groupby((chosen[i] for i in sorted(chosen)),
                                                             lambda u: u.provision.index)])


def line_of(units: Sequence[Unit]) -> str:
    """Sentences of one provision as a line: headings and items are marked."""
    provision = units[0].provision
    mark = "# " if provision.is_heading else "- " if provision.parent is not None and units[0].stems else ""
    return mark + " ".join(_text(unit) for unit in units)


def _text(unit: Unit) -> str:
    return " ".join(unit.provision.text[slice(*unit.span)].split())


def _by_need(reading: Units, unit: Unit) -> Iterator[Unit]:
    """What is read with the sentence, the most needed first."""
    of = reading.by_provision
    heading = reading.heading_of(unit.provision)
    for provision in (*unit.stems, *([] if heading is None else [heading]), unit.provision.index):
        yield from (reading.units[i] for i in of.get(provision, ()))
    yield from reading.definitions_for(unit)
    yield from reading.referrers.get(unit.provision.index, ())
    for provision in (*unit.refers_to, *_by_distance(reading.constitution.provisions, unit.provision)):
        yield from (reading.units[i] for i in of.get(provision, ()))


def _by_distance(provisions: tuple[Provision, ...], of: Provision) -> Iterator[int]:
    """Indexes of the provisions around: those under the same heading first, then the nearest of the others."""
    near = [i for i in range(max(0, of.index - _FAR), min(len(provisions), of.index + _FAR + 1)) if i != of.index]
    yield from sorted(near, key=lambda i: (provisions[i].heading != of.heading, abs(i - of.index), i))
