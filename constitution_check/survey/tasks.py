"""The one function that every engine runs: a file in, an outcome out; it never raises."""

from __future__ import annotations

import gc
from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


@dataclass(frozen=True)
class Task:
    """One file to be checked. library: the folder of clause files, None for the library that ships."""

    path: Path
    library: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one file: the report as JSON, or else the sentence that says why there is none."""

    path: Path
    report: str | None = None
    sentence: str = ""


COLLECT = 5
"""Files between two collections of what a check leaves in cycles, about 50 MB a file: Python by itself would let many
gather, and to collect after each would cost a tenth of its time."""

_checked = count(1)

Outcomes = Generator[Outcome, None, None]
"""Outcomes in the order in which they end; closed early, the engine ends what it has started."""


def check_file(task: Task) -> Outcome:
    """The outcome of one file, in whatever process this is called."""
    from constitution_check.pipeline import check_document

    if next(_checked) % COLLECT == 0:
        gc.collect()
    try:
        report = check_document(task.path, library=_library(task.library))
    except CheckError as error:
        return Outcome(task.path, sentence=" ".join(str(error).split()))
    except Exception as error:  # one file must not end the survey of the others
        return Outcome(task.path, sentence=_fault(error))
    return Outcome(task.path, report=report.model_dump_json())


def _fault(error: Exception) -> str:
    return ("Something went wrong inside Constitution Check; the document is not to blame. Check it on its own with "
            f"`check` to see more ({type(error).__name__}: {' '.join(str(error).split())[:300]}).")


@lru_cache(maxsize=1)
def _library(folder: Path | None) -> Library:
    """The library, read once for each process."""
    from constitution_check.library import load_library

    return load_library(folder, examples=False)
