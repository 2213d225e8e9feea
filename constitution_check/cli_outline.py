"""The `outline` command: the tree as read, and on the error stream what could not be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check.cli_program import say
from constitution_check.cli_progress import shown

if TYPE_CHECKING:
    from constitution_check.readers.common import Ocr


def run_outline(file: Path, as_json: bool, ocr: Ocr = "auto") -> None:
    """Print the numbered tree of a document. Raises CheckError where it cannot be read."""
    from constitution_check.contained import read_contained
    from constitution_check.outline import build
    from constitution_check.outline_print import outline_json, outline_text
    from constitution_check.readers.common import ReadOptions
    from constitution_check.reports.clean import clean

    with shown(file.name) as progress:
        reading = read_contained(file, ReadOptions(ocr, progress))
    constitution = build(reading.blocks, reading.name)
    if as_json:
        click.echo(json.dumps(outline_json(constitution), ensure_ascii=False, indent=2))
    else:
        click.echo(clean(outline_text(constitution)).rstrip("\n"))
    for item in reading.unread:
        say(clean(f"Could not be read: {item.what}: {item.why}"))
