"""The `brief` command: one or two pages for a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_out import refuse_to_overwrite, refuse_without_folder, write_checked
from constitution_check.cli_program import NO_GAPS
from constitution_check.cli_progress import shown
from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.readers.common import Ocr

MOST = 3


def run_brief(file: Path, out: Path | None, safeguards: Sequence[str], beside: Sequence[Path], authority: str,
              ocr: Ocr, folder: Path | None) -> int:
    """Check the file, write the brief, and give the exit code."""
    from constitution_check import check_document
    from constitution_check.library import load_library
    from constitution_check.reports import brief_story, checked
    from constitution_check.reports.brief_word import render_brief
    from constitution_check.reports.what_do_they_know import authority_of

    target = _target(file, out, beside)
    if len(safeguards) > MOST:
        raise CheckError(f"A brief holds {MOST} safeguards at most. Choose those that matter most to you.")
    slug = authority_of(authority) if authority else ""
    library = load_library(folder, examples=folder is not None)
    for wanted in safeguards:
        library.get(wanted)
    with shown(file.name) as progress:
        report = check_document(file, library=library, beside=beside, ocr=ocr, progress=progress)
    content = render_brief(report, library, safeguards, slug)
    titles = [point.title for point in brief_story.points(report, library, safeguards)]
    write_checked(target, content, lambda held: checked.word(held, titles))
    click.echo(f"The brief is in {target}")
    return NO_GAPS


def _target(file: Path, out: Path | None, beside: Sequence[Path]) -> Path:
    """Where to write: as told, else beside the document NAME-brief.docx, or the first of NAME-brief-2 … not taken."""
    if out is not None:
        refuse_to_overwrite(out, [file, *beside])
        refuse_without_folder(out)
        if out.is_dir():
            raise CheckError(f'"{out}" is a folder. Give -o the name of a file to write.')
        return out
    number, target = 1, file.parent / f"{file.stem}-brief.docx"
    while target.exists():
        number += 1
        target = file.parent / f"{file.stem}-brief-{number}.docx"
    return target
