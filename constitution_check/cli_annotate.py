"""The annotated copies of `check --format annotated`: one beside each document, or where -o says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_out import report_path, write_whole
from constitution_check.cli_program import crash_sentence, say
from constitution_check.errors import CheckError
from constitution_check.words import count

if TYPE_CHECKING:
    from constitution_check.annotate.records import Written
    from constitution_check.clause_records import Library
    from constitution_check.model import Report


def write_annotated(checked: Sequence[tuple[Path, Report]], out: Path | None, library: Library) -> bool:
    """Write the annotated copy of each document; whether all could be made.

    One that cannot be made is named on the error stream, and the others are still written.
    """
    done = [_write(file, report, out, library) for file, report in checked]
    return all(done)


def _write(file: Path, report: Report, out: Path | None, library: Library) -> bool:
    from constitution_check.annotate import annotate

    try:
        made = annotate(file, report, library)
        target = out or file.parent
        if target.is_dir():
            target = report_path(file, target, file.suffix.lstrip("."), "annotated")
        write_whole(target, made.content)
    except CheckError as error:
        say(str(error))
        return False
    except Exception as error:
        say(f"{file}: {crash_sentence(error)}")
        return False
    click.echo(f"The annotated copy of {file.name} is in {target}: {_told(made.written)}.")
    for note in made.written.notes:
        click.echo(note)
    return True


def _told(written: Written) -> str:
    comments = f"{count(written.comments, 'comment')} on its words"
    asks = f"wording put in for {count(written.asks, 'safeguard')}"
    loose = f" ({written.loose} of them on the whole paragraph)" if written.loose else ""
    return f"{comments}{loose}, {asks}"
