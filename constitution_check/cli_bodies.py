"""The commands on many bodies and their versions: `survey` and `history`."""

from __future__ import annotations

from pathlib import Path

import click

from constitution_check.cli_options import FILE, LIBRARY


@click.command()
@click.argument("places", metavar="FOLDER|FILE...", nargs=-1, required=True, type=FILE)
@click.option("-o", "--out", type=FILE, metavar="OUT", required=True,
              help="The folder for the page, the tables, the chart and the register; made where it is not there.")
@click.option("--register", metavar="PLACE",
              help="Keep the results in this file, or in this PostgreSQL database (postgresql://…), not in OUT.")
@click.option("--format", "forms", multiple=True,
              type=click.Choice(["html", "csv", "xlsx", "parquet", "svg", "png"]),
              help="Write only this; give it again for more. By default all are written.")
@click.option("--bodies", "by", type=click.Choice(["name", "file"]), default="name", show_default=True,
              help="Tell bodies apart by the name that a document gives, or take each file for a body of its own.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N",
              help="Check so many documents at once. By default one for each core.")
@click.option("--timeout", "seconds", type=click.FloatRange(1), default=900, show_default=True, metavar="SECONDS",
              help="Give a document up after so long.")
@click.option("--again", is_flag=True, help="Check everything again, also what the register knows.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
              help="Work on this machine, or on a Dask cluster.")
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, for --engine dask: tcp://MACHINE:8786.")
@LIBRARY
def survey(places: tuple[Path, ...], out: Path, register: str | None, forms: tuple[str, ...], by: str,
           workers: int | None, seconds: float, again: bool, engine: str, scheduler: str | None,
           folder: Path | None) -> int:
    """Check many constitutions side by side and show bodies by safeguards.

    Stopped half-way, it goes on from there when it is started again: only what is new is checked. Exit code 0: every
    file checked, no gaps. 1: gaps. 2: a file could not be checked; it is named, and the others are still shown.
    """
    from constitution_check.cli_survey import Asked, run_survey

    return run_survey(places, Asked(out, register, forms, by, workers, seconds, again, engine, scheduler, folder))


@click.command()
@click.argument("body", metavar="BODY")
@click.option("--register", metavar="PLACE", required=True, help="The register that `survey` made: a file or a "
                                                                 "PostgreSQL address.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Text to read, or a JSON list for programs.")
def history(body: str, register: str, form: str) -> None:
    """Show the versions of the constitution of BODY over time, and which safeguards changed."""
    from constitution_check.cli_history import run_history

    run_history(body, register, as_json=form == "json")
