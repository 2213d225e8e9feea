"""Options and arguments that several commands share; click alone, so that --help answers at once."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path)
LIBRARY = click.option("--library", "folder", type=FILE, metavar="FOLDER",
                       help="Use the clause files in this folder instead of those that come with the program.")
OCR = click.option("--ocr", type=click.Choice(["auto", "never", "always"]), default="auto", show_default=True,
                   help="Whether pages that are pictures of text are read by text recognition (tesseract): auto where "
                        "it is installed; always reads every page so.")
