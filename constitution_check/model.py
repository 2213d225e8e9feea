"""Every noun of the project, as frozen records.

The vocabulary is fixed: a Block is one piece of text as it lay in the file, a Provision a
numbered unit and its place in the tree, a Finding one safeguard's result. Records hold
facts; the rules that produce them live in the modules named after the verb.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what readers give ---------------------------------------------------------------------

BlockKind = Literal["heading", "paragraph", "cell", "footnote", "endnote", "textbox", "contents"]


class Block(Record):
    """One piece of text as it lay in the file, in document order.

    text: the words, without the automatic label, white space folded to single spaces.
    label: the automatic number or bullet as Word shows it before the text, else "".
    level: list level of the automatic number, 0 outermost; None where there is none.
    heading_level: 1-9 for a heading by style, outline level or mark-up; None otherwise.
    indent: left edge of the text in points where the format tells it.
    page: physical page from 1, None where the format has no pages.
    printed_page: the number printed on that page where it is another, else "".
    cell: (table, row, column), each from 0, for text that lay in a table.
    hidden: the text is formatted as hidden.
    colour: text colour as RRGGBB where the whole block has one that is not black.
    prompt: the whole block is the prompt of a content control that nobody has filled in.
    doubtful: spans (start, end) of the text whose words were read from a picture and are uncertain.
    """

    text: str
    kind: BlockKind = "paragraph"
    style: str = ""
    label: str = ""
    level: int | None = None
    heading_level: int | None = None
    indent: float | None = None
    page: int | None = None
    printed_page: str = ""
    cell: tuple[int, int, int] | None = None
    hidden: bool = False
    colour: str = ""
    prompt: bool = False
    doubtful: tuple[tuple[int, int], ...] = ()


class Unread(Record):
    """Something that could not be read, and why, both as a reader would say it."""

    what: str
    why: str


class Change(Record):
    """One tracked change. `date` is as the file gives it (ISO 8601) or ""."""

    kind: Literal["insertion", "deletion"]
    author: str = ""
    date: str = ""
    text: str = ""


class Reading(Record):
    """What a reader found in one file.

    blocks: the text as proposed (tracked changes accepted).
    current: the text as it stands (tracked changes rejected), None where nothing is tracked.
    pages: number of physical pages, None where the format has none.
    ocr_pages: the physical pages whose words were read from a picture.
    """

    name: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    current: tuple[Block, ...] | None = None
    changes: tuple[Change, ...] = ()
    pages: int | None = None
    unread: tuple[Unread, ...] = ()
    ocr_pages: tuple[int, ...] = ()


# --- the constitution as read --------------------------------------------------------------

BodyKind = Literal["ccg", "icb", "unknown"]
Standing = Literal["operative", "contents", "foreword", "note", "placeholder", "cover"]


class Body(Record):
    """The body whose constitution it is. `name` is "" where the text does not give one."""

    kind: BodyKind = "unknown"
    name: str = ""


class Provision(Record):
    """A unit of the text and its place in the tree.

    index: position in document order, from 0.
    number: the full citation, e.g. "8.6.3(g)"; for an unnumbered paragraph "after 4.2".
    label: what the document shows before the text, e.g. "(g)"; "" where nothing.
    level: depth in the tree, 0 for a top-level section.
    heading: the nearest heading above (for a heading itself, its own text).
    parent: index of the provision it hangs from (the stem of an item), None at the top.
    is_heading: the provision is a heading and states nothing by itself.
    standing: "operative", or why its text binds no one.
    part: "" for the body of the constitution, else the schedule or appendix it stands in.
    defines: the term that it explains, where a table of definitions has the term in the cell before it.
    page, printed_page: the physical page from 1, and the number printed on it where that is another, else "".
    doubtful: spans (start, end) of the text whose words were read from a picture and are uncertain.
    """

    index: int
    number: str
    label: str = ""
    level: int = 0
    heading: str = ""
    text: str
    page: int | None = None
    parent: int | None = None
    is_heading: bool = False
    standing: Standing = "operative"
    part: str = ""
    defines: str = ""
    doubtful: tuple[tuple[int, int], ...] = ()
    printed_page: str = ""


class Constitution(Record):
    """The instrument as read: its source's name, the body, its provisions in order."""

    source: str
    title: str = ""
    body: Body = Body()
    provisions: tuple[Provision, ...]

    def children(self, provision: Provision) -> tuple[Provision, ...]:
        """The provisions that hang directly from this one, in order."""
        return tuple(p for p in self.provisions if p.parent == provision.index)


