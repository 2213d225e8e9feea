"""The documents to download: each made in the worker while the files are still there, and kept only in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from constitution_check.web.jobs import Download

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.compare import Comparison
    from constitution_check.model import Report
    from constitution_check.web.jobs import Task

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JSON = "application/json"

LABELS = {
    "word": "Gap report, to print or send (Word)",
    "annotated": "Your document with comments and wording to ask for",
    "brief": "Brief for a meeting, two pages (Word)",
    "compare": "What changed since the earlier version (Word)",
    "json": "Everything, for programs (JSON)",
}
"""What each download is called on the page, in the order in which they are offered."""

Make = Callable[[], Download]


def makers(task: Task, report: Report, comparison: Comparison | None, library: Library) -> dict[str, Make]:
    """How each download that there can be for this task is made, by its key in LABELS."""
    from constitution_check.annotate import refuse_other_formats
    from constitution_check.errors import CheckError

    made = of_report(report, library)
    if report.gaps:
        made["brief"] = lambda: _brief(report, library)
    if comparison is not None:
        made["compare"] = lambda: _compared(comparison, library)
    try:
        refuse_other_formats(task.constitution)
    except CheckError:
        return made
    return {**made, "annotated": lambda: _annotated(task, report, library)}


def of_report(report: Report, library: Library) -> dict[str, Make]:
    """The downloads that need nothing but the report."""
    from constitution_check.reports.jsonreport import render_json
    from constitution_check.reports.word import render_word

    stem = PurePosixPath(report.sources[0].name).stem
    return {
        "word": lambda: Download(f"{stem}-gap-report.docx", WORD, render_word(report, library)),
        "json": lambda: Download(f"{stem}-gap-report.json", JSON, render_json([report]).encode("utf-8")),
    }


def _brief(report: Report, library: Library) -> Download:
    from constitution_check.reports.brief_word import render_brief

    return Download(f"{PurePosixPath(report.sources[0].name).stem}-brief.docx", WORD, render_brief(report, library))


def _compared(comparison: Comparison, library: Library) -> Download:
    from constitution_check.reports.compare_word import render_compare_word

    stem = PurePosixPath(comparison.new.sources[0].name).stem
    return Download(f"{stem}-what-changed.docx", WORD, render_compare_word(comparison, library))


def _annotated(task: Task, report: Report, library: Library) -> Download:
    """The copy keeps the ending of what was sent: it is of the same kind."""
    from constitution_check.annotate import annotate

    name = task.constitution
    kind = PDF if name.suffix.lower() == ".pdf" else WORD
    return Download(f"{name.stem}-annotated{name.suffix}", kind, annotate(name, report, library).content)
