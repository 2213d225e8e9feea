"""What the trained opinion sees of a sentence: its words, the word lists that find something in it, and what is around.

Four groups of features, each brought to the same length, so that a long sentence weighs no more than a short one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from constitution_check.clause_records import Limb
from constitution_check.match import Finder
from constitution_check.nearest import stem
from constitution_check.units import Unit

# The length of each group. What stands around a sentence says what it is about, the sentence itself what it does.
GROUPS = {"o": 1.0, "l": 1.0, "c": 0.4, "k": 0.4}
Vector = dict[str, float]


@dataclass
class Seen:
    """One document as the trained opinion sees it."""

    finder: Finder
    _lists: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.finder.only_what_can_begin()
        for name in self.finder.reading.lexicon.phrases:
            for index in self.finder.where(name):
                self._lists.setdefault(index, set()).add(name)

    def features(self, unit: Unit) -> dict[str, set[str]]:
        """The unit's features by group, each written "group:feature"."""
        around = self.finder.reading.around(unit)
        words = [stem(word) or word for word in unit.row.words if word[:1].isalnum()]
        return {
            "o": {f"o:{word}" for word in words} | {f"o:{a} {b}" for a, b in pairwise(words)},
            "l": {f"l:{name}" for name in self._lists.get(unit.index, ())},
            "c": {f"c:{told}" for other in around for word in other.row.words for told in [stem(word)] if told},
            "k": {f"k:{name}" for other in around for name in self._lists.get(other.index, ()) if "/" not in name},
        }

    def share(self, limb: Limb, unit: Unit) -> float:
        """The greatest share of a line's terms that the unit holds, what is around it counting half; 0-1."""
        here = self._lists.get(unit.index, set())
        around = {n for other in self.finder.reading.around(unit) for n in self._lists.get(other.index, ())}
        shares = [_share([t.lists for t in line.terms if not t.absent], here, around)
                  for line in (*limb.met, *limb.short)]
        return max(shares, default=0.0)


def _share(needed: list[tuple[str, ...]], here: set[str], around: set[str]) -> float:
    held = sum(1.0 if here.intersection(lists) else 0.5 if around.intersection(lists) else 0.0 for lists in needed)
    return held / len(needed)


def weighed(features: Mapping[str, Iterable[str]], rarity: Mapping[str, float]) -> Vector:
    """The features as numbers: by how much each tells (`rarity`; what it does not know is left out), by group."""
    made: Vector = {}
    for group, length in GROUPS.items():
        known = {name: rarity[name] for name in features[group] if name in rarity}
        norm = math.sqrt(sum(value * value for value in known.values()))
        made |= {name: value * length / norm for name, value in known.items() if norm}
    return made
