"""What the outputs show, read from the register one body at a time, so that hundreds need no more memory than one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from constitution_check.model import Verdict
from constitution_check.survey.tables import Check, Document, Found, Quoted

if TYPE_CHECKING:
    from constitution_check.survey.register import Kept, Register


@dataclass(frozen=True)
class Quotation:
    """A passage: where it stands, its words, the weak words in it as (start, end), why it falls short."""

    place: str
    quote: str
    marks: tuple[tuple[int, int], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Cell:
    """One safeguard in one document."""

    safeguard: str
    theme: str
    title: str
    verdict: Verdict
    contradicted: bool
    needs_review: bool
    confidence: float
    says: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class Version:
    """One document of a body, with its findings. latest: none of the body's documents in this survey is later."""

    document: int
    check: int
    key: str
    body: str
    kind: str
    file: str
    sha256: str
    library: str
    program: str
    checked_at: datetime
    dated: date | None
    version: str
    unread: tuple[tuple[str, str], ...]
    gaps: int
    latest: bool = True
    cells: tuple[Cell, ...] = field(default=(), repr=False)


def surveyed(register: Register, kept: Iterable[Kept]) -> list[Version]:
    """The documents of a survey without their findings: bodies by name, the latest document of each first."""
    with register.session() as session:
        found = [one for each in dict.fromkeys(kept) if (one := _version(session, each.document, each.check))]
    return in_order(found)


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Bodies by name; of each the latest document first, and marked as such."""
    newest_first = sorted(versions, key=lambda v: (day_of(v), v.checked_at, v.document), reverse=True)
    seen: set[str] = set()
    marked = []
    for version in newest_first:
        marked.append(replace(version, latest=version.key not in seen))
        seen.add(version.key)
    return sorted(marked, key=lambda v: (v.key.removeprefix("file "), v.key))  # stable: the latest stays first


def day_of(version: Version) -> date:
    """The day by which a document is put in order: its own, else that of the check."""
    return version.dated or version.checked_at.date()


def with_cells(register: Register, versions: Iterable[Version]) -> Iterator[Version]:
    """The same documents, one after the other, with their findings and quotations."""
    for version in versions:
        with register.session() as session:
            yield replace(version, cells=tuple(_cells(session, version.check)))


def _version(session: Session, document: int, check: int) -> Version | None:
    of, made = session.get(Document, document), session.get(Check, check)
    if of is None or made is None:
        return None
    return Version(document=of.id, check=made.id, key=of.key, body=of.body, kind=made.kind, file=of.file,
                   sha256=of.sha256, library=made.library, program=made.program, checked_at=made.at, dated=made.dated,
                   version=made.version, unread=tuple((what, why) for what, why in made.unread), gaps=made.gaps)


def _cells(session: Session, check: int) -> Iterator[Cell]:
    """The findings of a check; plain rows, since objects of the mapper take three times as long."""
    quoted: dict[str, list[Quotation]] = {}
    for safeguard, place, quote, marks, why in session.execute(
            select(Quoted.safeguard, Quoted.place, Quoted.quote, Quoted.marks, Quoted.why)
            .where(Quoted.check_id == check).order_by(Quoted.id)):
        spans = tuple((start, end) for start, end in marks)
        quoted.setdefault(safeguard, []).append(Quotation(place, quote, spans, why))
    for row in session.execute(
            select(Found.safeguard, Found.theme, Found.title, Found.verdict, Found.contradicted, Found.needs_review,
                   Found.confidence, Found.says).where(Found.check_id == check).order_by(Found.id)):
        yield Cell(row.safeguard, row.theme, row.title, Verdict(row.verdict), row.contradicted, row.needs_review,
                   row.confidence, row.says, tuple(quoted.get(row.safeguard, ())))


def history_of(register: Register, keys: Iterable[str]) -> list[Version]:
    """Every document of these bodies, the oldest first, with the findings of its latest check."""
    with register.session() as session:
        documents = session.scalars(select(Document).where(Document.key.in_(list(keys)))).all()
        found = []
        for document in documents:
            check = session.scalars(select(Check).where(Check.sha256 == document.sha256)
                                    .order_by(Check.at.desc(), Check.id.desc())).first()
            if check is not None and (version := _version(session, document.id, check.id)):
                found.append(version)
    return sorted(with_cells(register, found), key=lambda v: (day_of(v), v.checked_at, v.document))


def bodies_in(register: Register) -> dict[str, str]:
    """Every body of the register: its key and its name."""
    with register.session() as session:
        return {document.key: document.body for document in session.scalars(select(Document).order_by(Document.id))}
