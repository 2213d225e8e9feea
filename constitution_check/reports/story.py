"""What every report tells beside its quotations, in the order in which it is told.

Takes a finding and gives text and spans that the formats only have to lay out. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from constitution_check.model import Finding, Kind, LimbResult, Report, Source, Status, Verdict, Weakness
from constitution_check.reports.clean import clean
from constitution_check.reports.quoting import paragraph_words
from constitution_check.words import BODIES, FORMATS, KINDS, VERDICTS, count, listed

if TYPE_CHECKING:
    from constitution_check.clause_records import Safeguard


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Contradicted, then missing, then weakened, then present; the library's order within each."""
    order = (Verdict.MISSING, Verdict.WEAKENED, Verdict.PRESENT)
    return tuple(sorted(findings, key=lambda f: (not f.contradicted, order.index(f.verdict))))


def where(finding: Finding, report: Report | None = None, most: int = 4) -> str:
    """The paragraphs that show a verdict, short enough for a table; "nearest: …" where none counts.

    report: names the documents, where there are several, of passages that stand in another than the constitution.
    """
    numbers = _numbers(finding, report)
    if not numbers:
        return "nothing found"
    counted = any(limb.evidence for limb in finding.limbs)
    more = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return ("" if counted else "nearest: ") + "; ".join(numbers[:most]) + more


def _numbers(finding: Finding, report: Report | None = None) -> list[str]:
    """The paragraphs of the passages that count, of the nearest where none does; each once."""
    counted = [e for limb in finding.limbs for e in limb.evidence]
    near = [n for limb in finding.limbs for n in limb.nearest]
    places = dict.fromkeys((e.paragraph, other_document(e.source, report)) for e in counted or near)
    return [f"{clean(number) or 'unnumbered'}{f' of {other}' if other else ''}" for number, other in places]


def other_document(source: str, report: Report | None) -> str:
    """The name of a document read beside the constitution; "" for the constitution, or where it stands alone."""
    return clean(source) if report and source and source != report.sources[0].name else ""


def demand(safeguard: Safeguard, limb: LimbResult) -> str:
    """What a limb asks for in one sentence, from the library; its id where the library lacks it."""
    return clean(next((known.demand for known in safeguard.limbs if known.id == limb.limb), limb.limb)).strip()


@dataclass(frozen=True)
class Shortfall:
    """A limb that is not met, and its weaknesses as (label, what follows it); each is told once in full."""

    limb: LimbResult
    weaknesses: tuple[tuple[str, str], ...]


def shortfalls(finding: Finding, report: Report | None = None) -> tuple[Shortfall, ...]:
    """The limbs that fall short, supporting ones included; weak words that were told before only by name."""
    told: set[Weakness] = set()
    short: list[Shortfall] = []
    for limb in finding.limbs:
        if limb.status is not Status.MET:
            again = [w for w in limb.weaknesses if w in told]
            lines = [(_label(w, report), _weakness_words(w, report)) for w in limb.weaknesses if w not in told]
            short.append(Shortfall(limb, (*lines, *_as_before(again))))
            told.update(limb.weaknesses)
    return tuple(short)


def wordings(shortfalls: Iterable[Shortfall], safeguard: Safeguard, report: Report) -> tuple[str, ...]:
    """The library's wording for each limb that falls short, for this kind of body; each once."""
    return tuple(dict.fromkeys(safeguard.wording(short.limb.limb, report.body.kind) for short in shortfalls))


def _label(weakness: Weakness, report: Report | None) -> str:
    """The kind in words; for what stands only in a document read beside the constitution, that document's name."""
    other = other_document(weakness.source, report)
    return f"Only in {other}" if weakness.kind is Kind.OUTSIDE and other else KINDS[weakness.kind].label


def _weakness_words(weakness: Weakness, report: Report | None) -> str:
    """The words, where they stand and why they weaken, to follow the kind's label."""
    why = clean(weakness.why)
    if not weakness.quote.strip():
        return f". {why}"
    other = other_document(weakness.source, report)
    place = paragraph_words(weakness.paragraph) + (f" of {other}" if other else "")
    return f": “{clean(weakness.quote)}” ({place}). {why}"


def _as_before(again: list[Weakness]) -> list[tuple[str, str]]:
    quotes = list(dict.fromkeys(f"“{clean(w.quote)}”" for w in again if w.quote.strip()))
    kinds = list(dict.fromkeys(_lower(KINDS[w.kind].label) for w in again if not w.quote.strip()))
    return [("For the same reason" if len(quotes + kinds) == 1 else "For the same reasons",
             f": {listed(quotes + kinds)}.")] if again else []


# --- sentences -----------------------------------------------------------------------------


def headline(finding: Finding, report: Report | None = None) -> str:
    """The finding in one sentence, as a chair would want it said."""
    if finding.contradicted:
        return f"The text rules the opposite{_in(finding, Status.CONTRADICTED, report)}."
    if finding.verdict is Verdict.MISSING:
        return "Nothing in the text read secures this."
    if finding.verdict is Verdict.PRESENT:
        return f"Secured{_in(finding, Status.MET, report)}."
    return _weakened_sentence(finding, report)


