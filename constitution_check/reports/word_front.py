"""The front of the gap report: the page for a chair, the contents, the table of all safeguards."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from constitution_check import words
from constitution_check.model import Finding, Report, Verdict
from constitution_check.reports import law, palette, story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_parts import add_row, bookmark_name, fill, heading, link, table
from constitution_check.reports.word_styles import CELL, MUTED

LINES_ON_FRONT = 8  # so that the front stays one page
UNREAD_ON_FRONT = 6


def write_front(document: Document, report: Report, gaps: Sequence[Finding]) -> Paragraph:
    """Everything before the first gap; gives the heading that the contents go before."""
    document.add_paragraph("Gap report", style="Title")
    document.add_paragraph(story.body_words(report), style="Subtitle")
    _facts(document, report)
    _counts(document, report)
    _unread(document, report)
    _worst(document, report, gaps)
    document.add_paragraph(words.NOT_LEGAL_ADVICE, style=MUTED)
    heading(document, "The whole at a glance", 1, "_Toc_whole").paragraph_format.page_break_before = True
    _picture(document, report)
    document.add_paragraph("Contents", style="TOC Heading").paragraph_format.page_break_before = True
    overview = heading(document, "All safeguards", 1, "_Toc_all")
    _overview(document, report, gaps)
    return overview


def _picture(document: Document, report: Report) -> None:
    """The page that shows every safeguard, with the same in words for those who cannot see it."""
    from constitution_check.reports.picture import WIDTH, described, draw_picture

    shape = document.add_picture(BytesIO(draw_picture(report)), width=Inches(WIDTH))
    properties: Any = shape._inline.docPr
    properties.set("name", "Every safeguard by theme")
    properties.set("descr", described(report))


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
    cells.append(("Contradicted", summary.contradicted,
                  palette.CONTRADICTED if summary.contradicted else palette.PLAIN))
    widths = [4.1] * len(cells)
    made = table(document, [name for name, _, _ in cells], widths, "How many safeguards have each verdict")
    row = add_row(made, widths)
    for cell, (_, number, tone) in zip(row.cells, cells, strict=True):
        paragraph = fill(cell, str(number), bold=True, ink=tone.ink, ground=tone.ground)
        paragraph.runs[0].font.size = Pt(22)


def _worst(document: Document, report: Report, gaps: Sequence[Finding]) -> None:
    """Every gap, worst first: what is contradicted or weakened in a line each, what is missing by name."""
    if not gaps:
        document.add_paragraph("No gaps were found: every safeguard in the library is there.")
        return
    heading(document, "Contradicted, and worst first" if gaps[0].contradicted else "Worst first", 2, "_Toc_worst")
    numbers = {finding.safeguard: number for number, finding in enumerate(gaps, 1)}
    denied = [finding for finding in gaps if finding.contradicted]
    lacking = [f for f in gaps if f.verdict is Verdict.MISSING and not f.contradicted]
    weak = [f for f in gaps if f.verdict is Verdict.WEAKENED and not f.contradicted]
    _lines(document, denied[:LINES_ON_FRONT], report, numbers)
    _named(document, "More that are contradicted", denied[LINES_ON_FRONT:])
    _named(document, "Missing", lacking)
    left = max(LINES_ON_FRONT - len(denied), 0)
    _lines(document, weak[:left], report, numbers)
    _named(document, "More that are weakened" if left else "Weakened", weak[left:])


def _lines(document: Document, findings: Sequence[Finding], report: Report, numbers: dict[str, int]) -> None:
    for finding in findings:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{clean(finding.title).rstrip('.')} ({words.verdict_words(finding).lower()}). ").bold = True
        paragraph.add_run(f"{story.headline(finding, report)} See ")
        link(paragraph, bookmark_name(finding.safeguard), f"gap {numbers[finding.safeguard]}")
        paragraph.add_run(".")


def _named(document: Document, what: str, findings: Sequence[Finding]) -> None:
    """Findings of one kind in one paragraph, each a link to its gap."""
    if not findings:
        return
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(f"{what} ({len(findings)}): ").bold = True
    for n, finding in enumerate(findings):
        link(paragraph, bookmark_name(finding.safeguard), clean(finding.title).rstrip("."))
        paragraph.add_run("." if n == len(findings) - 1 else "; ")


def _unread(document: Document, report: Report) -> None:
    items = story.unread(report)
    if not items:
        document.add_paragraph("The whole of the document was read.").paragraph_format.space_before = Pt(5)
        return
    heading(document, "What could not be read", 2, "_Toc_unread")
    for what, why in items[:UNREAD_ON_FRONT]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(what).bold = True
        paragraph.add_run(f": {why}")
    if len(items) > UNREAD_ON_FRONT:
        document.add_paragraph(f"{len(items) - UNREAD_ON_FRONT} more are named at the end of this report.")


def _overview(document: Document, report: Report, gaps: Sequence[Finding]) -> None:
    order = {finding.safeguard: number for number, finding in enumerate(gaps, 1)}
    widths = (7.6, 2.9, 4.1, 1.8)
    made = table(document, ("Safeguard", "Verdict", "Paragraph", "More"), widths,
                 "Every safeguard in the library, its verdict, and the paragraph that shows it")
    theme = ""
    for finding in report.findings:
        row, tone = add_row(made, widths), palette.tone_of(finding)
        if finding.theme != theme:  # said once, above the first of its safeguards
            theme = finding.theme
            fill(row.cells[0], theme, ink=palette.ACCENT)
            row.cells[0].add_paragraph(style=CELL).add_run(clean(finding.title)).bold = True
        else:
            fill(row.cells[0], finding.title, bold=True)
        fill(row.cells[1], words.verdict_words(finding), bold=True, ink=tone.ink, ground=tone.ground)
        fill(row.cells[2], story.where(finding, report))
        more = f"Gap {order[finding.safeguard]}" if finding.safeguard in order else "Evidence"
        link(fill(row.cells[3], ""), bookmark_name(finding.safeguard), more)
