"""A report as the register keeps it: rows to ask questions of, and the whole as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from constitution_check.model import Finding, LimbResult, Report, Status, Verdict
from constitution_check.reports import quoting, story
from constitution_check.reports.clean import clean
from constitution_check.survey.tables import Base, Check, Found, Quoted

MOST_REPORT = 4_000_000
"""Largest report kept whole, in characters; that on a long constitution has 80,000."""

MOST_TEXT = 10_000
"""Longest text kept in one field, in characters; what is cut ends in "[…]"."""

MOST_QUOTATIONS = 12
"""Most passages kept for one finding."""

_WORST_FIRST = (Status.CONTRADICTED, Status.WEAKENED, Status.ABSENT, Status.MET)


def text(written: str) -> str:
    """A text that any database holds and any reader may be shown."""
    shown = clean(written)
    return shown if len(shown) <= MOST_TEXT else shown[:MOST_TEXT] + " […]"


def check_of(report: Report, program: str) -> Check:
    """The row of the check itself."""
    source = report.sources[0]
    whole = report.model_dump(mode="json")
    size = len(report.model_dump_json())
    return Check(sha256=source.sha256, library=report.library.version, program=program, at=report.checked_at,
                 body=text(report.body.name), kind=report.body.kind, dated=source.dated.day if source.dated else None,
                 version=text(source.version), pages=source.pages, words=source.words, gaps=len(report.gaps),
                 contradicted=report.summary.contradicted, report=whole if size <= MOST_REPORT else None,
                 unread=[[text(part.what), text(part.why)] for one in report.sources for part in one.unread])


def rows_of(report: Report, check: int) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
    """The rows of what a check found, by table."""
    yield Found, [_found(finding, report, check) for finding in report.findings]
    yield Quoted, [row for finding in report.findings for row in _quoted(finding, check)]


def forget(session: Session, check: Check) -> None:
    """Take out an earlier check of the same document by the same library and program."""
    old = session.scalars(select(Check.id).where(Check.sha256 == check.sha256, Check.library == check.library,
                                                 Check.program == check.program)).all()
    for table in (Quoted, Found):
        session.execute(delete(table).where(table.check_id.in_(old)))
    session.execute(delete(Check).where(Check.id.in_(old)))


def _found(finding: Finding, report: Report, check: int) -> dict[str, Any]:
    return {"check_id": check, "safeguard": finding.safeguard, "theme": text(finding.theme),
            "title": text(finding.title), "verdict": finding.verdict.value, "contradicted": finding.contradicted,
            "needs_review": finding.needs_review, "confidence": finding.confidence,
            "as_current": finding.as_current.value if finding.as_current else None,
            "says": text(story.headline(finding, report)),
            "limbs": {limb.limb: limb.status.value for limb in finding.limbs}}


def _quoted(finding: Finding, check: int) -> Iterator[dict[str, Any]]:
    """The passages, those first that decide the verdict."""
    passages = quoting.passages(_telling(finding), several=False)
    for passage in passages[:MOST_QUOTATIONS]:
        yield {"check_id": check, "safeguard": finding.safeguard, "place": text(passage.place),
               "quote": text(passage.quote), "why": text(" ".join(passage.whys)),
               "marks": [list(mark) for mark in passage.marks if mark[1] <= MOST_TEXT]}


def _telling(finding: Finding) -> Iterable[LimbResult]:
    order = _WORST_FIRST[::-1] if finding.verdict is Verdict.PRESENT else _WORST_FIRST
    return sorted(finding.limbs, key=lambda limb: (not limb.essential, order.index(limb.status)))
