"""The back of the gap report: what a person should look at, sources, how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.document import Document
from docx.shared import Pt

from constitution_check import words
from constitution_check.model import Kind, Report
from constitution_check.reports import story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_front import UNREAD_ON_FRONT
from constitution_check.reports.word_parts import add_row, bookmark_name, fill, heading, link, table
from constitution_check.reports.word_styles import MUTED

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


def write_back(document: Document, report: Report, library: Library) -> None:
    """Everything after the last safeguard."""
    _review(document, report)
    _sources(document, report, library)
    _about(document, report)


def _review(document: Document, report: Report) -> None:
    findings = story.to_review(report)
    if not findings:
        return
    heading(document, "A person should look at", 1, "_Toc_review")
    for finding in findings:
        paragraph = document.add_paragraph(style="List Bullet")
        link(paragraph, bookmark_name(finding.safeguard), clean(finding.title).rstrip("."))
        paragraph.add_run(f" ({words.verdict_words(finding).lower()}). {story.review_reason(finding, report)}")


def _sources(document: Document, report: Report, library: Library) -> None:
    heading(document, "Sources", 1, "_Toc_sources")
    document.add_paragraph("Where each safeguard comes from, with the date at which its source was read.")
    for finding in report.findings:
        sources = library.get(finding.safeguard).sources
        if sources:
            paragraph = document.add_paragraph(style=MUTED)
            paragraph.add_run(f"{clean(finding.title).rstrip('.')}: ").bold = True
            paragraph.add_run("; ".join(f"{clean(s.text).rstrip('.')} ({s.date})" if s.date else clean(s.text)
                                        for s in sources))


def _about(document: Document, report: Report) -> None:
    heading(document, "About this report", 1, "_Toc_about")
    document.add_paragraph(words.ONLY_WHAT_WAS_READ)
    unread = story.unread(report)
    if len(unread) > UNREAD_ON_FRONT:
        for what, why in unread:
            document.add_paragraph(f"{what}: {why}", style="List Bullet")
    _kinds(document, report)
    document.add_paragraph(words.NOT_LEGAL_ADVICE).paragraph_format.space_before = Pt(10)
    for source in report.sources:
        document.add_paragraph(f"{clean(source.name)}: SHA-256 {source.sha256}", style=MUTED)
    document.add_paragraph(f"{report.tool.name} {report.tool.version}, library {report.library.version}.", style=MUTED)


def _kinds(document: Document, report: Report) -> None:
    """What each kind of weakness means, for the kinds that this report names."""
    seen = {w.kind for finding in report.findings for limb in finding.limbs for w in limb.weaknesses}
    if not seen:
        return
    heading(document, "What the weaknesses mean", 2, "_Toc_kinds")
    widths = (5.4, 11.0)
    made = table(document, ("Weakness", "What it means"), widths, "The kinds of weakness in this report, explained")
    for kind in (kind for kind in Kind if kind in seen):
        row = add_row(made, widths)
        fill(row.cells[0], words.KINDS[kind].label, bold=True)
        fill(row.cells[1], words.KINDS[kind].meaning)
