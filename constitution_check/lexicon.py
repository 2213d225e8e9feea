"""The word lists made ready to find, and where they are found in rows of tokens.

Similarity decides nothing here. rapidfuzz only lets a misspelt or misread word stand for the list word
it must have been (one letter wrong, in a long word, not at its ends, where grammar lives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from constitution_check.phrases import Element, Gap, ListRef, Prefix, Word, is_number, match_at, parse_phrase

Span = tuple[int, int]
NEGATORS = frozenset("not n't no never nothing nobody none neither nor without".split())
_LETTERS = re.compile(r"[a-z]+")
_SHORTEST_MENDED = 7  # letters; below this one letter makes another word ("lay", "pay")


@dataclass(frozen=True)
class Start:
    """What a list's phrases can begin with: word forms, word beginnings, a number."""

    forms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    number: bool = False

    def takes(self, word: str) -> bool:
        """Whether it can begin with this word."""
        return (word in self.forms or (bool(self.prefixes) and word.startswith(self.prefixes))
                or (self.number and is_number(word)))

    def __or__(self, other: Start) -> Start:
        return Start(self.forms | other.forms, tuple(sorted({*self.prefixes, *other.prefixes})),
                     self.number or other.number)


class Lexicon:
    """Every list compiled. Raises PhraseError where a phrase cannot be read."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.phrases: dict[str, tuple[tuple[Element, ...], ...]] = {
            name: tuple(parse_phrase(phrase) for phrase in phrases) for name, phrases in lists.items()}
        self._by_first: tuple[dict[str, list[tuple[str, Ready]]], list[tuple[str, Ready]]] | None = None
        self._starts: dict[str, Start] = {}
        self._ready: dict[str, list[Ready]] = {}
        self._begin: dict[str, dict[str, list[Ready]]] = {}
        self._forms = frozenset(form for phrases in self.phrases.values() for elements in phrases
                                for e in elements if isinstance(e, Word) for form in e.forms)
        self._long: dict[str, list[str]] = {}
        # Only to a word as it is written in a list: made-up forms ("compeling") are near to other words.
        written = {word for phrases in lists.values() for phrase in phrases for word in _LETTERS.findall(phrase)}
        for word in sorted(written):
            if len(word) >= _SHORTEST_MENDED:
                self._long.setdefault(_ends_of(word), []).append(word)
        self._negations: dict[str, frozenset[str]] = {}
        self._mended: dict[str, str] = {}

    def start(self, name: str, above: tuple[str, ...] = ()) -> Start:
        """What the list can begin with, other lists that it begins with included."""
        if name in above:  # a list that names itself begins with nothing new
            return Start()
        if name not in self._starts or above:
            made = Start()
            for first in (elements[0] for elements in self.phrases[name]):
                if isinstance(first, ListRef):
                    for other in first.names:
                        made |= self.start(other, (*above, name))
                else:
                    made |= self._start_of(first)
            if above:
                return made
            self._starts[name] = made
        return self._starts[name]

    def phrases_of(self, name: str) -> list[Ready]:
        """The list's phrases, each with what its elements can begin with."""
        if name not in self._ready:
            self._ready[name] = [self._made_ready(elements) for elements in self.phrases[name]]
        return self._ready[name]

    def by_first_word(self) -> tuple[dict[str, list[tuple[str, Ready]]], list[tuple[str, Ready]]]:
        """Every phrase of every list by the words that it can begin with, and those that begin otherwise; made once.

        It takes as long to make as reading a short text, so it pays only where many short texts are read.
        """
        if self._by_first is None:
            words: dict[str, list[tuple[str, Ready]]] = {}
            others: list[tuple[str, Ready]] = []
            for name in self.phrases:
                for ready in self.phrases_of(name):
                    if ready.first.prefixes or ready.first.number:
                        others.append((name, ready))
                    for form in ready.first.forms:
                        words.setdefault(form, []).append((name, ready))
            self._by_first = words, others
        return self._by_first

    def _made_ready(self, elements: tuple[Element, ...]) -> Ready:
        starts = [self._start_of(e) for e in elements if not isinstance(e, Gap)]
        later = sorted((s.forms for s in starts[1:] if not s.prefixes and not s.number), key=len)
        return Ready(elements, starts[0], tuple(later))

    def beginning(self, name: str, word: str) -> list[Ready]:
        """The list's phrases that can begin with `word`."""
        known = self._begin.setdefault(name, {})
        if word not in known:
            known[word] = [ready for ready in self.phrases_of(name) if ready.first.takes(word)]
        return known[word]

    def _start_of(self, element: Element) -> Start:
        if isinstance(element, Word):
            return Start(forms=element.forms)
        if isinstance(element, Prefix):
            return Start(prefixes=(element.start,))
        if isinstance(element, ListRef):
            made = Start()
            for name in element.names:
                made |= self.start(name)
            return made
        return Start(number=True)

    def negations(self, name: str) -> frozenset[str]:
        """The negating words that the list's own phrases write ("no part in"), which turn nothing round."""
        if name not in self._negations:
            self._negations[name] = frozenset(
                word for elements in self.phrases[name] for e in elements if isinstance(e, Word)
                for word in e.forms & NEGATORS)
        return self._negations[name]

    def mend(self, word: str) -> str:
        """The list word that a long unknown word must have been, else the word itself."""
        if len(word) < _SHORTEST_MENDED or word in self._forms or not word[0].isalpha():
            return word
        if word not in self._mended:
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        from rapidfuzz.distance import OSA

        fits = [form for form in self._long.get(_ends_of(word), ()) if OSA.distance(form, word, score_cutoff=1) <= 1]
        return fits[0] if len(fits) == 1 else word


