"""Tracked changes and verdicts: what the text as it stands gives, and who proposed what changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from constitution_check.model import Change, Finding, LimbResult, Status, Weakness

_SHORTEST = 3  # letters of a change that may be taken for the cause of a weakness; below, chance decides


def beside(proposed: Finding, current: Finding, changes: Sequence[Change]) -> Finding:
    """The finding on the proposed text, with the current text's verdict where it differs.

    A weakness that the current text does not have, and that lies in a tracked insertion, says who proposed it and
    when; so does a limb that was met and is not there now, where its words are in a tracked deletion.
    """
    before = {limb.limb: limb for limb in current.limbs}
    limbs = tuple(_explained(limb, before[limb.limb], changes) for limb in proposed.limbs)
    as_current = current.verdict if current.verdict is not proposed.verdict else None
    return proposed.model_copy(update={"limbs": limbs, "as_current": as_current})


def _explained(now: LimbResult, then: LimbResult, changes: Sequence[Change]) -> LimbResult:
    if now.status is then.status and {w.kind for w in now.weaknesses} == {w.kind for w in then.weaknesses}:
        return now
    known = {weakness.kind for weakness in then.weaknesses}
    weaknesses = tuple(w if w.kind in known else _attributed(w, changes) for w in now.weaknesses)
    nearest = now.nearest
    if then.status is Status.MET and now.status is Status.ABSENT:
        cause = _cause(" ".join(e.quote for e in then.evidence), changes, "deletion")
        nearest = tuple(near.model_copy(update={"why": f"{near.why} {cause}".strip()}) for near in nearest)
    return now.model_copy(update={"weaknesses": weaknesses, "nearest": nearest})


def _attributed(weakness: Weakness, changes: Sequence[Change]) -> Weakness:
    cause = _cause(weakness.quote, changes, "insertion")
    return weakness.model_copy(update={"why": f"{weakness.why} {cause}"}) if cause else weakness


def _cause(words: str, changes: Iterable[Change], kind: str) -> str:
    """A sentence that names the change whose text shares these words, else ""."""
    folded = words.lower()
    for change in changes:
        text = change.text.lower().strip()
        if change.kind == kind and len(text) >= _SHORTEST and (text in folded or (folded and folded in text)):
            verb = "Proposed" if kind == "insertion" else "Its words were struck out"
            return f"{verb} by {change.author or 'an unnamed author'}{_on(change.date)}."
    return ""


def _on(date: str) -> str:
    try:
        when = datetime.fromisoformat(date.replace("Z", "+00:00"))
    except ValueError:
        return ""
    return f" on {when.day} {when:%B %Y}"
