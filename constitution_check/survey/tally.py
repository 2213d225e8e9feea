"""What an output holds, counted as it is written and again as it is read back; the two must be equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from constitution_check.model import Verdict
from constitution_check.survey.rows import Cell, Version

CONTRADICTED = "contradicted"

Tally = Counter[tuple[str, str]]
"""How often each (safeguard, outcome) stands in an output; the outcome is a verdict or "contradicted"."""


def outcome_of(cell: Cell) -> str:
    """The verdict, or "contradicted", which is worse than any."""
    return CONTRADICTED if cell.contradicted else cell.verdict.value


def outcome(verdict: str, contradicted: bool) -> str:
    """The same of a verdict in words, as an output shows it."""
    return CONTRADICTED if contradicted else Verdict(verdict.lower()).value


def counted(versions: Iterable[Version], tally: Tally) -> Iterator[Version]:
    """The same documents, counted into the tally as they go by."""
    for version in versions:
        tally.update((cell.safeguard, outcome_of(cell)) for cell in version.cells)
        yield version
