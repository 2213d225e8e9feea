"""The word lists made ready to find, and where they are found in rows of tokens.

Similarity decides nothing here. rapidfuzz only lets a misspelt or misread word stand for the list word
it must have been (one letter wrong, in a long word, not at its ends, where grammar lives).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from constitution_check.phrases import Element, Gap, ListRef, Number, Prefix, Word, is_number, match_at, parse_phrase

Span = tuple[int, int]
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
        self._forms = frozenset(form for phrases in self.phrases.values() for elements in phrases
                                for e in elements if isinstance(e, Word) for form in e.forms)
        self._long = [form for form in self._forms if len(form) >= _SHORTEST_MENDED]
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

    def mend(self, word: str) -> str:
        """The list word that a long unknown word must have been, else the word itself."""
        if len(word) < _SHORTEST_MENDED or word in self._forms or not word[0].isalpha():
            return word
        if word not in self._mended:
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=1, limit=2)
        # The first two and the last three letters carry prefixes ("un-", "in-") and endings ("-er", "-ed").
        fits = [form for form, _, _ in near if form[:2] == word[:2] and form[-3:] == word[-3:]]
        return fits[0] if len(fits) == 1 else word


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
                ends = {end for elements in self.lexicon.phrases[name] for end in match_at(elements, self.words, at, self)}
                starts[at] = tuple(sorted(ends))
        return starts[at]

    def spans(self, name: str) -> list[Span]:
        """Every place the list is found, as (start, end) in words; the longest from each start."""
        found = []
        for at in range(len(self.words)):
            ends = self.ends(name, at)
            if ends:
                found.append((at, ends[-1]))
        return found


__all__ = ["Gap", "Lexicon", "Row", "Span", "Start"]
