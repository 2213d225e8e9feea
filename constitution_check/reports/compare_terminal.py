"""The comparison on a terminal: worst first, words taken out as [-so-] and put in as {+so+}, as wdiff writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from constitution_check import words
from constitution_check.compare.records import Comparison, Course, Op, Pair, Piece, SafeguardChange
from constitution_check.reports import compare_story as story
from constitution_check.reports import story as report_story
from constitution_check.reports.clean import clean
from constitution_check.reports.compare_words import elsewhere, heads, pair_words
from constitution_check.reports.law import law_day_words
from constitution_check.reports.palette import COME, GONE
from constitution_check.reports.terminal import indented

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

_CONTEXT = 160  # characters kept of a stretch that stayed, on each side of what changed


def render_compare_terminal(comparison: Comparison, library: Library, console: Console) -> None:
    """Print the comparison on the console; colour and width are the console's affair."""
    _head(comparison, console)
    for _, heading, note, courses in story.GROUPS:
        changes = comparison.of(*courses)
        if not changes:
            continue
        console.print(Text(heading, "bold"))
        if note:
            indented(console, Text(note))
        console.print()
        for change in changes:
            _change(change, comparison, library, console)
    _elsewhere(comparison, console)
    if same := comparison.counts[Course.SAME]:
        indented(console, Text(f"{words.count(same, 'safeguard')} did not change."))
    indented(console, Text(words.NOT_LEGAL_ADVICE))


def _elsewhere(comparison: Comparison, console: Console) -> None:
    moved = elsewhere(comparison)
    if moved:
        console.print(Text(story.ELSEWHERE, "bold"))
        for title, where in moved:
            indented(console, Text(f"- {title}. {where}"), 2, 2)
        console.print()


def _head(comparison: Comparison, console: Console) -> None:
    indented(console, Text(story.title(comparison), "bold"))
    sides = [("The file", comparison.new)] if comparison.tracked else [
        *zip(story.labels(comparison), (comparison.old, comparison.new), strict=True)]
    for label, side in sides:
        for source in side.sources:
            indented(console, Text(f"{label}: {report_story.source_words(source)}"))
    if comparison.law:
        indented(console, Text(law_day_words(comparison.law)))
    console.print()
    if items := story.unread(comparison):
        console.print(Text("Could not be read", "bold"))
        for what, why in items:
            indented(console, Text(f"- {what}: {why}"), 2, 2)
        console.print()
    for text in filter(None, (story.lead(comparison), story.differing_bodies(comparison),
                              story.unread_warning(comparison), story.text_words(comparison))):
        indented(console, Text(text))
    console.print()


def _change(change: SafeguardChange, comparison: Comparison, library: Library, console: Console) -> None:
    tone = story.TONES[change.course]
    indented(console, Text.assemble(
        (f"{story.SYMBOLS[change.course]} {story.COURSES[change.course].upper()}", f"{tone.terminal} bold"), "  ",
        (clean(change.title), "bold"), f"  [{change.safeguard}]"), 0, 4)
    indented(console, Text(story.verdict_line(change, comparison.tracked)), 4)
    limbs = story.changed_limbs(change)
    for limb in limbs:
        demand = report_story.demand(library.get(change.safeguard), limb.now).rstrip(".")
        indented(console, Text(f"- {demand}: {story.limb_line(limb, comparison.tracked)}."), 4, 2)
    for note in filter(None, (story.same_words_note(limbs), story.review_note(change))):
        indented(console, Text(note, "italic"), 4)
    for pair in change.pairs:
        _pair(pair, comparison, console)
    if change.course.is_worse and (wording := story.asks(change)):
        indented(console, Text.assemble(("Ask for: ", "bold"), "that the earlier words stay, or: ", wording), 4)
    console.print()


def _pair(pair: Pair, comparison: Comparison, console: Console) -> None:
    indented(console, Text(". ".join(heads(pair, comparison)), "underline"), 4)
    indented(console, _marked(_shortened(pair.pieces)), 6)
    if said := [sentence for sentence in pair_words(pair, comparison) if not sentence.startswith(("Taken", "Put"))]:
        indented(console, Text(" ".join(said), "italic"), 6)


def _marked(pieces: Sequence[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        said = clean(piece.text)
        if piece.op is Op.REMOVED:
            text.append(f"[-{said}-]", GONE.terminal)
        elif piece.op is Op.ADDED:
            text.append(f"{{+{said}+}}", COME.terminal)
        else:
            text.append(said)
    return text


def _shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Long stretches that stayed are cut to what stands next to a change; what is left out shows as "[…]"."""
    kept = []
    for n, piece in enumerate(pieces):
        text = piece.text
        if piece.op is Op.SAME and len(text) > 2 * _CONTEXT:
            before = text[:_CONTEXT].rsplit(" ", 1)[0] + " " if n else ""
            after = " " + text[-_CONTEXT:].split(" ", 1)[-1] if n < len(pieces) - 1 or not n else ""
            text = f"{before}[…]{after}"
        kept.append(Piece(op=piece.op, text=text))
    return kept
