"""How well the checker judges: every example of the library, and files of labelled passages.

False reassurance is the share of limbs labelled other than met that are called met; false alarm the share of
limbs labelled met that are called anything else. Limbs on which the labellers differed are not scored.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constitution_check.clause_records import Example, Expected, Library, Safeguard
from constitution_check.document_dates import law_of
from constitution_check.errors import CheckError
from constitution_check.judge import bind, decide
from constitution_check.judge_records import Judged
from constitution_check.match import Finder
from constitution_check.model import Kind, LimbResult, Status, Verdict, verdict_of
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import read_units
from constitution_check.words import count


@dataclass
class Case:
    """A labelled passage. `at` of a limb counts lines from `first`; `unscored` limbs are not scored."""

    name: str
    safeguard: str
    lines: Sequence[tuple[str, str]]
    verdict: Verdict
    limbs: dict[str, Expected]
    unscored: frozenset[str] = frozenset()
    reference: str = r"\{ref:(\d+)\}"
    first: int = 0


@dataclass
class Outcome:
    """What was found in a case: each limb's status, kinds, and the lines that its evidence stands on."""

    case: Case
    found: dict[str, tuple[Status, frozenset[Kind], frozenset[int]]]
    verdict: Verdict

    def misses(self) -> Iterator[str]:
        """A line for each limb that came out otherwise than labelled."""
        for limb, expected in self.case.limbs.items():
            status, kinds, lines = self.found[limb]
            if limb in self.case.unscored:
                continue
            if status is not expected.status or kinds != set(expected.kinds):
                yield (f"{self.case.name}: {limb}: wanted {expected.status}{_brackets(expected.kinds)}, "
                       f"found {status}{_brackets(kinds)} at {sorted(lines)}")


def _brackets(kinds: Iterable[Kind]) -> str:
    listed = ", ".join(sorted(kinds))
    return f" ({listed})" if listed else ""


def case_of(example: Example, safeguard: str) -> Case:
    """A library example as a case."""
    return Case(f"{safeguard}: {example.name}", safeguard, example.lines, example.verdict, example.limbs,
                reference=r"\{line (\d+)\}", first=1)


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON-lines file. Raises CheckError where it cannot be read, naming the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f'The file of cases "{path}" could not be read: {error}.') from error
    return [_case(line, row, path) for row, line in enumerate(text.splitlines(), 1) if line.strip()]


def _case(line: str, row: int, path: Path) -> Case:
    try:
        data: dict[str, Any] = json.loads(line)
        return Case(
            name=data["id"], safeguard=data["safeguard"], lines=[(kind, text) for kind, text in data["text"]],
            verdict=Verdict(data["verdict"]),
            limbs={limb: Expected(status=e["status"], kinds=e["kinds"], at=e["at"])
                   for limb, e in data["limbs"].items()},
            unscored=frozenset(limb for limb, e in data["limbs"].items() if e.get("unsure")))
    except (ValueError, KeyError, TypeError) as error:
        raise CheckError(f"{path.name}:{row}: this is not a labelled passage "
                         f"({type(error).__name__}: {error}).") from error


def judged_case(case: Case, library: Library, by_rules: bool = False) -> tuple[list[Judged], dict[int, int]]:
    """The limbs as judged in the case's passage, and the line of each provision (from the case's `first`).

    by_rules: by the rules alone, the trained model not asked.
    """
    safeguard, finder, lines = _read(case, library)
    return _judged(safeguard, finder, by_rules), lines


def outcome_of(case: Case, library: Library, by_rules: bool = False) -> Outcome:
    """What the checker finds in a case; by_rules: by the rules alone, the trained model not asked."""
    return _outcome(case, *judged_case(case, library, by_rules))


def outcomes_of(case: Case, library: Library) -> tuple[Outcome, Outcome]:
    """What the checker finds in a case, and what it finds by the rules alone; the passage is read once."""
    safeguard, finder, lines = _read(case, library)
    whole, ruled = (_outcome(case, _judged(safeguard, finder, by_rules), lines) for by_rules in (False, True))
    return whole, ruled


def _read(case: Case, library: Library) -> tuple[Safeguard, Finder, dict[int, int]]:
    constitution, lines = passage(case.lines, case.reference, case.first)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    safeguard = library.get(case.safeguard).as_of(law_of(constitution).day)
    return safeguard, finder, {provision: line + case.first for provision, line in lines.items()}


def _judged(safeguard: Safeguard, finder: Finder, by_rules: bool) -> list[Judged]:
    judged = decide(safeguard, finder, Sweep(finder), by_rules)
    bind(judged)
    return judged


def _outcome(case: Case, judged: list[Judged], lines: dict[int, int]) -> Outcome:
    found = {}
    for one in judged:
        units = [*(one.trial.units if one.trial else []), *(f.unit for f in one.faults)]
        at = {lines[i] for u in units for i in (u.provision.index, *u.stems)}
        found[one.limb.id] = (one.status, frozenset(one.kinds), frozenset(at))
    verdict = verdict_of(tuple(LimbResult(limb=j.limb.id, essential=j.limb.essential, status=j.status) for j in judged))
    return Outcome(case, found, verdict)


