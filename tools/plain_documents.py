"""What is falsely found in governing documents that hold none of the safeguards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from constitution_check import check_document
from constitution_check.clause_records import Library
from constitution_check.model import Finding, LimbResult, Report, Status, Verdict

TRULY_THERE = {("icb-ordinary-business.docx", "lay-and-patient-seats"):
               "four non-executive members, none of them charged with public involvement: by the rulings, weakened"}
"""What the documents hold after all, and why; not counted as false."""
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def plain_documents() -> list[Path]:
    """The documents without safeguards that come with the project."""
    plain = sorted(path for path in (SAMPLES / "plain").glob("*.md") if path.name != "README.md")
    return [*sorted(SAMPLES.glob("*-ordinary-business.docx")), *plain]


@dataclass(frozen=True)
class FalseLimb:
    """A limb found where there is none: what it was called, and the passage that it was found in."""

    document: str
    safeguard: str
    limb: str
    status: str
    basis: str
    paragraph: str
    quote: str


@dataclass(frozen=True)
class Plain:
    """Counts over the findings of all the documents; false: (document, safeguard, verdict or "contradicted")."""

    documents: list[tuple[str, int]]
    findings: int
    false: list[tuple[str, str, str]]
    limbs: list[FalseLimb]


def measure(paths: Sequence[Path], library: Library) -> Plain:
    """Check each document; every verdict but missing, and every contradiction, is false."""
    reports = [check_document(path, library) for path in paths]
    return Plain([(r.sources[0].name, r.sources[0].words) for r in reports], sum(len(_not_there(r)) for r in reports),
                 [found for report in reports for found in _false(report)],
                 [limb for report in reports for finding in _not_there(report) for limb in _limbs(report, finding)])


def _not_there(report: Report) -> list[Finding]:
    """The findings on safeguards of which the document truly holds nothing."""
    return [f for f in report.findings if (report.sources[0].name, f.safeguard) not in TRULY_THERE]


def _false(report: Report) -> Iterator[tuple[str, str, str]]:
    for finding in _not_there(report):
        if finding.contradicted or finding.verdict is not Verdict.MISSING:
            called = "contradicted" if finding.contradicted else str(finding.verdict)
            yield report.sources[0].name, finding.safeguard, called


def _limbs(report: Report, finding: Finding) -> Iterator[FalseLimb]:
    for limb in finding.limbs:
        if limb.status is not Status.ABSENT:
            paragraph, quote = _where(limb)
            yield FalseLimb(report.sources[0].name, finding.safeguard, limb.limb, str(limb.status), limb.basis,
                            paragraph, quote)


def _where(limb: LimbResult) -> tuple[str, str]:
    spans = limb.evidence or limb.nearest
    return (spans[-1].paragraph, spans[-1].quote) if spans else ("", "")


def listed(limbs: Sequence[FalseLimb]) -> Iterator[str]:
    """A line for each limb falsely found, for the keepers of the clause files."""
    for one in limbs:
        yield (f'{one.document}: {one.safeguard} {one.limb}: {one.status} (by {one.basis}) at {one.paragraph}: '
               f'"{one.quote}"')
