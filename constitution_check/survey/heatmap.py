"""The survey as one page: bodies down, safeguards across, each cell a word, a symbol and a link to the words.

Self-contained: the script that sorts is inside the page and allowed by its hash, so nothing else can run; without it
the page is a plain table. Written piece by piece, since hundreds of bodies make a page of megabytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree

from constitution_check import words
from constitution_check.model import Verdict
from constitution_check.reports import palette
from constitution_check.reports.clean import clean
from constitution_check.reports.quoting import Passage
from constitution_check.reports.terminal import shortened
from constitution_check.survey.rows import Cell, Quotation, Version, with_cells
from constitution_check.survey.tally import CONTRADICTED, Tally, counted, outcome_of

if TYPE_CHECKING:
    from constitution_check.clause_records import Library, Safeguard
    from constitution_check.survey.register import Register
    from constitution_check.survey.survey import NotChecked

LONGEST_QUOTE = 320
"""Most characters of a passage on the page; the CSV has it whole."""

OUTCOMES = (CONTRADICTED, Verdict.MISSING.value, Verdict.WEAKENED.value, Verdict.PRESENT.value)
"""Worst first."""

NAMES = {CONTRADICTED: "Contradicted", **{verdict.value: word for verdict, word in words.VERDICTS.items()}}
TONES = {CONTRADICTED: palette.CONTRADICTED, **{verdict.value: tone for verdict, tone in palette.TONES.items()}}
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """What the page is about. versions: the survey's documents, without their findings, as `surveyed` gives them."""

    register: Register
    library: Library
    versions: Sequence[Version]
    failed: Sequence[NotChecked]
    passed: Sequence[Path]
    made: datetime

    @property
    def latest(self) -> list[Version]:
        """The documents that have a row: the latest of each body."""
        return [version for version in self.versions if version.latest]

    def bodies(self) -> Iterator[Version]:
        """The rows with their findings, read anew each time."""
        return with_cells(self.register, self.latest)

    def others(self, version: Version) -> list[Version]:
        """The body's other documents in the survey."""
        return [other for other in self.versions if other.key == version.key and not other.latest]

    @property
    def themes(self) -> dict[str, list[Safeguard]]:
        """The columns by theme, in the library's order."""
        themes: dict[str, list[Safeguard]] = {}
        for safeguard in self.library.safeguards:
            themes.setdefault(safeguard.theme, []).append(safeguard)
        return themes


def write_page(page: Page, target: Path) -> Tally:
    """Write the page and give what it holds."""
    tally: Tally = Tally()
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["clean"] = clean
    script = (_TEMPLATES / "survey.js").read_text(encoding="utf-8")
    stream = environment.get_template("survey.html.j2").stream(
        page=page, counted=lambda: counted(page.bodies(), tally), tally=tally, words=words, palette=palette,
        tones=TONES, names=NAMES, outcomes=OUTCOMES, cells_of=_cells_of, outcome_of=outcome_of, shown=_shown,
        day=day_words, count=words.count, review=_review, script=script, allowed=_hash(script),
        theme_name=theme_name)
    stream.enable_buffering(50)
    with target.open("wb") as file:
        stream.dump(file, encoding="utf-8")
    return tally


def read_page(path: Path) -> Tally:
    """What the table of a page holds, read back cell by cell."""
    tally: Tally = Tally()
    for _, cell in etree.iterparse(str(path), events=("end",), tag=("td", "tr", "article"), html=True, huge_tree=True):
        found = cell.get("data-outcome")
        if cell.tag == "td" and found:
            if found not in "".join(cell.itertext()).lower():
                found = "unsaid"  # the word itself must stand in the cell, not its colour alone
            tally[str(cell.get("data-safeguard")), found] += 1
        cell.clear()
    return tally


def theme_name(theme: str) -> str:
    """A theme without the letter that puts it in order: "Who may be paid"."""
    letter, dot, rest = theme.partition(". ")
    return rest if dot and len(letter) == 1 else theme


def day_words(day: date | None) -> str:
    """A day as it is written: "1 July 2022"; "" where there is none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def _cells_of(version: Version, library: Library) -> list[tuple[Safeguard, Cell | None]]:
    """The row's cells by column; None where this check knew no such safeguard."""
    cells = {cell.safeguard: cell for cell in version.cells}
    return [(safeguard, cells.get(safeguard.id)) for safeguard in library.safeguards]


def _shown(cell: Cell) -> list[tuple[Quotation, tuple[tuple[str, bool], ...]]]:
    """The passages that the page shows, shortened, as text and whether these are weak words."""
    first = cell.quotations[:2 if cell.contradicted else 1]
    return [(one, shortened(Passage(one.place, "", one.quote, one.marks), LONGEST_QUOTE)) for one in first]


def _review(version: Version) -> int:
    return sum(cell.needs_review for cell in version.cells)


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
