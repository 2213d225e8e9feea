"""Weaker neighbours of a present example, each with what must come of it.

What a change does to a limb is stated here as data, by the rulings on governing verbs, overrides and needs; the
checker's own reading is used only to know which sentence carries which limb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from constitution_check.model import Kind, Status
from constitution_check.perturb_base import Base, Lines, Wanted
from constitution_check.perturb_text import (
    Sentence,
    all_covered,
    excepts,
    fronted,
    governing,
    inserted,
    modals,
    one_clause,
    plain,
    replaced,
    sentence_of,
    speaks_of_people,
    takes_regard,
)
from constitution_check.units import Unit

OPPOSITE = Wanted(frozenset({Status.CONTRADICTED}))
GONE = Wanted(frozenset({Status.CONTRADICTED, Status.ABSENT}))
ABSENT = Wanted(frozenset({Status.ABSENT}))
_ALONE = {Kind.OUTSIDE, Kind.NOT_OPERATIVE}  # beside these no other weakness is named
# Limbs that are about contracts, and so cover less where only contracts above a value are reached. By the rulings
# on tax avoidance, a limit of value narrows there the limb of scope alone.
NARROWED_BY_VALUE: dict[str, frozenset[str]] = {
    "tax-avoidance-exclusion": frozenset({"every-procurement"}),
    "tax-evasion-exclusion": frozenset({"evasion", "unpaid"}),
    "offences-exclusion": frozenset({"fraud", "other-offences"}),
    "reputable-conduct": frozenset({"required"}),
    "good-employer": frozenset({"taxes-and-ni", "equality", "conditions"}),
    "environment": frozenset({"required"}),
    "social-value": frozenset({"evaluated"}),
    "ethics-not-only-price": frozenset({"factors", "no-lowest-price"}),
    "competition-only-if-needed": frozenset({"decide-first"}),
    "aqp-not-default": frozenset({"each-decision"}),
    "nhs-default-provider": frozenset({"default"}),
    "consult-before-tender": frozenset({"before"}),
    "outsourcing-impact-report": frozenset({"report"}),
    "financial-resilience": frozenset({"due-diligence", "guarantee"}),
    "change-of-control-consent": frozenset({"consent"}),
    "no-blanket-confidentiality": frozenset({"no-secrecy-terms"}),
    "foi-in-contracts": frozenset({"contractor"}),
    "staff-terms": frozenset({"transfer"}),
}
OVERRIDES = (
    "Nothing in paragraph {} shall apply where the Chief Executive so decides.",
    "The Chief Executive may waive paragraph {} in any case.",
    "Paragraph {} may be suspended by the Chair at any time.",
)


@dataclass(frozen=True)
class Neighbour:
    """An example changed by one rule. wanted: what each limb must be; a limb not named may be anything.

    labels: other numbers for the lines. sentence: the line (from 0) that was changed.
    """

    rule: str
    lines: Lines
    wanted: dict[str, Wanted]
    line: int | None = None
    labels: tuple[tuple[str, str], ...] | None = None


class Seat(NamedTuple):
    """A sentence that carries limbs: its unit and items, its words, its line, the limbs that rest on it."""

    unit: Unit
    units: list[Unit]
    sentence: Sentence
    line: int
    alone: set[str]
    partly: set[str]


def weaker(base: Base) -> Iterator[Neighbour]:
    """Every weaker neighbour that can be made soundly."""
    for seat in seats(base):
        for rule in _BY_SENTENCE:
            yield from rule(base, seat)
    yield from _threshold_elsewhere(base)
    yield from _override(base)
    yield from _dropped(base)


def seats(base: Base) -> Iterator[Seat]:
    """The sentences on which some limb rests alone."""
    for unit, sentence, line in base.sentences():
        units = base.governed(unit)
        alone, partly = base.hang_from(units)
        if alone:
            yield Seat(unit, units, sentence, line, alone, partly)


def _with(base: Base, line: int, text: str) -> Lines:
    return [(kind, text if n == line else old) for n, (kind, old) in enumerate(base.lines)]


def items_of(seat: Seat) -> Iterator[Sentence]:
    """The items that continue the sentence, their own words alone."""
    for unit in seat.units[1:]:
        yield sentence_of(unit.provision.text, *unit.span)


def _modal(seat: Seat, positive: bool) -> int | None:
    """The one modal that governs the sentence and its items. positive: and nothing in them denies or excepts."""
    at = governing(seat.sentence)
    if at is None or any(modals(item) or not one_clause(item) for item in items_of(seat)):
        return None
    if positive and not all(plain(s) for s in (seat.sentence, *items_of(seat))):
        return None
    return at


def _moved(base: Base, seat: Seat, kind: Kind, limbs: set[str] | None = None) -> dict[str, Wanted]:
    """One weakness more for the limbs of the sentence (or those of them named); nothing for the rest of the text."""
    wanted = {limb: base.as_found(limb) for limb in base.limbs if limb not in seat.partly}
    for limb in seat.alone:
        if limbs is not None and limb not in limbs:
            wanted.pop(limb)
        else:
            wanted[limb] = _weakened(base, limb, kind)
        if kind is Kind.NO_DUTY and base.accepted(limb, kind):
            wanted.pop(limb)  # a power may be all that the limb asks for, or not: the words alone do not tell
    return wanted


def _weakened(base: Base, limb: str, kind: Kind) -> Wanted:
    """The limb with one weakness more.

    Considering may be the demand itself; but an exception that a limb allows is never "where practicable".
    """
    if base.limbs[limb].kinds & _ALONE or (kind is Kind.WEAK_VERB and base.accepted(limb, kind)):
        return base.as_found(limb)
    return base.with_kind(limb, kind)


def _may(base: Base, seat: Seat) -> Iterator[Neighbour]:
    at = _modal(seat, positive=True)
    if at is None or seat.sentence.words[at + 1:at + 2] == ("have",):
        return  # "may have discharged" is a guess, no power
    wanted = _moved(base, seat, Kind.NO_DUTY)
    for limb in (limb for limb in seat.alone if base.limbs[limb].limb.right):
        if speaks_of_people(seat.sentence):
            wanted[limb] = base.as_found(limb)
        else:
            wanted.pop(limb, None)
    text = replaced(seat.sentence.text, seat.sentence.spans[at], "may")
    yield Neighbour("duty to power", _with(base, seat.line, text), wanted, seat.line)


def _not(base: Base, seat: Seat) -> Iterator[Neighbour]:
    at = _modal(seat, positive=True)
    if at is None:
        return
    gone = base.needy(seat.alone)
    wanted = {}
    for limb, one in base.limbs.items():
        if limb in seat.alone:
            acts = one.trial.match.acts if one.trial else []
            wanted[limb] = OPPOSITE if len(seat.alone) == 1 and acts and limb not in gone else GONE
        elif limb in gone:
            wanted[limb] = GONE
        elif limb not in seat.partly and not _leans(base, limb, seat):
            wanted[limb] = base.as_found(limb)
    text = inserted(seat.sentence.text, seat.sentence.end(at), " not")
    yield Neighbour("not", _with(base, seat.line, text), wanted, seat.line)


def _leans(base: Base, limb: str, seat: Seat) -> bool:
    """Whether the limb's own passage points back or takes part of its sense from around it."""
    one = base.limbs[limb]
    if one.trial is None:
        return False
    match = one.trial.match
    first = match.unit.row.words[match.unit.own] if len(match.unit.row.words) > match.unit.own else ""
    points = first in ("it", "this", "these", "they", "that", "those", "such", "the") and match.from_around
    return bool(points or match.from_around or match.defining)