@dataclass
class Tally:
    """Counts for one group of outcomes; every score is a share, 0-1."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        count = self.counts
        count["verdicts"] += 1
        count["verdicts right"] += outcome.verdict is outcome.case.verdict
        for limb, expected in outcome.case.limbs.items():
            if limb in outcome.case.unscored:
                continue
            status, kinds, lines = outcome.found[limb]
            count["limbs"] += 1
            count["limbs right"] += status is expected.status
            if expected.status is Status.MET:
                count["met"] += 1
                count["alarms"] += status is not Status.MET
            else:
                count["not met"] += 1
                count["reassured"] += status is Status.MET
            count["kinds"] += len(expected.kinds)
            count["kinds found"] += len(kinds & set(expected.kinds))
            if Status.ABSENT not in (status, expected.status) and expected.at:
                count["shown"] += 1
                count["shown right"] += bool(lines & set(expected.at))
                count["lines"] += len(lines)
                count["lines right"] += len(lines & set(expected.at))

    def scores(self) -> dict[str, float | None]:
        """The scores by name; None where there was nothing to score."""
        c = self.counts

        def share(part: str, whole: str) -> float | None:
            return c[part] / c[whole] if c[whole] else None

        return {"verdict": share("verdicts right", "verdicts"), "limb status": share("limbs right", "limbs"),
                "false reassurance": share("reassured", "not met"), "false alarm": share("alarms", "met"),
                "evidence": share("shown right", "shown"), "lines": share("lines right", "lines"),
                "kinds": share("kinds found", "kinds")}


@dataclass
class Scores:
    """The scores of one run, as text for the terminal. ok: every library example came out as written."""

    examples: list[Outcome]
    cases: list[Outcome]

    @property
    def ok(self) -> bool:
        """Whether every example of the library came out as it says."""
        return not any(True for outcome in self.examples for _ in self.wrong(outcome))

    @staticmethod
    def wrong(outcome: Outcome) -> Iterator[str]:
        """What is wrong with an example, paragraph included."""
        yield from outcome.misses()
        if outcome.verdict is not outcome.case.verdict:
            yield f"{outcome.case.name}: wanted {outcome.case.verdict}, found {outcome.verdict}"
        for limb, expected in outcome.case.limbs.items():
            lines = outcome.found[limb][2]
            if expected.status is not Status.ABSENT and not set(expected.at) <= lines:
                yield f"{outcome.case.name}: {limb}: wanted line(s) {list(expected.at)}, found {sorted(lines)}"

    def as_text(self) -> str:
        """The tables and the misses, for the terminal."""
        wrong = [line for outcome in self.examples for line in self.wrong(outcome)]
        text = [f"Library: {count(len(self.examples), 'example')}, {count(len(wrong), 'fault')}",
                *(f"  {line}" for line in wrong)]
        if self.cases:
            text += ["", f"Cases: {len(self.cases)} passages", "", *_table(self.cases)]
            text += ["", "By kind of weakness", *_kinds(self.cases)]
            text += ["", "Misses", *(f"  {line}" for outcome in self.cases for line in outcome.misses())]
        return "\n".join(text)


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    groups: dict[str, Tally] = {"all": Tally()}
    for outcome in outcomes:
        groups["all"].add(outcome)
        groups.setdefault(outcome.case.safeguard, Tally()).add(outcome)
    names = list(Tally().scores())
    yield f"{'safeguard':30} {'n':>4} " + " ".join(f"{name:>17}" for name in names)
    for group, tally in groups.items():
        shown = ("   -" if value is None else f"{value:.3f}" for value in tally.scores().values())
        yield f"{group:30} {tally.counts['verdicts']:>4} " + " ".join(f"{value:>17}" for value in shown)


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for kind in Kind:
        pairs = [(kind in expected.kinds, kind in outcome.found[limb][1]) for outcome in outcomes
                 for limb, expected in outcome.case.limbs.items() if limb not in outcome.case.unscored]
        wanted, both, said = (sum(w for w, _ in pairs), sum(w and f for w, f in pairs), sum(f for _, f in pairs))
        if wanted or said:
            yield f"  {kind:15} wanted {wanted:>4}, found {both:>4}, also said wrongly {said - both:>4}"


def run(library: Library, cases: Path | None = None) -> Scores:
    """Judge every example of the library and, where a file is given, every case of a safeguard that it holds.

    Examples are judged by the rules alone, which are what the library's keepers can mend; cases by the whole checker.
    """
    examples = [outcome_of(case_of(e, s.id), library, by_rules=True) for s in library.safeguards for e in s.examples]
    held = {s.id for s in library.safeguards}
    read = [case for case in read_cases(cases) if case.safeguard in held] if cases else []
    return Scores(examples, [outcome_of(case, library) for case in read])
