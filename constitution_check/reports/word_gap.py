"""One section of the gap report: a gap with what to do about it, or what is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.document import Document
from docx.shared import RGBColor

from constitution_check import words
from constitution_check.model import Finding, Report
from constitution_check.reports import law, palette, quoting, story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_parts import bookmark_name, heading
from constitution_check.reports.word_styles import ASK, WEAK
from constitution_check.reports.word_xml import shading

if TYPE_CHECKING:
    from constitution_check.clause_records import Safeguard


def write_gap(document: Document, number: int, finding: Finding, report: Report, safeguard: Safeguard) -> None:
    """Why it matters, what the constitution says, what falls short limb by limb, what to ask for."""
    heading(document, f"Gap {number}: {finding.title}", 2, bookmark_name(finding.safeguard))
    _verdict(document, finding, report)
    document.add_heading("Why it matters", 3)
    document.add_paragraph(clean(safeguard.why))
    document.add_heading("What the constitution says", 3)
    told = quoting.passages(finding.limbs, len(report.sources) > 1)
    for passage in told:
        write_passage(document, passage)
    if not told:
        document.add_paragraph("Nothing was found that comes near it.")
    document.add_heading("What falls short", 3)
    _shortfalls(document, story.shortfalls(finding, report), safeguard)
    _ask(document, finding.ask)


def write_present(document: Document, finding: Finding, report: Report, safeguard: Safeguard) -> None:
    """The passages that secure it, and what would make it firmer where anything would."""
    heading(document, finding.title, 2, bookmark_name(finding.safeguard))
    _verdict(document, finding, report)
    for passage in quoting.passages(finding.limbs, len(report.sources) > 1):
        write_passage(document, passage)
    if short := story.shortfalls(finding, report):
        document.add_heading("What would make it firmer", 3)
        _shortfalls(document, short, safeguard)
        _ask(document, "\n".join(story.wordings(short, safeguard, report)))


def _verdict(document: Document, finding: Finding, report: Report) -> None:
    paragraph, tone = document.add_paragraph(), palette.tone_of(finding)
    run = paragraph.add_run(f"\u00a0{words.verdict_words(finding)}\u00a0")
    run.bold, run.font.color.rgb = True, RGBColor.from_string(tone.ink)
    run._r.get_or_add_rPr().append(shading(tone.ground))
    paragraph.add_run(f" {story.headline(finding, report)}")
    for note in filter(None, (story.tracked(finding, report), *law.law_notes(finding, report),
                              story.review_reason(finding, report) if finding.needs_review else "")):
        document.add_paragraph(note)


def _ask(document: Document, wording: str) -> None:
    document.add_heading("Wording to ask for", 3)
    for line in filter(None, (line.strip() for line in clean(wording).splitlines())):
        document.add_paragraph(line, style=ASK)


def write_passage(document: Document, passage: quoting.Passage) -> None:
    """A quotation with its weak words marked, and under it where it stands."""
    quote = document.add_paragraph("“", style="Quote")
    for text, weak in passage.segments:
        quote.add_run(text, style=WEAK if weak else None)
    quote.add_run("”")
    place = passage.place[0].upper() + passage.place[1:]
    caption = document.add_paragraph(place, style="Caption")
    if passage.heading:
        caption.add_run(f", under “{passage.heading}”")
    for why in passage.whys:
        caption.add_run(". Nearest passage, not enough: ").bold = True
        caption.add_run(why)


def _shortfalls(document: Document, shortfalls: Iterable[story.Shortfall], safeguard: Safeguard) -> None:
    for short in shortfalls:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{story.demand(safeguard, short.limb).rstrip('.')}. ").bold = True
        extra = "" if short.limb.essential else " (an improvement; the verdict does not need it)"
        paragraph.add_run(f"{words.STATUSES[short.limb.status]}{extra}.")
        for label, rest in short.weaknesses:
            line = document.add_paragraph(style="List Bullet 2")
            line.add_run(label).bold = True
            line.add_run(rest)
