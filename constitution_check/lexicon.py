"""The word lists made ready to find, and where they are found in rows of tokens.

Similarity decides nothing here. rapidfuzz only lets a misspelt or misread word stand for the list word
it must have been (one letter wrong, in a long word, not at its ends, where grammar lives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from constitution_check.phrases import Element, ListRef, Number, Prefix, Word, is_number, match_at, parse_phrase

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
        self._by_first = {name: _by_first(phrases) for name, phrases in self.phrases.items()}
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
            for elements in self.phrases[name]:
                first = elements[0]
                if isinstance(first, Word):
                    made |= Start(forms=first.forms)
                elif isinstance(first, Prefix):
                    made |= Start(prefixes=(first.start,))
                elif isinstance(first, Number):
                    made |= Start(number=True)
                elif isinstance(first, ListRef):
                    for other in first.names:
                        made |= self.start(other, (*above, name))
            if above:
                return made
            self._starts[name] = made
        return self._starts[name]

    def beginning(self, name: str, word: str) -> Iterator[tuple[Element, ...]]:
        """The list's phrases that can begin with `word`, and those that do not begin with a plain word."""
        by_word, others = self._by_first[name]
        yield from by_word.get(word, ())
        yield from others

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


_Phrases = tuple[tuple[Element, ...], ...]


def _by_first(phrases: _Phrases) -> tuple[dict[str, list[tuple[Element, ...]]], list[tuple[Element, ...]]]:
    """Phrases by each form of their first word, and those that begin with something else."""
    by_word: dict[str, list[tuple[Element, ...]]] = {}
    others = []
    for elements in phrases:
        if isinstance(elements[0], Word):
            for form in elements[0].forms:
                by_word.setdefault(form, []).append(elements)
        else:
            others.append(elements)
    return by_word, others


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
            start = self.lexicon.start(name)
            word = self.words[at] if at < len(self.words) else ""
            if word in start.forms or word.startswith(start.prefixes) or (start.number and is_number(word)):
                ends = {end for elements in self.lexicon.beginning(name, word)
                        for end in match_at(elements, self.words, at, self)}
                starts[at] = tuple(sorted(ends))
        return starts[at]

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
