"""Labelled passages judged on every core: by the whole checker, and by the rules alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from constitution_check.accuracy import Case, Outcome, Scores, Tally, case_of, outcome_of, outcomes_of, read_cases
from constitution_check.clause_records import Library
from constitution_check.library import load_library
from tools.insertion import Moved, moved

T = TypeVar("T")
CHUNK = 4  # passages handed to a process at a time


@dataclass(frozen=True)
class Run:
    """One file of passages as judged. learnt: the checker has learnt from them; None: not known."""

    name: str
    outcomes: list[Outcome]
    by_rules: list[Outcome]
    learnt: bool | None = None


@lru_cache(maxsize=1)
def _library(folder: Path | None) -> Library:
    return load_library(folder)


def _judged(case: Case, folder: Path | None) -> tuple[Outcome, Outcome]:
    return outcomes_of(case, _library(folder))


def _ruled(case: Case, folder: Path | None) -> Outcome:
    return outcome_of(case, _library(folder), by_rules=True)


def _whole(case: Case, folder: Path | None) -> Outcome:
    return outcome_of(case, _library(folder))


def _moved(case: Case, folder: Path | None) -> list[Moved]:
    return moved(case, _library(folder))


def spread(work: Callable[[Case, Path | None], T], cases: Sequence[Case], folder: Path | None,
           workers: int | None = None) -> Iterator[T]:
    """work(case, folder of the library) for every case, in their order, on so many processes (each core one)."""
    if workers == 1:
        yield from (work(case, folder) for case in cases)
        return
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        yield from pool.map(work, cases, [folder] * len(cases), chunksize=CHUNK)


def run_examples(library: Library, folder: Path | None = None, workers: int | None = None) -> Scores:
    """Every example of the library that lies in the folder, by the rules alone; and as cases, by the whole checker."""
    cases = [case_of(example, s.id) for s in library.safeguards for example in s.examples]
    return Scores(list(spread(_ruled, cases, folder, workers)), list(spread(_whole, cases, folder, workers)))


def run_file(path: Path, learnt: bool | None, folder: Path | None = None, workers: int | None = None) -> Run:
    """Every passage of a file whose safeguard the library holds. Raises CheckError where it cannot be read."""
    held = {safeguard.id for safeguard in _library(folder).safeguards}
    cases = [case for case in read_cases(path) if case.safeguard in held]
    pairs = list(spread(_judged, cases, folder, workers))
    return Run(path.name, [a for a, _ in pairs], [b for _, b in pairs], learnt)


def insert_all(cases: Sequence[Case], folder: Path | None = None, workers: int | None = None) -> list[Moved]:
    """Every limb of the passages, alone and inside a long document."""
    return [one for limbs in spread(_moved, cases, folder, workers) for one in limbs]


def each_safeguard(cases: Sequence[Case], most: int) -> list[Case]:
    """At most so many passages of each safeguard, taken evenly from the first to the last."""
    by: dict[str, list[Case]] = {}
    for case in cases:
        by.setdefault(case.safeguard, []).append(case)
    return [some[n * len(some) // min(most, len(some))] for some in by.values() for n in range(min(most, len(some)))]


def tally(outcomes: Sequence[Outcome]) -> Tally:
    """The outcomes counted."""
    counted = Tally()
    for outcome in outcomes:
        counted.add(outcome)
    return counted
