"""What a brief for a meeting says: gaps, questions, points, a motion, a request; with no fact but the report's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constitution_check.errors import CheckError
from constitution_check.model import Finding, Kind, Report, Status, Verdict
from constitution_check.reports import quoting, story
from constitution_check.reports.clean import clean
from constitution_check.reports.terminal import shortened
from constitution_check.words import VERDICTS, listed

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

MOST = 3
_MOST_NAMED = 6
_LONGEST_QUOTE, _LONGEST_ASK = 240, 330  # characters: so that it all stays two pages
_ORDER = {Verdict.WEAKENED: 0, Verdict.MISSING: 1, Verdict.PRESENT: 2}
_WHY = {
    Kind.NO_DUTY: "Why does it only allow or hope for this, when it could require it?",
    Kind.WEAK_VERB: "Why is it only to be thought about, when it could be required?",
    Kind.QUALIFIED: "Who decides when the exception applies, and how often has it been used?",
    Kind.SUBJECTIVE: "Whose opinion is it to be, and how would anyone know that it was formed fairly?",
    Kind.NARROWED: "Why does it not reach further?",
    Kind.OVERRIDDEN: "Why is it taken away again elsewhere?",
    Kind.OUTSIDE: "Why does it not stand in the constitution, where it is harder to change?",
    Kind.NOT_OPERATIVE: "Why does it not stand in the text that binds?",
    Kind.FLOOR_ONLY: "What does it add to what the law demands anyway?",
}


@dataclass(frozen=True)
class Point:
    """One gap as the brief tells it. passage: the words, cut short, with the weak ones marked; None where there are
    none. where: the paragraph, "" where nothing comes near."""

    finding: Finding
    title: str
    verdict: str
    says: str
    passage: tuple[tuple[str, bool], ...]
    where: str
    ask: str
    why: str


def points(report: Report, library: Library, wanted: Sequence[str] = ()) -> tuple[Point, ...]:
    """The three worst gaps, or those of the safeguards wanted. Raises CheckError where there is nothing to ask for."""
    gaps = [f for f in worst(report.findings) if f.is_gap and (not wanted or f.safeguard in wanted)]
    if not gaps:
        what = "These safeguards are" if wanted else "Every safeguard is"
        raise CheckError(f"{what} there, so there is nothing to ask for and no brief to write.")
    return tuple(_point(finding, report, library) for finding in gaps[:MOST])


def worst(findings: Sequence[Finding]) -> list[Finding]:
    """Contradicted first; then weakened, those of which least is left first; then missing, as the library has them.

    Not the report's order: a meeting can be asked about words that are there, and what is missing is named beside.
    """
    def left(finding: Finding) -> float:
        essential = [limb for limb in finding.limbs if limb.essential]
        return sum({Status.MET: 2, Status.WEAKENED: 1}.get(limb.status, 0) for limb in essential) / len(essential)

    return sorted(findings, key=lambda f: (not f.contradicted, _ORDER[f.verdict], left(f)))


def _point(finding: Finding, report: Report, library: Library) -> Point:
    told = quoting.passages([limb for limb in finding.limbs if limb.status is not Status.MET], len(report.sources) > 1)
    shown = next((one for one in told if one.marks and not one.whys), next((one for one in told if not one.whys), None))
    safeguard = library.get(finding.safeguard)
    short = [s for s in story.shortfalls(finding, report) if s.limb.essential]
    return Point(finding=finding, title=clean(finding.title).strip().rstrip("."),
                 verdict="the opposite is ruled" if finding.contradicted else VERDICTS[finding.verdict].lower(),
                 says=story.headline(finding, report), passage=shortened(shown, _LONGEST_QUOTE) if shown else (),
                 where=shown.place if shown else "", why=_first_sentence(clean(safeguard.why)),
                 ask=_cut(story.wordings(short, safeguard, report)))


def _cut(lines: Sequence[str]) -> str:
    """As many of the wordings as fit, one at least."""
    kept = clean(lines[0]).strip()
    for line in lines[1:]:
        if len(kept) + len(line) > _LONGEST_ASK:
            break
        kept += " " + clean(line).strip()
    return kept


def _first_sentence(text: str) -> str:
    head, stop, _ = text.partition(". ")
    return head + (stop.strip() or "")


# --- for the meeting -----------------------------------------------------------------------


def who(report: Report) -> str:
    """Whom to ask: the Board of an ICB, the Governing Body of a CCG."""
    return {"icb": "the Board", "ccg": "the Governing Body"}.get(report.body.kind, "the board")


def name(report: Report) -> str:
    """The body's name, else the document's."""
    return clean(report.body.name or report.sources[0].name)


def successor(report: Report) -> str:
    """A word of caution about a body that is no more; "" for one that is."""
    if report.body.kind != "ccg":
        return ""
    return ("Clinical commissioning groups ended on 30 June 2022. Put these questions to the integrated care board "
            "that took over from this one: what did it keep of these promises?")


def missing(report: Report, told: Sequence[Point]) -> str:
    """The safeguards that are missing altogether and not told of; "" where there is none."""
    shown = {point.finding.safeguard for point in told}
    names = [_lower(clean(f.title).strip().rstrip(".")) for f in report.findings
             if f.verdict is Verdict.MISSING and f.safeguard not in shown]
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{'Also m' if shown else 'M'}issing altogether: {'; '.join(names[:_MOST_NAMED])}{more}."


def questions(report: Report, told: Sequence[Point]) -> list[str]:
    """Two short questions for a board, on the two worst gaps."""
    return [_question(point, who(report)) for point in told[:2]]


def _question(point: Point, asked: str) -> str:
    if not point.passage:
        return (f"Nothing in the constitution secures that {_lower(point.title)}. Will {asked} put wording for it to "
                "its next meeting, and if not, why not?")
    if point.finding.contradicted:
        return f"{_capital(point.where)} rules the opposite of “{_lower(point.title)}”. Will {asked} take it out?"
    weaknesses = [w for limb in point.finding.limbs if limb.essential for w in limb.weaknesses]
    marked = [text.strip() for text, weak in point.passage if weak]
    kinds = [w.kind for w in sorted(weaknesses, key=lambda w: [clean(w.quote).strip()] != marked[:1])]
    words = f" says “{marked[0]}”" if marked else " leaves this open"
    return f"{_capital(point.where)}{words}. {_WHY[kinds[0]] if kinds else 'Why?'} Will {asked} mend it?"


def letter_points(told: Sequence[Point]) -> list[str]:
    """What to say in a letter, to be put in one's own words."""
    made = [f"{point.title}: what it would mean for you, or for someone you know. {point.why}" for point in told]
    return [*made, "One thing that you ask for, with its paragraph number, and by when you hope for an answer."]


