"""A second opinion where the lists find nothing: the passage most like those that a limb's examples show.

TF-IDF over word stems, with the library's own examples and wordings as the texts to be like, and its near misses as
those not to be like. It points at a passage for a person to look at and never meets a limb: in words alone "may" is as
near to "shall" as can be.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from constitution_check.clause_records import Library, Safeguard
from constitution_check.units import Unit, Units

# Chosen on 1,012 labelled passages: see docs/decisions/0008.
LIKE = 0.5  # from here a person should look
LIKE_TOO = 0.3  # from here too, where the passage holds most of what a line of the limb asks for
SHOWN = 0.35  # from here the passage is shown as the nearest
_UNLIKE = 0.3  # how much of its likeness to a near miss counts against a passage
_SHORTEST = 5  # telling words of a passage; with fewer, two shared by chance make it look like anything
_TRIED = 6  # units weighed exactly, of those that share most with all that the limb's texts say

_COMMON = frozenset(
    "the a an of and or in to by for any it its that which is are be been was were shall will must may not no has have "
    "had this with as on at from under other such all each every who whom if where when before after than into out so "
    "do does their them they he she his her these those there only but also between within upon "
    "group icb ccg board nhs constitution governing body integrated care clinical commissioning".split())
_ENDINGS = ("isations", "isation", "ations", "ation", "ments", "ment", "ings", "ing", "ness", "ably", "ers", "ies",
            "ied", "ors", "or", "er", "ed", "es", "ly", "s", "e")
_WORD = re.compile(r"[a-z]+|n['’]t")
Terms = frozenset[str]
Key = tuple[str, str]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest ending, roughly: "excluded", "excludes" and "excluding" are one; "" for none."""
    if word in _COMMON or not any(c.isalpha() for c in word):
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[:-len(ending)]
            break
    word = word.removesuffix("i")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def terms_of(words: Iterable[str]) -> Terms:
    """The stems of the words that tell something."""
    return frozenset(map(stem, words)) - {""}


class Like(NamedTuple):
    """The passage most like what a limb's texts say, and how like: 0-1."""

    unit: Unit
    likeness: float


class Sayings:
    """What the library's own texts say for each limb, and what its near misses say."""

    def __init__(self, safeguards: Iterable[Safeguard]) -> None:
        self._shows: dict[Key, list[Terms]] = {}
        self._near_misses: dict[Key, list[Terms]] = {}
        for safeguard in safeguards:
            for limb in safeguard.limbs:
                key = (safeguard.id, limb.id)
                texts = (limb.demand, limb.ccg_wording, limb.icb_wording)
                self._shows[key] = [_terms(text) for text in dict.fromkeys(texts)]
                self._near_misses[key] = []
            for said in safeguard.said:
                terms = _terms(said.text)
                for limb_id in said.shows:
                    self._shows[safeguard.id, limb_id].append(terms)
                for limb_id in said.misses:
                    self._near_misses[safeguard.id, limb_id].append(terms)
        texts_with = Counter(term for texts in self._shows.values() for terms in texts for term in terms)
        self._texts = sum(len(texts) for texts in self._shows.values())
        self._with = texts_with

    def weight(self, term: str) -> float:
        """How much a term tells: the fewer texts have it, the more; squared, as both sides of a product."""
        return math.log(1 + self._texts / (0.5 + self._with[term])) ** 2

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {term: self.weight(term) for term in self._with}

    def of(self, key: Key) -> dict[str, float]:
        """Every term of the limb's texts, with its weight."""
        return {term: self._weights[term] for term in frozenset().union(*self._shows.get(key, ()))}

    def likeness(self, key: Key, terms: Terms) -> float:
        """The cosine to the nearest of the limb's texts, less part of that to the nearest of its near misses."""
        length = sum(self.weight(t) for t in terms)
        return (self._nearest(self._shows.get(key, []), terms, length)
                - _UNLIKE * self._nearest(self._near_misses.get(key, []), terms, length))

    def _nearest(self, texts: Iterable[Terms], terms: Terms, length: float) -> float:
        best = 0.0
        for text in texts:
            shared = text & terms
            if len(shared) > 1:
                common = sum(self.weight(t) for t in shared)
                best = max(best, common / math.sqrt(length * sum(self.weight(t) for t in text)))
        return best


def _terms(text: str) -> Terms:
    return terms_of(_WORD.findall(text.lower()))


class Nearest:
    """Finds in one document the passage most like a limb's texts."""

    def __init__(self, reading: Units, sayings: Sayings) -> None:
        self._reading, self._sayings = reading, sayings

    @cached_property
    def _terms(self) -> dict[int, Terms]:
        found = ((unit.index, terms_of(unit.row.words)) for unit in self._reading.units if unit.operative)
        return {index: terms for index, terms in found if len(terms) >= _SHORTEST}

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        held: dict[str, list[int]] = {}
        for index, terms in self._terms.items():
            for term in terms:
                held.setdefault(term, []).append(index)
        return held

    @cached_property
    def _lengths(self) -> dict[int, float]:
        return {i: math.sqrt(sum(self._sayings.weight(t) for t in terms)) or 1.0 for i, terms in self._terms.items()}

    def likeness(self, safeguard: str, limb: str, unit: Unit) -> float:
        """How like the unit is to what the limb's texts say, 0-1; 0 for one too short to tell."""
        terms = self._terms.get(unit.index)
        return self._sayings.likeness((safeguard, limb), terms) if terms else 0.0

    def best(self, safeguard: str, limb: str) -> Like | None:
        """The passage that is most like, None where none shares two telling words with any text of the limb."""
        key = (safeguard, limb)
        scores: dict[int, float] = {}
        for term, weight in self._sayings.of(key).items():
            for i in self._holding.get(term, ()):
                scores[i] = scores.get(i, 0.0) + weight
        tried = sorted(scores, key=lambda i: (-scores[i] / self._lengths[i], i))[:_TRIED]
        found = max(((self._sayings.likeness(key, self._terms[i]), -i) for i in tried), default=(0.0, 0))
        return Like(self._reading.units[-found[1]], found[0]) if found[0] > 0 else None


_MADE: dict[str, Sayings] = {}


def sayings_of(library: Library) -> Sayings:
    """What the library's texts say; made once for each library."""
    if library.version not in _MADE:
        _MADE.clear()
        _MADE[library.version] = Sayings(library.safeguards)
    return _MADE[library.version]
