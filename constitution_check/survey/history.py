"""A body's constitution over time: what each version holds, and what changed from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constitution_check.errors import CheckError
from constitution_check.reports.clean import clean
from constitution_check.survey.bodies import key_of, near
from constitution_check.survey.heatmap import NAMES, OUTCOMES, day_words
from constitution_check.survey.register import Register
from constitution_check.survey.rows import Cell, Version, bodies_in, history_of
from constitution_check.survey.tally import outcome_of
from constitution_check.words import count


@dataclass(frozen=True)
class Change:
    """A safeguard whose verdict differs from that in the version before."""

    cell: Cell
    before: str
    now: str

    @property
    def worse(self) -> bool:
        """Whether less is secured than before."""
        return OUTCOMES.index(self.now) < OUTCOMES.index(self.before)


@dataclass(frozen=True)
class Step:
    """One version and what changed in it, the worst first; no changes in the first."""

    version: Version
    changes: tuple[Change, ...] = ()
    comparable: bool = True


def history(register: Register, body: str) -> list[Step]:
    """The body's versions, the oldest first. Raises CheckError, with near names, for a body that is not there."""
    known = bodies_in(register)
    keys = _keys(body, known)
    if not keys:
        raise CheckError(f'There is no body "{body}" in the register. {_instead(body, known)}')
    steps: list[Step] = []
    for version in history_of(register, keys):
        before = steps[-1].version if steps else None
        steps.append(Step(version, tuple(_changes(before, version)), _comparable(before, version)))
    return steps


def _keys(body: str, known: dict[str, str]) -> list[str]:
    """The keys of the body meant; where the kind of body was left out, that of the only one so named."""
    key = key_of(body)
    exact = [one for one in (key, f"file {key}") if one in known]
    named = [one for one in known if one in (f"{key} ccg", f"{key} icb")]
    return exact or (named if len(named) == 1 else [])


def _instead(body: str, known: dict[str, str]) -> str:
    names = list(dict.fromkeys(known.values()))
    like = near(body, names)
    if like:
        return f"Did you mean {' or '.join(like)}?"
    return f"It holds {', '.join(sorted(names)[:10])}." if names else "It is empty: `survey` fills it."


def _comparable(before: Version | None, now: Version) -> bool:
    return before is None or (before.library, before.program) == (now.library, now.program)


def _changes(before: Version | None, now: Version) -> Iterator[Change]:
    """The safeguards that both versions were checked for and that came out otherwise, the worst first."""
    old = {cell.safeguard: outcome_of(cell) for cell in before.cells} if before else {}
    changed = [Change(cell, old[cell.safeguard], outcome_of(cell)) for cell in now.cells
               if cell.safeguard in old and old[cell.safeguard] != outcome_of(cell)]
    return iter(sorted(changed, key=lambda c: (not c.worse, OUTCOMES.index(c.now))))


def as_text(steps: list[Step]) -> str:
    """The history for a terminal."""
    lines = [clean(steps[-1].version.body), f"{count(len(steps), 'version')}, the oldest first", ""]
    for at, step in enumerate(steps):
        version = step.version
        lines.append(f"{_when(version)}: {clean(version.file)}"
                     + (f", version {clean(version.version)}" if version.version else ""))
        lines.append(f"  {count(version.gaps, 'gap')} in {count(len(version.cells), 'safeguard')}"
                     + (f"; not all was read ({count(len(version.unread), 'part')})" if version.unread else ""))
        if not step.comparable:
            lines.append("  Checked with another library or program than the version before: a change may lie in "
                         "that. Survey both again.")
        lines += [f"  {_change_words(change)}" for change in step.changes]
        if at and not step.changes:
            lines.append("  No safeguard changed.")
        lines.append("")
    return "\n".join(lines)


def _when(version: Version) -> str:
    return day_words(version.dated) or f"No date of its own (checked {day_words(version.checked_at.date())})"


def _change_words(change: Change) -> str:
    place = f" ({clean(change.cell.quotations[0].place)})" if change.cell.quotations and change.now != "missing" else ""
    way = "Worse " if change.worse else "Better"
    return (f"{way} {clean(change.cell.title)}: was {NAMES[change.before].lower()}, now "
            f"{NAMES[change.now].lower()}{place}")


def as_json(steps: list[Step]) -> list[dict[str, Any]]:
    """The history for programs: a list of versions, the oldest first."""
    return [{"body": step.version.body, "file": step.version.file, "sha256": step.version.sha256,
             "dated": step.version.dated.isoformat() if step.version.dated else None,
             "version": step.version.version, "checked_at": step.version.checked_at.isoformat(),
             "library": step.version.library, "program": step.version.program, "gaps": step.version.gaps,
             "unread": [list(part) for part in step.version.unread], "comparable": step.comparable,
             "findings": {cell.safeguard: outcome_of(cell) for cell in step.version.cells},
             "changes": [{"safeguard": c.cell.safeguard, "before": c.before, "now": c.now, "worse": c.worse}
                         for c in step.changes]} for step in steps]
