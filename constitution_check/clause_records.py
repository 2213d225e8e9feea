"""The library's nouns: a Safeguard, its Limbs, and the lines by which a limb is recognised."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from constitution_check.errors import CheckError
from constitution_check.model import BodyKind, Kind, LawNote, Record, Status, Verdict

Era = Literal["ccg", "icb"]


class Mark(StrEnum):
    """How a term of a line must be found."""

    PLAIN = ""  # in the reading unit
    ACT = "*"  # in the reading unit, and done rather than ruled out
    BARRED = "!"  # in the reading unit, and ruled out rather than done
    NEAR = "~"  # in the reading unit or around it: heading, same section, what it refers to
    BACK = "<"  # in the reading unit or just before it: the paragraph before, or the paragraphs it refers to
    JOINED = "^"  # as NEAR, and the passage that holds it is evidence too


class Term(Record):
    """One term of a line: any of `lists` (ids), wanted or, where `absent`, unwanted."""

    lists: tuple[str, ...]
    mark: Mark = Mark.PLAIN
    absent: bool = False


class Line(Record):
    """Terms that must all hold. `why` is for the reader, `kind` the weakness it shows.

    file and row (from 1) say where it is written. since, until: it applies only to documents of these days (both
    included), by the law of which it is true.
    """

    terms: tuple[Term, ...]
    written: str
    why: str = ""
    kind: Kind | None = None
    file: str = ""
    row: int = 0
    since: date | None = None
    until: date | None = None

    def applies(self, day: date) -> bool:
        """Whether it applies to a document of that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Phrase(Record):
    """One phrase of a word list, and where it is written (row from 1)."""

    text: str
    file: str = ""
    row: int = 0


class Limb(Record):
    """One severable demand, its model wording, and the lines by which it is recognised.

    met: any of these lines shows the demand. short: shows it, but with the line's weakness.
    narrowed: a further weakness of a passage that shows it. opposed: rules the opposite.
    not_about: a passage where one of these holds is about something else. floor: what statute
    demands of every body anyway. accepts: a weakness of this kind does not count where the
    line holds. right: the demand is itself a right, so "may" is no mere power. rides_on: limbs
    whose own passage also carries this one (scope and means). needs: limbs without which this
    one is absent.
    """

    id: str
    essential: bool = True
    demand: str = Field(min_length=10)
    ccg_wording: str = Field(min_length=10)
    icb_wording: str = Field(min_length=10)
    met: tuple[Line, ...] = ()
    short: tuple[Line, ...] = ()
    narrowed: tuple[Line, ...] = ()
    opposed: tuple[Line, ...] = ()
    not_about: tuple[Line, ...] = ()
    floor: tuple[Line, ...] = ()
    accepts: tuple[Line, ...] = ()
    right: bool = False
    rides_on: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


LINE_FIELDS = ("met", "short", "narrowed", "opposed", "not_about", "floor", "accepts")


def _limb_at(limb: Limb, day: date) -> Limb:
    """The limb with the lines that apply on that day; the limb itself where all do."""
    kept = {name: tuple(line for line in getattr(limb, name) if line.applies(day)) for name in LINE_FIELDS}
    changed = {name: lines for name, lines in kept.items() if len(lines) < len(getattr(limb, name))}
    return limb.model_copy(update=changed) if changed else limb


class SourceNote(Record):
    """Where a fact comes from, and when it was said or checked (YYYY, YYYY-MM or YYYY-MM-DD)."""

    date: str = Field(pattern=r"^\d{4}(-\d\d){0,2}$")
    text: str = Field(min_length=5)


class Expected(Record):
    """What an example must give for one limb; `at` are line numbers of the example, from 1."""

    status: Status
    kinds: tuple[Kind, ...] = ()
    at: tuple[int, ...] = ()


class Example(Record):
    """A short passage and what must be found in it: each is a test.

    lines: (kind, text): h heading, p numbered paragraph, a lettered item, i roman item;
    "{line 2}" in a text stands for the number of line 2.
    """

    name: str
    lines: tuple[tuple[Literal["h", "p", "a", "i"], str], ...] = Field(min_length=1)
    verdict: Verdict
    limbs: dict[str, Expected]
    file: str = ""
    row: int = 0


class Saying(Record):
    """A passage of an example: the limbs that it shows, met or weakened, and those that it only seems to show."""

    text: str
    shows: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


class Safeguard(Record):
    """One protection looked for; one file in `clauses/`."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=5)
    theme: str = Field(min_length=3)
    eras: tuple[Era, ...] = Field(min_length=1)
    reviewed: date
    why: str = Field(min_length=40)
    limbs: tuple[Limb, ...] = Field(min_length=1)
    words: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)
    floor: str = ""
    counter_clauses: str = ""
    false_alarms: str = ""
    law: tuple[LawNote, ...] = ()
    sources: tuple[SourceNote, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()
    said: tuple[Saying, ...] = ()

    def limb(self, limb_id: str) -> Limb:
        """The limb of that id. Raises KeyError where there is none."""
        return {limb.id: limb for limb in self.limbs}[limb_id]

    def as_of(self, day: date) -> Safeguard:
        """The safeguard as it is recognised in a document of that day: dated lines only where they apply."""
        limbs = tuple(_limb_at(limb, day) for limb in self.limbs)
        changed = any(now is not then for now, then in zip(limbs, self.limbs, strict=True))
        return self.model_copy(update={"limbs": limbs}) if changed else self

    def law_for(self, day: date, today: date) -> tuple[LawNote, ...]:
        """What the law was on that day, and what has become law since and still is."""
        return tuple(note for note in self.law
                     if note.in_force(day) or (note.since is not None and day < note.since and note.in_force(today)))

    def wording(self, limb_id: str, kind: BodyKind) -> str:
        """The model wording of one limb for a CCG or an ICB (the ICB's for a body unknown)."""
        limb = self.limb(limb_id)
        return limb.ccg_wording if kind == "ccg" else limb.icb_wording

    def ask(self, kind: BodyKind, limbs: tuple[str, ...] = ()) -> str:
        """The wording to ask for, limb by limb: of the limbs named, or of all."""
        wanted = limbs or tuple(limb.id for limb in self.limbs)
        return "\n".join(dict.fromkeys(self.wording(limb_id, kind) for limb_id in wanted))


class Library(Record):
    """All safeguards and word lists; `version` is a hash of every file's content.

    lists: the phrases of every list, by id. A safeguard's own lists have ids "safeguard/name".
    """

    version: str
    safeguards: tuple[Safeguard, ...]
    lists: dict[str, tuple[str, ...]]

    def get(self, safeguard_id: str) -> Safeguard:
        """The safeguard of that id. Raises CheckError, naming near ids, where there is none."""
        for safeguard in self.safeguards:
            if safeguard.id == safeguard_id:
                return safeguard
        from rapidfuzz import process

        near = [found[0] for found in process.extract(safeguard_id, [s.id for s in self.safeguards], limit=3)]
        raise CheckError(f'There is no safeguard "{safeguard_id}" in the library. '
                         f"Did you mean {' or '.join(near)}? `constitution-check safeguards` lists them all.")
