"""A survey: every file checked that the register does not know yet, by one engine or the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from constitution_check.model import Report
from constitution_check.progress import Progress, no_progress
from constitution_check.survey.bodies import BY_NAME
from constitution_check.survey.register import Kept, Register
from constitution_check.survey.tasks import Outcomes, Task

Engine = Callable[[Iterable[Task]], Outcomes]
"""Takes tasks as it comes to them and gives their outcomes in any order, every task exactly one."""


@dataclass(frozen=True)
class NotChecked:
    """A file that could not be checked, and the sentence that says why."""

    file: Path
    sentence: str


@dataclass
class Surveyed:
    """What a survey came to: the checks that count, how many of them were known before, and what failed."""

    kept: list[Kept] = field(default_factory=list)
    known: int = 0
    failed: list[NotChecked] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What to check, with what, and whether again what the register knows already.

    library: its folder, None for the one that ships; stamp: its version and that of the program, as the register has
    them. by: how bodies are told apart.
    """

    files: Sequence[Path]
    library: Path | None
    library_version: str
    program: str
    by: str = BY_NAME
    again: bool = False


def survey(plan: Plan, register: Register, engine: Engine, progress: Progress = no_progress,
           failed: Callable[[NotChecked], None] = lambda _: None) -> Surveyed:
    """Check what is new, keep each report as soon as it is there, and say what came of every file.

    progress: told of each file done. failed: told at once of each file that could not be checked.
    """
    done = Surveyed()
    count = 0

    def ended(path: Path) -> None:
        nonlocal count
        count += 1
        progress(path.name, count, len(plan.files))

    def fail(path: Path, sentence: str) -> None:
        done.failed.append(NotChecked(path, sentence))
        failed(done.failed[-1])
        ended(path)

    def new() -> Iterator[Task]:
        for path in plan.files:
            try:
                known = None if plan.again else _known(path, plan, register)
            except OSError as error:
                fail(path, f"It could not be opened ({(error.strerror or str(error)).lower()}). Check the name, and "
                           "who may read it.")
                continue
            if known is None:
                yield Task(path.absolute(), plan.library)
            else:
                done.kept.append(known)
                done.known += 1
                ended(path)

    shown = {path.absolute(): path for path in plan.files}
    progress("", 0, len(plan.files))
    with closing(engine(new())) as outcomes:
        for outcome in outcomes:
            path = shown[outcome.path]
            if outcome.report is None:
                fail(path, outcome.sentence)
                continue
            report = Report.model_validate_json(outcome.report)
            if report.library.version != plan.library_version:
                fail(path, "The clause library changed while the survey was under way. Survey again.")
                continue
            done.kept.append(register.keep(report, plan.program, path, plan.by))
            ended(path)
    return done


def _known(path: Path, plan: Plan, register: Register) -> Kept | None:
    """The check that was kept before of this very content, library and program. Raises OSError."""
    from constitution_check.readers.common import MAX_FILE_BYTES, digest

    if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
        return None  # the check itself says what is wrong with it
    return register.find(digest(path), plan.library_version, plan.program, path, plan.by)
