"""The passage that holds most of what a limb's lines ask for: how near the word lists come."""

from __future__ import annotations

import math
from typing import NamedTuple

from constitution_check.clause_records import Limb
from constitution_check.match import Finder
from constitution_check.units import Unit

SOME = 0.5  # of a line's terms by weight; with less, a passage is not near
_SHORT = 60  # units; in a shorter text every word is rare
_RARE = 0.02  # of all units: a term that fewer hold than this says what a passage is about


class Partly(NamedTuple):
    """A unit that holds some terms of a line.

    has, lacks: the lists it holds and lacks, for `explain`; said: the words, verbatim, by which it holds them, at
    most three; share: how much of the line it holds, by weight, 0-1.
    """

    unit: Unit
    has: list[str]
    lacks: list[str]
    said: list[str]
    share: float


def partly(limb: Limb, finder: Finder) -> Partly | None:
    """The unit that holds most of the terms of one line.

    At least two terms, one of them rare in the document: "contract" beside "shall" is no near passage. A term
    weighs more the fewer units hold it.
    """
    total = max(len(finder.reading.units), 2)
    best: Partly | None = None
    for line in limb.met:
        terms = [t for t in line.terms if not t.absent]
        held = [{i for name in term.lists for i in finder.where(name)} for term in terms]
        weights = [math.log(total / (1 + len(units))) for units in held]
        for i in set().union(*held):
            unit = finder.reading.units[i]
            here = [n for n, units in enumerate(held) if i in units]
            score = sum(weights[n] for n in here) / (sum(weights) or 1)
            if unit.provision.is_heading or len(here) < 2 or (best and score <= best.share):
                continue
            if total > _SHORT and min(len(held[n]) for n in here) > total * _RARE:
                continue
            names = [_name(t.lists) for t in terms]
            lacks = [names[n] for n in range(len(terms)) if n not in here]
            rarest = sorted(here, key=lambda n: len(held[n]))[:3]
            said = dict.fromkeys(_words(unit, finder.in_unit(terms[n].lists, unit)[0]) for n in rarest)
            best = Partly(unit, [names[n] for n in here], lacks, list(said), score)
    return best


def _words(unit: Unit, span: tuple[int, int]) -> str:
    """The words of a span of the unit's row, verbatim, as far as they stand in the sentence itself."""
    places = [p for p in unit.places[slice(*span)] if p.provision == unit.provision.index]
    return unit.provision.text[places[0].start:places[-1].end] if places else " ".join(unit.row.words[slice(*span)])


def _name(lists: tuple[str, ...]) -> str:
    return " or ".join(name.split("/", 1)[-1].strip('"') for name in lists)