def _ends_of(word: str) -> str:
    """The first two and last three letters: they carry prefixes ("un-", "in-") and endings ("-er", "-ed")."""
    return word[:2] + word[-3:]


@dataclass(frozen=True, slots=True)
class Ready:
    """A phrase, what it can begin with, and for each later element the words that a row must hold one of."""

    elements: tuple[Element, ...]
    first: Start
    later: tuple[frozenset[str], ...]


@dataclass
class Row:
    """A row of words in which lists are looked for; what was found is kept."""

    words: Sequence[str]
    lexicon: Lexicon
    _found: dict[str, dict[int, tuple[int, ...]]] = field(default_factory=dict)

    def ends(self, name: str, at: int) -> Sequence[int]:
        """The ends (exclusive) of what the list finds starting at word `at`."""
        starts = self._found.setdefault(name, {})
        if at not in starts:
            starts[at] = ()  # a list that begins with itself finds nothing there
            if at < len(self.words):
                ends = {end for ready in self.lexicon.beginning(name, self.words[at]) if self._has(ready.later)
                        for end in match_at(ready.elements, self.words, at, self)}
                starts[at] = tuple(sorted(ends))
        return starts[at]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            places.setdefault(word, []).append(at)
        return places

    def _has(self, later: tuple[frozenset[str], ...]) -> bool:
        """Whether the row holds a word for every element: most phrases fail here, before any walking."""
        return not any(forms.isdisjoint(self._places) for forms in later)

    def starts(self, phrase: Ready) -> Iterator[Span]:
        """Every place where the phrase begins, with its longest end."""
        if phrase.first.prefixes or phrase.first.number:
            words = [word for word in self._places if phrase.first.takes(word)]
        else:
            words = list(phrase.first.forms.intersection(self._places))
        if len(phrase.elements) == 1 and isinstance(phrase.elements[0], Word):
            yield from ((at, at + 1) for word in words for at in self._places[word])
            return
        for at in (at for word in words for at in self._places[word]):
            end = max(match_at(phrase.elements, self.words, at, self), default=None)
            if end is not None:
                yield at, end

    def spans(self, name: str) -> list[Span]:
        """Every place the list is found, as (start, end) in words; the longest from each start."""
        found = []
        for at in range(len(self.words)):
            ends = self.ends(name, at)
            if ends:
                found.append((at, ends[-1]))
        return found
