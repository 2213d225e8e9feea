"""The report as one self-contained page: no script, no picture, no request to anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from constitution_check import words
from constitution_check.model import Report, Verdict
from constitution_check.reports import law, palette, quoting, story
from constitution_check.reports.clean import clean

if TYPE_CHECKING:
    from constitution_check.clause_records import Library

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(report: Report, library: Library) -> str:
    """The whole page as text, to be written as UTF-8. Every text from outside is escaped."""
    findings = story.worst_first(report.findings)
    return page_environment().get_template("report.html.j2").render(
        report=report, library=library, story=story, law=law, quoting=quoting, words=words, palette=palette,
        findings=findings, several=len(report.sources) > 1,
        gaps=[f for f in findings if f.is_gap],
        secured=[f for f in findings if f.verdict is Verdict.PRESENT],
    )


def page_environment() -> Environment:
    """The templates, every text that they are given escaped."""
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["clean"] = clean
    return environment
