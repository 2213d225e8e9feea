"""What the trained model learns from: labelled passages as it reads them, and passages that hold nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constitution_check.accuracy import Case, case_of, read_cases
from constitution_check.clause_records import Library, Safeguard
from constitution_check.errors import CheckError
from constitution_check.judge import decide
from constitution_check.match import Finder
from constitution_check.model import Kind, Status
from constitution_check.outline import build
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.readers import read
from constitution_check.sweep import Sweep
from constitution_check.trained_features import Seen
from constitution_check.trained_nominees import Scores, nominating
from constitution_check.trained_window import line_of, window_around
from constitution_check.units import Unit, read_units

PLAIN = 80  # passages taken from each document that holds nothing
LONG = 400  # characters: a longer line leaves no room for the passage that is put beside it
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@dataclass
class Told:
    """What is told of one limb: its status, kinds, and the lines (counted from 0) that it rests on."""

    status: Status
    kinds: frozenset[Kind] = frozenset()
    lines: frozenset[int] = frozenset()


@dataclass
class Passage:
    """One passage as the model reads it; limbs on which readers differ are left out of `limbs`."""

    name: str
    safeguard: str
    lines: list[str]
    limbs: dict[str, Told] = field(default_factory=dict)


def of_case(case: Case, library: Library) -> Passage:
    """A labelled passage, a line for each provision."""
    constitution, where = passage(case.lines, case.reference, case.first)
    reading = read_units(constitution, lexicon_of(library))
    lines: list[str] = []
    made_of: dict[int, list[int]] = {}
    for provision in constitution.provisions:
        units = [reading.units[i] for i in reading.by_provision.get(provision.index, ())]
        if units:
            made_of.setdefault(where[provision.index] + case.first, []).append(len(lines))
            lines.append(line_of(units))
    limbs = {limb.id: Told(expected.status, frozenset(expected.kinds),
                           frozenset(i for at in expected.at for i in made_of.get(at, ())))
             for limb in library.get(case.safeguard).limbs if limb.id not in case.unscored
             for expected in [case.limbs[limb.id]]}
    return Passage(case.name, case.safeguard, lines, limbs)


def labelled(paths: Sequence[Path], library: Library, examples: bool = True) -> list[Passage]:
    """The passages of the files, after the library's own examples where wanted."""
    own = [case_of(e, s.id) for s in library.safeguards for e in s.examples] if examples else []
    return [of_case(case, library) for case in [*own, *(case for path in paths for case in read_cases(path))]]


def lines_of(paths: Sequence[Path], library: Library) -> list[list[str]]:
    """The lines of each document, for putting passages amid them."""
    made = []
    for path in paths:
        try:
            reading = read(path)
        except CheckError:
            continue
        units = read_units(build(reading.blocks, reading.name), lexicon_of(library))
        lines = [line_of([units.units[i] for i in found]) for found in units.by_provision.values()]
        made.append([line for line in lines if len(line) < LONG])
    return [lines for lines in made if lines]


def of_samples(library: Library) -> list[Passage]:
    """Passages of the samples that hold safeguards, told by what is expected of them.

    A limb of which some, but not all, of the paragraphs stand in the passage is left out.
    """
    wanted = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    named = [name for name in wanted if name.endswith(".docx") and "ordinary" not in name]
    return [one for name in named for one in _of_sample(SAMPLES / name, wanted[name]["safeguards"], library)]


def _of_sample(path: Path, wanted: dict[str, Any], library: Library) -> Iterator[Passage]:
    reading = read(path)
    finder = Finder(read_units(build(reading.blocks, reading.name), lexicon_of(library)))
    for safeguard in (s for s in library.safeguards if s.id in wanted):
        limbs = wanted[safeguard.id]["limbs"]
        seen: set[tuple[str, ...]] = set()
        for unit in _worth_reading(safeguard, limbs, finder):
            window = window_around(finder.reading, unit)
            if tuple(window.lines) not in seen:
                seen.add(tuple(window.lines))
                numbers = [units[0].provision.number for units in window.provisions]
                told = {limb: found for limb, one in limbs.items() for found in [_told(one, numbers)] if found}
                yield Passage(path.stem, safeguard.id, window.lines, told)


def _worth_reading(safeguard: Safeguard, limbs: dict[str, Any], finder: Finder) -> Iterator[Unit]:
    """What the rules find, what is nominated, and the paragraphs that are expected."""
    yield from (one.trial.match.unit for one in decide(safeguard, finder, Sweep(finder), by_rules=True) if one.trial)
    model = nominating()
    scores = Scores(model, Seen(finder)) if model else None
    for limb in safeguard.limbs:
        yield from (unit for unit, _ in (scores.best(safeguard.id, limb.id, 2) if scores else ()))
        paragraphs = limbs[limb.id]["paragraphs"]
        yield from (unit for unit in finder.reading.units if unit.provision.number in paragraphs)


def _told(one: dict[str, Any], numbers: Sequence[str]) -> Told | None:
    inside = [number for number in one["paragraphs"] if number in numbers]
    if one["status"] == Status.ABSENT or not inside:
        return Told(Status.ABSENT)
    if len(inside) < len(one["paragraphs"]):
        return None
    return Told(Status(one["status"]), frozenset(map(Kind, one["kinds"])),
                frozenset(at for at, number in enumerate(numbers) if number in inside))


def plain(paths: Sequence[Path], library: Library, seed: int = 1) -> list[Passage]:
    """Passages of documents that hold nothing: half those that look likeliest, half by chance."""
    rnd = random.Random(seed)
    return [one for path in paths for one in _of_document(path, library, rnd)]


def _of_document(path: Path, library: Library, rnd: random.Random) -> Iterator[Passage]:
    model = nominating()
    try:
        reading = read(path)
    except CheckError:
        return
    finder = Finder(read_units(build(reading.blocks, reading.name), lexicon_of(library)))
    if model is None or not finder.reading.units:
        return
    scores = Scores(model, Seen(finder))
    found: dict[tuple[str, tuple[str, ...]], tuple[float, Safeguard, list[str]]] = {}
    for safeguard in library.safeguards:
        for limb in safeguard.limbs:
            for unit, score in scores.best(safeguard.id, limb.id, 2):
                lines = window_around(finder.reading, unit).lines
                found.setdefault((safeguard.id, tuple(lines)), (score, safeguard, lines))
    ranked = sorted(found.values(), key=lambda one: -one[0])
    rest = ranked[PLAIN // 2:]
    for _, safeguard, lines in [*ranked[:PLAIN // 2], *rnd.sample(rest, min(PLAIN // 2, len(rest)))]:
        yield Passage(path.stem, safeguard.id, lines, {limb.id: Told(Status.ABSENT) for limb in safeguard.limbs})
