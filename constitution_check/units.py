"""Reading units: what is read together before anything is judged.

A unit is one sentence with the stem it hangs from. Around it stand its heading, the rest of its section,
the paragraphs it refers to and the definitions of the terms it uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from constitution_check.lexicon import Lexicon, Row
from constitution_check.model import Constitution, Provision
from constitution_check.set_apart import set_apart
from constitution_check.standing import note_spans
from constitution_check.syntax import Syntax
from constitution_check.syntax_rules import narrates
from constitution_check.tokens import Token, sentence_spans, tokenize

NEAR = 7  # provisions on each side, under the same heading, that are read as the surroundings
_STEM_END = re.compile(r"[:;,–—-]\s*(?:and|or)?$|\b(?:by|to|that|shall|will|must|are|is|who|which|if|unless)$")
_REFERENCE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)*(?:\([a-zA-Z0-9]{1,5}\))*)(?![\w%])")
_CUE = re.compile(r"\b(?:(?:sub-?)?paragraphs?|paras?\.?|sections?|clauses?|articles?|rules?|and|or|to|in|by|of|,)\s*$",
                  re.I)


@dataclass
class Place:
    """Where a token of a unit stands: the provision's index and characters start to end of its text."""

    provision: int
    start: int
    end: int
    capital: bool


@dataclass
class Unit:
    """One sentence with its stem.

    row: the words of the stem, then of the sentence; places: where each stands; own: the index of the
    first word of the sentence itself. note: its words stand in a drafting note or placeholder. is_definition: it
    only says what a term means, and so demands nothing by itself.
    """

    index: int
    provision: Provision
    row: Row
    places: list[Place]
    own: int
    span: tuple[int, int]
    note: bool = False
    stem_provisions: tuple[Provision, ...] = ()
    refers_to: tuple[int, ...] = ()
    is_definition: bool = False

    def stem_provision(self, index: int) -> Provision | None:
        """The provision of that index among those the unit is read with."""
        return next((p for p in self.stem_provisions if p.index == index), None)

    @property
    def applies_elsewhere(self) -> bool:
        """Whether it says for which paragraphs it is written ("For the purposes of paragraph 4.2, …")."""
        return bool(self.refers_to) and list(self.row.words[self.own:self.own + 4]) == ["for", "the", "purposes", "of"]

    @property
    def stems(self) -> tuple[int, ...]:
        """Indexes of the provisions whose open sentence it continues."""
        return tuple(p.index for p in self.stem_provisions)

    @property
    def operative(self) -> bool:
        """Whether the sentence binds anyone, as far as its place tells."""
        return self.provision.standing == "operative" and not self.note and not self.provision.is_heading


