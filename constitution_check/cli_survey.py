"""The `survey` command: many constitutions checked side by side, and one picture of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_out import refuse_to_overwrite
from constitution_check.cli_program import COULD_NOT_CHECK, GAPS, NO_GAPS, say
from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.progress import Progress
    from constitution_check.survey.survey import Engine, NotChecked, Surveyed

    Say = Callable[[str], None]

FORMATS = ("html", "csv", "xlsx", "parquet", "svg", "png")
REGISTER = "register.sqlite"
TIMEOUT = 900


@dataclass(frozen=True)
class Asked:
    """What the reader asks of a survey; None where it is left to the program."""

    out: Path
    register: str | None = None
    formats: Sequence[str] = ()
    by: str = "name"
    workers: int | None = None
    seconds: float = TIMEOUT
    again: bool = False
    engine: str = "local"
    scheduler: str | None = None
    library: Path | None = None


def run_survey(given: Sequence[Path], asked: Asked) -> int:
    """Survey the files and folders, write the outputs, say what came of it, and give the exit code."""
    _require(asked)
    from constitution_check.library import load_library
    from constitution_check.survey.files import gather
    from constitution_check.survey.heatmap import Page
    from constitution_check.survey.outputs import FAILURES, NAMES, write_outputs
    from constitution_check.survey.register import Register
    from constitution_check.survey.rows import surveyed
    from constitution_check.survey.stamp import program_stamp
    from constitution_check.survey.survey import Plan, survey

    gathered = gather(given, asked.out)
    formats = list(asked.formats or FORMATS)
    for name in (*(NAMES[form] for form in formats), FAILURES, REGISTER):
        refuse_to_overwrite(asked.out / name, gathered.files)
    library = load_library(asked.library, examples=False)
    _make_folder(asked.out)
    register = Register(asked.register or str(asked.out / REGISTER))
    plan = Plan(gathered.files, asked.library.absolute() if asked.library else None, library.version, program_stamp(),
                asked.by, asked.again)
    try:
        with _progress() as (progress, tell):
            done = survey(plan, register, _engine(asked), progress, lambda one: tell(_failure(one)))
        page = Page(register, library, surveyed(register, done.kept), done.failed, gathered.passed, datetime.now(UTC))
        written = write_outputs(page, formats, asked.out) if page.versions or done.failed else []
        _tell(done, len(page.latest), len(gathered.passed), written)
        if done.failed:
            return COULD_NOT_CHECK
        return GAPS if any(version.gaps for version in page.versions) else NO_GAPS
    except KeyboardInterrupt:
        say("What was checked is kept; the same command goes on from there.")
        raise
    finally:
        register.close()


def _require(asked: Asked) -> None:
    """Raise before any work where a library is missing, or options do not go together."""
    from constitution_check.survey.needs import require

    require("survey", "sqlalchemy", "xlsxwriter", "openpyxl", "pyarrow")
    if asked.engine == "dask":
        if asked.scheduler is None:
            raise CheckError("--engine dask needs --scheduler with the address of the cluster's scheduler "
                             "(tcp://MACHINE:8786).")
        require("dask", "distributed")
    elif asked.scheduler is not None:
        raise CheckError("--scheduler goes with --engine dask; leave it out to work on this machine.")


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckError(f'The folder "{out}" cannot be made ({(error.strerror or str(error)).lower()}). Give -o a '
                         "folder where you may write.") from error


def _engine(asked: Asked) -> Engine:
    if asked.engine == "dask":
        from constitution_check.survey import fleet

        return lambda tasks: fleet.check_all(tasks, str(asked.scheduler), asked.seconds)
    from constitution_check.survey import pool

    workers = asked.workers or pool.default_workers()
    return lambda tasks: pool.check_all(tasks, workers, asked.seconds)


@contextmanager
def _progress() -> Iterator[tuple[Progress, Say]]:
    """A bar on the error stream where that is a terminal, and a way to say something above it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
               TextColumn("{task.fields[file]}", markup=False))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None, file="")
        yield (lambda what, done, total: bar.update(task, completed=done, total=total, file=what[:40]),
               lambda sentence: console.print(Text(sentence), soft_wrap=True))


def _failure(one: NotChecked) -> str:
    from constitution_check.reports.clean import clean

    return clean(one.sentence if one.file.name in one.sentence else f"{one.file}: {one.sentence}")


def _tell(done: Surveyed, bodies: int, passed: int, written: Sequence[Path]) -> None:
    """The upshot in a few lines."""
    from constitution_check.words import count

    known = f", of which {done.known:,} had been checked before" if done.known else ""
    click.echo(f"{count(len(done.kept), 'document')} of {count(bodies, 'body', 'bodies')} checked{known}.")
    if done.failed:
        click.echo(f"{count(len(done.failed), 'file')} could not be checked; they are named above and in the page.")
    if passed:
        click.echo(f"{count(passed, 'file')} in the folder passed over: they do not look like documents.")
    for path in written:
        click.echo(f"Written: {path}")
