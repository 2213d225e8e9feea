"""The `library` commands, for those who keep the clause files."""

from __future__ import annotations

from pathlib import Path

import click

from constitution_check.cli_options import FILE, LIBRARY
from constitution_check.cli_program import GAPS, NO_GAPS


@click.group()
def library() -> None:
    """Work on the clause library."""


@library.command("test")
@click.option("--cases", type=FILE, metavar="FILE",
              help="Also score the program on these labelled passages (JSON, one a line).")
@LIBRARY
def library_test(cases: Path | None, folder: Path | None) -> int:
    """Run every example of the clause files and name those that come out otherwise.

    Exit code 0: every example came out as its clause file says. 1: some did not. 2: could not run.
    """
    from constitution_check.accuracy import run
    from constitution_check.library import load_library

    scores = run(load_library(folder), cases)
    click.echo(scores.as_text().rstrip("\n"))
    return NO_GAPS if scores.ok else GAPS


@library.command("lint")
@click.option("--phrases", is_flag=True,
              help="Also warn of phrases that no example has, and of alternatives torn apart.")
@LIBRARY
def library_lint(phrases: bool, folder: Path | None) -> int:
    """Name what is wrong with the clause files: ids, lists that nothing uses, what no example proves.

    Exit code 0: clean. 1: faults, listed by file and line. 2: the library cannot be read.
    """
    from constitution_check.lint import lint

    linted = lint(folder, phrases)
    click.echo(linted.as_text())
    return GAPS if linted.faults else NO_GAPS


@library.command("perturb")
@click.argument("safeguards", metavar="[ID]...", nargs=-1)
@LIBRARY
def library_perturb(safeguards: tuple[str, ...], folder: Path | None) -> int:
    """Change each present example by rule (weaker, or harmlessly) and name what does not move as it should.

    Exit code 0: all moved as they should. 1: some did not. 2: could not run.
    """
    from constitution_check.library import load_library
    from constitution_check.perturb import perturb

    done = perturb(load_library(folder), safeguards, folder)
    click.echo(done.as_text())
    return NO_GAPS if done.ok else GAPS
