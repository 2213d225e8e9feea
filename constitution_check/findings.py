"""From limbs as judged to findings: quotations, reasons, nearest passages, confidence, wording to ask for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from constitution_check.candidates import Fault
from constitution_check.clause_records import Limb, Safeguard
from constitution_check.document_set import DocumentSet
from constitution_check.judge import Judged
from constitution_check.match import Finder
from constitution_check.model import Evidence, Finding, LawNote, LimbResult, Near, Status, Weakness
from constitution_check.units import Unit

_SHORT = 60  # units; in a shorter text every word is rare
_RARE = 0.02  # of all units: a term that fewer hold than this says what a passage is about
# Rounded from 187 labelled passages (528 limbs), most of which the lists had learnt from by then, so rather high;
# the share for a doubt is set, not measured.
_SEVERAL_LINES, _ONE_LINE, _NOTHING, _TURNED_DOWN, _NEARLY, _DOUBT = 0.95, 0.9, 0.85, 0.85, 0.7, 0.5
_SOME = 0.5  # of a line's terms by weight; with less, a passage is not near
_MOST = 0.75  # of a line's terms, weighed by how rare they are: a passage with so much of it may be it in other words
_REVIEW = 0.75  # at or below this a person should look


def finding_of(safeguard: Safeguard, judged: list[Judged], documents: DocumentSet,
               law: tuple[LawNote, ...] = ()) -> Finding:
    """The finding on one safeguard. law: what the law was, to be told beside it."""
    limbs = tuple(_limb_result(one, documents) for one in judged)
    confidence = min(confidence_of(one, documents.main.finder) for one in judged)
    lacking = tuple(one.limb.id for one in judged if one.status is not Status.MET)
    return Finding(safeguard=safeguard.id, title=safeguard.title, theme=safeguard.theme, confidence=confidence,
                   needs_review=confidence <= _REVIEW, law=law, limbs=limbs,
                   ask=safeguard.ask(documents.main.constitution.body.kind, lacking))


def _limb_result(one: Judged, documents: DocumentSet) -> LimbResult:
    shown = one.trial is not None
    units = one.trial.units if one.trial else []
    weaknesses = tuple(_weakness(fault, documents) for fault in one.faults)
    extra = [fault.unit for fault in one.faults if fault.unit not in units]
    evidence = _evidence([*units, *extra], documents) if shown and one.status is not Status.ABSENT else ()
    nearest: tuple[Near, ...] = ()
    if one.status is not Status.MET:
        nearest = tuple(_nearest(one, documents))
    return LimbResult(limb=one.limb.id, essential=one.limb.essential, status=one.status, weaknesses=weaknesses,
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
                    source=documents.home(fault.unit).constitution.source)


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


def _nearest(one: Judged, documents: DocumentSet) -> Iterable[Near]:
    """The passage that comes nearest, and why it falls short; nothing where nothing comes near."""
    if one.trial is not None:
        why = " ".join(dict.fromkeys(f.why for f in one.faults)) or one.trial.why or "It rules the opposite."
        yield from (Near.because(e, why) for e in _evidence([one.trial.match.unit], documents)[-1:])
        return
    turned_down = [t for t in one.trials if t.status is None]
    if turned_down:
        trial = turned_down[0]
        yield from (Near.because(e, trial.why) for e in _evidence([trial.match.unit], documents)[-1:])
        return
    found = partly(one.limb, documents.main.finder)
    if found and found.share >= _SOME:
        said = " and ".join(f"“{words}”" for words in found.said)
        yield from (Near.because(e, f"It says {said}, but not what is asked for.")
                    for e in _evidence([found.unit], documents)[-1:])


class Partly(NamedTuple):
    """A unit that holds some terms of a line.

    has, lacks: the lists it holds and lacks, for `explain`; said: the words, verbatim, by which it holds them, at
    most three; share: how much of the line it holds, by weight, 0-1.
    """

    unit: Unit
    has: list[str]
    lacks: list[str]
    said: list[str]
    share: float


def partly(limb: Limb, finder: Finder) -> Partly | None:
    """The unit that holds most of the terms of one line.

    At least two terms, one of them rare in the document: "contract" beside "shall" is no near passage. A term
    weighs more the fewer units hold it.
    """
    total = max(len(finder.reading.units), 2)
    best: Partly | None = None
    for line in limb.met:
        terms = [t for t in line.terms if not t.absent]
        held = [{i for name in term.lists for i in finder.where(name)} for term in terms]
        weights = [math.log(total / (1 + len(units))) for units in held]
        for i in set().union(*held):
            unit = finder.reading.units[i]
            here = [n for n, units in enumerate(held) if i in units]
            score = sum(weights[n] for n in here) / (sum(weights) or 1)
            if unit.provision.is_heading or len(here) < 2 or (best and score <= best.share):
                continue
            if total > _SHORT and min(len(held[n]) for n in here) > total * _RARE:
                continue
            names = [_name(t.lists) for t in terms]
            lacks = [names[n] for n in range(len(terms)) if n not in here]
            rarest = sorted(here, key=lambda n: len(held[n]))[:3]
            said = dict.fromkeys(_words(unit, finder.in_unit(terms[n].lists, unit)[0]) for n in rarest)
            best = Partly(unit, [names[n] for n in here], lacks, list(said), score)
    return best


def _words(unit: Unit, span: tuple[int, int]) -> str:
    """The words of a span of the unit's row, verbatim, as far as they stand in the sentence itself."""
    places = [p for p in unit.places[slice(*span)] if p.provision == unit.provision.index]
    return unit.provision.text[places[0].start:places[-1].end] if places else " ".join(unit.row.words[slice(*span)])


def _name(lists: tuple[str, ...]) -> str:
    return " or ".join(name.split("/", 1)[-1].strip('"') for name in lists)


def confidence_of(one: Judged, finder: Finder) -> float:
    """How sure the reading of one limb is, 0-1: an axis of its own, which softens no verdict.

    By what the status rests on: several lines of the limb, one, nothing at all, a passage that was turned down, or
    one that nearly is it.
    """
    if one.doubt:
        return _DOUBT
    if one.trial is not None:
        lines = {trial.line.row for trial in one.trials if trial.status is not None}
        return _SEVERAL_LINES if len(lines) > 1 else _ONE_LINE
    near = partly(one.limb, finder)
    if one.limb.essential and near and near.share >= _MOST:
        return _NEARLY
    return _TURNED_DOWN if any(t.status is None for t in one.trials) else _NOTHING
