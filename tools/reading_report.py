"""Measure how well files are read and write docs/reading.md: `python -m tools.reading_report`, or `make reading`.

The shared corpus of other people's files is looked for in the folder that CONSTITUTION_CHECK_SHARED names, else in
`shared` beside the checkout; without it the page says that those figures were not measured. Takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools.reading_figures import messy, numbering, revisions
from tools.reading_page import Measured, ReadingCost, page

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reading.md"
KINDS = {"docx": "Word", "pdf": "PDF"}


def corpus(name: str) -> Path | None:
    """A folder of the shared corpus, None where it is not at hand."""
    named = os.environ.get("CONSTITUTION_CHECK_SHARED")
    places = [Path(named)] if named else []
    found = (place / "corpus" / name for place in (*places, ROOT.parent / "shared"))
    return next((folder for folder in found if folder.is_dir()), None)


def measured(quick: bool = False) -> Measured:
    """Everything that can be measured here. quick: neither the other formats nor the cost."""
    numbers, tracked, awkward = (corpus(name) for name in ("numbering", "revisions", "messy"))
    formats, samples = ("", "") if quick else _formats()
    today = datetime.now(UTC)
    return Measured(
        day=f"{today.day} {today:%B %Y}",
        numbering=numbering(numbers) if numbers else None, revisions=revisions(tracked) if tracked else None,
        messy=tuple(messy(awkward)) if awkward else (), ocr=shutil.which("tesseract") is not None,
        formats=formats, samples=samples, costs=() if quick else tuple(_costs()))


def _formats() -> tuple[str, str]:
    """The table of one document in every format, and which samples it is of."""
    if shutil.which("soffice") is None:
        return "", ""
    from tools.same_in_every_format import TWO, figures, table

    return table(list(figures())), " and ".join(f"`{sample.name}`" for sample in TWO)


def _costs() -> Iterator[ReadingCost]:
    from bench.reading import bare_docx, bare_pdf, build_files, cost, in_child, in_process

    with tempfile.TemporaryDirectory() as folder:
        for kind, path in build_files(Path(folder)).items():
            bare = cost({"docx": bare_docx, "pdf": bare_pdf}[kind], path)
            yield ReadingCost(KINDS[kind], bare.cpu, cost(in_process, path).cpu, cost(in_child, path).cpu)


def main() -> None:
    """Measure, write the page, print what went wrong."""
    arguments = argparse.ArgumentParser(description="Measure how well files are read and write docs/reading.md.")
    arguments.add_argument("-o", "--output", type=Path, default=PAGE)
    arguments.add_argument("--quick", action="store_true", help="leave out the other formats and the cost")
    asked = arguments.parse_args()
    told = measured(asked.quick)
    asked.output.write_text(page(told), encoding="utf-8")
    crashed = [name for one in told.messy for name in one.crashed]
    for name in crashed:
        print(f"crashed: {name}", file=sys.stderr)
    print(f"Written: {asked.output}")
    sys.exit(1 if crashed else 0)


if __name__ == "__main__":
    main()
