"""The report on a terminal: what was not read first, then every safeguard, worst first.

Reads the same in 80 columns, without colour and through a pipe: each verdict is a word and a
symbol, weak words stand in the reasons as well as underlined in the quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from constitution_check import words
from constitution_check.model import Finding, LimbResult, Report, Verdict
from constitution_check.reports import story
from constitution_check.reports.clean import clean
from constitution_check.reports.palette import tone_of

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

LONGEST_QUOTE = 420  # characters; the other formats quote in full


def render_terminal(report: Report, library: Library, console: Console) -> None:
    """Print the report on the console; colour and width are the console's affair."""
    _head(report, console)
    _unread(report, console)
    console.print(Text(story.counts(report), "bold"))
    console.print()
    for finding in story.worst_first(report.findings):
        _finding(finding, report, library, console)
    _review(report, console)
    console.print(Text(words.NOT_LEGAL_ADVICE, "dim"))


def _head(report: Report, console: Console) -> None:
    for source in report.sources:
        console.print(Text(story.source_words(source), "bold"))
        if revisions := story.revisions_words(source):
            console.print(Text(revisions))
    console.print(Text(f"{story.body_words(report)}. Checked {story.date_words(report)}, "
                       f"library {report.library.version[:12]}."))
    console.print()


def _unread(report: Report, console: Console) -> None:
    items = story.unread(report)
    if not items:
        return
    console.print(Text("Could not be read", "bold"))
    for what, why in items:
        _indented(console, Text(f"- {what}: {why}"), 2)
    console.print()


def _finding(finding: Finding, report: Report, library: Library, console: Console) -> None:
    tone = tone_of(finding)
    title = Text.assemble((f"{tone.symbol} {words.verdict_words(finding).upper()}", tone.terminal + " bold"),
                          "  ", (clean(finding.title), "bold"), f"  [{finding.safeguard}]")
    console.print(title)
    _indented(console, Text(story.headline(finding)), 4)
    if note := story.tracked(finding, report):
        _indented(console, Text(note), 4)
    for passage in story.passages(finding.limbs, len(report.sources) > 1):
        _passage(passage, console)
    for limb in story.unmet(finding):
        _limb(finding, limb, library, console)
    if finding.verdict is not Verdict.PRESENT:
        _indented(console, Text.assemble(("Ask for: ", "bold"), clean(finding.ask)), 4)
    console.print()


def _passage(passage: story.Passage, console: Console) -> None:
    lead = "nearest, " if passage.whys else ""
    text = Text(f"{lead}{passage.place}: “")
    for piece, weak in shortened(passage, LONGEST_QUOTE):
        text.append(piece, "bold underline" if weak else "")
    text.append("”")
    _indented(console, text, 4)
    for why in passage.whys:
        _indented(console, Text(why, "italic"), 6)


def _limb(finding: Finding, limb: LimbResult, library: Library, console: Console) -> None:
    demand = story.demand(library.get(finding.safeguard), limb)
    status = words.STATUSES[limb.status].lower()
    extra = "" if limb.essential else " (an improvement, not needed for the verdict)"
    _indented(console, Text(f"- {demand.rstrip('.')}: {status}{extra}."), 4)
    for line in weakness_lines(limb):
        _indented(console, Text(line), 6)


def weakness_lines(limb: LimbResult) -> tuple[str, ...]:
    """One line a weakness: what it is, the words, where they stand, and why they weaken."""
    return tuple(
        f"{words.KINDS[w.kind].label}: “{clean(w.quote)}” ({story.paragraph_words(w.paragraph)}). {clean(w.why)}"
        if w.quote.strip() else f"{words.KINDS[w.kind].label}. {clean(w.why)}"
        for w in limb.weaknesses)


def _review(report: Report, console: Console) -> None:
    findings = story.to_review(report)
    if not findings:
        return
    console.print(Text("A person should look at", "bold"))
    for finding in findings:
        verdict = words.verdict_words(finding).lower()
        _indented(console, Text(f"- {clean(finding.title)} ({verdict}). {story.review_reason(finding)}"), 2)
    console.print()


def shortened(passage: story.Passage, most: int) -> tuple[tuple[str, bool], ...]:
    """The quotation's segments cut to about `most` characters, kept round its first weak words.

    What is left out at either end shows as "[…]"; what is kept is verbatim.
    """
    quote = passage.quote
    if len(quote) <= most:
        return passage.segments
    first = passage.marks[0][0] if passage.marks else 0
    start = 0 if first < most * 2 // 3 else quote.rfind(" ", 0, first - most // 3) + 1
    end = len(quote) if start + most >= len(quote) else quote.rfind(" ", start + most // 2, start + most)
    end = end if end > 0 else start + most
    kept = story.Passage("", "", quote[start:end],
                         tuple((a - start, min(b, end) - start) for a, b in passage.marks if start <= a < end))
    before = (("[…] ", False),) if start else ()
    after = ((" […]", False),) if end < len(quote) else ()
    return (*before, *kept.segments, *after)


def _indented(console: Console, text: Text, by: int) -> None:
    console.print(Padding(text, (0, 0, 0, by), expand=False))
