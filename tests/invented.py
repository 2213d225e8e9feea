"""Invented libraries and reports, so that what reports show is tested apart from how verdicts come about."""

from __future__ import annotations

from datetime import UTC, date, datetime

from constitution_check.clause_records import Library, Limb, Safeguard, SourceNote
from constitution_check.model import (
    Body,
    Evidence,
    Finding,
    Kind,
    LibraryStamp,
    LimbResult,
    Near,
    Report,
    Revisions,
    Source,
    Status,
    Tool,
    Unread,
    Verdict,
    Weakness,
)

NAME = "Anytown constitution.docx"
CHECKED_AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
TAX = ("The Group will, where practicable, have regard to whether a contractor uses improper tax avoidance schemes "
       "when it draws up contract terms.")
OPEN = "Meetings of the Governing Body shall be held in public."
GAG = "Members shall not make any statement to the press without the prior written consent of the Chair."


def evidence(quote: str, paragraph: str, page: int | None = 12, heading: str = "Procurement") -> Evidence:
    """A span that is the whole of its provision."""
    return Evidence(source=NAME, paragraph=paragraph, heading=heading, page=page, quote=quote, start=0, end=len(quote))


def limb(name: str, status: Status, *, quote: str = "", paragraph: str = "", near: str = "", why: str = "",
         weak: tuple[tuple[Kind, str, str], ...] = (), essential: bool = True, page: int | None = 12) -> LimbResult:
    """A limb's result; `weak` are (kind, words, why)."""
    spans = (evidence(quote, paragraph, page),) if quote else ()
    nearest = (Near.because(evidence(near, paragraph, page), why),) if near else ()
    weaknesses = tuple(Weakness(kind=kind, quote=said, paragraph=paragraph, why=reason) for kind, said, reason in weak)
    return LimbResult(limb=name, essential=essential, status=status, weaknesses=weaknesses, evidence=spans,
                      nearest=nearest)


def weakened() -> Finding:
    """An escape hatch and a duty only to think, with one part missing."""
    return Finding(
        safeguard="tax", title="Companies that avoid tax are kept out of contracts", theme="Who may be paid",
        confidence=0.9, ask="The Group must exclude any contractor that uses improper tax avoidance schemes.\n"
                            "The exclusion applies to every procurement.",
        limbs=(
            limb("avoidance", Status.WEAKENED, quote=TAX, paragraph="8.6.3(g)", weak=(
                (Kind.QUALIFIED, "where practicable", "The duty falls away when someone finds it impracticable."),
                (Kind.WEAK_VERB, "have regard to", "It is enough to think about it."))),
            limb("every-procurement", Status.ABSENT),
        ))


def present() -> Finding:
    """Met, with a supporting limb that is not, and a nearest passage for that."""
    return Finding(
        safeguard="open", title="Decisions are taken where people can watch", theme="Openness", confidence=0.97,
        ask="Meetings must be held in public.",
        limbs=(limb("board", Status.MET, quote=OPEN, paragraph="6.1", page=7),
               limb("papers", Status.ABSENT, essential=False, paragraph="6.4", page=8,
                    near="Papers will be sent to members.", why="It speaks of members, not of the public.")))


def contradicted() -> Finding:
    """The opposite is ruled; a person should look; tracked changes brought it in."""
    return Finding(
        safeguard="speak", title="No one is gagged", theme="Voice", confidence=0.4, needs_review=True,
        as_current=Verdict.PRESENT, ask="Members may speak publicly about the Group without its consent.",
        limbs=(limb("no-consent", Status.CONTRADICTED, quote=GAG, paragraph="Appendix C, 4(b)", page=61),))


def missing() -> Finding:
    """Nothing anywhere."""
    return Finding(safeguard="stay", title="Safeguards outlive a merger", theme="Durability", confidence=0.8,
                   ask="On merger the Group shall require that its successor keeps these safeguards.",
                   limbs=(limb("successor", Status.ABSENT),))


def source(**changes: object) -> Source:
    """A document of 88 pages with a scanned one among them and tracked changes."""
    facts: dict[str, object] = {
        "name": NAME, "sha256": "ab" * 32, "format": "docx", "pages": 88, "words": 31250,
        "unread": (Unread(what="page 14", why="it is a picture without text"),),
        "revisions": Revisions(insertions=3, deletions=1, authors=("A. Clerk",)), **changes}
    return Source.model_validate(facts)


def report(*findings: Finding, **changes: object) -> Report:
    """A report on those findings, by default one of each verdict."""
    found = findings or (weakened(), present(), contradicted(), missing())
    facts: dict[str, object] = {
        "tool": Tool(version="1.2.3"), "library": LibraryStamp(version="0123456789ab", safeguards=len(found)),
        "checked_at": CHECKED_AT, "sources": (source(),), "body": Body(kind="ccg", name="NHS Anytown CCG"),
        "findings": found, **changes}
    return Report.model_validate(facts)


def safeguard(finding: Finding) -> Safeguard:
    """A library entry that fits a finding."""
    return Safeguard(
        id=finding.safeguard, title=finding.title, theme=finding.theme, eras=("ccg", "icb"), reviewed=date(2026, 11, 1),
        why=f"Why {finding.safeguard} matters: because without it there is nothing that anyone could point to.",
        limbs=tuple(Limb(id=one.limb, essential=one.essential, demand=f"The text secures {one.limb} in every case.",
                         ccg_wording=f"The Group must secure {one.limb}.",
                         icb_wording=f"The ICB must secure {one.limb}.")
                    for one in finding.limbs),
        sources=(SourceNote(date="2012-06", text=f"A source about {finding.safeguard}."),))


def library(of: Report | None = None) -> Library:
    """A library that fits a report."""
    findings = (of or report()).findings
    return Library(version="0123456789ab", safeguards=tuple(safeguard(finding) for finding in findings), lists={})