@dataclass
class Units:
    """All units of a constitution, and how to get from one to what stands around it.

    syntax: parses of its units, made when they are asked for.
    """

    constitution: Constitution
    lexicon: Lexicon
    units: list[Unit]
    by_provision: dict[int, list[int]]
    numbers: dict[str, int]
    definitions: dict[str, list[int]] = field(default_factory=dict)
    uncapitalised: set[str] = field(default_factory=set)
    syntax: Syntax = field(default_factory=Syntax)
    _around: dict[int, list[Unit]] = field(default_factory=dict)
    _defined: dict[int, list[Unit]] = field(default_factory=dict)

    def around(self, unit: Unit) -> list[Unit]:
        """The heading, the rest of the section (near by), what is referred to; not the unit itself."""
        if unit.index not in self._around:
            found = [*([] if unit.applies_elsewhere else self._section(unit.provision)), *unit.refers_to]
            kept = dict.fromkeys(i for p in found for i in self.by_provision.get(p, ()))
            self._around[unit.index] = [self.units[i] for i in kept if i != unit.index]
        return self._around[unit.index]

    def just_before(self, unit: Unit) -> list[Unit]:
        """What a unit that points back ("to that effect") points to.

        The paragraphs it refers to by number; where it refers to none, the sentences before it in its paragraph and
        the paragraph before, under the same heading, with its stem.
        """
        if unit.refers_to:
            return [self.units[i] for p in unit.refers_to for i in self.by_provision.get(p, ())]
        found = [i for i in self.by_provision[unit.provision.index] if i < unit.index]
        for before in reversed(self.constitution.provisions[:unit.provision.index]):
            if before.index in unit.stems:
                continue
            if before.is_heading or before.heading != unit.provision.heading:
                break
            units = self.by_provision.get(before.index, [])
            found = [*units, *found]
            if not units or self.units[units[0]].row.words[:1] not in (["this"], ["these"], ["it"], ["they"], ["that"]):
                break  # a paragraph that itself points back is read with the one before it
        return [self.units[i] for i in found]

    def _section(self, provision: Provision) -> Iterator[int]:
        provisions = self.constitution.provisions
        for step in (-1, 1):
            at = provision.index if step == 1 else provision.index - 1
            for i in range(at, at + step * (NEAR + 1), step):
                if not 0 <= i < len(provisions) or provisions[i].heading != provision.heading:
                    break
                yield i
        heading = self.heading_of(provision)
        if heading is not None:
            yield heading

    def heading_of(self, provision: Provision) -> int | None:
        """The index of the heading that the provision stands under, where the text has it as a provision."""
        for i in range(provision.index, -1, -1):
            other = self.constitution.provisions[i]
            if other.is_heading:
                return i if other.heading == provision.heading else None
        return None

    def definitions_for(self, unit: Unit) -> list[Unit]:
        """The sentences that define a term which the unit uses (with a capital, as terms are)."""
        if unit.index not in self._defined:
            found: dict[int, None] = {}
            words = unit.row.words
            for at, place in enumerate(unit.places):
                for term in self._terms_by_first.get(words[at], ()):
                    capital = place.capital or " ".join(term) in self.uncapitalised
                    if capital and list(words[at:at + len(term)]) == term:
                        found |= dict.fromkeys(i for i in self.definitions[" ".join(term)] if i != unit.index)
            self._defined[unit.index] = [self.units[i] for i in found]
        return self._defined[unit.index]

    @cached_property
    def narrates(self) -> bool:
        """Whether the document tells what happened more than it rules; see `syntax_rules.narrates`."""
        return narrates(unit.row.words[unit.own:] for unit in self.units)

    @cached_property
    def referrers(self) -> dict[int, list[Unit]]:
        """For each provision, the units elsewhere that refer to it by number."""
        made: dict[int, list[Unit]] = {}
        for unit in self.units:
            for target in unit.refers_to:
                made.setdefault(target, []).append(unit)
        return made

    @cached_property
    def _terms_by_first(self) -> dict[str, list[list[str]]]:
        """The defined terms, as words, by their first word."""
        made: dict[str, list[list[str]]] = {}
        for term in self.definitions:
            made.setdefault(term.split()[0], []).append(term.split())
        return made

    @cached_property
    def users(self) -> dict[int, set[int]]:
        """For each defining unit, the units that use a term it defines."""
        made: dict[int, set[int]] = {}
        for unit in self.units if self.definitions else ():
            for defining in self.definitions_for(unit):
                made.setdefault(defining.index, set()).add(unit.index)
        return made


def read_units(constitution: Constitution, lexicon: Lexicon) -> Units:
    """Cut a constitution into units (headings included, as units that state nothing)."""
    units: list[Unit] = []
    by_provision: dict[int, list[int]] = {}
    tails: dict[int, tuple[list[str], list[Place]]] = {}
    numbers = {p.number: p.index for p in reversed(constitution.provisions) if not p.number.startswith("after")}
    tokens = {p.index: tokenize(p.text) for p in constitution.provisions}
    for provision in constitution.provisions:
        stem_words, stem_places = _stem(constitution, provision, tails)
        notes = note_spans(provision.text)
        spans = sentence_spans(provision.text) or [(0, len(provision.text))]
        for n, span in enumerate(spans):
            inside = set_apart([t for t in tokens[provision.index] if span[0] <= t.start < span[1]], lexicon)
            words = [lexicon.mend(t.lower) for t in inside]
            places = [Place(provision.index, t.start, t.end, t.capital) for t in inside]
            joined = n == 0 and bool(stem_words)
            stems = dict.fromkeys(p.provision for p in stem_places) if joined else {}
            unit = Unit(index=len(units), provision=provision, span=span, note=_in_notes(inside, notes),
                        row=Row([*stem_words, *words] if joined else words, lexicon),
                        places=[*stem_places, *places] if joined else places, own=len(stem_words) if joined else 0,
                        stem_provisions=tuple(constitution.provisions[i] for i in stems),
                        refers_to=tuple(_references(provision, span, numbers, constitution)))
            by_provision.setdefault(provision.index, []).append(unit.index)
            units.append(unit)
            tails[provision.index] = (list(unit.row.words), unit.places)
    reading = Units(constitution, lexicon, units, by_provision, numbers)
    _find_definitions(reading)
    return reading


def _in_notes(inside: list[Token], notes: list[tuple[int, int]]) -> bool:
    """Whether most of the sentence's words stand in drafting notes or placeholders."""
    if not notes:
        return False
    noted = sum(1 for t in inside if any(a <= t.start < b for a, b in notes))
    return bool(inside) and noted * 2 > len(inside)


