"""Why: for one safeguard each limb, every passage tried, and the reason it was accepted or turned down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from constitution_check.candidates import Trial
from constitution_check.clause_records import Library
from constitution_check.document_dates import law_of
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Constitution, Status
from constitution_check.partly import partly
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import read_units


def explain_document(path: Path | str, safeguard_id: str, library: Library | None = None) -> str:
    """The explanation as text. Raises CheckError as `check_document` does."""
    from constitution_check.contained import read_contained
    from constitution_check.outline import build, require_provisions

    held = library or load_library()
    held.get(safeguard_id)
    reading = read_contained(Path(path))
    constitution = build(reading.blocks, reading.name)
    require_provisions(constitution)
    return explain(constitution, safeguard_id, held)


def explain(constitution: Constitution, safeguard_id: str, library: Library) -> str:
    """The explanation of one safeguard in a constitution that has been read."""
    safeguard = library.get(safeguard_id).as_of(law_of(constitution).day)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    lines = [f"{safeguard.id}: {safeguard.title}"]
    for one in judge(safeguard, finder, Sweep(finder)):
        lines += ["", *_limb(one, finder)]
    return "\n".join(lines)


def _limb(one: Judged, finder: Finder) -> Iterator[str]:
    kinds = f" ({', '.join(sorted(one.kinds))})" if one.faults else ""
    yield f"{one.limb.id}{'' if one.limb.essential else ' (supporting)'}: {one.status}{kinds}"
    yield f"  asks: {one.limb.demand}"
    if one.doubt:
        yield f"  doubt: {one.doubt}"
    if one.sure is not None:
        yield f"  weighed with the trained model: {one.sure:.0%} sure"
    if one.trial is not None and all(trial is not one.trial for trial in one.trials):
        yield from _passage(one.trial, chosen=True)
        yield "      by the trained model"
    for trial in one.trials:
        yield from _trial(trial, chosen=trial is one.trial)
    for fault in one.faults:
        words = " ".join(fault.unit.row.words[slice(*fault.span)])
        yield f'  weak: {fault.kind}: "{words}" in {fault.unit.provision.number}. {fault.why}'
    if not one.trials:
        near = partly(one.limb, finder)
        if near:
            lacks = ", ".join(near.lacks) or "nothing"
            yield f"  nearest: {near.unit.provision.number} has {', '.join(near.has)}; lacks {lacks}"
        else:
            yield "  nothing comes near"


def _trial(trial: Trial, *, chosen: bool) -> Iterator[str]:
    yield from _passage(trial, chosen=chosen)
    yield f"      by {trial.line.file}:{trial.line.row} {trial.line.written}{'. ' + trial.why if trial.why else ''}"


def _passage(trial: Trial, *, chosen: bool) -> Iterator[str]:
    provision = trial.match.unit.provision
    text = provision.text[slice(*trial.match.unit.span)]
    said = {None: "turned down", Status.CONTRADICTED: "the opposite"}.get(trial.status, str(trial.status))
    kinds = f" ({', '.join(sorted(trial.kinds))})" if trial.faults else ""
    yield f"  {'→' if chosen else '·'} {provision.number}: {said}{kinds}: {text[:160]}"