def _in(finding: Finding, status: Status, report: Report | None) -> str:
    """Where the essential limbs of that status stand: " in paragraphs 6.1 and 6.4"; "" where unknown."""
    limbs = [limb for limb in finding.limbs if limb.essential and limb.status is status]
    places: dict[str, list[str]] = {}
    for span in (e for limb in limbs for e in (limb.evidence or limb.nearest)):
        places.setdefault(other_document(span.source, report), []).append(span.paragraph)
    found = [_cited(numbers) + (f" of {other}" if other else "") for other, numbers in places.items()]
    return f" in {listed(found)}" if found else ""


def _cited(numbers: Iterable[str]) -> str:
    """Paragraph numbers as running text: "paragraphs 6.1 and 6.4", "paragraph 2 and Schedule 3, 4"."""
    found = [paragraph_words(number) for number in dict.fromkeys(numbers)]
    plain = [number.removeprefix("paragraph ") for number in found if number.startswith("paragraph ")]
    others = [number for number in found if not number.startswith("paragraph ")]
    if not plain:
        return listed(others)
    return listed([f"{'paragraph' if len(plain) == 1 else 'paragraphs'} {listed(plain)}", *others])


def _weakened_sentence(finding: Finding, report: Report | None) -> str:
    essential = [limb for limb in finding.limbs if limb.essential]
    kinds = dict.fromkeys(_label(w, report) for limb in essential for w in limb.weaknesses)
    absent = sum(limb.status is Status.ABSENT for limb in essential)
    parts = ["; ".join(_lower(label) for label in kinds)] if kinds else []
    if absent:
        parts.append(f"{absent} of its {len(essential)} parts {'is' if absent == 1 else 'are'} not there")
    sentence = "; ".join(parts) or "it is secured only in part"
    return sentence[0].upper() + sentence[1:] + "."


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def tracked(finding: Finding, report: Report) -> str:
    """What the tracked changes do to this finding, "" where they change nothing."""
    if finding.as_current is None:
        return ""
    authors = dict.fromkeys(clean(a) for source in report.sources for a in source.revisions.authors)
    by = f" by {listed(tuple(authors))}" if authors else ""
    now, then = VERDICTS[finding.verdict].lower(), VERDICTS[finding.as_current].lower()
    return (f"This turns on tracked changes{by} that are not yet settled: accepted, the safeguard is {now}; "
            f"rejected, it is {then}.")


def counts(report: Report) -> str:
    """The counts in one sentence."""
    summary = report.summary
    text = (f"Of {count(len(report.findings), 'safeguard')}, {summary.present} {_is(summary.present)} present, "
            f"{summary.weakened} weakened and {summary.missing} missing.")
    if summary.contradicted:
        text += f" {summary.contradicted} {_is(summary.contradicted)} contradicted: worse than silence."
    return text


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def body_words(report: Report) -> str:
    """The body's name and kind: "Anytown CCG (clinical commissioning group)"."""
    kind = BODIES[report.body.kind]
    return f"{clean(report.body.name)} ({kind})" if report.body.name else kind[0].upper() + kind[1:]


def source_words(source: Source) -> str:
    """A document in one line: its name, format and size, and how it was read where it is not the constitution."""
    pages = f"{count(source.pages, 'page')}, " if source.pages is not None else ""
    form = FORMATS.get(source.format, source.format)
    size = f"{clean(source.name)} ({form}, {pages}{count(source.words, 'word')})"
    if source.role == "handbook":
        return f"{size}, read beside the constitution"
    if source.role == "part" and source.joined_by:
        return (f"{size}, read as part of the constitution, which says so in "
                f"{paragraph_words(source.joined_by.paragraph)}: “{clean(source.joined_by.quote).strip()}”")
    return size


def revisions_words(source: Source) -> str:
    """The tracked changes in a source in one sentence, "" where there are none."""
    revisions = source.revisions
    if not revisions.insertions and not revisions.deletions:
        return ""
    authors = f", by {listed(tuple(clean(a) for a in revisions.authors))}" if revisions.authors else ""
    return (f"Tracked changes: {count(revisions.insertions, 'insertion')} and "
            f"{count(revisions.deletions, 'deletion')}{authors}. They were read as if accepted.")


def unread(report: Report) -> tuple[tuple[str, str], ...]:
    """What could not be read, as (what, why); the document is named where there are several."""
    several = len(report.sources) > 1
    return tuple((clean(f"{source.name}: {item.what}" if several else item.what), clean(item.why))
                 for source in report.sources for item in source.unread)


def date_words(report: Report) -> str:
    """When the check was made: "21 November 2026, 14:05 UTC"."""
    return moment_words(report.checked_at)


def moment_words(when: datetime) -> str:
    """A moment: "21 November 2026, 14:05 UTC"."""
    return f"{when.day} {when:%B %Y}, {when:%H:%M %Z}".strip()


def to_review(report: Report) -> tuple[Finding, ...]:
    """The findings that a person should look at."""
    return tuple(finding for finding in report.findings if finding.needs_review)


def review_reason(finding: Finding, report: Report | None = None) -> str:
    """Why a person should look, as far as the record says."""
    read = _cited(_numbers(finding, report)[:4]) or "the document for it"
    by_model = ("A model trained on examples reads part of it otherwise than the program's own word lists do. "
                if any(limb.basis == "model" for limb in finding.limbs) else "")
    own = "".join(f"{clean(doubt)} " for doubt in finding.doubts)
    return (f"{own}{by_model}The program is not sure of this one (confidence {finding.confidence:.0%}); "
            f"its verdict stands until someone has read {read}.")