# --- the judgement -------------------------------------------------------------------------


class Kind(StrEnum):
    """Why a limb falls short; the one vocabulary of weaknesses."""

    NO_DUTY = "no_duty"
    WEAK_VERB = "weak_verb"
    QUALIFIED = "qualified"
    SUBJECTIVE = "subjective"
    NARROWED = "narrowed"
    OVERRIDDEN = "overridden"
    OUTSIDE = "outside"
    NOT_OPERATIVE = "not_operative"
    FLOOR_ONLY = "floor_only"


class Status(StrEnum):
    """What the text does with one limb."""

    MET = "met"
    WEAKENED = "weakened"
    CONTRADICTED = "contradicted"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What the text does with a safeguard; computed from its limbs, never set."""

    PRESENT = "present"
    WEAKENED = "weakened"
    MISSING = "missing"


Basis = Literal["rules", "model"]


class Evidence(Record):
    """A verbatim span: `quote` is characters `start` to `end` of the provision's text."""

    source: str
    paragraph: str
    heading: str = ""
    page: int | None = None
    printed_page: str = ""
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _spans_its_quote(self) -> Evidence:
        if self.end - self.start != len(self.quote) or not self.quote.strip():
            raise ValueError("a quotation must be an exact, non-empty span of the text read")
        return self

    @classmethod
    def of(cls, source: str, provision: Provision, start: int = 0, end: int | None = None) -> Evidence:
        """The span start:end (characters) of the provision's text, the whole by default."""
        stop = len(provision.text) if end is None else end
        return cls(source=source, paragraph=provision.number, heading=provision.heading, page=provision.page,
                   printed_page=provision.printed_page, quote=provision.text[start:stop], start=start, end=stop)


class Near(Evidence):
    """The nearest passage to a limb that is not met, and why it falls short."""

    why: str

    @classmethod
    def because(cls, evidence: Evidence, why: str) -> Near:
        """The same span with a reason in plain English."""
        return cls(**evidence.model_dump(), why=why)


class Weakness(Record):
    """One reason a limb falls short: the words, where they stand, and why in plain English.

    source: the document in which the words stand. start: where the quote begins in the text of its provision.
    """

    kind: Kind
    quote: str
    paragraph: str
    why: str
    source: str = ""
    start: int | None = None


class LimbResult(Record):
    """One limb's status with what shows it. basis: what the status rests on, the rules or the trained model."""

    limb: str
    essential: bool
    status: Status
    basis: Basis = "rules"
    weaknesses: tuple[Weakness, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Near, ...] = ()


