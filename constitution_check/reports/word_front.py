"""The front of the gap report: the page for a chair, the contents, the table of all safeguards."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from constitution_check import words
from constitution_check.model import Finding, Report
from constitution_check.reports import law, palette, story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_parts import add_row, bookmark_name, fill, heading, link, table
from constitution_check.reports.word_styles import CELL, MUTED

WORST_ON_FRONT = 6  # so that the front stays one page


def write_front(document: Document, report: Report, gaps: Sequence[Finding]) -> Paragraph:
    """Everything before the first gap; gives the heading that the contents go before."""
    document.add_paragraph("Gap report", style="Title")
    document.add_paragraph(story.body_words(report), style="Subtitle")
    _facts(document, report)
    _counts(document, report)
    _worst(document, report, gaps)
    _unread(document, report)
    document.add_paragraph(words.NOT_LEGAL_ADVICE, style=MUTED)
    document.add_paragraph("Contents", style="TOC Heading").paragraph_format.page_break_before = True
    overview = heading(document, "All safeguards", 1, "_Toc_all")
    _overview(document, report, gaps)
    return overview


def _facts(document: Document, report: Report) -> None:
    for source in report.sources:
        _fact(document, "What was checked", story.source_words(source))
    _fact(document, "When", story.date_words(report))
    if words_on_law := law.law_words(report):
        _fact(document, "Date and law", words_on_law)
    _fact(document, "Against", f"{words.count(report.library.safeguards, 'safeguard')}, "
                               f"library version {report.library.version[:12]}")
    for source in report.sources:
        if revisions := story.revisions_words(source):
            document.add_paragraph(revisions).paragraph_format.space_after = Pt(2)
        for note in source.notes:
            document.add_paragraph(clean(note)).paragraph_format.space_after = Pt(2)


def _fact(document: Document, name: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(f"{name}: ").bold = True
    paragraph.add_run(text)


def _counts(document: Document, report: Report) -> None:
    heading(document, "In short", 1, "_Toc_short")
    document.add_paragraph(story.counts(report))
    summary = report.summary
    cells = [(words.VERDICTS[verdict], getattr(summary, verdict.value), tone)
             for verdict, tone in palette.TONES.items()]
    cells.append(("Contradicted", summary.contradicted, palette.CONTRADICTED))
    widths = [4.1] * len(cells)
    made = table(document, [name for name, _, _ in cells], widths, "How many safeguards have each verdict")
    row = add_row(made, widths)
    for cell, (_, number, tone) in zip(row.cells, cells, strict=True):
        paragraph = fill(cell, str(number), bold=True, ink=tone.ink, ground=tone.ground)
        paragraph.runs[0].font.size = Pt(22)


def _worst(document: Document, report: Report, gaps: Sequence[Finding]) -> None:
    if not gaps:
        document.add_paragraph("No gaps were found: every safeguard in the library is there.")
        return
    contradicted = any(finding.contradicted for finding in gaps)
    heading(document, "Contradicted, and worst first" if contradicted else "Worst first", 2, "_Toc_worst")
    for number, finding in enumerate(gaps[:WORST_ON_FRONT], 1):
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{clean(finding.title).rstrip('.')} ({words.verdict_words(finding).lower()}). ").bold = True
        paragraph.add_run(f"{story.headline(finding, report)} See ")
        link(paragraph, bookmark_name(finding.safeguard), f"gap {number}")
        paragraph.add_run(".")
    rest = len(gaps) - WORST_ON_FRONT
    if rest > 0:
        more = f"{words.count(rest, 'more gap')} {'is' if rest == 1 else 'are'}"
        document.add_paragraph(f"{more} in the table of all safeguards.")


def _unread(document: Document, report: Report) -> None:
    heading(document, "What could not be read", 2, "_Toc_unread")
    items = story.unread(report)
    if not items:
        document.add_paragraph("Nothing: the whole of the document was read.")
        return
    for what, why in items[:8]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(what).bold = True
        paragraph.add_run(f": {why}")
    if len(items) > 8:
        document.add_paragraph(f"{len(items) - 8} more are named at the end of this report.")


def _overview(document: Document, report: Report, gaps: Sequence[Finding]) -> None:
    order = {finding.safeguard: number for number, finding in enumerate(gaps, 1)}
    widths = (7.6, 2.9, 4.1, 1.8)
    made = table(document, ("Safeguard", "Verdict", "Paragraph", "More"), widths,
                 "Every safeguard in the library, its verdict, and the paragraph that shows it")
    for finding in report.findings:
        row, tone = add_row(made, widths), palette.tone_of(finding)
        fill(row.cells[0], finding.title, bold=True)
        row.cells[0].add_paragraph(clean(finding.theme), style=CELL)
        fill(row.cells[1], words.verdict_words(finding), bold=True, ink=tone.ink, ground=tone.ground)
        fill(row.cells[2], story.where(finding, report))
        more = f"Gap {order[finding.safeguard]}" if finding.safeguard in order else "Evidence"
        link(fill(row.cells[3], ""), bookmark_name(finding.safeguard), more)
