"""The command line: every command is one call into the library; no rule lives here.

Nothing heavy is imported before a command needs it, so that --help answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constitution_check import __version__
from constitution_check.cli_bodies import history, survey
from constitution_check.cli_keepers import library
from constitution_check.cli_options import FILE, LIBRARY, OCR
from constitution_check.cli_program import Program

if TYPE_CHECKING:
    from constitution_check.readers.common import Ocr

@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="constitution-check")
def main() -> None:
    """Read the constitution of an NHS commissioning body and say which safeguards it holds.

    Start with: constitution-check check FILE
    """


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html", "word", "annotated"]),
              default="terminal", show_default=True,
              help="How to show the report; word is the gap report to send to people, annotated a copy of the document "
                   "(.docx or PDF) with comments and the wording to ask for.")
@click.option("-o", "--out", type=FILE, metavar="OUT",
              help="Write the report to this file, or for html, word and annotated into this folder. Without it a Word "
                   "report lies beside the document as NAME-gap-report.docx, an annotated copy as NAME-annotated.docx, "
                   "and the others go to the terminal.")
@click.option("--safeguard", "safeguards", multiple=True, metavar="ID",
              help="Look for this safeguard only; give it again for more. `safeguards` lists the ids.")
@click.option("--with", "beside", multiple=True, type=FILE, metavar="FILE",
              help="Read this handbook or policy beside each FILE; give it again for more. What stands only there is "
                   "reported as such.")
@click.option("--as-of", "as_of", metavar="DATE",
              help="State the law as it was on this day (2022-07-01), not on the day that the document gives itself.")
@click.option("--pipeline", metavar="NAME",
              help="Parse sentences with this installed spaCy pipeline in place of the one that ships; it needs a "
                   "tagger and a parser.")
@click.option("--semantic", metavar="MODEL",
              help="Also show passages near in meaning, by this installed embedding model (a folder or a name); they "
                   "meet nothing, and a person is asked to look.")
@OCR
@LIBRARY
def check(files: tuple[Path, ...], form: str, out: Path | None, safeguards: tuple[str, ...],
          beside: tuple[Path, ...], as_of: str | None, pipeline: str | None, semantic: str | None,
          ocr: Ocr, folder: Path | None) -> int:
    """Check each FILE and report on every safeguard.

    A FILE may be a folder or a .zip of one body's documents: the constitution is told by its name or title, and the
    others are read beside it.

    Exit code 0: no gaps. 1: gaps. 2: a file could not be checked; it is named on the error stream, and the
    others are still checked and shown. With several files the JSON is an array, in order.
    """
    from constitution_check.cli_check import Asked, day_of, run_check

    return run_check(files, form, out, Asked(safeguards, beside, day_of(as_of), pipeline, semantic, ocr), folder)


@main.command()
@click.argument("files", metavar="OLD NEW", nargs=-1, required=True, type=FILE)
@click.option("--tracked", is_flag=True,
              help="Compare one Word file with itself: as it stands, and with its tracked changes accepted.")
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html", "word"]), default="terminal",
              show_default=True, help="How to show the comparison; word is the one to hand to people.")
@click.option("-o", "--out", type=FILE, metavar="OUT",
              help="Write the comparison to this file. Without it a Word comparison lies beside NEW as "
                   "NAME-what-changed.docx and the others go to the terminal.")
@click.option("--old-with", "old_beside", multiple=True, type=FILE, metavar="FILE",
              help="Read this handbook or policy beside OLD; give it again for more.")
@click.option("--with", "new_beside", multiple=True, type=FILE, metavar="FILE",
              help="Read this handbook or policy beside NEW; give it again for more. A paragraph that has moved there "
                   "is reported as such.")
@click.option("--safeguard", "safeguards", multiple=True, metavar="ID",
              help="Look for this safeguard only; give it again for more.")
@click.option("--as-of", "as_of", metavar="DATE",
              help="Read both beside the law of this day (2022-07-01), not of the day that NEW gives itself.")
@OCR
@LIBRARY
def compare(files: tuple[Path, ...], tracked: bool, form: str, out: Path | None, old_beside: tuple[Path, ...],
            new_beside: tuple[Path, ...], safeguards: tuple[str, ...], as_of: str | None, ocr: Ocr,
            folder: Path | None) -> int:
    """Say which safeguards were lost, weakened, strengthened or gained from OLD to NEW.

    Exit code 0: nothing got weaker. 1: something did. 2: they could not be compared.
    """
    from constitution_check.cli_compare import Asked, run_compare

    return run_compare(Asked(files, tracked, old_beside, new_beside, safeguards, as_of, ocr), form, out, folder)


@main.command()
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=FILE, metavar="OUT",
              help="Write the brief to this file. Without it the brief lies beside the document as NAME-brief.docx.")
@click.option("--safeguard", "safeguards", multiple=True, metavar="ID",
              help="Tell of this safeguard instead of the three worst; give it again, three at most.")
@click.option("--with", "beside", multiple=True, type=FILE, metavar="FILE",
              help="Read this handbook or policy beside FILE; give it again for more.")
@click.option("--authority", default="", metavar="NAME",
              help="The body's page on WhatDoTheyKnow (its address or the last part of it): the link to the request "
                   "then opens it filled in. Nothing is sent.")
@OCR
@LIBRARY
def brief(file: Path, out: Path | None, safeguards: tuple[str, ...], beside: tuple[Path, ...], authority: str,
          ocr: Ocr, folder: Path | None) -> int:
    """Write one or two pages for a meeting about FILE (Word).

    The worst gaps with what to ask for, two questions for a board, points for a letter, a motion for a council, and a
    request for information. Exit code 0: written. 2: it could not be, or there is nothing to ask for.
    """
    from constitution_check.cli_brief import run_brief

    return run_brief(file, out, safeguards, beside, authority, ocr, folder)


@main.command()
@click.argument("safeguard", metavar="[ID]", required=False)
@LIBRARY
def safeguards(safeguard: str | None, folder: Path | None) -> None:
    """List the safeguards of the library, or show the one named ID with its model wording."""
    from constitution_check.cli_library import library_text, safeguard_text
    from constitution_check.library import load_library

    library = load_library(folder)
    click.echo(safeguard_text(library.get(safeguard)) if safeguard else library_text(library), nl=False)


@main.command()
@click.argument("file", type=FILE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Text to read, or a JSON list for programs.")
@OCR
def outline(file: Path, form: str, ocr: Ocr) -> None:
    """Show the numbered tree of FILE as it was read.

    Look here first when a paragraph number seems wrong or a passage seems not to have been read.
    """
    from constitution_check.cli_outline import run_outline

    run_outline(file, as_json=form == "json", ocr=ocr)


@main.command()
@click.argument("file", type=FILE)
@click.argument("safeguard", metavar="ID")
@LIBRARY
def explain(file: Path, safeguard: str, folder: Path | None) -> None:
    """Show how the verdict on safeguard ID in FILE came about.

    For each limb: the passages that were considered, and why each was accepted or turned down.
    """
    from constitution_check.explain import explain_document
    from constitution_check.library import load_library
    from constitution_check.reports.clean import clean

    click.echo(clean(explain_document(file, safeguard, load_library(folder))).rstrip("\n"))


@main.command()
@click.option("--of", "command", type=click.Choice(["check", "compare"]), default="check", show_default=True,
              help="The command whose JSON it describes.")
def schema(command: str) -> None:
    """Print the JSON Schema of the JSON that `check` or `compare` writes."""
    import json

    from constitution_check.reports.compare_json import compare_schema
    from constitution_check.reports.jsonreport import json_schema

    made = json_schema() if command == "check" else compare_schema()
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="The address of this machine at which the page is served.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The port; 0 takes one that is free.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in the browser.")
@click.option("--public", is_flag=True,
              help="Serve other machines too. Needs a secret in the environment and --allowed-host.")
@click.option("--allowed-host", "names", multiple=True, metavar="NAME",
              help="A name by which a public page may be called; give it again for more.")
@click.option("--proxy", metavar="ADDRESS",
              help="Take the word of the proxy at this address on who asks and whether by https.")
def serve(host: str, port: int, no_browser: bool, public: bool, names: tuple[str, ...], proxy: str | None) -> int:
    """Open the upload page in the browser; only this machine can reach it. Ctrl-C closes it."""
    from constitution_check.cli_serve import Place, run_serve

    return run_serve(Place(host, port, public, names, proxy, not no_browser))


@main.command()
def doctor() -> int:
    """Say which protections against harmful files are on here, and which programs help to read.

    Exit code 0: all. 1: something is missing; the rest works. 2: could not run.
    """
    from constitution_check.cli_doctor import run_doctor

    return run_doctor()


for command in (survey, history, library):
    main.add_command(command)
