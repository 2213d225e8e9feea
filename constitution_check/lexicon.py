"""The word lists made ready to find, and where they are found in rows of tokens.

Similarity decides nothing here. rapidfuzz only lets a misspelt or misread word stand for the list word
it must have been (one letter wrong, in a long word, not at its ends, where grammar lives).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

    def __or__(self, other: Start) -> Start:
        return Start(self.forms | other.forms, tuple(sorted({*self.prefixes, *other.prefixes})),
                     self.number or other.number)


class Lexicon:
    """Every list compiled. Raises PhraseError where a phrase cannot be read."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.phrases: dict[str, tuple[tuple[Element, ...], ...]] = {
            name: tuple(parse_phrase(phrase) for phrase in phrases) for name, phrases in lists.items()}
        self._starts: dict[str, Start] = {}
        self._begin: dict[str, tuple[dict[str, list[Ready]], list[Ready]]] = {}
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

    def beginning(self, name: str, word: str) -> list[Ready]:
        """The list's phrases that can begin with `word`."""
        if name not in self._begin:
            self._begin[name] = self._indexed(name)
        by_word, loose = self._begin[name]
        found = by_word.get(word)
        if found is None:
            return loose
        return [*found, *loose] if loose else found

    def _indexed(self, name: str) -> tuple[dict[str, list[Ready]], list[Ready]]:
        """A list's phrases by each word they can begin with, and those that can begin with too many to list."""
        by_word: dict[str, list[Ready]] = {}
        loose = []
        for elements in self.phrases[name]:
            starts = [self._start_of(e) for e in elements if not isinstance(e, Gap)]
            later = sorted((s.forms for s in starts[1:] if not s.prefixes and not s.number), key=len)
            ready = Ready(elements, tuple(later))
            if starts[0].prefixes or starts[0].number:
                loose.append(ready)
            else:
                for form in starts[0].forms:
                    by_word.setdefault(form, []).append(ready)
        return by_word, loose

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
    """A phrase, and for each later element the words that must be in a row for it to be there at all."""

    elements: tuple[Element, ...]
    later: tuple[frozenset[str], ...]


@dataclass
class Row:
    """A row of words in which lists are looked for; what was found is kept."""

    words: Sequence[str]
    lexicon: Lexicon
    _vocabulary: frozenset[str] | None = None
    _found: dict[str, dict[int, tuple[int, ...]]] = field(default_factory=dict)

    def ends(self, name: str, at: int) -> Sequence[int]:
        """The ends (exclusive) of what the list finds starting at word `at`."""
        starts = self._found.setdefault(name, {})
        if at not in starts:
            starts[at] = ()  # a list that begins with itself finds nothing there
            start = self.lexicon.start(name)
            word = self.words[at] if at < len(self.words) else ""
            if word in start.forms or word.startswith(start.prefixes) or (start.number and is_number(word)):
                ends = {end for ready in self.lexicon.beginning(name, word) if self._has(ready.later)
                        for end in match_at(ready.elements, self.words, at, self)}
                starts[at] = tuple(sorted(ends))
        return starts[at]

    def _has(self, later: tuple[frozenset[str], ...]) -> bool:
        """Whether the row holds a word for every element: most phrases fail here, before any walking."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.words)
        vocabulary = self._vocabulary
        return not any(forms.isdisjoint(vocabulary) for forms in later)

    def spans(self, name: str) -> list[Span]:
        """Every place the list is found, as (start, end) in words; the longest from each start."""
        start = self.lexicon.start(name)
        forms, loose = start.forms, bool(start.prefixes or start.number)
        found = []
        for at, word in enumerate(self.words):
            if word in forms or loose:
                ends = self.ends(name, at)
                if ends:
                    found.append((at, ends[-1]))
        return found
