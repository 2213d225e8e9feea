"""What every Word file of ours has round its text: properties, settings, running head and foot."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm

from constitution_check.reports.clean import clean
from constitution_check.reports.word_parts import field
from constitution_check.reports.word_styles import TEXT_WIDTH, set_styles
from constitution_check.reports.word_xml import element


def new_document(title: str, subject: str, when: datetime, version: str) -> DocumentObject:
    """An empty A4 document with our styles, its title in the running head and the page numbers in the foot."""
    document = Document()
    set_styles(document)
    core = document.core_properties
    core.title, core.author, core.language = clean(title)[:255], "Constitution Check", "en-GB"
    core.subject, core.keywords, core.comments = subject, "", ""
    core.created = core.modified = when.replace(tzinfo=None)
    core.last_modified_by = "Constitution Check"
    _settings(document)
    _head_and_foot(document, clean(title), version)
    return document


def as_bytes(document: DocumentObject) -> bytes:
    """The document as a .docx."""
    held = BytesIO()
    document.save(held)
    return held.getvalue()


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


def _head_and_foot(document: DocumentObject, title: str, version: str) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = title
    foot = section.footer.paragraphs[0]
    foot.add_run(f"Constitution Check {version}. Not legal advice.\tPage ")
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")