class LawNote(Record):
    """What the law was from one day until another (both included; None: always, or to this day)."""

    since: date | None = None
    until: date | None = None
    text: str = Field(min_length=10)

    def in_force(self, day: date) -> bool:
        """Whether it was the law on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _without(data: Any, *computed: str) -> Any:
    return {key: value for key, value in data.items() if key not in computed} if isinstance(data, dict) else data


def verdict_of(limbs: tuple[LimbResult, ...]) -> Verdict:
    """The verdict that the limbs' statuses give: only essential limbs count.

    Present where every one is met, missing where none is met or weakened, else weakened.
    """
    statuses = [limb.status for limb in limbs if limb.essential]
    if all(status is Status.MET for status in statuses):
        return Verdict.PRESENT
    if any(status in (Status.MET, Status.WEAKENED) for status in statuses):
        return Verdict.WEAKENED
    return Verdict.MISSING


class Finding(Record):
    """One safeguard's result. `verdict` and `contradicted` are computed from the limbs.

    confidence: 0-1, an axis of its own. needs_review: a person should look.
    doubts: why a person should look, where there is a reason of its own, in plain English.
    as_current: the verdict on the text with tracked changes rejected, where it differs.
    ask: the wording to ask for. law: what the law was on the day of the report's `law`, and what has become law since.
    """

    safeguard: str
    title: str
    theme: str
    confidence: float = Field(ge=0, le=1)
    needs_review: bool = False
    doubts: tuple[str, ...] = ()
    as_current: Verdict | None = None
    ask: str
    law: tuple[LawNote, ...] = ()
    limbs: tuple[LimbResult, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _compute_again(cls, data: Any) -> Any:
        """A finding read back from JSON: what is computed is not taken from the file but computed again."""
        return _without(data, "verdict", "contradicted")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        """Present, weakened or missing, by the rule of `verdict_of`."""
        return verdict_of(self.limbs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def contradicted(self) -> bool:
        """Whether the text rules the opposite of an essential limb."""
        return any(limb.essential and limb.status is Status.CONTRADICTED for limb in self.limbs)

    @property
    def is_gap(self) -> bool:
        """Whether there is something to ask for: the safeguard is not present."""
        return self.verdict is not Verdict.PRESENT


# --- the report ----------------------------------------------------------------------------


class Revisions(Record):
    """Tracked changes in a source: how many, and by whom."""

    insertions: int = 0
    deletions: int = 0
    authors: tuple[str, ...] = ()


DateKind = Literal["effective", "approved", "version", "commencement", "cover"]


class DocumentDate(Record):
    """The day that a document gives itself.

    day: for a month alone its last day (month_only). kind: what is said of the date: when the text takes effect, when
    it was approved or the like, the last row of the version table, a sentence of commencement, a bare date on the
    cover. evidence: the words.
    """

    day: date
    month_only: bool = False
    kind: DateKind
    evidence: Evidence


class LawDate(Record):
    """The day at which the law is stated, and whether someone gave it, the document did, or it is assumed."""

    day: date
    basis: Literal["given", "document", "assumed"]


class Source(Record):
    """A document that was checked. `words` counts the words of the text as proposed.

    role: the constitution; a handbook or policy read beside it; one that the constitution makes part of itself.
    joined_by: the words of the constitution that make it so. dated, version: as the document says itself.
    notes: what a reader should know of how it was read, one or two sentences each.
    """

    name: str
    sha256: str
    format: str
    pages: int | None = None
    words: int
    role: Literal["constitution", "handbook", "part"] = "constitution"
    joined_by: Evidence | None = None
    dated: DocumentDate | None = None
    version: str = ""
    unread: tuple[Unread, ...] = ()
    revisions: Revisions = Revisions()
    notes: tuple[str, ...] = ()


class Tool(Record):
    """The program that made the report."""

    name: str = "constitution-check"
    version: str


class LibraryStamp(Record):
    """The library that was used: its content hash and its size."""

    version: str
    safeguards: int


class Summary(Record):
    """Counts over the findings; present + weakened + missing is their number."""

    present: int
    weakened: int
    missing: int
    contradicted: int
    needs_review: int


class Report(Record):
    """All findings on one document. `summary` is counted from them.

    `schema` of the JSON form is `schema_version` here because pydantic keeps that name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    schema_version: Literal[1] = Field(default=1, alias="schema")
    tool: Tool
    library: LibraryStamp
    checked_at: datetime
    sources: tuple[Source, ...]
    body: Body
    law: LawDate | None = None
    findings: tuple[Finding, ...]

    @model_validator(mode="before")
    @classmethod
    def _count_again(cls, data: Any) -> Any:
        """A report read back from JSON: the counts are counted again."""
        return _without(data, "summary")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def summary(self) -> Summary:
        """The counts a chair reads first."""
        verdicts = [finding.verdict for finding in self.findings]
        return Summary(
            present=verdicts.count(Verdict.PRESENT),
            weakened=verdicts.count(Verdict.WEAKENED),
            missing=verdicts.count(Verdict.MISSING),
            contradicted=sum(f.contradicted for f in self.findings),
            needs_review=sum(f.needs_review for f in self.findings),
        )

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """The findings that are not present, contradicted first, then missing, then weakened."""
        order = {Verdict.MISSING: 1, Verdict.WEAKENED: 2}
        return tuple(sorted((f for f in self.findings if f.is_gap),
                            key=lambda f: 0 if f.contradicted else order[f.verdict]))
