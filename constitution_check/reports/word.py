"""The gap report as a Word document: a page for a chair, then everything that it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from constitution_check.model import Report, Verdict
from constitution_check.reports import story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_back import write_back
from constitution_check.reports.word_contents import write_contents
from constitution_check.reports.word_front import write_front
from constitution_check.reports.word_gap import write_gap, write_present
from constitution_check.reports.word_page import as_bytes, new_document
from constitution_check.reports.word_parts import heading

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


def write_word(report: Report, library: Library, out: Path) -> None:
    """Write the gap report to `out` as .docx. Raises OSError where it cannot be written."""
    out.write_bytes(render_word(report, library))


def render_word(report: Report, library: Library) -> bytes:
    """The gap report as the bytes of a .docx."""
    document = new_document(f"Gap report: {report_name(report)}", "Safeguards in an NHS constitution",
                            report.checked_at, report.tool.version)
    findings = story.worst_first(report.findings)
    gaps = [finding for finding in findings if finding.is_gap]
    secured = [finding for finding in findings if finding.verdict is Verdict.PRESENT]
    after_contents = write_front(document, report, gaps)
    if gaps:
        heading(document, "The gaps, one by one", 1, "_Toc_gaps").paragraph_format.page_break_before = True
    for number, finding in enumerate(gaps, 1):
        write_gap(document, number, finding, report, library.get(finding.safeguard))
    if secured:
        heading(document, "What is there", 1, "_Toc_present").paragraph_format.page_break_before = True
    for finding in secured:
        write_present(document, finding, report, library.get(finding.safeguard))
    write_back(document, report, library)
    write_contents(document, after_contents)
    return as_bytes(document)


def report_name(report: Report) -> str:
    """What the report is about in a few words: the body's name, else the document's."""
    return clean(report.body.name or report.sources[0].name)
