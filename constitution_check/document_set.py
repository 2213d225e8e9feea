"""A constitution with the handbooks and policies read beside it, judged as one set.

What the constitution says itself is judged first and wins. What stands only in a document beside it is `outside`,
and a passage there that rules the opposite, or sets the constitution's clause aside, counts. A document that the
constitution makes part of itself (`incorporation`) is read as its text. Why so: docs/decisions/0006.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from constitution_check.candidates import Fault
from constitution_check.clause_records import Safeguard
from constitution_check.foreign_overrides import ForeignOverrides
from constitution_check.incorporation import words_that_join
from constitution_check.judge import bind, decide
from constitution_check.judge_records import Judged
from constitution_check.lexicon import Lexicon
from constitution_check.match import Finder
from constitution_check.model import Constitution, Evidence, Kind, Status
from constitution_check.sweep import Sweep
from constitution_check.units import Unit, read_units

_EMPTY = {Kind.FLOOR_ONLY, Kind.NOT_OPERATIVE}
_STANDS = (Status.MET, Status.WEAKENED)
_IN_A_PART = "It rests on another document, which the constitution makes part of itself."
_DENIED_BESIDE = "A document read beside the constitution seems to say the opposite."
_NOT_FOUND_THERE = "The constitution leaves it to another document, and none that was read beside it says so."


@dataclass
class Document:
    """One document made ready to be judged. joined_by: the constitution's words that make it part of itself."""

    constitution: Constitution
    finder: Finder
    sweep: Sweep
    joined_by: Evidence | None = None

    @classmethod
    def ready(cls, constitution: Constitution, lexicon: Lexicon, like: Finder | None = None) -> Document:
        """Cut into units, indexed and swept; like: the finder of another version, whose finds are taken over."""
        finder = Finder(read_units(constitution, lexicon), like)
        return cls(constitution, finder, Sweep(finder))

    def holds(self, unit: Unit) -> bool:
        """Whether the unit is one of this document's."""
        units = self.finder.reading.units
        return unit.index < len(units) and units[unit.index] is unit


@dataclass
class DocumentSet:
    """The constitution and what is read beside it, in the order given."""

    main: Document
    others: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        for other in self.others:
            other.joined_by = words_that_join(self.main.finder.reading, other.constitution)
        self._overriding = [ForeignOverrides(o.finder, o.sweep, self.main.finder.reading, self.main.sweep,
                                             o.constitution.source) for o in self.others]

    def home(self, unit: Unit) -> Document:
        """The document in which the unit stands."""
        return next((other for other in self.others if other.holds(unit)), self.main)

    def judge(self, safeguard: Safeguard) -> list[Judged]:
        """Every limb of the safeguard over the whole set, in its order."""
        judged = decide(safeguard, self.main.finder, self.main.sweep)
        if self.others:
            # What another document adds or takes away is for the rules: the model has read constitutions only.
            beside = [decide(safeguard, other.finder, other.sweep, by_rules=True) for other in self.others]
            for n, one in enumerate(judged):
                self._take_in(one, [(other, there[n]) for other, there in zip(self.others, beside, strict=True)])
        bind(judged)
        return judged

    def _take_in(self, one: Judged, theirs: Sequence[tuple[Document, Judged]]) -> None:
        """Change the constitution's limb by what the other documents say of it."""
        if one.status is Status.CONTRADICTED:
            return
        own = [(doc, other) for doc, other in theirs if doc.joined_by]
        beside = [(doc, other) for doc, other in theirs if not doc.joined_by]
        self._read_parts(one, own)
        self._read_beside(one, beside)
        self._undo(one, theirs)

    def _read_parts(self, one: Judged, parts: Sequence[tuple[Document, Judged]]) -> None:
        best = _best(other for _, other in parts)
        if best and not _firm(one) and (_firm(best) or one.status is Status.ABSENT):
            one.status, one.trial, one.trials = best.status, best.trial, [*best.trials, *one.trials]
            one.faults, one.doubt = list(best.faults), one.doubt or _IN_A_PART
        self._oppose(one, parts)

    def _read_beside(self, one: Judged, beside: Sequence[tuple[Document, Judged]]) -> None:
        best = _best(other for _, other in beside)
        left_to_it = one.status is Status.WEAKENED and one.kinds == {Kind.OUTSIDE}
        if best and best.trial and (not _firm(one) or left_to_it):
            pointing = one.faults if left_to_it else []
            if Kind.OUTSIDE not in best.kinds and not pointing:
                pointing = [self._outside(best)]
            one.faults = list({f.kind: f for f in reversed([*pointing, *best.faults])}.values())
            one.status, one.doubt = Status.WEAKENED, one.doubt or best.doubt
            if not left_to_it:
                one.trial = best.trial
            one.trials = [*best.trials, *one.trials]
        elif left_to_it and beside and not any(other.status is Status.CONTRADICTED for _, other in beside):
            one.doubt = one.doubt or _NOT_FOUND_THERE
            one.faults = [Fault(f.kind, f.unit, f.span, f"{f.why} {_NOT_FOUND_THERE}") for f in one.faults]
        self._oppose(one, beside, left_to_it and best is None)

    def _outside(self, best: Judged) -> Fault:
        assert best.trial is not None
        match, home = best.trial.match, self.home(best.trial.match.unit)
        return Fault(Kind.OUTSIDE, match.unit, home.finder.telling(match),
                     f"It stands only in {home.constitution.source}, which can be changed without changing the "
                     "constitution.")

    def _oppose(self, one: Judged, theirs: Sequence[tuple[Document, Judged]], pointed_there: bool = False) -> None:
        """What another document rules against the limb: the opposite where nothing here meets it, else an override."""
        opposed = [(doc, other) for doc, other in theirs if other.status is Status.CONTRADICTED and other.trial]
        if not opposed:
            return
        doc, other = opposed[0]
        assert other.trial is not None
        if one.status not in _STANDS or not _firm(one) or pointed_there:
            one.status, one.trial, one.faults = Status.CONTRADICTED, other.trial, []
            one.trials = [*other.trials, *one.trials]
        elif other.trial.line in one.limb.opposed:
            _override(one, Fault(Kind.OVERRIDDEN, other.trial.match.unit, other.trial.match.hits[0],
                                 f"{doc.constitution.source} rules the opposite."))
        else:
            one.doubt = one.doubt or _DENIED_BESIDE

    def _undo(self, one: Judged, theirs: Sequence[tuple[Document, Judged]]) -> None:
        """What another document sets aside of the constitution's own passage."""
        if one.status not in _STANDS or one.trial is None or not self.main.holds(one.trial.match.unit):
            return
        for overriding in self._overriding:
            for fault in overriding.faults(one.limb, one.trial)[:1]:
                _override(one, fault)


def _best(judged: Iterable[Judged]) -> Judged | None:
    """The limb put most firmly: met before weakened, fewer weaknesses first; None where none stands."""
    standing = [j for j in judged if j.status in _STANDS and j.trial]
    return min(standing, key=lambda j: (not _firm(j), len(j.faults)), default=None)


def _firm(one: Judged) -> bool:
    """Whether the limb stands in text that binds and says more than statute."""
    return one.status in _STANDS and not one.kinds & _EMPTY


def _override(one: Judged, fault: Fault) -> None:
    if Kind.OVERRIDDEN not in one.kinds:
        one.faults = [*one.faults, fault]
    one.status = Status.WEAKENED
