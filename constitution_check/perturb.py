"""`library perturb`: does a verdict move where the words weaken, and only there?

From every present example neighbours are made by rule, weaker ones and harmless ones, each with what must come of
it. What comes out otherwise is a fault of the library or of the program, unless it is a known exception with its
reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from constitution_check.clause_records import Library, Safeguard
from constitution_check.errors import CheckError
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.library import library_folder
from constitution_check.match import Finder
from constitution_check.passages import passage
from constitution_check.perturb_base import REFERENCE, Base, Wanted, base_of
from constitution_check.perturb_harmless import harmless
from constitution_check.perturb_weaken import Neighbour, weaker
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import read_units
from constitution_check.words import count

EXCEPTIONS = "perturb-exceptions.txt"
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Miss:
    """A limb that did not come out as it should in one neighbour of one example."""

    safeguard: str
    example: str
    place: str
    rule: str
    limb: str
    wanted: Wanted
    found: str
    text: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What an exception names."""
        return self.safeguard, self.example, self.rule, self.limb

    def __str__(self) -> str:
        lines = "".join(f"\n    {line}" for line in self.text)
        return (f'{self.place}: "{self.example}", {self.rule}: {self.limb}: wanted {self.wanted}, '
                f"found {self.found}{lines}")


@dataclass
class Perturbed:
    """What came of all neighbours. made: how many there were, by rule; idle: exceptions that nothing needs."""

    made: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    excepted: list[Miss] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every limb moved as it should, and no exception is idle."""
        return not self.misses and not self.idle

    def as_text(self) -> str:
        """For the terminal: every miss with the words that were judged, then the counts by rule."""
        wrong = Counter(miss.rule for miss in self.misses)
        text = [str(miss) for miss in self.misses] + self.idle
        text += ["", "Neighbours made, and limbs that came out otherwise, by rule"]
        text += [f"  {rule:80} {self.made[rule]:>5} {wrong[rule]:>5}" for rule in sorted(self.made)]
        text.append(f"{count(self.made.total(), 'neighbour')}, {count(len(self.misses), 'limb')} otherwise, "
                    f"{count(len(self.excepted), 'known exception')}")
        return "\n".join(text)


def perturb(library: Library, ids: Sequence[str] = (), folder: Path | None = None) -> Perturbed:
    """Every neighbour of every present example of the library, or of the safeguards named, judged.

    folder: where the library's exceptions stand. Raises CheckError for an id that the library has not.
    """
    known = exceptions(folder or library_folder())
    done = Perturbed()
    wanted = [library.get(i) for i in dict.fromkeys(ids)] or list(library.safeguards)
    for safeguard in wanted:
        for rule, misses in neighbours_judged(safeguard, library):
            done.made[rule] += 1
            for miss in misses:
                (done.excepted if miss.key in known else done.misses).append(miss)
    used = {miss.key for miss in done.excepted}
    held = {safeguard.id for safeguard in wanted}
    done.idle = [f"{where}: this exception is no longer needed; take it out" for key, where in known.items()
                 if key[0] in held and key not in used]
    return done


def neighbours_judged(safeguard: Safeguard, library: Library) -> Iterator[tuple[str, list[Miss]]]:
    """For each neighbour of each present example its rule, and what came out otherwise."""
    for example in (e for e in safeguard.examples if e.verdict == "present"):
        base = base_of(example, safeguard, library)
        if base:
            for neighbour in (*weaker(base), *harmless(base)):
                yield neighbour.rule, list(_misses(base, neighbour, library))


def _misses(base: Base, neighbour: Neighbour, library: Library) -> Iterator[Miss]:
    constitution, _ = passage(neighbour.lines, REFERENCE, 1, neighbour.labels)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    for one in judge(base.safeguard, finder, Sweep(finder), by_rules=True):
        wanted = neighbour.wanted.get(one.limb.id)
        if wanted and not holds(wanted, one):
            kinds = f" ({', '.join(sorted(one.kinds))})" if one.kinds else ""
            example = base.example
            text = tuple(f"{kind}: {text}" for kind, text in neighbour.lines)
            yield Miss(base.safeguard.id, example.name, f"{example.file}:{example.row}", neighbour.rule, one.limb.id,
                       wanted, f"{one.status}{kinds}", text)


def holds(wanted: Wanted, one: Judged) -> bool:
    """Whether a limb came out as wanted."""
    return one.status in wanted.statuses and (wanted.kinds is None or one.kinds == wanted.kinds)


def exceptions(folder: Path) -> dict[Key, str]:
    """The known exceptions of a library, each with where it is written ("file:line").

    A line is "safeguard | example | rule | limb | reason". Raises CheckError for a line that is not.
    """
    file = folder / EXCEPTIONS
    if not file.is_file():
        return {}
    return dict(_exception(row, line) for row, line in _written(file.read_text(encoding="utf-8").splitlines()))


def _written(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((row, line) for row, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))


def _exception(row: int, line: str) -> tuple[Key, str]:
    parts = tuple(part.strip() for part in line.split("|"))
    if len(parts) != 5 or not all(parts):
        raise CheckError(f'{EXCEPTIONS}:{row}: an exception is written "safeguard | example | rule | limb | reason".')
    return (parts[0], parts[1], parts[2], parts[3]), f"{EXCEPTIONS}:{row}"
