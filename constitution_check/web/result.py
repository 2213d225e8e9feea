"""Which findings a result page shows, and what the reader may choose from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from constitution_check.model import Finding, Report, Verdict
from constitution_check.reports import story

CHOICES: dict[str, tuple[str, Callable[[Finding], bool]]] = {
    "all": ("Every safeguard", lambda finding: True),
    "gaps": ("Gaps: weakened or missing", lambda finding: finding.is_gap),
    "contradicted": ("Contradicted: the text rules the opposite", lambda finding: finding.contradicted),
    "missing": ("Missing", lambda finding: finding.verdict is Verdict.MISSING),
    "weakened": ("Weakened", lambda finding: finding.verdict is Verdict.WEAKENED),
    "present": ("Present", lambda finding: finding.verdict is Verdict.PRESENT),
    "review": ("To be looked at by a person", lambda finding: finding.needs_review),
}
EVERY = ""


def theme_key(theme: str) -> str:
    """A theme's name as it stands in an address: "A. Who may be paid" is "who-may-be-paid"."""
    return re.sub(r"[^a-z]+", "-", theme_words(theme).lower()).strip("-")


def theme_words(theme: str) -> str:
    """A theme's name without the letter that orders it."""
    return re.sub(r"^[A-Z]\. ", "", theme)


@dataclass(frozen=True)
class Shown:
    """What the page shows: the findings chosen, worst first, and the choices with how many each would show."""

    findings: tuple[Finding, ...]
    show: str
    theme: str
    shows: tuple[tuple[str, str, int], ...]
    themes: tuple[tuple[str, str, int], ...]
    of: int

    @property
    def filtered(self) -> bool:
        """Whether some findings are left out."""
        return len(self.findings) < self.of

    @classmethod
    def of_report(cls, report: Report, query: Mapping[str, str]) -> Shown:
        """What the reader asked for; a choice that is not there counts as none."""
        show = query.get("show", "all") if query.get("show") in CHOICES else "all"
        found = {theme_key(finding.theme): finding.theme for finding in report.findings}
        theme = query.get("theme", EVERY) if query.get("theme") in found else EVERY
        holds = CHOICES[show][1]
        findings = story.worst_first(f for f in report.findings
                                     if holds(f) and theme in (EVERY, theme_key(f.theme)))
        shows = tuple((key, words, sum(map(test, report.findings))) for key, (words, test) in CHOICES.items())
        themes = tuple((key, theme_words(name), sum(f.theme == name for f in report.findings))
                       for key, name in found.items())
        return cls(findings, show, theme, tuple(one for one in shows if one[2]), themes, len(report.findings))
