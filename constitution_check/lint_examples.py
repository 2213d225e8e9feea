"""Does the library prove itself? Verdicts, statuses and weaknesses that no example shows; examples that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from constitution_check.clause_records import Example, Limb, Safeguard
from constitution_check.lint_places import Note, Places
from constitution_check.model import Kind, Status, Verdict

_GROUPS = {Kind.NARROWED: 'lines under "Narrowed by:"', Kind.FLOOR_ONLY: 'lines under "Floor:"'}
_NOT_LETTERS = re.compile(r"[^a-z0-9{}]+")


def example_faults(safeguards: Iterable[Safeguard], places: Places) -> Iterator[Note]:
    """What no example shows, and every example that repeats another."""
    held = tuple(safeguards)
    for safeguard in held:
        row = places.row(f"{safeguard.id}.md", "## Examples")
        for verdict in (v for v in Verdict if v not in {e.verdict for e in safeguard.examples}):
            yield Note(f"{safeguard.id}.md", row, f'there is no example of the verdict "{verdict}"')
        for limb in safeguard.limbs:
            yield from _limb_faults(safeguard, limb, places)
    yield from _repeats(held)


def _limb_faults(safeguard: Safeguard, limb: Limb, places: Places) -> Iterator[Note]:
    file, row = f"{safeguard.id}.md", places.limb(safeguard.id, limb.id)
    expected = [example.limbs[limb.id] for example in safeguard.examples]
    for status in statuses_that_can_occur(limb):
        if status not in {e.status for e in expected}:
            why = ', though it has lines under "Opposed by:"' if status is Status.CONTRADICTED else ""
            yield Note(file, row, f'no example shows the limb "{limb.id}" {status}{why}')
    shown = {kind for e in expected for kind in e.kinds}
    for kind, reason in kinds_of_its_own(limb).items():
        if kind not in shown:
            yield Note(file, row, f'no example shows the limb "{limb.id}" with the weakness "{kind}", '
                       f"though it has {reason}")


def statuses_that_can_occur(limb: Limb) -> tuple[Status, ...]:
    """The statuses of which the library must hold an example: the opposite only where the limb has lines for it."""
    return tuple(s for s in Status if s is not Status.CONTRADICTED or limb.opposed)


def kinds_of_its_own(limb: Limb) -> dict[Kind, str]:
    """The weaknesses that the limb's own lines give, each with what gives it, for the reader."""
    kinds = {line.kind: f'a line "{line.kind}:" under "Falls short by:"' for line in limb.short if line.kind}
    if limb.narrowed:
        kinds.setdefault(Kind.NARROWED, _GROUPS[Kind.NARROWED])
    if limb.floor:
        kinds.setdefault(Kind.FLOOR_ONLY, _GROUPS[Kind.FLOOR_ONLY])
    return kinds


def _repeats(safeguards: Iterable[Safeguard]) -> Iterator[Note]:
    seen: dict[str, Example] = {}
    for example in (e for s in safeguards for e in s.examples):
        text = _as_compared(example)
        if text in seen:
            first = seen[text]
            where = f"line {first.row}" if first.file == example.file else f"{first.file}:{first.row}"
            yield Note(example.file, example.row, f'the example "{example.name}" repeats the words of '
                       f'"{first.name}" ({where}); write another')
        else:
            seen[text] = example


def _as_compared(example: Example) -> str:
    """The words alone: a heading, a stop or a capital makes no new example."""
    text = " ".join(text for kind, text in example.lines if kind != "h") or example.lines[0][1]
    return _NOT_LETTERS.sub(" ", text.lower()).strip()
