"""A present example as it is read: which limbs hang from which sentence, and what they were found to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from constitution_check.accuracy import Scores, case_of, outcome_of
from constitution_check.candidates import Trial
from constitution_check.clause_records import Example, Library, Safeguard
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.match import Finder
from constitution_check.model import Kind, Status
from constitution_check.passages import labels_of, passage
from constitution_check.perturb_text import Sentence, sentence_of
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import Unit, read_units

REFERENCE = r"\{line (\d+)\}"
Lines = list[tuple[str, str]]
_SAID = (Status.MET, Status.WEAKENED)


@dataclass(frozen=True)
class Wanted:
    """What a limb must be found to be: any of these statuses and, where given, exactly these kinds."""

    statuses: frozenset[Status]
    kinds: frozenset[Kind] | None = None

    def __str__(self) -> str:
        statuses = " or ".join(s for s in Status if s in self.statuses)
        return f"{statuses} ({', '.join(sorted(self.kinds))})" if self.kinds else statuses


@dataclass
class Base:
    """An example read by itself. lines: its text with every "{line 2}" filled in; where: each provision's line."""

    safeguard: Safeguard
    example: Example
    lines: Lines
    finder: Finder
    limbs: dict[str, Judged]
    where: dict[int, int]

    @property
    def numbers(self) -> list[str]:
        """Each line's number in the text."""
        return [number for _, number in labels_of([kind for kind, _ in self.lines])]

    def as_found(self, limb: str) -> Wanted:
        """What the limb is in the example itself."""
        one = self.limbs[limb]
        return Wanted(frozenset({one.status}), frozenset(one.kinds))

    def with_kind(self, limb: str, kind: Kind) -> Wanted:
        """What the limb is with one weakness more."""
        return Wanted(frozenset({Status.WEAKENED}), frozenset({*self.limbs[limb].kinds, kind}))

    def sentences(self) -> list[tuple[Unit, Sentence, int]]:
        """Every sentence that may be changed: its unit, its words, its line (from 0); headings and definitions not."""
        found = []
        for unit in self.finder.reading.units:
            line = self.where[unit.provision.index]
            if unit.operative and not unit.is_definition and unit.provision.text == self.lines[line][1]:
                sentence = sentence_of(unit.provision.text, *unit.span)
                if sentence.words:
                    found.append((unit, sentence, line))
        return found

    def governed(self, unit: Unit) -> list[Unit]:
        """The unit and the items that continue its sentence."""
        last = self.finder.reading.by_provision[unit.provision.index][-1]
        items = [u for u in self.finder.reading.units if unit.index == last and unit.provision.index in u.stems]
        return [unit, *items]

    def hang_from(self, units: Sequence[Unit]) -> tuple[set[str], set[str]]:
        """The limbs that rest on these units alone, and those that rest on them in part."""
        inside = {u.index for u in units}
        alone, partly = set(), set()
        for limb, one in self.limbs.items():
            said = [t for t in one.trials if t.status in _SAID]
            on = [t for t in said if t.match.unit.index in inside]
            if one.trial and one.status in _SAID and on and len(on) == len(said) and not self._shared(said, inside):
                alone.add(limb)
            elif any({u.index for u in (*t.units, t.match.unit)} & inside for t in one.trials):
                partly.add(limb)
        return alone, partly

    @staticmethod
    def _shared(trials: Sequence[Trial], inside: set[int]) -> bool:
        """Whether some of what carries the limb stands outside."""
        return any(u.index not in inside for t in trials for u in t.match.joined)

    def accepted(self, limb: str, kind: Kind) -> bool:
        """Whether the limb takes this weakness for none in the passage that carries it."""
        trial = self.limbs[limb].trial
        return trial is not None and any(line.kind is kind and self.finder.line_in(line, trial.match.unit)
                                         for line in self.safeguard.limb(limb).accepts)

    def needy(self, gone: set[str]) -> set[str]:
        """The limbs that are absent where these are."""
        lost = {limb for limb, one in self.limbs.items() if one.status not in _SAID} | gone
        return {limb for limb, one in self.limbs.items() if one.limb.needs and set(one.limb.needs) <= lost}


def base_of(example: Example, safeguard: Safeguard, library: Library) -> Base | None:
    """The example read; None where it does not come out as written, which `library test` names."""
    if list(Scores.wrong(outcome_of(case_of(example, safeguard.id), library, by_rules=True))):
        return None
    numbers = [number for _, number in labels_of([kind for kind, _ in example.lines])]
    lines: Lines = [(kind, re.sub(REFERENCE, lambda m: numbers[int(m.group(1)) - 1], text))
                    for kind, text in example.lines]
    constitution, where = passage(lines, REFERENCE, 1)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    judged = judge(safeguard, finder, Sweep(finder), by_rules=True)
    return Base(safeguard, example, lines, finder, {one.limb.id: one for one in judged}, where)
