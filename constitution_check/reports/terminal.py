"""The report on a terminal: what was not read first, then every safeguard, worst first.

Reads the same in 80 columns, without colour and through a pipe: each verdict is a word and a
symbol, weak words stand in the reasons as well as underlined in the quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from constitution_check import words
from constitution_check.model import Finding, Report, Verdict
from constitution_check.reports import law, quoting, story
from constitution_check.reports.clean import clean
from constitution_check.reports.palette import tone_of

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

LONGEST_QUOTE = 420  # characters; the other formats quote in full


def render_terminal(report: Report, library: Library, console: Console) -> None:
    """Print the report on the console; colour and width are the console's affair."""
    _head(report, console)
    _unread(report, console)
    indented(console, Text(story.counts(report), "bold"))
    console.print()
    for finding in story.worst_first(report.findings):
        _finding(finding, report, library, console)
    _review(report, console)
    indented(console, Text(words.NOT_LEGAL_ADVICE))


def _head(report: Report, console: Console) -> None:
    for source in report.sources:
        indented(console, Text(story.source_words(source), "bold"))
        if revisions := story.revisions_words(source):
            indented(console, Text(revisions))
        for note in source.notes:
            indented(console, Text(clean(note)))
    if words_on_law := law.law_words(report):
        indented(console, Text(words_on_law))
    indented(console, Text(f"{story.body_words(report)}. Checked {story.date_words(report)}, "
                            f"library {report.library.version[:12]}."))
    console.print()


def _unread(report: Report, console: Console) -> None:
    items = story.unread(report)
    if not items:
        return
    console.print(Text("Could not be read", "bold"))
    for what, why in items:
        indented(console, Text(f"- {what}: {why}"), 2, 2)
    console.print()


def _finding(finding: Finding, report: Report, library: Library, console: Console) -> None:
    tone = tone_of(finding)
    title = Text.assemble((f"{tone.symbol} {words.verdict_words(finding).upper()}", tone.terminal + " bold"),
                          "  ", (clean(finding.title), "bold"), f"  [{finding.safeguard}]")
    indented(console, title, 0, 4)
    indented(console, Text(story.headline(finding, report)), 4)
    if note := story.tracked(finding, report):
        indented(console, Text(note), 4)
    for note in law.law_notes(finding, report):
        indented(console, Text(note), 4)
    for passage in quoting.passages(finding.limbs, len(report.sources) > 1):
        _passage(passage, console)
    for short in story.shortfalls(finding, report):
        _shortfall(finding, short, library, console)
    if finding.verdict is not Verdict.PRESENT:
        indented(console, Text.assemble(("Ask for: ", "bold"), clean(finding.ask)), 4)
    console.print()


def _passage(passage: quoting.Passage, console: Console) -> None:
    lead = "nearest, " if passage.whys else ""
    text = Text(f"{lead}{passage.place}: “")
    for piece, weak in shortened(passage, LONGEST_QUOTE):
        text.append(piece, "bold underline" if weak else "")
    text.append("”")
    indented(console, text, 4)
    for why in passage.whys:
        indented(console, Text(why, "italic"), 6)


def _shortfall(finding: Finding, short: story.Shortfall, library: Library, console: Console) -> None:
    demand = story.demand(library.get(finding.safeguard), short.limb)
    status = words.STATUSES[short.limb.status].lower()
    extra = "" if short.limb.essential else " (an improvement, not needed for the verdict)"
    indented(console, Text(f"- {demand.rstrip('.')}: {status}{extra}."), 4, 2)
    for label, rest in short.weaknesses:
        indented(console, Text(label + rest), 6)


def _review(report: Report, console: Console) -> None:
    findings = story.to_review(report)
    if not findings:
        return
    console.print(Text("A person should look at", "bold"))
    for finding in findings:
        verdict = words.verdict_words(finding).lower()
        indented(console, Text(f"- {clean(finding.title)} ({verdict}). {story.review_reason(finding, report)}"), 2, 2)
    console.print()


def shortened(passage: quoting.Passage, most: int) -> tuple[tuple[str, bool], ...]:
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
    kept = quoting.Passage("", "", quote[start:end],
                         tuple((a - start, min(b, end) - start) for a, b in passage.marks if start <= a < end))
    before = (("[…] ", False),) if start else ()
    after = ((" […]", False),) if end < len(quote) else ()
    return (*before, *kept.segments, *after)


def indented(console: Console, text: Text, by: int = 0, hang: int = 0) -> None:
    """Print the text with its left edge at `by`, further lines `hang` deeper; no blanks at line ends."""
    for number, line in enumerate(text.wrap(console, max(console.width - by - hang, 20))):
        line.rstrip()
        console.print(Text(" " * (by + (hang if number else 0))) + line, no_wrap=True, overflow="ignore", crop=False)
