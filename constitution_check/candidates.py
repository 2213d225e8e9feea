"""Candidates for one limb: every passage that may bear on it, and what each does with it.

A Trial is one passage held against one line of a limb. It is kept whether it was accepted or turned
down, so that `explain` can show why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from constitution_check.clause_records import Limb, Line, Mark, Term
from constitution_check.clauses_of_row import AUXILIARIES, MODALS, modal_left, segment
from constitution_check.lexicon import Span
from constitution_check.match import Finder, Match
from constitution_check.model import Kind, Status
from constitution_check.syntax import Syntax
from constitution_check.syntax_binding import in_condition_before
from constitution_check.syntax_veto import why_no_rule
from constitution_check.units import Unit
from constitution_check.wording import Wording, wording_of

REASONS = {
    Kind.NO_DUTY: "Whoever is to act may do it or leave it; no one can be held to it.",
    Kind.WEAK_VERB: "Once it has been thought about, the words are satisfied, whatever is then decided.",
    Kind.QUALIFIED: "Whoever is bound can say that this exception applies, and is then free of the duty.",
    Kind.SUBJECTIVE: "It depends on what someone thinks, not on what is so, and no one can check that.",
    Kind.NARROWED: "Whatever lies outside these words is not covered.",
    Kind.OVERRIDDEN: "Another passage undoes it.",
    Kind.OUTSIDE: "The rule is left to another document, which can be changed without changing the constitution.",
    Kind.NOT_OPERATIVE: "These words stand where nothing binds anyone (a foreword, an aim, a drafting note).",
    Kind.FLOOR_ONLY: "It only repeats what statute already demands of every such body, and adds nothing to it.",
}


_NOUNS_IN_ING = frozenset("meeting wording drafting heading tendering standing training hearing".split())


@dataclass(frozen=True)
class Fault:
    """One weakness of a trial: its kind, the unit and the span of its row that show it, and why."""

    kind: Kind
    unit: Unit
    span: Span
    why: str


@dataclass
class Trial:
    """One passage held against one line.

    status is None where it was turned down, for the reason in `why`; `why` beside a status is a doubt about it.
    """

    line: Line
    match: Match
    status: Status | None
    why: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of weakness found."""
        return {fault.kind for fault in self.faults}

    @property
    def units(self) -> list[Unit]:
        """The units that carry the passage, in document order."""
        found = {u.index: u for u in (self.match.unit, *self.match.joined, *self.match.defining)}
        return [found[i] for i in sorted(found)]

    @property
    def firm(self) -> bool:
        """Whether it is operative text beyond what statute demands."""
        return not self.kinds & {Kind.FLOOR_ONLY, Kind.NOT_OPERATIVE}


def _put_as_wanted(wording: Wording, term: Term, limb: Limb) -> bool:
    """Whether an act is done, or ruled out, as the line's mark asks.

    "Need not" leaves an act free: it rules nothing out, but where the demand is a right it is what is asked.
    """
    if term.mark is Mark.BARRED:
        return not wording.positive and (limb.right or not wording.denied)
    return wording.positive


def _plainly_denied(match: Match, hit: Span) -> bool:
    """Whether the modal that governs the words is itself denied ("shall not", "may never")."""
    row = list(match.unit.row.words)
    modal = modal_left(row, segment(row, hit[0])[0], hit[0] + 1, MODALS, match.unit.own)
    return modal is not None and row[modal + 1:modal + 2] in (["not"], ["never"], ["n't"])


def _main_verb(unit: Unit) -> int:
    """The word after the sentence's first modal, else after that of its stem; without one, its first word."""
    row = unit.row.words
    for first in (unit.own, 0):
        at = next((i + 1 for i in range(first, len(row) - 1) if row[i] in MODALS), None)
        if at is not None:
            return at + 1 if row[at] in ("not", "never", "n't") and at + 1 < len(row) else at
    return unit.own


def _beside(one: Span, other: Span, gap: int = 3) -> bool:
    """Whether two spans overlap or stand at most `gap` words apart."""
    return one[0] < other[1] + gap and other[0] < one[1] + gap


def _states_something(unit: Unit) -> bool:
    """Whether a note or a contents line says what a clause is to say, and does not only name its subject."""
    verbs = {word for word in unit.row.words if word.endswith("ing")} - _NOUNS_IN_ING
    return bool((MODALS | AUXILIARIES | {"to"}) & set(unit.row.words) or verbs)


