"""Second opinions on a limb that nothing was found for: passages to show, and whether a person should look.

None of them meets a limb. One is by the word lists and by likeness to the library's own texts; another may be by an
embedding model that the user names (`semantic`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from constitution_check.clause_records import Limb
from constitution_check.match import Finder
from constitution_check.nearest import LIKE, LIKE_TOO, SHOWN, Nearest
from constitution_check.partly import SOME, partly
from constitution_check.units import Unit

_LIKE = "Its words are much like what is asked for, but the program did not find that it says so; a person should look."
_NEAR = "Of all passages its words are the most like what is asked for, but it does not say it."


class Passage(NamedTuple):
    """A passage to show as the nearest: why it falls short, and whether a person should look at it."""

    unit: Unit
    why: str
    doubtful: bool


class Opinion(Protocol):
    """Whoever can be asked for the nearest passages to a limb, best first."""

    def on(self, safeguard: str, limb: Limb) -> list[Passage]:
        """The passages of this document that come near the limb."""


class Second:
    """What all second opinions on one limb say."""

    def __init__(self, opinions: Sequence[Sequence[Passage]]) -> None:
        self._passages = [passage for opinion in opinions for passage in opinion]

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return any(passage.doubtful for passage in self._passages)

    def passages(self, only_doubtful: bool = False) -> Iterator[tuple[Unit, str]]:
        """The units to show with why they fall short: those that a person should look at, else the first of all."""
        doubtful = [p for p in self._passages if p.doubtful]
        for passage in doubtful or ([] if only_doubtful else self._passages[:1]):
            yield passage.unit, passage.why


class ByWords:
    """By the word lists and by likeness of words."""

    def __init__(self, finder: Finder, nearest: Nearest) -> None:
        self._finder, self._nearest = finder, nearest

    def on(self, safeguard: str, limb: Limb) -> list[Passage]:
        """The passage that holds most of what a line asks for, and the one most like the library's own texts."""
        found, passages = partly(limb, self._finder), []
        if found and found.share >= SOME:
            said = " and ".join(f"“{words}”" for words in found.said)
            doubtful = self._nearest.likeness(safeguard, limb.id, found.unit) >= LIKE_TOO
            passages.append(Passage(found.unit, f"It says {said}, but not what is asked for.", doubtful))
        like = self._nearest.best(safeguard, limb.id)
        if like and like.likeness >= SHOWN and not (passages and passages[0].unit is like.unit):
            doubtful = like.likeness >= LIKE
            passages.append(Passage(like.unit, _LIKE if doubtful else _NEAR, doubtful))
        return passages
