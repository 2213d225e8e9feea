"""The `compare` command: two versions, or one file with tracked changes, and what became of each safeguard."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_check import day_of
from constitution_check.cli_out import refuse_to_overwrite, refuse_without_folder, write_checked
from constitution_check.cli_program import GAPS, NO_GAPS
from constitution_check.cli_progress import shown
from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.compare.records import Comparison
    from constitution_check.readers.common import Ocr


@dataclass(frozen=True)
class Asked:
    """What the reader asks: the files, and what to read beside each version."""

    files: Sequence[Path]
    tracked: bool
    old_beside: Sequence[Path]
    new_beside: Sequence[Path]
    safeguards: Sequence[str]
    as_of: str | None
    ocr: Ocr = "auto"


def run_compare(asked: Asked, form: str, out: Path | None, folder: Path | None) -> int:
    """Compare, write or print, and give the exit code: 1 where anything got weaker, 0 where nothing did."""
    from constitution_check.library import load_library

    _require_files(asked)
    target = _target(asked, form, out)
    gc.disable()  # the process ends with this comparison
    library = load_library(folder, examples=folder is not None)
    for wanted in asked.safeguards:
        library.get(wanted)
    comparison = _compared(asked, library)
    if target is None:
        _print(comparison, form, library)
    else:
        content, check = _rendered(comparison, form, library)
        write_checked(target, content, check)
        click.echo(f"The comparison is in {target}")
    return GAPS if comparison.weaker else NO_GAPS


def _require_files(asked: Asked) -> None:
    wanted = 1 if asked.tracked else 2
    if len(asked.files) != wanted:
        raise CheckError("With --tracked, name one Word file: it is compared with itself." if asked.tracked
                         else "Name two files, the earlier version and then the later; or one file with --tracked.")
    if asked.tracked and asked.old_beside:
        raise CheckError("With --tracked there is one file, so there is no --old-with. Use --with.")


def _target(asked: Asked, form: str, out: Path | None) -> Path | None:
    """Where to write, found out before any work; None for the terminal."""
    if out is None and form == "word":
        last = asked.files[-1]
        out = _free(last.parent / f"{last.stem}-what-changed.docx")
    if out is not None:
        refuse_to_overwrite(out, [*asked.files, *asked.old_beside, *asked.new_beside])
        refuse_without_folder(out)
        if out.is_dir():
            raise CheckError(f'"{out}" is a folder. Give -o the name of a file to write.')
    return out


def _free(path: Path) -> Path:
    """The path, or the first of NAME-2, NAME-3 … that is free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _compared(asked: Asked, library: Library) -> Comparison:
    from constitution_check.compare import compare_documents, compare_tracked

    safeguards, as_of = asked.safeguards or None, day_of(asked.as_of)
    with shown("compare") as progress:
        if asked.tracked:
            return compare_tracked(asked.files[0], library, safeguards, beside=asked.new_beside, as_of=as_of,
                                   ocr=asked.ocr, progress=progress)
        old, new = asked.files
        return compare_documents(old, new, library, safeguards, old_beside=asked.old_beside,
                                 new_beside=asked.new_beside, as_of=as_of, ocr=asked.ocr, progress=progress)


def _rendered(comparison: Comparison, form: str, library: Library) -> tuple[bytes, Callable[[bytes], None]]:
    """The content, and what reads it back."""
    from constitution_check.reports import checked

    titles = [change.title for change in comparison.changes if change.course != "same"]
    if form == "word":
        from constitution_check.reports.compare_word import render_compare_word

        return render_compare_word(comparison, library), lambda content: checked.word(content, titles)
    if form == "html":
        from constitution_check.reports.compare_html import render_compare_html

        return render_compare_html(comparison, library).encode(), lambda content: checked.html(content, titles)
    if form == "json":
        from constitution_check.reports.compare_json import render_compare_json

        return render_compare_json(comparison).encode(), lambda content: checked.json([comparison], content)
    return _as_text(comparison, library).encode(), checked.text


def _print(comparison: Comparison, form: str, library: Library) -> None:
    if form != "terminal":
        click.echo(_rendered(comparison, form, library)[0].decode(), nl=False)
        return
    from rich.console import Console

    from constitution_check.reports.compare_terminal import render_compare_terminal

    console = Console(highlight=False)
    with console.capture() as held:  # rich would end the program with 1 where a pipe is closed
        render_compare_terminal(comparison, library, console)
    click.echo(held.get(), nl=False, color=console.color_system is not None)


def _as_text(comparison: Comparison, library: Library) -> str:
    from io import StringIO

    from rich.console import Console

    from constitution_check.reports.compare_terminal import render_compare_terminal

    page = StringIO()
    render_compare_terminal(comparison, library, Console(file=page, width=100, highlight=False, no_color=True))
    return page.getvalue()
