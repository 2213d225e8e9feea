"""The brief as a Word document of two pages at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from constitution_check.model import Report
from constitution_check.reports import brief_story, story
from constitution_check.reports.brief_story import Point
from constitution_check.reports.clean import clean
from constitution_check.reports.what_do_they_know import prefilled, search
from constitution_check.reports.word_page import as_bytes, new_document
from constitution_check.reports.word_styles import ASK, LINK, MUTED, WEAK
from constitution_check.reports.word_xml import element

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


def render_brief(report: Report, library: Library, wanted: Sequence[str] = (), authority: str = "") -> bytes:
    """The brief as the bytes of a .docx.

    wanted: safeguards in place of the three worst. authority: the body's name on WhatDoTheyKnow, for a prefilled
    request. Raises CheckError where nothing is to be asked for.
    """
    told = brief_story.points(report, library, wanted)
    document = new_document(f"For the meeting: {brief_story.name(report)}", "What to ask of an NHS body",
                            report.checked_at, report.tool.version)
    _smaller(document)
    _head(document, report)
    for number, point in enumerate(told, 1):
        _point(document, number, point)
    if line := brief_story.missing(report, told):
        document.add_paragraph(line).paragraph_format.space_before = Pt(8)
    document.add_heading("Two questions for the board" if len(told) > 1 else "A question for the board", 2)
    for question in brief_story.questions(report, told):
        document.add_paragraph(question, style="List Bullet")
    _letter(document, told)
    _motion(document, report, told)
    _request(document, report, told, authority)
    return as_bytes(document)


def _smaller(document: Document) -> None:
    """A little smaller than a report, so that a sheet of paper holds it all."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.5)
    section.left_margin = section.right_margin = Cm(2.0)
    sizes = {"Normal": (9.5, 3), "List Bullet": (9.5, 2), "Quote": (9.5, 2), ASK: (9.5, 0), MUTED: (8, 2),
             "Heading 2": (12, 3), "Title": (19, 0), "Subtitle": (11, 3)}
    for name, (size, after) in sizes.items():
        style: Any = document.styles[name]
        style.font.size, form = Pt(size), style.paragraph_format
        form.space_after, form.line_spacing = Pt(after), 1.08
    heading: Any = document.styles["Heading 2"]
    heading.paragraph_format.space_before = Pt(9)


def _head(document: Document, report: Report) -> None:
    document.add_paragraph("For the meeting", style="Title")
    document.add_paragraph(story.body_words(report), style="Subtitle")
    when = story.date_words(report).split(",")[0]
    document.add_paragraph(f"From a check of {story.source_words(report.sources[0])} on {when}. "
                           f"{story.counts(report)} Every fact here is in the gap report; read the paragraphs "
                           "themselves before you speak. Not legal advice.", style=MUTED)
    for note in filter(None, (brief_story.successor(report), _unread(report))):
        document.add_paragraph(note)


def _unread(report: Report) -> str:
    items = story.unread(report)
    if not items:
        return ""
    return (f"Not everything could be read ({', '.join(what for what, _ in items[:3])}"
            f"{' and more' if len(items) > 3 else ''}): look there before you say that something is missing.")


def _point(document: Document, number: int, point: Point) -> None:
    document.add_heading(f"{number}. {point.title}: {point.verdict}", 2)
    if point.passage:
        quote = document.add_paragraph("“", style="Quote")
        for text, weak in point.passage:
            quote.add_run(clean(text), style=WEAK if weak else None)
        quote.add_run(f"” ({point.where})")
    document.add_paragraph(point.says)
    ask = document.add_paragraph(style=ASK)
    ask.add_run("Ask for: ").bold = True
    ask.add_run(point.ask)


def _letter(document: Document, told: Sequence[Point]) -> None:
    document.add_heading("Points for a letter, in your own words", 2)
    document.add_paragraph("Do not copy these out: bodies set identical letters aside. Choose one or two and say "
                           "them as you would to a neighbour.")
    for line in brief_story.letter_points(told):
        document.add_paragraph(line, style="List Bullet")


def _motion(document: Document, report: Report, told: Sequence[Point]) -> None:
    document.add_heading("A motion for a council", 2)
    opening, notes, resolves = brief_story.motion(report, told)
    made = [document.add_paragraph(opening), *(document.add_paragraph(note, style="List Bullet") for note in notes),
            document.add_paragraph("This council resolves:"),
            *(document.add_paragraph(line, style="List Bullet") for line in resolves)]
    for paragraph in made[:-1]:  # a motion is handed in on one sheet
        paragraph.paragraph_format.keep_with_next = True


def _request(document: Document, report: Report, told: Sequence[Point], authority: str) -> None:
    title, text = brief_story.request(report, told)
    document.add_heading("A request under the Freedom of Information Act 2000", 2)
    for line in filter(None, text.split("\n")):
        document.add_paragraph(line).paragraph_format.space_after = Pt(1)
    where = document.add_paragraph()
    where.paragraph_format.space_before = Pt(4)
    if authority:
        _outside(where, prefilled(authority, title, text), "Open this request on WhatDoTheyKnow, filled in")
        where.add_run(". Nothing is sent until you send it yourself; requests there are public.")
    else:
        _outside(where, search(brief_story.name(report)), "Look for this body on WhatDoTheyKnow")
        where.add_run(" and paste the request there. Requests there are public.")


def _outside(paragraph: Paragraph, address: str, text: str) -> None:
    """A link out of the document."""
    anchor = element("hyperlink", history="1")
    anchor.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    anchor.append(paragraph.add_run(text, style=LINK)._r)
    content: Any = paragraph._p
    content.append(anchor)
