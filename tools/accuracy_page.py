"""The page docs/accuracy.md from what was measured; the words are in accuracy.md.j2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from constitution_check.accuracy import Outcome, Tally
from constitution_check.model import Kind, Status
from tools.first_tries import FirstTry, together
from tools.insertion import Moved, shares
from tools.measuring import Run, tally
from tools.plain_documents import Plain

RECENT = 3  # first tries that the figures in words are taken from
WEAKEST = 6
HARD = 0.9  # a safeguard or kind below this is told among what the checker is bad at
MARKS = {"verdict": 0.92, "limb_status": 0.93, "false_reassurance": 0.03, "false_alarm": 0.08, "evidence": 0.95,
         "kinds": 0.85}
LESS_IS_BETTER = {"false_reassurance", "false_alarm"}


@dataclass(frozen=True)
class Measured:
    """Everything that the page tells.

    whole: how the library's examples come out with the whole checker. waiting: files of passages that have not had
    their first try.
    """

    safeguards: int
    limbs: int
    examples: int
    faults: int
    tries: Sequence[FirstTry]
    runs: Sequence[Run]
    given: Sequence[Run] = ()
    whole: Mapping[str, float | None] = field(default_factory=dict)
    waiting: Sequence[str] = ()
    insertion: Sequence[Moved] = ()
    inserted: int = 0
    plain: Plain = field(default_factory=lambda: Plain([], 0, [], []))


def share(value: float | None) -> str:
    """A share as the tables show it: ".912", "1", "–" where there was nothing to count."""
    if value is None:
        return "–"
    return "1" if round(value, 3) >= 1 else f"{value:.3f}".replace("0.", ".", 1)


def per_hundred(value: float | None) -> str:
    """A share as so many of a hundred, in whole numbers."""
    return "–" if value is None else str(round(100 * value))


def page(measured: Measured) -> str:
    """The whole page as Markdown."""
    env = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, trim_blocks=True,
                      lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
    env.filters.update(share=share, per_hundred=per_hundred, name=lambda text: text.replace("_", " "))
    return env.get_template("accuracy.md.j2").render(told(measured))


def told(measured: Measured) -> dict[str, Any]:
    """What the template is given."""
    unseen = [r for r in measured.runs if r.learnt is False]
    main = unseen or list(measured.runs)
    outcomes = [o for run in main for o in run.outcomes]
    last = [one for one in measured.tries if one.after == "whole"][-RECENT:]
    by_safeguard = groups(outcomes)
    status, kinds_too = shares(measured.insertion)
    return {"m": measured, "main": main, "main_learnt": not unseen, "outcomes": outcomes,
            "last": last, "recent": together(last), "marks": MARKS, "less": LESS_IS_BETTER,
            "held": [one.what for one in last if holds(one)],
            "overall": tally(outcomes).scores(),
            "ruled": tally([o for run in main for o in run.by_rules]).scores(),
            "rows": [(run, tally(run.outcomes).scores()) for run in measured.runs],
            "given": [(run, tally(run.outcomes).scores()) for run in measured.given],
            "by_safeguard": by_safeguard, "weakest": weakest(by_safeguard), "by_kind": by_kind(outcomes),
            "mistakes": mistakes(outcomes),
            "status": status, "kinds_too": kinds_too, "differing": [one for one in measured.insertion if one.why]}


def holds(one: FirstTry) -> bool:
    """Whether every mark was reached."""
    scores = {name: one.score(name) for name in MARKS}
    return all(value is not None and (value <= MARKS[name] if name in LESS_IS_BETTER else value >= MARKS[name])
               for name, value in scores.items())


def groups(outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    """The outcomes counted for each safeguard, in the order in which they come."""
    made: dict[str, Tally] = {}
    for outcome in outcomes:
        made.setdefault(outcome.case.safeguard, Tally()).add(outcome)
    return made


def weakest(by: dict[str, Tally]) -> list[tuple[str, float]]:
    """The safeguards whose limbs come out right the least often, the worst first; none that does well."""
    scored = [(name, value) for name, counted in by.items() if (value := counted.scores()["limb status"]) is not None]
    return sorted((pair for pair in scored if pair[1] < HARD), key=lambda pair: (pair[1], pair[0]))[:WEAKEST]


def mistakes(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many limbs went wrong in which way: what was met and is called so, what is called met and was so."""
    made = dict.fromkeys(("alarms", "called absent", "reassured", "was weakened", "was absent", "was contradicted"), 0)
    for outcome in outcomes:
        for limb, expected in outcome.case.limbs.items():
            status = outcome.found[limb][0]
            if limb in outcome.case.unscored or status is expected.status:
                continue
            if expected.status is Status.MET:
                made["alarms"] += 1
                made["called absent"] += status is Status.ABSENT
            elif status is Status.MET:
                made["reassured"] += 1
                made[f"was {expected.status}"] += 1
    return made


def by_kind(outcomes: Sequence[Outcome]) -> list[tuple[str, int, int, int]]:
    """For each kind of weakness: how often it was wanted, how often it was found there, how often said wrongly."""
    rows = []
    for kind in Kind:
        pairs = [(kind in expected.kinds, kind in outcome.found[limb][1]) for outcome in outcomes
                 for limb, expected in outcome.case.limbs.items() if limb not in outcome.case.unscored]
        wanted, both, said = (sum(w for w, _ in pairs), sum(w and f for w, f in pairs), sum(f for _, f in pairs))
        if wanted or said:
            rows.append((kind.value, wanted, both, said - both))
    return rows
