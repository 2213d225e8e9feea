"""The gap report as a Word document: a page for a chair, then everything that it rests on."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm

from constitution_check.model import Report, Verdict
from constitution_check.reports import story
from constitution_check.reports.clean import clean
from constitution_check.reports.word_back import write_back
from constitution_check.reports.word_contents import write_contents
from constitution_check.reports.word_front import write_front
from constitution_check.reports.word_gap import write_gap, write_present
from constitution_check.reports.word_parts import field, heading
from constitution_check.reports.word_styles import TEXT_WIDTH, set_styles
from constitution_check.reports.word_xml import element

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


def write_word(report: Report, library: Library, out: Path) -> None:
    """Write the gap report to `out` as .docx. Raises OSError where it cannot be written."""
    out.write_bytes(render_word(report, library))


def render_word(report: Report, library: Library) -> bytes:
    """The gap report as the bytes of a .docx."""
    document = Document()
    set_styles(document)
    _properties(document, report)
    _head_and_foot(document, report)
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
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _properties(document: DocumentObject, report: Report) -> None:
    core = document.core_properties
    core.title, core.author, core.language = f"Gap report: {report_name(report)}"[:255], "Constitution Check", "en-GB"
    core.subject, core.keywords, core.comments = "Safeguards in an NHS constitution", "", ""
    core.created = core.modified = report.checked_at.replace(tzinfo=None)
    core.last_modified_by = "Constitution Check"
    _settings(document)


def _settings(document: DocumentObject) -> None:
    """Word opens the file as its own, not in compatibility mode (compatibilityMode 15 is Word 2013 on)."""
    settings = document.settings.element
    for old in settings.xpath("w:compat"):
        settings.remove(old)
    compat = element("compat")
    compat.append(element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word",
                          val="15"))
    settings.insert_element_before(compat, "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang",
                                   "w:clrSchemeMapping", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator")


def _head_and_foot(document: DocumentObject, report: Report) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = f"Gap report: {report_name(report)}"
    foot = section.footer.paragraphs[0]
    foot.add_run(f"Constitution Check {report.tool.version}. Not legal advice.\tPage ")
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def report_name(report: Report) -> str:
    """What the report is about in a few words: the body's name, else the document's."""
    return clean(report.body.name or report.sources[0].name)