def is_stem(parent: Provision, child: Provision) -> bool:
    """Whether the child continues its parent's sentence rather than standing under it."""
    return not parent.is_heading and bool(_STEM_END.search(parent.text.rstrip()))


def _stem(constitution: Constitution, provision: Provision,
          tails: dict[int, tuple[list[str], list[Place]]]) -> tuple[list[str], list[Place]]:
    """The words of the open sentence that an item continues, its closing colon dropped."""
    if provision.parent is None or provision.is_heading:
        return [], []
    parent = constitution.provisions[provision.parent]
    if not is_stem(parent, provision) or parent.index not in tails:
        return [], []
    words, places = tails[parent.index]
    while words and words[-1] in (":", "-", ",", ";"):
        words, places = words[:-1], places[:-1]
    return words, places


def _references(provision: Provision, span: tuple[int, int], numbers: dict[str, int],
                constitution: Constitution) -> Iterator[int]:
    text = provision.text[span[0]:span[1]]
    for found in _REFERENCE.finditer(text):
        number = found.group(1)
        target = numbers.get(number)
        plain = number.isdigit()  # "4" may be any number, "4.2" that is a paragraph's number hardly
        if target is None or target == provision.index or (plain and not _CUE.search(text[: found.start()])):
            continue
        yield target
        yield from (child.index for child in constitution.children(constitution.provisions[target]))


_QUOTED = r"[“\"‘']([^”\"’']{2,60})[”\"’']"
_MEANS = r"(?:means?|includes?|shall mean|is|are|refers? to|has|excludes?|does|do)\b"
_SCOPE = r"(?:In|For the purposes of) (?:this|these|the) [\w. ]{4,40},?\s+"
_DEFINING = (
    re.compile(_QUOTED + r",?\s*(?:\([^)]*\)\s*)?(?:,[^,]{0,40},\s*)?" + _MEANS),
    re.compile(r"\b(?:is|are|be|called|as|the|an?|or)\s+\(?(?:the\s+|an?\s+)?" + _QUOTED),
    re.compile(r"\((?:the\s+|an?\s+|together,?\s+the\s+)?" + _QUOTED + r"\)"),
    re.compile(_SCOPE + r"(?:an?\s+|the\s+)?((?:[A-Z]\w+)(?: [A-Z]\w+)*)\s+(?:means?|is|are|includes?)\b"),
    re.compile(_SCOPE + r"(?:references? to )?(?:an?\s+|the\s+)?" + _QUOTED),
)


_ONLY_DEFINES = re.compile(r"(?:means?|includes?|shall mean|refers? to)$")


# Names of the body and its parts: a sentence that gives the body its short name says nothing of what it must do.
_NAMES = frozenset("group ccg icb board member members practice practices committee constitution council organisation "
                   "chair we us it they this".split()) | {"governing body", "council of members", "member practices"}


def _find_definitions(reading: Units) -> None:
    for unit in reading.units:
        text = unit.provision.text[unit.span[0]:unit.span[1]]
        if unit.provision.defines and unit.span[0] == 0:  # the row of a table of definitions
            unit.is_definition = _define(reading, unit, unit.provision.defines, capital=False)
        for pattern in _DEFINING:
            quoted = pattern is _DEFINING[0]
            for found in pattern.finditer(text):
                defined = _define(reading, unit, found.group(1), capital=not quoted)
                if defined and quoted and found.start() < 12 and _ONLY_DEFINES.search(found.group()):
                    unit.is_definition = True


def _define(reading: Units, unit: Unit, shown: str, capital: bool) -> bool:
    """Note that the unit says what a term means; False where it only names the body. capital: else it is no term."""
    term = re.sub(r"^(?:the|an?)\s+", "", shown.strip(), flags=re.I)
    words = [t.lower for t in tokenize(term)]
    if not words or (capital and not term[:1].isupper()) or " ".join(words) in _NAMES:
        return False
    places = [unit.index]
    for child in reading.constitution.children(unit.provision):
        if is_stem(unit.provision, child):
            places.extend(reading.by_provision.get(child.index, ()))
    for form in {" ".join(words), " ".join([*words[:-1], words[-1] + "s"])}:
        # "Open Body" is written so wherever it is meant; "Aggressive tax planning" began a sentence.
        if not any(word[:1].isupper() for word in term.split()[1:] or term.split()):
            reading.uncapitalised.add(form)
        reading.definitions.setdefault(form, []).extend(places)
    return True
