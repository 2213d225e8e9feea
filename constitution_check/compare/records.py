"""What a comparison holds: every safeguard before and after, and the passages side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import ConfigDict, Field, computed_field, model_validator

from constitution_check.compare.courses import Course, course_of_limb, course_of_safeguard, worst_course
from constitution_check.model import (
    Body,
    LawDate,
    LibraryStamp,
    LimbResult,
    Record,
    Source,
    Tool,
    Verdict,
    Weakness,
    verdict_of,
)

__all__ = ["Comparison", "Course", "LimbChange", "Op", "Pair", "Piece", "Place", "SafeguardChange", "Side",
           "TextChanges", "Who"]


_LAST = re.compile(r"[\s;,.:]*(?:\b(?:and|or))?[\s;,.:]*$")


class Op(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(Record):
    """Words that stayed, went or came, spaces included."""

    op: Op
    text: str = Field(min_length=1)


class Place(Record):
    """Where a paragraph stands: the document, the paragraph's number, its heading and page."""

    source: str
    paragraph: str
    heading: str = ""
    page: int | None = None


class Who(Record):
    """Who proposed a tracked change, and when, as the file says (ISO 8601, or "")."""

    author: str = ""
    date: str = ""


class Pair(Record):
    """A paragraph in both versions; `old` or `new` is None where the other version has no such paragraph.

    old_text and new_text follow from the pieces. moved: it stands elsewhere in the order of the text. outside: it has
    left the constitution for a document read beside it ("left"), or has come from one ("came"). by_meaning: the two
    are not alike in words; they are set side by side because each is where its version speaks of the same part.
    """

    old: Place | None
    new: Place | None
    pieces: tuple[Piece, ...]
    moved: bool = False
    outside: Literal["", "left", "came"] = ""
    by_meaning: bool = False
    who: tuple[Who, ...] = ()

    @property
    def old_pieces(self) -> tuple[Piece, ...]:
        """The earlier paragraph, cut where words went."""
        return tuple(piece for piece in self.pieces if piece.op is not Op.ADDED)

    @property
    def new_pieces(self) -> tuple[Piece, ...]:
        """The later paragraph, cut where words came."""
        return tuple(piece for piece in self.pieces if piece.op is not Op.REMOVED)

    @property
    def old_text(self) -> str:
        """The words of the earlier paragraph."""
        return "".join(piece.text for piece in self.old_pieces)

    @property
    def new_text(self) -> str:
        """The words of the later paragraph."""
        return "".join(piece.text for piece in self.new_pieces)

    @property
    def elsewhere(self) -> bool:
        """Whether the later version has it under another number or in another place."""
        return bool(self.old and self.new) and (self.moved or self.old_number != self.new_number)

    @property
    def old_number(self) -> str:
        """The earlier paragraph's number, "" where there is none."""
        return self.old.paragraph if self.old else ""

    @property
    def new_number(self) -> str:
        """The later paragraph's number, "" where there is none."""
        return self.new.paragraph if self.new else ""

    @property
    def reworded(self) -> bool:
        """Whether any word differs, but for the "; and" at the end of an item."""
        return _LAST.sub("", self.old_text) != _LAST.sub("", self.new_text)


def _without(data: Any, *computed: str) -> Any:
    return {key: value for key, value in data.items() if key not in computed} if isinstance(data, dict) else data


class LimbChange(Record):
    """One limb before and after. pairs: places in the safeguard's `pairs` of the passages that bear on it."""

    limb: str
    essential: bool
    was: LimbResult
    now: LimbResult
    pairs: tuple[int, ...] = ()
    reworded: bool = False

    @model_validator(mode="before")
    @classmethod
    def _compute_again(cls, data: Any) -> Any:
        return _without(data, "course")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def course(self) -> Course:
        """Which way the limb went."""
        return course_of_limb(self.was, self.now, self.reworded)

    @property
    def new_weaknesses(self) -> tuple[Weakness, ...]:
        """Those of a kind that was not there before."""
        before = {weakness.kind for weakness in self.was.weaknesses}
        return tuple(w for w in self.now.weaknesses if w.kind not in before)

    @property
    def gone_weaknesses(self) -> tuple[Weakness, ...]:
        """Those of a kind that is there no more."""
        after = {weakness.kind for weakness in self.now.weaknesses}
        return tuple(w for w in self.was.weaknesses if w.kind not in after)


