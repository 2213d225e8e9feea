"""What does it do? Each limb's status from its trials, and the rulings that bind limbs together."""

from __future__ import annotations

from constitution_check.candidates import Bench, Fault, Trial
from constitution_check.clause_records import Limb, Mark, Safeguard
from constitution_check.judge_records import Judged
from constitution_check.match import Finder
from constitution_check.model import Kind, Status
from constitution_check.sweep import Sweep
from constitution_check.trained_opinion import weigh


def judge(safeguard: Safeguard, finder: Finder, sweep: Sweep, by_rules: bool = False) -> list[Judged]:
    """Every limb of the safeguard, in its order. by_rules: by the rules alone, the trained model not asked."""
    judged = decide(safeguard, finder, sweep, by_rules)
    bind(judged)
    return judged


def decide(safeguard: Safeguard, finder: Finder, sweep: Sweep, by_rules: bool = False) -> list[Judged]:
    """Every limb by its own passages, before the rulings that bind limbs together.

    by_rules: by the rules alone, the trained model not asked.
    """
    bench = Bench(finder)
    limbs = {limb.id: limb for limb in safeguard.limbs}
    judged = []
    for limb in safeguard.limbs:
        trials = [_stood_down(t, sweep, limb) for t in bench.trials(limb, [limbs[i] for i in limb.rides_on])]
        judged.append(_decided(limb, trials, sweep))
    _spare_what_is_not_named(judged, finder)
    if not by_rules:
        weigh(safeguard, judged, bench, sweep, _decided)
    return judged


def bind(judged: list[Judged]) -> None:
    """The rulings that bind the limbs of one safeguard together; statuses change in place."""
    _without_substance(judged)
    _floor_and_notes(judged)


def _stood_down(trial: Trial, sweep: Sweep, limb: Limb) -> Trial:
    """A passage that sets a rule aside demands nothing and rules nothing by itself.

    A counter-clause that sets aside no paragraph by its number ("a policy may disapply any safeguard") stays one.
    """
    if trial.status is None or not sweep.stands_down(trial.match.unit):
        return trial
    if trial.line in limb.opposed and not trial.match.unit.refers_to:
        return trial
    return Trial(trial.line, trial.match, None, "It sets another rule aside.")


def _spare_what_is_not_named(judged: list[Judged], finder: Finder) -> None:
    """An override that names the act of one limb does not undo another that stands in the same paragraph.

    Not so one that takes the whole paragraph out of force.
    """
    for fault in {id(f): f for one in judged for f in one.faults if f.kind is Kind.OVERRIDDEN}.values():
        reached = [one for one in judged if any(f.unit is fault.unit and f.kind is fault.kind for f in one.faults)]
        whole = finder.in_unit(("loses force",), fault.unit)
        named = [one for one in reached if one.trial and not whole and _names_act(one.trial, fault, finder)]
        places = {one.trial.match.unit.provision.index for one in named if one.trial}
        for one in reached if named else ():
            if one not in named and one.trial and one.trial.match.unit.provision.index in places:
                one.faults = [f for f in one.faults if not (f.unit is fault.unit and f.kind is fault.kind)]
                one.status = Status.WEAKENED if one.faults else Status.MET


def _names_act(trial: Trial, fault: Fault, finder: Finder) -> bool:
    """Whether the overriding passage holds the act that the limb demands."""
    terms = (t for t in trial.line.terms if t.mark in (Mark.ACT, Mark.BARRED))
    return any(finder.in_unit(t.lists, fault.unit) for t in terms)


def _decided(limb: Limb, trials: list[Trial], sweep: Sweep) -> Judged:
    """The status that the best trial gives; a met passage that another contradicts is undone by it."""
    demands = []
    for trial in trials:
        if trial.status in (Status.MET, Status.WEAKENED):
            faults = list({f.kind: f for f in [*trial.faults, *sweep.faults(limb, trial)]}.values())
            demands.append((trial, faults))
    # A sentence that shows the demand by one line does not rule the opposite by another; only a counter-clause can.
    said = {t.match.unit.index for t, _ in demands}
    opposed = [t for t in trials if t.status is Status.CONTRADICTED
               and (t.line in limb.opposed or t.match.unit.index not in said)]
    firm = [(t, f) for t, f in demands if t.firm]
    best = min(firm or demands, default=None,
               key=lambda tf: (len(tf[1]), tf[0].match.from_around, tf[0].match.unit.index))
    against = [t for t in opposed if t.line in limb.opposed and not (best and _siblings(t, best[0]))]
    if opposed and (best is None or best[0].faults or any(_same_place(t, best[0]) for t in against)):
        return Judged(limb, Status.CONTRADICTED, opposed[0], trials=trials)
    if best is None:
        return Judged(limb, Status.ABSENT, trials=trials)
    trial, faults = best
    doubt = "Another passage seems to rule the opposite." if opposed else trial.why
    undoing = next(iter(against), None)
    if undoing and not any(f.kind is Kind.OVERRIDDEN for f in faults):
        faults = [*faults, Fault(Kind.OVERRIDDEN, undoing.match.unit, undoing.match.hits[0], undoing.why)]
    return Judged(limb, Status.WEAKENED if faults else Status.MET, trial, faults, trials, doubt)


def _same_place(one: Trial, other: Trial) -> bool:
    return bool({u.provision.index for u in one.units} & {u.provision.index for u in other.units})


def _siblings(one: Trial, other: Trial) -> bool:
    """Items of one list: they share a stem and so add to each other; none undoes another."""
    return bool(set(one.match.unit.stems) & set(other.match.unit.stems))


def _without_substance(judged: list[Judged]) -> None:
    """Without the substance there is no scope: a limb that needs others is absent where all of them are."""
    status = {j.limb.id: j.status for j in judged}
    for one in judged:
        needs = one.limb.needs
        if not needs or one.status is Status.CONTRADICTED:
            continue
        if all(status[i] in (Status.ABSENT, Status.CONTRADICTED) for i in needs):
            one.status, one.trial, one.faults = Status.ABSENT, None, []


def _floor_and_notes(judged: list[Judged]) -> None:
    """Floor and non-operative text weakens a limb only beside another essential limb that stands by itself."""
    empty = {Kind.FLOOR_ONLY, Kind.NOT_OPERATIVE}
    for one in judged:
        if one.status is not Status.WEAKENED or not one.kinds & empty:
            continue
        others = (o for o in judged if o is not one and o.limb.essential)
        if not any(o.status in (Status.MET, Status.WEAKENED) and not o.kinds & empty for o in others):
            one.status = Status.ABSENT
            one.faults = [fault for fault in one.faults if fault.kind in empty]
