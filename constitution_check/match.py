"""Where might it be? Lines of a limb against reading units.

The lists are found once in the whole document, through an index of words, so that a long document costs
little more than a short one. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from constitution_check.clause_records import Line, Mark, Term
from constitution_check.lexicon import Ready, Span, Start
from constitution_check.phrases import is_number
from constitution_check.units import Unit, Units

Kept = TypeVar("Kept")
_FEW_WORDS = 400  # different words: a text with more holds a beginning of nearly every phrase


@dataclass
class Match:
    """A unit in which a line holds.

    hits: the words (spans of the unit's row) that its terms found. acts: those of its act terms.
    joined: other units that carry part of it.
    defining: units that define a term it uses and carry part of it.
    """

    line: Line
    unit: Unit
    hits: list[Span] = field(default_factory=list)
    by_term: list[tuple[Term, list[Span]]] = field(default_factory=list)
    acts: list[tuple[list[Span], Term]] = field(default_factory=list)
    joined: list[Unit] = field(default_factory=list)
    defining: list[Unit] = field(default_factory=list)
    from_around: int = 0


class Finder:
    """Finds lists and lines in one reading; everything found is kept.

    like: the finder of another version of the text, by the same lexicon. Where a unit of the same words stands there,
    what it found (and parsed) is taken over: the same words give the same finds.
    """

    def __init__(self, reading: Units, like: Finder | None = None) -> None:
        self.reading = reading
        self._like = like if like is not None and like.reading.lexicon is reading.lexicon else None
        self._same = self._take_over()
        same = {index for indexes in self._same.values() for index in indexes}
        self._index: dict[str, set[int]] = {}  # of the units in which something is to be looked for
        for unit in reading.units:
            for word in set(unit.row.words) if unit.index not in same else ():
                self._index.setdefault(word, set()).add(unit.index)
        self._where: dict[str, dict[int, list[Span]]] = {}
        self._kept: dict[str, object] = {}
        self._here: dict[str, list[Ready]] | None = None
        self._held: dict[tuple[frozenset[str], tuple[str, ...], bool], set[int]] = {}

    def kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives for this reading, made once; for what is too dear to make for every limb."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast(Kept, self._kept[name])

    def where(self, name: str) -> dict[int, list[Span]]:
        """The units in which the list is found, by index, with the spans of their rows."""
        if name not in self._where:
            ends: dict[int, dict[int, int]] = {}
            for phrase in self._phrases_here(name):
                for i in self._possible(phrase):
                    row = self.reading.units[i].row
                    for at, end in row.starts(phrase):
                        longest = ends.setdefault(i, {})
                        longest[at] = max(end, longest.get(at, end))
            known = self._like.where(name) if self._like and self._same else {}
            found = {i: sorted(spans.items()) for i, spans in ends.items()}
            found |= {i: spans for other, spans in known.items() for i in self._same.get(other, ())}
            self._where[name] = {i: found[i] for i in sorted(found)}
        return self._where[name]

    def _take_over(self) -> dict[int, list[int]]:
        """For units of the other version the units here that have the same words."""
        same: dict[int, list[int]] = {}
        if self._like is not None:
            self.reading.syntax.share(self._like.reading.syntax)
            there = {tuple(unit.row.words): unit.index for unit in self._like.reading.units}
            for unit in self.reading.units:
                other = there.get(tuple(unit.row.words))
                if other is not None:
                    same.setdefault(other, []).append(unit.index)
        return same

    def _phrases_here(self, name: str) -> Iterable[Ready]:
        """The list's phrases; once the whole library has been asked for, in a short text only those that can begin."""
        if self._here is None:
            return self.reading.lexicon.phrases_of(name)
        return self._here.get(name, ())

    def only_what_can_begin(self) -> None:
        """Sort out once, for all lists, which phrases can begin in this text: worth it where every list is wanted."""
        if self._here is None and len(self._index) <= _FEW_WORDS:
            words, others = self.reading.lexicon.by_first_word()
            here: dict[str, dict[int, Ready]] = {}
            for name, ready in (*others, *(pair for word in self._index for pair in words.get(word, ()))):
                here.setdefault(name, {})[id(ready)] = ready
            self._here = {name: list(phrases.values()) for name, phrases in here.items()}

    def _possible(self, phrase: Ready) -> set[int]:
        """The units that hold a word for every element of the phrase: most phrases end here."""
        units = self._holding(phrase.first)
        for forms in phrase.later:
            if not units:
                break
            units = units & self._holding(Start(forms))
        return units

    def _holding(self, start: Start) -> set[int]:
        """The units in which a word stands that the element can begin with."""
        key = (start.forms, start.prefixes, start.number)
        if key not in self._held:
            units: set[int] = set()
            for form in start.forms & self._index.keys():
                units |= self._index[form]
            if start.prefixes or start.number:
                for word, where in self._index.items():
                    if word.startswith(start.prefixes) or (start.number and is_number(word)):
                        units |= where
            self._held[key] = units
        return self._held[key]

    def in_unit(self, lists: Iterable[str], unit: Unit) -> list[Span]:
        """The spans of the unit's row that any of the lists finds."""
        return sorted(span for name in lists for span in self.where(name).get(unit.index, ()))

    def holds_in(self, lists: Iterable[str], units: Iterable[Unit]) -> list[Unit]:
        """Those units in whose own words any of the lists is found."""
        names = tuple(lists)
        return [u for u in units if any(end > u.own for _, end in self.in_unit(names, u))]

    def telling(self, match: Match) -> Span:
        """The words of the match that tell most: of its rarest term in the document, in the sentence itself."""
        unit = match.unit
        own = [(term, span) for term, spans in match.by_term for span in spans if span[1] > unit.own]
        if not own:
            return match.hits[0] if match.hits else (unit.own, len(unit.row.words))
        return min(own, key=lambda found: (self._spread(found[0]), found[1][0]))[1]

    def telling_place(self, match: Match) -> tuple[Unit, Span]:
        """The unit and its words that tell most: the definition that carries a term, where one does."""
        for unit in match.defining:
            for term in match.line.terms:
                spans = [] if term.absent else self.in_unit(term.lists, unit)
                if spans and not self.in_unit(term.lists, match.unit):
                    return unit, spans[0]
        return match.unit, self.telling(match)

    def _spread(self, term: Term) -> int:
        """In how many units of the document the term is found."""
        return len({i for name in term.lists for i in self.where(name)})

    def line_in(self, line: Line, unit: Unit, own: bool = False) -> Match | None:
        """The match of the line in the unit, None where a term fails.

        own: at least one term must be found in the sentence itself, not only in its stem; so for demands, but not
        for lines that narrow or rule out.
        """
        match = Match(line, unit)
        definitions = self.reading.definitions_for(unit)
        for term in sorted(line.terms, key=lambda t: (t.absent, t.mark in (Mark.NEAR, Mark.JOINED, Mark.BACK))):
            if not self._term(term, match, definitions):
                return None
        return match if not own or any(end > unit.own for _, end in match.hits) else None

    def _term(self, term: Term, match: Match, definitions: list[Unit]) -> bool:
        spans = self.in_unit(term.lists, match.unit)
        near = term.mark in (Mark.NEAR, Mark.JOINED, Mark.BACK)
        if term.absent:
            around = self._surroundings(match.unit, term.mark) if near else []
            return not spans and not self.holds_in(term.lists, [*around, *match.defining])
        if spans:
            match.hits.extend(spans)
            match.by_term.append((term, spans))
            if term.mark in (Mark.ACT, Mark.BARRED):
                match.acts.append((spans, term))
            return True
        defined = self.holds_in(term.lists, definitions)
        if defined and term.mark is not Mark.BARRED:
            match.defining.extend(defined)
            return True
        if not near:
            return False
        surroundings = self._surroundings(match.unit, term.mark)
        around = self.holds_in(term.lists, surroundings) or self.holds_in(
            term.lists, [d for u in surroundings for d in self.reading.definitions_for(u)])
        if around and term.mark is Mark.JOINED:
            match.joined.extend(u for u in around if not u.provision.is_heading)
        match.from_around += bool(around)
        return bool(around)

    def _surroundings(self, unit: Unit, mark: Mark) -> list[Unit]:
        return self.reading.just_before(unit) if mark is Mark.BACK else self.reading.around(unit)

    def matches(self, line: Line) -> list[Match]:
        """Every unit (headings apart) in which the line holds, in document order."""
        wanted = [t for t in line.terms if not t.absent and t.mark not in (Mark.NEAR, Mark.JOINED, Mark.BACK)]
        pool = None
        for term in wanted or [t for t in line.terms if not t.absent]:
            units = self._with_definitions(term.lists)
            pool = units if pool is None or not wanted else pool & units
        possible = (self.reading.units[i] for i in sorted(pool or ()))
        found = (self.line_in(line, u, own=True) for u in possible
                 if not u.provision.is_heading and not u.is_definition)
        return [m for m in found if m]

    def _with_definitions(self, lists: Iterable[str]) -> set[int]:
        units = {i for name in lists for i in self.where(name)}
        users = self.reading.users
        return units.union(*(users[i] for i in units if i in users))
