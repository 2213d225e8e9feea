"""When the document dates from, and what the law was: told beside the findings, and deciding nothing."""

from __future__ import annotations

from datetime import date

from constitution_check.model import DocumentDate, Finding, LawDate, Report
from constitution_check.reports.clean import clean
from constitution_check.reports.quoting import paragraph_words


def law_words(report: Report) -> str:
    """The document's date with where it was read, and the day at which the law is stated; "" where neither is known."""
    law, dated = report.law, report.sources[0].dated
    said = f"{_dated_words(dated)} " if dated else ""
    if law is None:
        return said.strip()
    stated = f"The law is stated as it was on {_day(law.day)}"
    if law.basis == "document":
        return f"{said}{stated}."
    if law.basis == "given":
        return f"{said}{stated}, the day asked for."
    why = "the last day of the groups" if report.body.kind == "ccg" else "the day of this check"
    return f"No date could be read in the document. {stated}, {why}."


def law_day_words(law: LawDate) -> str:
    """The day at which the law is stated for two versions."""
    return f"Both are read beside the law as it was on {_day(law.day)}."


def law_notes(finding: Finding, report: Report) -> tuple[str, ...]:
    """What the law was on the day at which it is stated, and what has become law since."""
    day = report.law.day if report.law else report.checked_at.date()
    return tuple(f"{f'The law on {_day(day)}' if note.in_force(day) else f'Law since {_day(note.since or day)}'}: "
                 f"{clean(note.text)}" for note in finding.law)


def _dated_words(dated: DocumentDate) -> str:
    """The date and where it was read: "The document takes effect on 1 July 2022 (on the cover: “…”)."."""
    when = f"in {dated.day:%B %Y}" if dated.month_only else f"on {_day(dated.day)}"
    number = dated.evidence.paragraph
    if dated.kind == "version":
        place = "in its version table"
    else:
        place = "on its cover" if not number or number.startswith("before ") else paragraph_words(number)
    verb = "takes effect" if dated.kind == "effective" else "is dated"
    return f"The document {verb} {when} ({place}: “{clean(dated.evidence.quote).strip()}”)."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
