"""One section of the gap report: a gap with what to do about it, or what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docx.document import Document
from docx.shared import Pt, RGBColor

from constitution_check import words
from constitution_check.model import Finding, Report, Status
from constitution_check.reports import law, palette, quoting, story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_parts import bookmark_name, heading
from constitution_check.reports.word_styles import ASK, NEAREST, WEAK
from constitution_check.reports.word_xml import shading

if TYPE_CHECKING:
    from constitution_check.clause_records import Safeguard


def write_gap(document: Document, number: int, finding: Finding, report: Report, safeguard: Safeguard) -> None:
    """Why it matters, what the constitution says, what falls short limb by limb, what to ask for."""
    heading(document, f"Gap {number}: {finding.title}", 2, bookmark_name(finding.safeguard))
    _verdict(document, finding, report)
    why = document.add_paragraph()
    why.add_run("Why it matters. ").bold = True
    why.add_run(clean(safeguard.why))
    told = quoting.passages(finding.limbs, len(report.sources) > 1)
    if any(not passage.whys for passage in told):
        document.add_heading("What the constitution says", 3)
    for passage in told:
        write_passage(document, passage)
    if not told:
        document.add_paragraph("Nothing was found that comes near it.")
    short = story.shortfalls(finding, report)
    if not all(_is_nothing(one) for one in short):
        document.add_heading("What falls short", 3)
    _shortfalls(document, short, safeguard)
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
    paragraph.paragraph_format.keep_with_next = True
    for note in filter(None, (story.tracked(finding, report), *law.law_notes(finding, report),
                              story.review_reason(finding, report) if finding.needs_review else "")):
        document.add_paragraph(note)


def _ask(document: Document, wording: str) -> None:
    lines = [line.strip() for line in clean(wording).splitlines() if line.strip()]
    for n, line in enumerate(lines):
        paragraph = document.add_paragraph(style=ASK)
        if not n:
            paragraph.paragraph_format.space_before = Pt(5)
            paragraph.add_run("Wording to ask for: ").bold = True
        paragraph.add_run(line)
        paragraph.paragraph_format.keep_with_next = n < len(lines) - 1


def write_passage(document: Document, passage: quoting.Passage) -> None:
    """A quotation with its weak words marked, and where it stands; one that is only near in small print, with why."""
    place = passage.place[0].upper() + passage.place[1:]
    where = f"{place}, under “{passage.heading}”" if passage.heading else place
    if passage.whys:
        near = document.add_paragraph(style=NEAREST)
        near.add_run("Nearest passage, not enough: ").bold = True
        near.add_run(f"“{passage.quote}” ({_lower(where)}). {' '.join(passage.whys)}")
        return
    quote = document.add_paragraph("“", style="Quote")
    for text, weak in passage.segments:
        quote.add_run(text, style=WEAK if weak else None)
    quote.add_run("”")
    document.add_paragraph(where, style="Caption")


def _shortfalls(document: Document, shortfalls: Iterable[story.Shortfall], safeguard: Safeguard) -> None:
    """The limbs that fall short: those with reasons one by one, those of which nothing is there in one line."""
    shortfalls = tuple(shortfalls)
    for short in shortfalls:
        if _is_nothing(short):
            continue
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{story.demand(safeguard, short.limb).rstrip('.')}. ").bold = True
        extra = "" if short.limb.essential else " (an improvement; the verdict does not need it)"
        paragraph.add_run(f"{words.STATUSES[short.limb.status]}{extra}.")
        for label, rest in short.weaknesses:
            line = document.add_paragraph(style="List Bullet 2")
            line.add_run(label).bold = True
            line.add_run(rest)
    nothing = [short for short in shortfalls if _is_nothing(short)]
    _not_there(document, "Not there", [s for s in nothing if s.limb.essential], safeguard)
    _not_there(document, "Not there either (an improvement; the verdict does not need it)" if len(nothing) > 1 else
               "Not there (an improvement; the verdict does not need it)",
               [s for s in nothing if not s.limb.essential], safeguard)


def _lower(where: str) -> str:
    return where[0].lower() + where[1:] if where.startswith(("Paragraph", "Unnumbered")) else where


def _is_nothing(short: story.Shortfall) -> bool:
    return short.limb.status is Status.ABSENT and not short.weaknesses


def _not_there(document: Document, what: str, shortfalls: Sequence[story.Shortfall], safeguard: Safeguard) -> None:
    if shortfalls:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{what}: ").bold = True
        paragraph.add_run("; ".join(story.demand(safeguard, short.limb).rstrip(".") for short in shortfalls) + ".")