class SafeguardChange(Record):
    """One safeguard before and after; was, now, the contradictions and the course are computed from its limbs."""

    safeguard: str
    title: str
    theme: str
    ask: str
    needs_review: bool = False
    limbs: tuple[LimbChange, ...] = Field(min_length=1)
    pairs: tuple[Pair, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _compute_again(cls, data: Any) -> Any:
        return _without(data, "was", "now", "was_contradicted", "now_contradicted", "course")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def was(self) -> Verdict:
        """The verdict on the earlier version."""
        return verdict_of(tuple(limb.was for limb in self.limbs))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def now(self) -> Verdict:
        """The verdict on the later version."""
        return verdict_of(tuple(limb.now for limb in self.limbs))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def was_contradicted(self) -> bool:
        """Whether the earlier version ruled the opposite of an essential limb."""
        return any(limb.essential and limb.was.status == "contradicted" for limb in self.limbs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def now_contradicted(self) -> bool:
        """Whether the later version rules the opposite of an essential limb."""
        return any(limb.essential and limb.now.status == "contradicted" for limb in self.limbs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def course(self) -> Course:
        """Which way the safeguard went: anything that got weaker counts before anything that got firmer."""
        return course_of_safeguard(self.was, self.now, [limb.course for limb in self.limbs])


class Side(Record):
    """One version: its documents and the body."""

    sources: tuple[Source, ...]
    body: Body


class TextChanges(Record):
    """How many paragraphs of the constitution itself are the same, and what became of the others.

    renumbered: same words, in the same order, under another number. moved: in another place of the order, reworded
    or not. outside: in a document read beside the new version. removed, added: without a counterpart.
    """

    same: int = 0
    renumbered: int = 0
    moved: int = 0
    reworded: int = 0
    outside: int = 0
    removed: int = 0
    added: int = 0


class Comparison(Record):
    """Two versions of a constitution, safeguard by safeguard, worst first.

    tracked: both are one file, as it stands and with its tracked changes accepted. law: the day whose law both are
    read beside. `schema` of the JSON form is `schema_version` here because pydantic keeps that name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    schema_version: Literal[1] = Field(default=1, alias="schema")
    kind: Literal["comparison"] = "comparison"
    tool: Tool
    library: LibraryStamp
    compared_at: datetime
    tracked: bool = False
    law: LawDate | None = None
    old: Side
    new: Side
    text: TextChanges
    changes: tuple[SafeguardChange, ...]

    @model_validator(mode="before")
    @classmethod
    def _count_again(cls, data: Any) -> Any:
        return _without(data, "counts")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def counts(self) -> dict[Course, int]:
        """How many safeguards went which way."""
        courses = [change.course for change in self.changes]
        return {course: courses.count(course) for course in Course}

    @property
    def weaker(self) -> bool:
        """Whether anything got weaker."""
        return any(change.course.is_worse for change in self.changes)

    def of(self, *courses: Course) -> tuple[SafeguardChange, ...]:
        """The safeguards that went these ways, worst first."""
        return tuple(change for change in self.changes if change.course in courses)


def in_order(changes: Sequence[SafeguardChange]) -> tuple[SafeguardChange, ...]:
    """Worst first: by course; within one, newly contradicted first, then the limbs' worst course, then as given."""
    return tuple(sorted(changes, key=lambda c: (
        list(Course).index(c.course), not (c.now_contradicted and not c.was_contradicted),
        list(Course).index(worst_course([limb.course for limb in c.limbs if limb.essential])))))
