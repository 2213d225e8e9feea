"""The page docs/reading.md from what was measured; the words are in reading.md.j2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.reading_figures import Messy, Numbering, Revisions

MARK = 2.0  # times the bare extraction


@dataclass(frozen=True)
class ReadingCost:
    """Processor seconds for one document: bare extraction, our reader, the reader in its own process."""

    kind: str
    bare: float
    reader: float
    child: float


@dataclass(frozen=True)
class Measured:
    """Everything that the page tells. None or empty: not measured. formats: a Markdown table of `samples`."""

    day: str = ""
    numbering: Numbering | None = None
    revisions: Revisions | None = None
    messy: Sequence[Messy] = ()
    ocr: bool = False
    formats: str = ""
    samples: str = ""
    costs: Sequence[ReadingCost] = ()


def page(measured: Measured) -> str:
    """The whole page as Markdown."""
    env = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, trim_blocks=True,
                      lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
    return env.get_template("reading.md.j2").render(
        m=measured, percent=percent, ms=milliseconds, refused=refused_words(measured.messy),
        missed=" and ".join(one.kind for one in measured.costs if one.child > MARK * one.bare))


def percent(part: int, whole: int) -> str:
    """A share of a hundred, to one place, never rounded up to 100."""
    return "100%" if part == whole else f"{min(100 * part / whole, 99.9):.1f}%"


def milliseconds(seconds: float) -> str:
    """Thousandths of a second, whole."""
    return f"{1000 * seconds:.0f} ms"


def refused_words(messy: Sequence[Messy]) -> str:
    """The reasons for refusing, the commonest first: "only pictures (40), damaged (16)"."""
    counts: Counter[str] = Counter()
    for one in messy:
        counts.update(one.refused)
    return ", ".join(f"{reason} ({number})" for reason, number in counts.most_common()) or "none"