def _practicable(base: Base, seat: Seat) -> Iterator[Neighbour]:
    at = _modal(seat, positive=False)
    if at is not None and not excepts(seat.sentence):
        text = inserted(seat.sentence.text, seat.sentence.end(at), ", where practicable,")
        yield Neighbour("where practicable", _with(base, seat.line, text), _moved(base, seat, Kind.QUALIFIED),
                        seat.line)
    first = _fronted(seat, "Where practicable, ")
    if first:
        yield Neighbour("where practicable, in front", _with(base, seat.line, first),
                        _moved(base, seat, Kind.QUALIFIED), seat.line)


def _fronted(seat: Seat, words: str) -> str | None:
    """The words put before a sentence that is one clause and begins afresh."""
    sound = (not seat.unit.stems and one_clause(seat.sentence) and not excepts(seat.sentence)
             and len(modals(seat.sentence)) < 2 and not any(modals(item) for item in items_of(seat)))
    if not sound or (modals(seat.sentence) and governing(seat.sentence) is None):
        return None
    return fronted(seat.sentence, words)


def _regard(base: Base, seat: Seat) -> Iterator[Neighbour]:
    at = _modal(seat, positive=True)
    if at is None or not takes_regard(seat.sentence, at):
        return
    text = inserted(seat.sentence.text, seat.sentence.end(at), " have regard to the need to")
    yield Neighbour("have regard to", _with(base, seat.line, text), _moved(base, seat, Kind.WEAK_VERB), seat.line)


