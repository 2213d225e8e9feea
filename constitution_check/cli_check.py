"""The `check` command: each file checked on its own, one that fails never hiding the others."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_out import refuse_to_overwrite, refuse_without_folder, report_path, write_checked
from constitution_check.cli_program import COULD_NOT_CHECK, GAPS, NO_GAPS, crash_sentence, say
from constitution_check.cli_progress import shown
from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.model import Report
    from constitution_check.readers.common import Ocr

# The formats that give one file for each document; an annotated copy keeps the document's own ending.
ENDINGS = {"html": "html", "word": "docx", "annotated": ""}
Checked = tuple[Path, "Report"]


@dataclass(frozen=True)
class Asked:
    """What the reader asks of each check: `check_document` takes the same."""

    safeguards: Sequence[str] = ()
    beside: Sequence[Path] = ()
    as_of: date | None = None
    pipeline: str | None = None
    semantic: str | None = None
    ocr: Ocr = "auto"


def day_of(written: str | None) -> date | None:
    """The day that was typed, None where none was. Raises CheckError where it cannot be read."""
    from constitution_check.dates import parse_date

    return None if written is None else parse_date(written)


def run_check(files: Sequence[Path], form: str, out: Path | None, asked: Asked, folder: Path | None) -> int:
    """Check the files, write or print the reports, and give the exit code."""
    from constitution_check.contained import warm
    from constitution_check.library import load_library

    _plan([*files, *asked.beside], form, out, len(files))
    warm()  # while there is one thread and little memory
    if len(files) == 1:
        gc.disable()  # the process ends with this file; collecting what it leaves would cost a fifth of its time
    if asked.pipeline is not None:  # said once, and before any work
        from constitution_check.syntax import load_pipeline

        load_pipeline(asked.pipeline)
    if asked.semantic is not None:
        from constitution_check.semantic import load_model

        load_model(asked.semantic)
    library = load_library(folder, examples=folder is not None)
    for wanted in asked.safeguards:
        library.get(wanted)
    checked = [(file, report) for file in files if (report := _checked(file, library, asked, form)) is not None]
    if form == "annotated":
        from constitution_check.cli_annotate import write_annotated

        if not write_annotated(checked, out, library):
            return COULD_NOT_CHECK
    elif form in ENDINGS:
        _write_each(checked, len(files), form, out, library)
    elif checked or form == "json":
        _write_all([report for _, report in checked], len(files), form, out, library)
    if len(checked) < len(files):
        return COULD_NOT_CHECK
    return GAPS if any(report.gaps for _, report in checked) else NO_GAPS


def _plan(read: Sequence[Path], form: str, out: Path | None, reports: int) -> None:
    """Raise before any work where the reports would have nowhere to go, or would overwrite what is to be read."""
    if out is None:
        return
    refuse_to_overwrite(out, read)
    refuse_without_folder(out)
    if os.path.isdir(out) and form not in ENDINGS:
        raise CheckError(f'"{out}" is a folder. Give -o the name of a file to write.')
    if reports > 1 and form in ENDINGS and not os.path.isdir(out):
        raise CheckError(f"Several documents give several reports, and \"{out}\" is not a folder. "
                         "Make the folder first, or leave -o out to have each report beside its document.")


def _checked(file: Path, library: Library, asked: Asked, form: str) -> Report | None:
    """The report on one file; None, and a sentence on the error stream, where it could not be checked."""
    from constitution_check import check_document
    from constitution_check.annotate import refuse_other_formats

    try:
        if form == "annotated":
            refuse_other_formats(file)
        with shown(file.name) as progress:
            return check_document(file, library=library, safeguards=asked.safeguards or None, beside=asked.beside,
                                  as_of=asked.as_of, pipeline=asked.pipeline, semantic=asked.semantic, ocr=asked.ocr,
                                  progress=progress)
    except CheckError as error:
        say(_naming(file, str(error)))
    except Exception as error:
        say(_naming(file, crash_sentence(error)))
    return None


def _naming(file: Path, sentence: str) -> str:
    return sentence if file.name in sentence else f"{file}: {sentence}"


def _write_each(checked: Sequence[Checked], asked: int, form: str, out: Path | None, library: Library) -> None:
    """One file a document: where -o says, else beside the document; a single page goes to the terminal."""
    for file, report in checked:
        content = _rendered(report, form, library)
        if form == "html" and out is None and asked == 1:
            click.echo(content.decode("utf-8"), nl=False)
            continue
        target = out or file.parent
        if os.path.isdir(target):
            target = report_path(file, target, ENDINGS[form])
        write_checked(target, content, _reader(report, form))
        click.echo(f"The report on {file.name} is in {target}")


def _reader(report: Report, form: str) -> Callable[[bytes], None]:
    """What opens a written report again, and looks whether every safeguard stands in it."""
    from constitution_check.reports import checked

    look, titles = checked.word if form == "word" else checked.html, [finding.title for finding in report.findings]
    return lambda content: look(content, titles)


def _rendered(report: Report, form: str, library: Library) -> bytes:
    if form == "word":
        from constitution_check.reports.word import render_word

        return render_word(report, library)
    from constitution_check.reports.html import render_html

    return render_html(report, library).encode("utf-8")


def _write_all(reports: Sequence[Report], asked: int, form: str, out: Path | None, library: Library) -> None:
    """All reports one after the other, on the terminal or in one file."""
    if form == "terminal" and out is None:
        _print(reports, library)
        return
    text = _as_json(reports, asked) if form == "json" else _as_text(reports, library)
    if out is None:
        click.echo(text, nl=False)
        return
    from constitution_check.reports import checked

    write_checked(out, text.encode("utf-8"), checked.text if form == "terminal" else
                  lambda content: checked.json(reports, content, several=asked > 1))
    click.echo(f"The report is in {out}")


def _as_json(reports: Sequence[Report], asked: int) -> str:
    """An object for one file, an array for several; nothing for one that could not be checked."""
    from constitution_check.reports.jsonreport import render_json

    return render_json(reports, several=True) if asked > 1 else "".join(render_json([one]) for one in reports)


def _print(reports: Sequence[Report], library: Library) -> None:
    from rich.console import Console

    from constitution_check.reports.terminal import render_terminal

    console = Console(highlight=False)
    with console.capture() as held:  # rich would end the program with 1 where a pipe is closed
        for report in reports:
            render_terminal(report, library, console)
    click.echo(held.get(), nl=False, color=console.color_system is not None)


def _as_text(reports: Sequence[Report], library: Library) -> str:
    from io import StringIO

    from rich.console import Console

    from constitution_check.reports.terminal import render_terminal

    page = StringIO()
    console = Console(file=page, width=100, highlight=False, no_color=True)
    for report in reports:
        render_terminal(report, library, console)
    return page.getvalue()
