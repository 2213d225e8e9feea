"""The `doctor` command: which protections are on here, and which outside programs are there."""

from __future__ import annotations

import click

ALL_ON, SOMETHING_MISSING = 0, 1


def run_doctor() -> int:
    """Try every protection, look for every program, print both, and give the exit code."""
    from constitution_check import __version__
    from constitution_check.contained.doctor import kernel, programs, protections

    tried = protections()
    found = programs()
    click.echo(f"Constitution Check {__version__} on {kernel()}\n")
    click.echo("While a file is read (each tried just now)")
    for one in tried:
        click.echo(f"  on   {one.what}" if one.on else f"  OFF  {one.what}\n       without it {one.without}")
    click.echo("\nPrograms that help to read")
    for program in found:
        click.echo(f"  {program.version}, for {program.used_for}" if program.version else
                   f"  {program.name} is not here or does not start; without it there is no {program.used_for}")
    lacking = [one for one in tried if not one.on]
    if not lacking and all(program.version for program in found):
        click.echo("\nEverything is on.")
        return ALL_ON
    if lacking:
        click.echo("\nFiles are still read in a process of their own. docs/limits.md says what each platform can do.")
    return SOMETHING_MISSING
