"""Writes the outputs of a survey: each to a draft, read back and counted, and only then put in its place."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.survey import chart, heatmap, sheets
from constitution_check.survey.heatmap import Page
from constitution_check.survey.rows import with_cells
from constitution_check.survey.tally import Tally, counted

Write = Callable[[Path], Tally]
Read = Callable[[Path], Tally]

NAMES = {"html": "survey.html", "csv": "findings.csv", "xlsx": "survey.xlsx", "parquet": "findings.parquet",
         "svg": "safeguards.svg", "png": "safeguards.png"}
"""The file that each format makes; for CSV also `not-checked.csv`."""

FAILURES = "not-checked.csv"


def write_outputs(page: Page, formats: list[str], folder: Path) -> list[Path]:
    """Write the formats asked for into the folder and give their files, which have all been read back.

    Raises CheckError where a file cannot be written, or does not hold what was written to it.
    """
    versions = page.versions
    wanted = all_of(page)
    latest: Tally = Tally()
    for _ in counted(page.bodies(), latest):
        pass
    safeguards, bodies = page.library.safeguards, len(page.latest)
    makers: dict[str, tuple[Write, Read, Tally]] = {
        "html": (lambda to: heatmap.write_page(page, to), heatmap.read_page, latest),
        "csv": (lambda to: sheets.write_csv(with_cells(page.register, versions), to), sheets.read_csv, wanted),
        "xlsx": (lambda to: sheets.write_xlsx(with_cells(page.register, versions), safeguards, page.failed,
                                         to), sheets.read_xlsx, wanted),
        "parquet": (lambda to: sheets.write_parquet(with_cells(page.register, versions), to), sheets.read_parquet,
                    wanted),
        "svg": (lambda to: chart.write_svg(latest, safeguards, bodies, to), chart.read_svg, latest),
        "png": (lambda to: chart.write_png(latest, safeguards, bodies, to), lambda at: chart.read_png(at, safeguards),
                latest)}
    files = [_whole(folder / NAMES[form], *makers[form]) for form in formats]
    if "csv" in formats:
        files.append(_whole(folder / FAILURES, lambda to: sheets.write_failures(page.failed, to),
                            sheets.read_failures, Tally({("", "not checked"): len(page.failed)})))
    return files


def all_of(page: Page) -> Tally:
    """What the register holds of every document of the survey."""
    tally: Tally = Tally()
    for _ in counted(with_cells(page.register, page.versions), tally):
        pass
    return tally


def _whole(target: Path, write: Write, read: Read, wanted: Tally) -> Path:
    """Write to a draft beside the target, read it back, and only then let it take the target's place."""
    draft = target.with_name(f".{secrets.token_hex(4)}.{target.name}")
    try:
        written = write(draft)
        if not +written == +wanted == +_read_back(read, draft):
            raise CheckError(f"{target.name} does not hold what was found, when read back; it was not written. Please "
                             "report it: this is a fault of the program.")
        draft.replace(target)
    except OSError as error:
        raise CheckError(f'"{target}" cannot be written ({(error.strerror or str(error)).lower()}). Close it where it '
                         "is open, or give -o a folder where you may write.") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return target


def _read_back(read: Read, draft: Path) -> Tally:
    """What the draft holds; nothing where it cannot even be read."""
    try:
        return read(draft)
    except Exception:
        return Tally({("", "unreadable"): 1})
