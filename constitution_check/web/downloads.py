"""The documents to download: each made in the worker while the files are still there, and kept only in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from constitution_check.web.jobs import Download

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.model import Report
    from constitution_check.web.jobs import Task

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"

LABELS = {"word": "Word report (.docx)", "json": "Data for programs (.json)"}
"""What each download is called on the page, in the order in which they are offered."""

Make = Callable[[], Download]


def makers(task: Task, report: Report, earlier: Report | None, library: Library) -> dict[str, Make]:
    """How each download that there can be for this task is made, by its key in LABELS."""
    return of_report(report, library)


def of_report(report: Report, library: Library) -> dict[str, Make]:
    """The downloads that need nothing but the report."""
    from constitution_check.reports.jsonreport import render_json
    from constitution_check.reports.word import render_word

    stem = PurePosixPath(report.sources[0].name).stem
    return {
        "word": lambda: Download(f"{stem}-gap-report.docx", WORD, render_word(report, library)),
        "json": lambda: Download(f"{stem}-gap-report.json", JSON, render_json([report]).encode("utf-8")),
    }
