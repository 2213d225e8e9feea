"""Where wording to ask for belongs: beside the passage of the same safeguard, else in the nearest section.

Decides nothing about the safeguard. The nearest section is the one whose headings and words are most at home with it
(`homes`), helped by likeness of words (TF-IDF over stems, as for second opinions).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from constitution_check.annotate.homes import HOMES
from constitution_check.annotate.provisions import Outlined
from constitution_check.annotate.records import Ask
from constitution_check.model import Provision
from constitution_check.nearest import Terms, terms_of

# What counts for a section, chosen by reading where wording went in the samples.
_HEADING, _ABOVE, _TEXT = 1.0, 0.4, 0.4  # a word of `homes` in its heading, in one above, in its text
_LATER = 0.07  # less for each word further down the list
_LIKE = 0.5  # likeness of words to the safeguard, in text and heading
_NEAR = 0.15  # a passage that comes near
_PART = 0.6  # a schedule is a less natural place than the body
_LEAST = 0.45  # below this a section is about something else
_WORDS = re.compile(r"[a-z]+|n['’]t")
_SECTION = re.compile(r"(?:.*, )?(?:[A-Za-z]+ )?\d+[A-Z]*(?:\.\d+[A-Z]*)*")
_STEM = (":", "—", "–", "-", ",", ";")


@dataclass(frozen=True)
class Slot:
    """A place for new paragraphs: behind all that hangs from `anchor`. heading: they need a section of their own."""

    anchor: Provision
    heading: bool = False


@dataclass
class Section:
    """What stands beneath one heading, up to the next: its own paragraphs, in order."""

    headings: tuple[str, ...]
    part: str
    own: list[Provision] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its paragraphs as one text."""
        return " ".join(provision.text for provision in self.own)


class Places:
    """Finds places in one document."""

    def __init__(self, outlined: Outlined) -> None:
        self._outlined = outlined
        self._sections = [section for section in _sections(outlined) if section.own]
        self._terms = [_terms(section.text) for section in self._sections]
        self._head_terms = [_terms(" ".join(section.headings)) for section in self._sections]
        self._with = Counter(term for terms in self._terms for term in terms)

    def slot(self, ask: Ask) -> Slot | None:
        """Where the wording belongs; None in a document that has no paragraph to stand behind."""
        for spot in ask.beside:
            found = self._outlined.find(spot)
            if found is not None and self._may_stand(found.provision):
                return Slot(self._top(found.provision))
        section = self._nearest(ask)
        if section is not None:
            return Slot(self._top(section.own[-1]))
        last = next((s.own[-1] for s in reversed(self._sections) if not s.part), None)
        if last is None and self._sections:
            last = self._sections[-1].own[-1]
        return None if last is None else Slot(self._outermost(last), heading=True)

    def _may_stand(self, provision: Provision) -> bool:
        return _is_text(provision, self._outlined)

    def _top(self, provision: Provision) -> Provision:
        """The paragraph that a new one can follow: out of lists and out of what a stem governs."""
        while (above := self._above(provision)) is not None and not above.is_heading:
            whole = provision.text[:1].isupper() and _SECTION.fullmatch(provision.number)
            if whole and not above.text.rstrip().endswith(_STEM):
                break
            provision = above
        return provision

    def _outermost(self, provision: Provision) -> Provision:
        while (above := self._above(provision)) is not None:
            provision = above
        return provision

    def _above(self, provision: Provision) -> Provision | None:
        return None if provision.parent is None else self._outlined.provisions[provision.parent]

    # --- the section whose subject is nearest ---

    def _nearest(self, ask: Ask) -> Section | None:
        words = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in HOMES.get(ask.safeguard, ())]
        wanted = Counter(_words(ask.subject))
        near = {found.provision.index for spot in ask.near if (found := self._outlined.find(spot)) is not None}
        scored = [(self._score(place, words, wanted, near), -place) for place in range(len(self._sections))]
        best = max(scored, default=(0.0, 0))
        return self._sections[-best[1]] if best[0] >= _LEAST else None

    def _score(self, place: int, words: Sequence[re.Pattern[str]], wanted: Counter[str], near: set[int]) -> float:
        section = self._sections[place]
        own, *above = section.headings or ("",)
        score = (_HEADING * _first(words, own) + _ABOVE * _first(words, " ".join(above))
                 + _TEXT * _share(words, section)
                 + _LIKE * (self._cosine(self._terms[place], wanted) + self._cosine(self._head_terms[place], wanted)))
        if any(provision.index in near for provision in section.own):
            score += _NEAR
        return score * (_PART if section.part else 1.0)

    def _cosine(self, terms: Terms, wanted: Counter[str]) -> float:
        shared = sum(self._weight(t) * (1 + math.log(wanted[t])) for t in terms if t in wanted)
        lengths = sum(self._weight(t) for t in terms) * sum(
            self._weight(t) * (1 + math.log(n)) ** 2 for t, n in wanted.items())
        return shared / math.sqrt(lengths) if lengths else 0.0

    def _weight(self, term: str) -> float:
        return math.log(1 + len(self._sections) / (0.5 + self._with[term])) ** 2


def _first(words: Sequence[re.Pattern[str]], text: str) -> float:
    """1 where the likeliest word is in the text, less for a later one, 0 for none."""
    return next((1 - _LATER * place for place, word in enumerate(words) if word.search(text)), 0.0)


def _share(words: Sequence[re.Pattern[str]], section: Section) -> float:
    """The share of its paragraphs that hold one of the three likeliest words."""
    holding = sum(any(word.search(p.text) for word in words[:3]) for p in section.own)
    return holding / len(section.own)


def _words(text: str) -> list[str]:
    return [stem for word in _WORDS.findall(text.lower()) for stem in terms_of([word])]


def _terms(text: str) -> Terms:
    return terms_of(_WORDS.findall(text.lower()))


def _is_text(provision: Provision, outlined: Outlined) -> bool:
    """Whether new paragraphs may follow it: running text that binds, not in a table, a note or a box."""
    place = outlined.block_of[provision.index]
    if place is None or provision.standing != "operative" or provision.is_heading:
        return False
    block = outlined.blocks[place]
    return block.kind in ("paragraph", "heading") and block.cell is None and not block.hidden


def _sections(outlined: Outlined) -> Iterator[Section]:
    section = Section((), "")
    for provision in outlined.provisions:
        if provision.is_heading:
            yield section
            section = Section(_headings(provision, outlined.provisions), provision.part)
        elif _is_text(provision, outlined):
            section.own.append(provision)
    yield section


def _headings(provision: Provision, provisions: Sequence[Provision]) -> tuple[str, ...]:
    """The texts of a heading and of those above it, its own first."""
    found = [provision.text]
    while provision.parent is not None:
        provision = provisions[provision.parent]
        if provision.is_heading:
            found.append(provision.text)
    return tuple(found)
