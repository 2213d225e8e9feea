"""What is to be written into a copy of a document: remarks on its words, and wording to ask for. No format, no file."""

from __future__ import annotations

from constitution_check.model import Record

AUTHOR, INITIALS = "Constitution Check", "CC"


class Line(Record):
    """One paragraph of a comment: a label, to be set apart, and what follows it."""

    label: str = ""
    text: str = ""

    @property
    def whole(self) -> str:
        """Label and text as running text."""
        return f"{self.label} {self.text}".strip()


class Spot(Record):
    """Words of the document: the number of their provision, the words, where they begin in its text (None: unknown).

    passage, passage_start: a longer quotation of the same provision in which the words stand, "" where none is known.
    """

    paragraph: str
    quote: str
    start: int | None = None
    passage: str = ""
    passage_start: int = 0
    page: int | None = None


class Remark(Record):
    """A comment on words of the document."""

    spot: Spot
    lines: tuple[Line, ...]


class Ask(Record):
    """Wording to ask for, and what is known of where it belongs.

    beside: passages of the same safeguard, the likeliest first. near: passages that come near it in words.
    subject: what it is about, in the library's words.
    """

    safeguard: str
    title: str
    wordings: tuple[str, ...]
    lines: tuple[Line, ...]
    beside: tuple[Spot, ...] = ()
    near: tuple[Spot, ...] = ()
    subject: str


class Notes(Record):
    """All that is to be written into one copy. sha256: of the file that was checked. date: ISO 8601, UTC."""

    name: str
    sha256: str
    date: str
    summary: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    asks: tuple[Ask, ...]


class Written(Record):
    """What was written: how many comments on words, how many safeguards wording was put in for, in how many paragraphs.

    loose: remarks whose words could not be found at their place, so that the comment stands on the paragraph.
    notes: what the reader should know of the copy, one or two sentences each.
    """

    comments: int
    asks: int
    paragraphs: int = 0
    loose: int = 0
    notes: tuple[str, ...] = ()