def _threshold(base: Base, seat: Seat) -> Iterator[Neighbour]:
    limbs = NARROWED_BY_VALUE.get(base.safeguard.id, frozenset()) & seat.alone
    text = _fronted(seat, "For contracts worth more than £500,000, ")
    if limbs and text and not all_covered(seat.sentence):
        yield Neighbour("above a value", _with(base, seat.line, text),
                        _moved(base, seat, Kind.NARROWED, set(limbs)), seat.line)


_BY_SENTENCE: tuple[Callable[[Base, Seat], Iterator[Neighbour]], ...] = (_may, _not, _practicable, _regard, _threshold)


def paragraphs(base: Base) -> Iterator[tuple[int, list[Unit], set[str], set[str]]]:
    """Each numbered paragraph with its items: its line, its units, the limbs that rest on it alone, and in part."""
    units = base.finder.reading.units
    for line in (n for n, (kind, _) in enumerate(base.lines) if kind == "p"):
        end = next((n for n in range(line + 1, len(base.lines)) if base.lines[n][0] in ("p", "h")), len(base.lines))
        inside = [u for u in units if line <= base.where[u.provision.index] < end]
        alone, partly = base.hang_from(inside)
        if alone and all(u.operative and not u.is_definition for u in inside):
            yield line, inside, alone, partly


def _whole(base: Base, alone: set[str], partly: set[str], kind: Kind, limbs: frozenset[str] | None = None
           ) -> dict[str, Wanted]:
    wanted = {limb: base.as_found(limb) for limb in base.limbs if limb not in partly}
    for limb in alone:
        if (limbs is not None and limb not in limbs) or base.limbs[limb].kinds & _ALONE:
            wanted.pop(limb)
        else:
            wanted[limb] = _weakened(base, limb, kind)
    return wanted


def _threshold_elsewhere(base: Base) -> Iterator[Neighbour]:
    about = NARROWED_BY_VALUE.get(base.safeguard.id, frozenset())
    broad = any(all_covered(sentence) for _, sentence, _ in base.sentences())
    for line, _, alone, partly in paragraphs(base):
        if about & alone and not broad:
            text = f"Paragraph {base.numbers[line]} applies only to contracts worth more than £500,000."
            yield Neighbour("above a value, elsewhere", [*base.lines, ("p", text)],
                            _whole(base, alone, partly, Kind.NARROWED, about), line)


def _override(base: Base) -> Iterator[Neighbour]:
    for line, _, alone, partly in paragraphs(base):
        for text in OVERRIDES:
            lines = [*base.lines, ("h", "Waivers"), ("p", text.format(base.numbers[line]))]
            yield Neighbour(f"override elsewhere: {text.format('N')}", lines,
                            _whole(base, alone, partly, Kind.OVERRIDDEN), line)


def _dropped(base: Base) -> Iterator[Neighbour]:
    """A paragraph taken away that alone carries one essential limb; no other paragraph leans on it."""
    found = list(paragraphs(base))
    for line, inside, alone, partly in found:
        end = 1 + max(base.where[u.provision.index] for u in inside)
        rest = base.lines[:line] + base.lines[end:]
        essential = any(base.limbs[limb].limb.essential for limb in alone)
        named = any(base.numbers[line] in text for _, text in rest)
        last = end == len(base.lines) or base.lines[end][0] == "h"
        if not essential or named or not last or not any(kind != "h" for kind, _ in rest):
            continue
        gone = base.needy(alone)
        wanted = {limb: ABSENT if limb in alone or limb in gone else base.as_found(limb) for limb in base.limbs
                  if limb in alone | gone or (limb not in partly and not _leans_on(base, limb))}
        yield Neighbour("a limb dropped", rest, wanted, line)


def _leans_on(base: Base, limb: str) -> bool:
    one = base.limbs[limb]
    return one.trial is not None and bool(one.trial.match.from_around or one.trial.match.defining)