def motion(report: Report, told: Sequence[Point]) -> tuple[str, list[str], list[str]]:
    """A motion that a council could table: who moves what, what it notes, what it resolves."""
    notes = [f"{_capital(point.where)} of the constitution, on whether {_lower(point.title)}: {point.verdict}."
             if point.where else f"nothing in the constitution secures that {_lower(point.title)}." for point in told]
    resolves = [f"to ask {name(report)} to amend its constitution so that {listed([_lower(p.title) for p in told])};",
                "to send it the wording in the boxes above, and to ask for a reply within two months;",
                "to ask the health overview and scrutiny committee to consider that reply in public."]
    return f"This council notes that in the constitution of {name(report)}:", notes, resolves


def request(report: Report, told: Sequence[Point]) -> tuple[str, str]:
    """A freedom-of-information request, as a title and a text without salutation."""
    places = [f"{point.where} (“{_lower(point.title)}”)" for point in told if point.where]
    lacking = [_lower(point.title) for point in told if not point.where]
    parts = []
    if places:
        parts.append(f"For these passages of your constitution: {listed(places)}, please send me\n\n"
                     "1. what you hold on who asked for the present wording, and when;\n"
                     "2. the advice, legal or other, that was taken on it, or if you withhold it, who gave it, on what "
                     "date and at what cost;\n"
                     "3. the papers and minutes of the meetings that considered it.")
    if lacking:
        parts.append(f"Please {'also ' if places else ''}send me any paper or minute of the last five years that "
                     f"considers whether the constitution should secure that {listed(lacking)}.")
    text = "\n\n".join(parts) + ("\n\nPlease send it by email. If any of this would take too long, tell me which part, "
                                 "and send the rest.")
    return f"Wording of the constitution of {name(report)}", text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