class Bench:
    """Holds passages of one document against limbs."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def trials(self, limb: Limb, ridden: Iterable[Limb] = ()) -> list[Trial]:
        """Every trial of the limb, in document order; `ridden` are limbs whose passages carry it too."""
        made: list[Trial] = []
        for line in limb.met:
            made.extend(self._demand(line, limb))
        for line in limb.short:
            made.extend(self._demand(line, limb, line.kind))
        for other in ridden:
            for line in other.met:
                made.extend(t for t in self._demand(line, limb, other=other) if t.status is not Status.CONTRADICTED)
            for line in other.short:
                if line.kind is not Kind.NARROWED:
                    made.extend(t for t in self._demand(line, limb, line.kind, other=other)
                                if t.status is not Status.CONTRADICTED)
        for line in limb.floor:
            made.extend(self._demand(line, limb, Kind.FLOOR_ONLY))
        for line in limb.opposed:
            made.extend(self._opposed(line, limb))
        self._syntax.prepare(t.match.unit for t in made if t.status)
        return sorted((self._by_syntax(t) if t.status else t for t in made), key=lambda t: t.match.unit.index)

    @property
    def _syntax(self) -> Syntax:
        return self.finder.reading.syntax

    def _by_syntax(self, trial: Trial) -> Trial:
        """The trial, turned down where the sentence's tree shows that it is an account or a condition and no rule."""
        match = trial.match
        why = why_no_rule(self.finder.reading, match)
        if not why and trial.status is not Status.CONTRADICTED:
            parse = self._syntax.of(match.unit)
            if any(all(in_condition_before(parse, span) for span in spans) for spans, _ in match.acts):
                why = "It is only a condition for something else."
        return Trial(trial.line, match, None, why) if why else trial

    def _demand(self, line: Line, limb: Limb, kind: Kind | None = None, other: Limb | None = None) -> Iterator[Trial]:
        for match in self.finder.matches(line):
            yield self._tried(line, match, limb, kind, other)

    def _tried(self, line: Line, match: Match, limb: Limb, kind: Kind | None, other: Limb | None) -> Trial:
        wrong = self._elsewhere(limb, match.unit) or (other and self._elsewhere(other, match.unit))
        if wrong:
            return Trial(line, match, None, wrong.why or "It is about something else.")
        if not match.unit.operative and not _states_something(match.unit):
            return Trial(line, match, None, "It only names the subject.")
        wordings, doubt = [self._best(match, spans, term, limb) for spans, term in match.acts], ""
        for wording, (_, term) in zip(wordings, match.acts, strict=True):
            if wording.condition:
                return Trial(line, match, None, "It is only a condition for something else.")
            if not _put_as_wanted(wording, term, limb):
                if term.mark is Mark.ACT and match.unit.operative:
                    return Trial(line, match, Status.CONTRADICTED, "It rules the opposite.")
                return Trial(line, match, None,
                             "It does not rule this out." if term.mark is Mark.BARRED else "It is put the other way.")
        if not wordings:
            hit = max((h for h in match.hits if h[1] > match.unit.own), default=match.hits[0])
            wordings = [self._wording(match.unit, hit, limb, ())]
            if not wordings[0].positive and not limb.right and _plainly_denied(match, hit):
                doubt = "A \"not\" stands before these words, and the checker cannot tell what it denies."
        return self._weighed(match, wordings, limb, kind, doubt)

    def _weighed(self, match: Match, wordings: list[Wording], limb: Limb, kind: Kind | None = None,
                 doubt: str = "") -> Trial:
        """The trial of a passage that states the demand: what weakens it by its words, its place and its limits."""
        line = match.line
        accepted = self._accepted(limb, match.unit)
        faults = [Fault(f.kind, match.unit, f.span, REASONS[f.kind]) for w in wordings for f in w.flags
                  if not any(f.kind is kind and _beside(f.span, span) for kind, span in accepted)]
        if kind:
            faults.insert(0, Fault(kind, match.unit, self.finder.telling(match), line.why or REASONS[kind]))
        faults += [f for f in self._standing(match) if f.kind not in {kind for kind, _ in accepted}]
        faults += self._narrowing(limb, match.unit)
        if kind is not Kind.FLOOR_ONLY and any(self.finder.line_in(f, match.unit) for f in limb.floor):
            faults.append(Fault(Kind.FLOOR_ONLY, match.unit, self.finder.telling(match), REASONS[Kind.FLOOR_ONLY]))
        for alone in (Kind.NOT_OPERATIVE, Kind.OUTSIDE):  # what such a sentence says besides does not matter
            if any(f.kind is alone for f in faults):
                faults = [f for f in faults if f.kind is alone]
        faults = list({f.kind: f for f in reversed(faults)}.values())
        return Trial(line, match, Status.WEAKENED if faults else Status.MET, doubt, faults)

    def stated(self, limb: Limb, unit: Unit) -> Trial:
        """The trial of a unit that is taken to state the limb's demand, no matter in what words.

        Turned down where the limb's lines all want an act done and the unit's main verb is denied.
        """
        at = _main_verb(unit)
        match = Match(limb.met[0], unit, hits=[(at, at + 1)])
        if self._elsewhere(limb, unit):
            return Trial(match.line, match, None, "It is about something else.")
        wording = self._wording(unit, (at, at + 1), limb, ())
        marks = {term.mark for line in limb.met for term in line.terms}
        if wording.condition or (Mark.BARRED not in marks and not wording.positive):
            return Trial(match.line, match, None, "It is put the other way.")
        return self._weighed(match, [wording], limb)

    def _best(self, match: Match, spans: list[Span], term: Term, limb: Limb) -> Wording:
        """The act's wording where it is put most firmly in the way that is wanted."""
        own = [s for s in spans if s[1] > match.unit.own] or spans
        wordings = [self._wording(match.unit, span, limb, term.lists) for span in own]
        return min(wordings, key=lambda w: (w.condition, not _put_as_wanted(w, term, limb), len(w.flags)))

    def _wording(self, unit: Unit, span: Span, limb: Limb, lists: Iterable[str]) -> Wording:
        written = frozenset(word for name in lists for word in self.finder.reading.lexicon.negations(name))
        return wording_of(unit.row.words, span, lambda name: self.finder.in_unit((name,), unit), unit.row.ends,
                          limb.right, unit.own, written)

    def _elsewhere(self, limb: Limb, unit: Unit) -> Line | None:
        """The line by which the passage is about something else, if any."""
        return next((line for line in limb.not_about if self.finder.line_in(line, unit)), None)

    def _accepted(self, limb: Limb, unit: Unit) -> list[tuple[Kind, Span]]:
        """The kinds of weakness that the limb allows in the unit, each with words beside which it is allowed."""
        return [(line.kind, span) for line in limb.accepts if line.kind
                for match in [self.finder.line_in(line, unit)] if match for span in match.hits]

    def _standing(self, match: Match) -> list[Fault]:
        units = [match.unit, *match.joined]
        for unit in units:
            if not unit.operative or self._disowned(unit):
                return [Fault(Kind.NOT_OPERATIVE, unit, self.finder.telling(match), REASONS[Kind.NOT_OPERATIVE])]
        for unit in units:
            outside = self.finder.in_unit(("outside",), unit)
            if outside:
                return [Fault(Kind.OUTSIDE, unit, outside[0], REASONS[Kind.OUTSIDE])]
        return []

    def _disowned(self, unit: Unit) -> bool:
        """Whether its own section says that it has no effect; what is said so of another document does not count."""
        said = [u for u in (unit, *self.finder.reading.around(unit)) if self.finder.in_unit(("no effect",), u)]
        return any(not self.finder.in_unit(("other document",), u) for u in said)

    def _narrowing(self, limb: Limb, demand: Unit) -> list[Fault]:
        """Limits in the passage itself, or in one that says what it applies to ("Paragraph 4.1 has effect for …")."""
        applying = [u for u in self.finder.reading.referrers.get(demand.provision.index, ())
                    if u.operative and self.finder.in_unit(("takes effect",), u)
                    and not self.finder.in_unit(("override",), u)]
        faults = []
        for unit, line in ((u, line) for u in (demand, *applying) for line in limb.narrowed):
            found = self.finder.line_in(line, unit)
            if found:
                shown, span = self.finder.telling_place(found)
                faults.append(Fault(Kind.NARROWED, shown, span, line.why or REASONS[Kind.NARROWED]))
        return faults

    def _opposed(self, line: Line, limb: Limb) -> Iterator[Trial]:
        for match in self.finder.matches(line):
            if not match.unit.operative or self._elsewhere(limb, match.unit):
                continue
            wordings = [(self._best(match, spans, term, limb), term) for spans, term in match.acts]
            if all(_put_as_wanted(w, term, limb) and not w.condition for w, term in wordings):
                yield Trial(line, match, Status.CONTRADICTED, line.why or "It rules the opposite.")
