"""The comparison as a Word document to hand to councillors: what changed on one page, then the passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from constitution_check import words
from constitution_check.compare.records import Comparison, Course, Op, Pair, Piece, SafeguardChange
from constitution_check.reports import compare_story as story
from constitution_check.reports import palette
from constitution_check.reports import story as report_story
from constitution_check.reports.clean import clean
from constitution_check.reports.compare_words import elsewhere, heads, pair_words
from constitution_check.reports.law import law_day_words
from constitution_check.reports.word_page import as_bytes, new_document
from constitution_check.reports.word_parts import add_row, bookmark_name, fill, heading, link, table
from constitution_check.reports.word_styles import ASK, CELL, MUTED
from constitution_check.reports.word_xml import shading

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

GONE, COME = "Words taken out", "Words put in"
_HALVES = (8.2, 8.2)  # cm: two passages side by side


def render_compare_word(comparison: Comparison, library: Library) -> bytes:
    """The comparison as the bytes of a .docx."""
    document = new_document(story.title(comparison), "Two versions of an NHS constitution compared",
                            comparison.compared_at, comparison.tool.version)
    _styles(document)
    _front(document, comparison)
    for name, called, note, courses in story.GROUPS:
        changes = comparison.of(*courses)
        if changes:
            heading(document, called, 1, f"_Toc_{name}").paragraph_format.page_break_before = name == "worse"
            if note:
                document.add_paragraph(note)
        for change in changes:
            _change(document, change, comparison, library)
    if moved := elsewhere(comparison):
        heading(document, story.ELSEWHERE, 1, "_Toc_elsewhere")
    for title, where in moved:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{title}. ").bold = True
        paragraph.add_run(where)
    _back(document, comparison)
    return as_bytes(document)


def _styles(document: Document) -> None:
    """Struck through and underlined besides the colour, so that a black and white print says it too."""
    for name, tone in ((GONE, palette.GONE), (COME, palette.COME)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.bold, style.font.color.rgb = True, RGBColor.from_string(tone.ink)
        style.font.strike, style.font.underline = (True, None) if name == GONE else (None, True)
        style.element.get_or_add_rPr().append(shading(tone.ground))


def _front(document: Document, comparison: Comparison) -> None:
    document.add_paragraph("What changed", style="Title")
    document.add_paragraph(story.name_of(comparison), style="Subtitle")
    for label, text in _facts(comparison):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    heading(document, "In short", 1, "_Toc_short")
    for text in filter(None, (story.lead(comparison), story.differing_bodies(comparison),
                              story.unread_warning(comparison), story.text_words(comparison))):
        document.add_paragraph(text)
    _overview(document, comparison)
    heading(document, "What could not be read", 2, "_Toc_unread")
    items = story.unread(comparison)
    for what, why in items:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(what).bold = True
        paragraph.add_run(f": {why}")
    if not items:
        document.add_paragraph("Nothing: the whole of both versions was read.")
    document.add_paragraph(words.NOT_LEGAL_ADVICE, style=MUTED)


def _facts(comparison: Comparison) -> list[tuple[str, str]]:
    if comparison.tracked:
        sides = [("The file", comparison.new)]
    else:
        sides = [*zip(story.labels(comparison), (comparison.old, comparison.new), strict=True)]
    facts = [(label, report_story.source_words(source)) for label, side in sides for source in side.sources]
    facts += [("Tracked changes", revisions) for _, side in sides for source in side.sources
              if (revisions := report_story.revisions_words(source)) and not comparison.tracked]
    facts.append(("When", report_story.moment_words(comparison.compared_at)))
    if comparison.law:
        facts.append(("Law", law_day_words(comparison.law)))
    return facts


def _overview(document: Document, comparison: Comparison) -> None:
    changed = [change for change in comparison.changes if change.course is not Course.SAME]
    if not changed:
        return
    heading(document, "The safeguards that changed, worst first", 2, "_Toc_all")
    before, after = story.labels(comparison)
    widths = (6.6, 3.0, 3.4, 3.4)
    made = table(document, ("Safeguard", "Change", before, after), widths,
                 "Every safeguard that changed, worst first, with its verdict in both versions")
    for change in changed:
        row, tone = add_row(made, widths), story.TONES[change.course]
        link(fill(row.cells[0], ""), bookmark_name(change.safeguard), clean(change.title).rstrip("."))
        fill(row.cells[1], f"{story.SYMBOLS[change.course]} {story.COURSES[change.course]}", bold=True, ink=tone.ink,
             ground=tone.ground)
        for cell, verdict in zip(row.cells[2:], story.verdicts(change), strict=True):
            fill(cell, verdict)
    same = comparison.counts[Course.SAME]
    if same:
        document.add_paragraph(f"{words.count(same, 'other safeguard')} did not change.", style=MUTED)


def _change(document: Document, change: SafeguardChange, comparison: Comparison, library: Library) -> None:
    safeguard = library.get(change.safeguard)
    heading(document, change.title, 2, bookmark_name(change.safeguard))
    paragraph, tone = document.add_paragraph(), story.TONES[change.course]
    run = paragraph.add_run(f"\u00a0{story.COURSES[change.course]}\u00a0")
    run.bold, run.font.color.rgb = True, RGBColor.from_string(tone.ink)
    run._r.get_or_add_rPr().append(shading(tone.ground))
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f" {story.verdict_line(change, comparison.tracked)}")
    limbs = story.changed_limbs(change)
    for limb in limbs:
        line = document.add_paragraph(style="List Bullet")
        line.paragraph_format.keep_with_next = True
        line.add_run(f"{report_story.demand(safeguard, limb.now).rstrip('.')}: ").bold = True
        line.add_run(f"{story.limb_line(limb, comparison.tracked)}.")
    for note in filter(None, (story.same_words_note(limbs), story.review_note(change))):
        document.add_paragraph(note)
    for pair in change.pairs:
        write_pair(document, pair, comparison)
    if change.course.is_worse and (wording := story.asks(change)):
        document.add_heading("What to ask for", 3)
        document.add_paragraph(story.ASK_FIRST)
        for line_text in filter(None, (line.strip() for line in wording.splitlines())):
            document.add_paragraph(line_text, style=ASK)


def write_pair(document: Document, pair: Pair, comparison: Comparison) -> None:
    """Two passages side by side, what changed marked in both; under them the same in words."""
    made = table(document, heads(pair, comparison), _HALVES, "One passage in both versions, side by side")
    row = add_row(made, _HALVES)
    for cell, pieces in zip(row.cells, (pair.old_pieces, pair.new_pieces), strict=True):
        _passage(cell.paragraphs[0], pieces)
    caption = document.add_paragraph(" ".join(pair_words(pair, comparison)), style=MUTED)
    caption.paragraph_format.space_before = Pt(3)
    caption.paragraph_format.space_after = Pt(10)


def _passage(paragraph: object, pieces: Sequence[Piece]) -> None:
    from docx.text.paragraph import Paragraph

    assert isinstance(paragraph, Paragraph)
    paragraph.style = CELL
    for piece in pieces:
        style = {Op.SAME: None, Op.REMOVED: GONE, Op.ADDED: COME}[piece.op]
        paragraph.add_run(clean(piece.text), style=style)
    if not pieces:
        paragraph.add_run("—")


def _back(document: Document, comparison: Comparison) -> None:
    heading(document, "About this comparison", 1, "_Toc_about")
    document.add_paragraph(story.HOW_TO_READ)
    document.add_paragraph(words.ONLY_WHAT_WAS_READ)
    for source in dict.fromkeys((*comparison.old.sources, *comparison.new.sources)):
        document.add_paragraph(f"{clean(source.name)}: SHA-256 {source.sha256}", style=MUTED)
    document.add_paragraph(f"{comparison.tool.name} {comparison.tool.version}, library {comparison.library.version}.",
                           style=MUTED)
