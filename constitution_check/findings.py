"""From limbs as judged to findings: quotations, reasons, nearest passages, confidence, wording to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from constitution_check.candidates import Fault
from constitution_check.clause_records import Safeguard
from constitution_check.document_set import DocumentSet
from constitution_check.judge_records import Judged
from constitution_check.legibility import doubts_of
from constitution_check.model import Evidence, Finding, LawNote, LimbResult, Near, Status, Weakness
from constitution_check.second_opinion import Opinion, Second
from constitution_check.units import Unit

# Rounded from 187 labelled passages (528 limbs), most of which the lists had learnt from by then, so rather high;
# the share for a doubt is set, not measured.
_SEVERAL_LINES, _ONE_LINE, _NOTHING, _TURNED_DOWN, _NEARLY, _DOUBT = 0.95, 0.9, 0.85, 0.85, 0.7, 0.5
_REVIEW = 0.75  # at or below this a person should look


def finding_of(safeguard: Safeguard, judged: list[Judged], documents: DocumentSet,
               law: tuple[LawNote, ...] = (), opinions: Sequence[Opinion] = ()) -> Finding:
    """The finding on one safeguard. law: what the law was, to be told beside it. opinions: second opinions, asked
    only of limbs for which nothing was found."""
    seconds = [_second(safeguard, one, opinions) for one in judged]
    limbs = tuple(_limb_result(one, documents, second) for one, second in zip(judged, seconds, strict=True))
    confidence = min(confidence_of(one, second) for one, second in zip(judged, seconds, strict=True))
    doubts = doubts_of(judged, documents)
    confidence = min(confidence, _DOUBT) if doubts else confidence
    lacking = tuple(one.limb.id for one in judged if one.status is not Status.MET)
    return Finding(safeguard=safeguard.id, title=safeguard.title, theme=safeguard.theme, confidence=confidence,
                   needs_review=confidence <= _REVIEW or any(one.doubt for one in judged), doubts=doubts, law=law,
                   limbs=limbs,
                   ask=safeguard.ask(documents.main.constitution.body.kind, lacking))


def _second(safeguard: Safeguard, one: Judged, opinions: Sequence[Opinion]) -> Second | None:
    """The second opinions on a limb that nothing was found for."""
    if one.trial is not None or one.status is not Status.ABSENT:
        return None
    return Second([opinion.on(safeguard.id, one.limb) for opinion in opinions])


def _limb_result(one: Judged, documents: DocumentSet, second: Second | None) -> LimbResult:
    shown = one.trial is not None
    units = one.trial.units if one.trial else []
    weaknesses = tuple(_weakness(fault, documents) for fault in one.faults)
    extra = [fault.unit for fault in one.faults if fault.unit not in units]
    evidence = _evidence([*units, *extra], documents) if shown and one.status is not Status.ABSENT else ()
    nearest: tuple[Near, ...] = ()
    if one.status is not Status.MET:
        nearest = tuple(_nearest(one, documents, second))
    return LimbResult(limb=one.limb.id, essential=one.limb.essential, status=one.status, basis=one.basis,
                      weaknesses=weaknesses,
                      evidence=evidence, nearest=nearest)


def _weakness(fault: Fault, documents: DocumentSet) -> Weakness:
    """The words that weaken, verbatim: from the first to the last of them that stand in one paragraph."""
    places = fault.unit.places[slice(*fault.span)] or fault.unit.places[:1]
    inside = [p for p in places if p.provision == places[-1].provision]
    provision = fault.unit.provision
    where = provision
    if inside[0].provision != provision.index:  # the words stand in the stem
        where = fault.unit.stem_provision(inside[0].provision) or provision
    quote = where.text[inside[0].start:inside[-1].end]
    return Weakness(kind=fault.kind, quote=quote, paragraph=where.number, why=fault.why,
                    source=documents.home(fault.unit).constitution.source, start=inside[0].start)


def _evidence(units: Iterable[Unit], documents: DocumentSet) -> tuple[Evidence, ...]:
    """One span a provision: the stem's sentence, then the sentence itself; in document order, no repeats.

    The constitution's own passages come first, then those of the documents read beside it, in their order.
    """
    units = list(units)
    made: list[Evidence] = []
    for document in (documents.main, *documents.others):
        spans: dict[int, tuple[int, int]] = {}
        provisions = document.constitution.provisions
        for unit in (u for u in units if documents.home(u) is document):
            for stem in unit.stems:
                places = [p for p in unit.places[:unit.own] if p.provision == stem]
                _widen(spans, stem, places[0].start, len(provisions[stem].text.rstrip()))
            _widen(spans, unit.provision.index, *unit.span)
        made += [Evidence.of(document.constitution.source, provisions[i], *spans[i]) for i in sorted(spans)
                 if provisions[i].text[slice(*spans[i])].strip()]
    return tuple(made)


def _widen(spans: dict[int, tuple[int, int]], provision: int, start: int, end: int) -> None:
    before = spans.get(provision, (start, end))
    spans[provision] = (min(before[0], start), max(before[1], end))


def _nearest(one: Judged, documents: DocumentSet, second: Second | None) -> Iterable[Near]:
    """The passages that come nearest, and why they fall short; nothing where nothing comes near."""
    if one.trial is not None:
        why = " ".join(dict.fromkeys(f.why for f in one.faults)) or one.trial.why or "It rules the opposite."
        yield from (Near.because(e, why) for e in _evidence([one.trial.match.unit], documents)[-1:])
        return
    turned_down = [t for t in one.trials if t.status is None]
    if turned_down:
        trial = turned_down[0]
        yield from (Near.because(e, trial.why) for e in _evidence([trial.match.unit], documents)[-1:])
    told = {trial.match.unit.index for trial in turned_down[:1]}
    for unit, why in second.passages(only_doubtful=bool(turned_down)) if second else ():
        if unit.index not in told:
            told.add(unit.index)
            yield from (Near.because(e, why) for e in _evidence([unit], documents)[-1:])


def confidence_of(one: Judged, second: Second | None) -> float:
    """How sure the reading of one limb is, 0-1: an axis of its own, which softens no verdict.

    The share that the status has after rules and trained model were weighed, calibrated on labelled passages; lower
    where a passage nearly is it in the second opinion. Without the model, by what the status rests on: several lines
    of the limb, one, nothing at all, or a passage that was turned down.
    """
    if one.sure is not None:
        nearly = one.status is Status.ABSENT and one.limb.essential and second is not None and second.doubtful
        return min(one.sure, _NEARLY) if nearly else one.sure
    if one.doubt:
        return _DOUBT
    if one.trial is not None:
        lines = {trial.line.row for trial in one.trials if trial.status is not None}
        return _SEVERAL_LINES if len(lines) > 1 else _ONE_LINE
    if one.limb.essential and second and second.doubtful:
        return _NEARLY
    return _TURNED_DOWN if any(t.status is None for t in one.trials) else _NOTHING
