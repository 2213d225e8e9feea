"""The tables of the register: documents by body, checks by document and library, what each check found.

A check is kept once for each document (by the hash of its content), library and program; the bodies whose
constitution it is are listed apart, so that a file under two names is checked once.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

FORM = "1"
"""The form of these tables; a register of another form is refused, never rewritten."""


class Base(DeclarativeBase):
    """Every table of the register."""

    type_annotation_map: ClassVar = {dict[str, Any]: JSON, list[Any]: JSON, datetime: DateTime(timezone=True)}


class Fact(Base):
    """A fact about the register itself: its form."""

    __tablename__ = "register"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


class Document(Base):
    """A document of a body. key: the body's name without what varies in writing it. first, last: when it was given."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("key", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(400), index=True)
    body: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    first: Mapped[datetime]
    last: Mapped[datetime]


class Check(Base):
    """One check of a document. dated: the day that the document gives itself. report: the whole report (JSON), None
    where it is larger than the register takes. unread: [what, why] of each part that could not be read."""

    __tablename__ = "checks"
    __table_args__ = (UniqueConstraint("sha256", "library", "program"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    library: Mapped[str] = mapped_column(String(64))
    program: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    body: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    dated: Mapped[date | None]
    version: Mapped[str]
    pages: Mapped[int | None]
    words: Mapped[int]
    gaps: Mapped[int]
    contradicted: Mapped[int]
    unread: Mapped[list[Any]]
    report: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)


class Found(Base):
    """One safeguard's finding in one check. `says` is the finding in a sentence."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("check_id", "safeguard"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"))
    safeguard: Mapped[str] = mapped_column(String(100))
    theme: Mapped[str]
    title: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(20))
    contradicted: Mapped[bool]
    needs_review: Mapped[bool]
    confidence: Mapped[float]
    as_current: Mapped[str | None] = mapped_column(String(20))
    says: Mapped[str]
    limbs: Mapped[dict[str, Any]]


class Quoted(Base):
    """A passage that a finding rests on, or comes near; place: "paragraph 8.6.3(g), page 12". marks: [start, end] of
    the weak words. why: why it falls short, "" where it counts."""

    __tablename__ = "quotations"
    __table_args__ = (Index("quotations_of_a_finding", "check_id", "safeguard"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"))
    safeguard: Mapped[str] = mapped_column(String(100))
    place: Mapped[str]
    quote: Mapped[str]
    marks: Mapped[list[Any]]
    why: Mapped[str]
