"""What a trained model makes of each limb, weighed against what the rules find.

The rules know words; the model (`trained_model`) has read labelled passages and knows likeness of meaning. Neither is
believed alone: how far each is to be believed was fitted on passages that neither had met (`opinion_weights`). Where
the two differ and the model prevails, the limb says that it rests on the model, and a person is asked to look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from constitution_check.candidates import REASONS, Bench, Fault, Trial
from constitution_check.clause_records import Limb, Safeguard
from constitution_check.judge_records import Judged
from constitution_check.match import Match
from constitution_check.model import Kind, Status
from constitution_check.opinion_weights import OWN, SHARED, Weights, weights
from constitution_check.sweep import Sweep
from constitution_check.syntax_veto import why_no_rule
from constitution_check.trained_features import Seen
from constitution_check.trained_model import KINDS, STATUSES, TrainedModel, View, trained
from constitution_check.trained_nominees import Scores, nominating
from constitution_check.trained_window import Window, window_around
from constitution_check.units import Unit

NOMINEES = 2  # sentences read for a limb that the rules do not find
LEAST = -3.0  # a nominating score below which hardly anything was ever to be found
Again = Callable[[Limb, list[Trial], Sweep], Judged]
EMPTY = {Kind.FLOOR_ONLY, Kind.NOT_OPERATIVE}
ELSEWHERE = EMPTY | {Kind.OUTSIDE}
FOUND = "The word lists do not know these words; a model trained on examples takes them for what is asked."
LOST = "It has the words of what is asked; a model trained on examples takes it for something else."
WEAKER = "The word lists find nothing weak in it; a model trained on examples does."
FIRMER = "The word lists take it for weak; a model trained on examples does not."
OPPOSED = "A model trained on examples reads it as ruling the opposite."
NOT_OPPOSED = "The word lists read it as ruling the opposite; a model trained on examples does not."


@dataclass(frozen=True)
class _Seen:
    """One passage as the model sees it for one limb; shares: how likely each status is, the rules weighed in."""

    window: Window
    view: View
    shares: dict[Status, float]
    status: Status


def weigh(safeguard: Safeguard, judged: list[Judged], bench: Bench, sweep: Sweep, again: Again) -> None:
    """Weigh the model's view of each limb against the rules'; statuses, faults and evidence change in place.

    again: how the rules decide a limb by its passages, for when the model turns down the one that they chose.
    """
    model, how = trained(), weights()
    if model is not None and how is not None and safeguard.id in model.demands:
        Desk(safeguard.id, model, how, bench, sweep, again).weigh_all(judged)


class Desk:
    """Where one safeguard's limbs are weighed in one document."""

    def __init__(self, safeguard: str, model: TrainedModel, how: Weights, bench: Bench, sweep: Sweep,
                 again: Again) -> None:
        self.safeguard, self.model, self.how, self.bench, self.sweep = safeguard, model, how, bench, sweep
        self.again = again
        self.reading = bench.finder.reading
        self._read: list[Window] = []
        self._ruled: set[int] = set()

    def weigh_all(self, judged: list[Judged]) -> None:
        """Every limb that the model was trained on."""
        found = [one.trial.match.unit for one in judged if one.trial is not None]
        self._ruled = {at for unit in found for at in (unit.provision.index, *unit.stems)}
        for one in judged:
            if one.limb.id in self.model.demands[self.safeguard].limbs:  # not one that was added later
                self._weigh(one)

    def _weigh(self, one: Judged) -> None:
        """One limb: by the passage that the rules found, else by those that are nominated."""
        if one.kinds & ELSEWHERE:
            return  # a note, floor text or a pointer to another document: what it is, its place and words say
        if one.trial is not None:
            seen = self._seen(one.limb, one.trial.match.unit, one.status)
            # Whether words only restate statute turns on a date, which the rules know and the model does not.
            if seen.status is Status.ABSENT and seen.view.kinds[KINDS.index(Kind.FLOOR_ONLY)] > 0:
                return
            if seen.status is not Status.ABSENT:
                self._settle(one, self._kept_weak(one, seen))
                return
            self._turn_down(one, seen)
            if one.trial is not None:  # the rules know another passage
                self._weigh(one)
                return
        found = [self._seen(one.limb, unit, Status.ABSENT, score) for unit, score in self.nominees(one)]
        best = min(found, key=lambda seen: seen.shares[Status.ABSENT], default=None)
        if best is not None:
            self._settle(one, replace(best, status=Status.ABSENT) if self._doubtful(one, best) else best)

    def _doubtful(self, one: Judged, seen: _Seen) -> bool:
        """Whether what was found for a limb belongs to another.

        A sentence in which the rules find another limb seldom says this one in words of its own, and what it rules
        out is the other's. Without the substance there is no scope: that a limb of scope is ruled out, the text itself
        has to say.
        """
        if seen.status is Status.CONTRADICTED:
            own = math.exp(seen.view.statuses[STATUSES.index(Status.CONTRADICTED)])
            if one.limb.needs or own < OWN:
                return True
        trial = self._trial(one.limb, seen)
        unit = trial.match.unit
        if self.sweep.stands_down(unit) or any(one.unit is unit and one.targets for one in self.sweep.overrides):
            return True
        met = seen.status is Status.MET and seen.shares[Status.MET] >= SHARED
        return any(u.provision.index in self._ruled for u in trial.units) and not met

    def _seen(self, limb: Limb, unit: Unit, ruled: Status, score: float | None = None) -> _Seen:
        """The passage around the unit; score: that by which it was nominated."""
        window = self._window(unit, at_hand=score is not None)
        view = self.model.views(self.safeguard, window.lines)[limb.id]
        shares = self.how.shares(ruled, view) if score is None else self.how.nominee_shares(view, score)
        return _Seen(window, view, shares, self.how.said(ruled, shares))

    def _window(self, unit: Unit, at_hand: bool) -> Window:
        """The passage around the unit; at_hand: one that was read before will do, if the unit stands in it."""
        found = next((one for one in self._read if one.holds(unit)), None) if at_hand else None
        if found is None:
            found = window_around(self.reading, unit)
            self._read.append(found)
        return replace(found, unit=unit)

    def nominees(self, one: Judged) -> list[tuple[Unit, float]]:
        """Sentences worth reading with their scores: what the rules turned down, and the highest scored."""
        scores = nominated(self.bench)
        if scores is None:
            return []
        tried = [t.match.unit for t in one.trials if t.status is None][:1]
        found = scores.best(self.safeguard, one.limb.id, NOMINEES)
        found += [(unit, score) for unit in tried if unit.index not in {u.index for u, _ in found}
                  for score in [scores.of(self.safeguard, one.limb.id, unit)] if score is not None]
        return [(unit, score) for unit, score in found if score >= LEAST and not self.sweep.stands_down(unit)
                and not why_no_rule(self.reading, _match(one.limb, unit))]

    @staticmethod
    def _kept_weak(one: Judged, seen: _Seen) -> _Seen:
        """What the model has not read it cannot clear: a weakness that stands outside its passage stays."""
        unread = any(not seen.window.holds(fault.unit) for fault in one.faults)
        return replace(seen, status=Status.WEAKENED) if unread and seen.status is Status.MET else seen

    def _turn_down(self, one: Judged, seen: _Seen) -> None:
        """The passage that the rules found is none for the model."""
        assert one.trial is not None
        unit = one.trial.match.unit
        turned = Trial(one.trial.line, one.trial.match, None, LOST)
        left = [trial for trial in one.trials if trial.match.unit is not unit]
        next_ = self.again(one.limb, left, self.sweep)
        one.trials = [turned, *left]
        one.status, one.trial, one.faults, one.doubt = next_.status, next_.trial, next_.faults, next_.doubt
        if one.trial is None:
            one.basis, one.doubt, one.sure = "model", LOST, seen.shares[Status.ABSENT]

    def _settle(self, one: Judged, seen: _Seen) -> None:
        """Take the likeliest status."""
        was, one.status = one.status, seen.status
        one.sure = seen.shares[seen.status] if one.doubt != LOST else min(one.sure or 1.0, seen.shares[seen.status])
        if one.status is Status.ABSENT:
            return
        if one.trial is None:
            one.trial = self._trial(one.limb, seen)
        if one.status is not was:
            one.basis, one.doubt = "model", _doubt(was, one.status)
        one.faults = self._faults(one, seen) if one.status is Status.WEAKENED else []
        if was is Status.ABSENT and one.status is Status.MET:  # what undoes it beyond what the model has read
            one.faults = [fault for fault in self.sweep.faults(one.limb, one.trial)
                          if not seen.window.holds(fault.unit)]
            one.status = Status.WEAKENED if one.faults else Status.MET

    def _trial(self, limb: Limb, seen: _Seen) -> Trial:
        """The passage by the lines that the limb rests on."""
        resting = [units for units in seen.window.resting(seen.view.lines) if units[0].operative]
        first, *others = resting or [[seen.window.unit]]
        unit = seen.window.unit if seen.window.unit in first else first[0]
        match = _match(limb, unit)
        match.joined = [u for u in [*first, *(u for units in others for u in units)] if u is not unit]
        return Trial(match.line, match, seen.status)

    def _faults(self, one: Judged, seen: _Seen) -> list[Fault]:
        """The weaknesses, by the words that the rules know where they know them, else the sentence itself."""
        assert one.trial is not None
        known = {fault.kind: fault for fault in (*self._by_words(one), *one.faults)}
        unread = {fault.kind for fault in one.faults if not seen.window.holds(fault.unit)}
        kinds = list(dict.fromkeys([*unread, *self.how.kinds(seen.view, one.kinds)]))
        if set(kinds) - EMPTY:  # what weakens a rule in force is no note of one that is not
            kinds = [kind for kind in kinds if kind not in EMPTY]
        return [known.get(kind) or self._whole(kind, one.trial, seen) for kind in kinds]

    def _by_words(self, one: Judged) -> Iterable[Fault]:
        assert one.trial is not None
        trial = self.bench.stated(one.limb, one.trial.match.unit)
        return (*trial.faults, *self.sweep.faults(one.limb, one.trial))

    def _whole(self, kind: Kind, trial: Trial, seen: _Seen) -> Fault:
        """A weakness that the rules cannot point to: the sentence that the model rests on, whole."""
        unit = trial.match.unit
        if kind is Kind.OVERRIDDEN:
            home = {u.provision.index for u in trial.units}
            away = [units for units in seen.window.resting(seen.view.lines) if units[0].provision.index not in home]
            unit = away[0][-1] if away else unit
        return Fault(kind, unit, (unit.own, len(unit.row.words)), f"{REASONS[kind]} A model trained on examples reads "
                     "it so; the program's own lists do not know the words.")


def _doubt(was: Status, now: Status) -> str:
    if now is Status.CONTRADICTED:
        return OPPOSED
    if was is Status.CONTRADICTED:
        return NOT_OPPOSED
    return {Status.ABSENT: FOUND, Status.MET: WEAKER}.get(was, FIRMER)


def _match(limb: Limb, unit: Unit) -> Match:
    return Match(limb.met[0], unit, hits=[(unit.own, min(unit.own + 1, len(unit.row.words)))])


def nominated(bench: Bench) -> Scores | None:
    """The nominating scores of the bench's document, made once; None where that model has been left out."""
    model = nominating()
    if model is None:
        return None
    return bench.finder.kept("nominating scores", lambda: Scores(model, Seen(bench.finder)))
