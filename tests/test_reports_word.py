"""The gap report, opened again with python-docx: what a chair and a campaigner find in it."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from invented import TAX, contradicted, library, limb, missing, present, report, source, weakened
from lxml import etree

from constitution_check import words
from constitution_check.model import Status, Unread
from constitution_check.reports import checked, palette
from constitution_check.reports.picture import SIGNS, draw_picture
from constitution_check.reports.word import render_word, write_word
from constitution_check.reports.word_front import LINES_ON_FRONT, UNREAD_ON_FRONT
from constitution_check.reports.word_styles import TEXT_WIDTH

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(of: Any = None) -> Any:
    """The report as python-docx reads it."""
    made = of or report()
    return Document(BytesIO(render_word(made, library(made))))


def texts(document: Any) -> list[str]:
    """The text of every paragraph outside tables, links included."""
    return [paragraph.text for paragraph in document.paragraphs]


def headed(document: Any, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def after(document: Any, heading: str) -> list[Paragraph]:
    """The paragraphs under a heading, up to the next one."""
    paragraphs = document.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.text == heading and p.style.name.startswith("Heading"))
    rest = paragraphs[at + 1 :]
    return list(rest[: next((i for i, p in enumerate(rest) if p.style.name.startswith("Heading")), len(rest))])


def test_the_first_page_says_what_was_checked_when_and_against_what() -> None:
    assert texts(opened())[:6] == [
        "Gap report", "NHS Anytown CCG (clinical commissioning group)",
        "What was checked: Anytown constitution.docx (Word, 88 pages, 31,250 words)",
        "When: 21 November 2026, 14:05 UTC", "Against: 4 safeguards, library version 0123456789ab",
        "Tracked changes: 3 insertions and 1 deletion, by A. Clerk. They were read as if accepted."]


def test_the_first_page_puts_the_contradicted_first_then_names_what_is_missing_then_what_is_weakened() -> None:
    assert [p.text for p in after(opened(), "Contradicted, and worst first")] == [
        "No one is gagged (missing, contradicted). The text rules the opposite in Appendix C, 4(b). See gap 1.",
        "Missing (1): Safeguards outlive a merger.",
        "Companies that avoid tax are kept out of contracts (weakened). An escape hatch; a duty only to think about "
        "it; 1 of its 2 parts is not there. See gap 3.", words.NOT_LEGAL_ADVICE]


def test_the_first_page_names_what_could_not_be_read_and_says_that_it_is_no_legal_advice() -> None:
    assert [p.text for p in after(opened(), "What could not be read")] == ["page 14: it is a picture without text"]
    whole = texts(opened(report(sources=(source(unread=()),))))
    assert "The whole of the document was read." in whole
    assert words.NOT_LEGAL_ADVICE in whole


def test_the_first_page_stays_short_and_yet_names_every_gap() -> None:
    lacking = (missing().model_copy(update={"safeguard": f"stay-{n}", "title": f"Missing {n}"}) for n in range(20))
    weak = (weakened().model_copy(update={"safeguard": f"tax-{n}", "title": f"Weak {n}"})
            for n in range(LINES_ON_FRONT + 2))
    made = report(*lacking, *weak, sources=(source(unread=tuple(
        Unread(what=f"page {n}", why="it is a picture") for n in range(UNREAD_ON_FRONT + 3))),))
    told = [p.text for p in after(opened(made), "Worst first")]
    assert told[0].startswith("Missing (20): Missing 0; Missing 1; ")
    assert len(told) == 1 + LINES_ON_FRONT + 2
    assert told[-2] == f"More that are weakened (2): Weak {LINES_ON_FRONT}; Weak {LINES_ON_FRONT + 1}."
    assert [p.text for p in after(opened(made), "What could not be read")][-1] == (
        "3 more are named at the end of this report.")


def test_the_picture_has_a_page_and_says_in_words_what_it_shows() -> None:
    document = opened()
    (picture,) = document.element.xpath("//wp:docPr")
    assert picture.get("descr") == (
        "Every safeguard by theme, with its verdict and its parts. Who may be paid: 0 present, 1 weakened and 0 "
        "missing. Openness: 1 present, 0 weakened and 0 missing. Voice: 0 present, 0 weakened and 1 missing. "
        "Durability: 0 present, 0 weakened and 1 missing. Of all these, 1 is contradicted. The table of all "
        "safeguards says the same of each.")
    heading = next(p for p in document.paragraphs if p.text == "The whole at a glance")
    assert heading.paragraph_format.page_break_before


def test_the_counts_stand_in_a_table_as_numbers_and_words() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened().tables[0].rows]
    assert rows == [["Present", "Weakened", "Missing", "Contradicted"], ["1", "1", "2", "1"]]


def test_the_table_shows_every_safeguard_with_a_verdict_in_words_and_its_paragraph() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened().tables[1].rows]
    assert rows == [
        ["Safeguard", "Verdict", "Paragraph", "More"],
        ["Who may be paid\nCompanies that avoid tax are kept out of contracts", "Weakened", "8.6.3(g)", "Gap 3"],
        ["Openness\nDecisions are taken where people can watch", "Present", "6.1", "Evidence"],
        ["Voice\nNo one is gagged", "Missing, contradicted", "Appendix C, 4(b)", "Gap 1"],
        ["Durability\nSafeguards outlive a merger", "Missing", "nothing found", "Gap 2"]]


def test_each_verdict_has_a_colour_as_well_as_a_word() -> None:
    cells = [row.cells[1]._tc for row in opened().tables[1].rows[1:]]
    assert [cell.xpath("w:tcPr/w:shd/@w:fill")[0] for cell in cells] == ["FDEFD5", "E2F1E6", "7D0F0F", "FBE4E1"]


def test_every_table_repeats_its_header_and_splits_no_row() -> None:
    document = opened()
    assert len(document.tables) == 3
    for table in document.tables:
        assert table._tbl.xpath("w:tblPr/w:tblDescription/@w:val")[0]
        assert len(table.rows[0]._tr.xpath("w:trPr/w:tblHeader")) == 1
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)


def test_the_theme_is_said_once_above_the_first_of_its_safeguards() -> None:
    other = weakened().model_copy(update={"safeguard": "other", "title": "Other"})
    rows = [row.cells[0].text for row in opened(report(weakened(), other, present())).tables[1].rows[1:]]
    assert rows == ["Who may be paid\nCompanies that avoid tax are kept out of contracts", "Other",
                    "Openness\nDecisions are taken where people can watch"]


def test_a_gap_has_its_parts_in_order() -> None:
    parts = [p.text for p in after(opened(), "Gap 3: Companies that avoid tax are kept out of contracts")]
    assert parts[1].startswith("Why it matters. Why tax matters: ")
    headings = [p.text for p in opened().paragraphs if p.style.name.startswith("Heading")]
    at = headings.index("Gap 3: Companies that avoid tax are kept out of contracts")
    assert headings[at + 1:at + 3] == ["What the constitution says", "What falls short"]


def test_a_gap_is_quoted_with_its_weak_words_marked_and_its_place() -> None:
    paragraphs = opened().paragraphs
    quote = next(i for i, p in enumerate(paragraphs) if p.style.name == "Quote" and TAX in p.text)
    assert paragraphs[quote].text == f"“{TAX}”"
    assert [run.text for run in paragraphs[quote].runs if run.style.name == "Weak words"] == [
        "where practicable", "have regard to"]
    assert paragraphs[quote + 1].text == "Paragraph 8.6.3(g), page 12, under “Procurement”"


def test_a_gap_says_limb_by_limb_what_falls_short_and_what_to_ask_for() -> None:
    said = texts(opened(report(weakened())))
    at = said.index("What falls short")
    assert said[at + 1 : at + 7] == [
        "The text secures avoidance in every case. Weakened.",
        "An escape hatch: “where practicable” (paragraph 8.6.3(g)). The duty falls away when someone finds it "
        "impracticable.",
        "A duty only to think about it: “have regard to” (paragraph 8.6.3(g)). It is enough to think about it.",
        "Not there: The text secures every-procurement in every case.",
        "Wording to ask for: The Group must exclude any contractor that uses improper tax avoidance schemes.",
        "The exclusion applies to every procurement."]


def test_a_gap_of_which_nothing_is_found_says_so() -> None:
    assert [p.text for p in after(opened(report(missing())), "Gap 1: Safeguards outlive a merger")][2:] == [
        "Nothing was found that comes near it.", "Not there: The text secures successor in every case.",
        "Wording to ask for: On merger the Group shall require that its successor keeps these safeguards."]


def test_the_tracked_changes_that_a_verdict_turns_on_are_told() -> None:
    assert ("This turns on tracked changes by A. Clerk that are not yet settled: accepted, the safeguard is missing; "
            "rejected, it is present.") in texts(opened())


def test_what_is_there_comes_with_its_evidence_and_what_would_make_it_firmer() -> None:
    said = texts(opened(report(present())))
    at = len(said) - said[::-1].index("Decisions are taken where people can watch") - 1
    assert said[at + 1].strip("\u00a0").replace("\u00a0", "") == "Present Secured in paragraph 6.1."
    assert said[at + 2 : at + 7] == [
        "“Meetings of the Governing Body shall be held in public.”", "Paragraph 6.1, page 7, under “Procurement”",
        "Nearest passage, not enough: “Papers will be sent to members.” (paragraph 6.4, page 8, under “Procurement”). "
        "It speaks of members, not of the public.",
        "What would make it firmer",
        "Not there (an improvement; the verdict does not need it): The text secures papers in every case."]


def test_a_report_without_gaps_says_so_and_has_no_section_for_them() -> None:
    document = opened(report(present()))
    assert "No gaps were found: every safeguard in the library is there." in texts(document)
    assert "The gaps, one by one" not in headed(document, 1)


def test_what_a_person_should_look_at_stands_apart() -> None:
    assert [p.text for p in after(opened(), "A person should look at")] == [
        "No one is gagged (missing, contradicted). The program is not sure of this one (confidence 40%); its verdict "
        "stands until someone has read Appendix C, 4(b)."]
    assert "A person should look at" not in headed(opened(report(present())), 1)


def test_sources_stand_with_their_dates() -> None:
    assert [p.text for p in after(opened(), "Sources")][1] == (
        "Companies that avoid tax are kept out of contracts: A source about tax (2012-06)")


def test_the_contents_hold_every_heading_of_the_first_level_and_every_link_leads_somewhere() -> None:
    document = opened()
    entries = [p.text for p in document.paragraphs if p.style.name.lower() == "toc 1"]
    assert entries == [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    names = document.element.xpath("//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names)) == len(set(document.element.xpath("//w:bookmarkStart/@w:id")))
    assert set(document.element.xpath("//w:hyperlink/@w:anchor")) <= set(names)


def test_the_fields_are_whole_and_nothing_asks_to_be_updated() -> None:
    document = opened()
    assert "".join(document.element.xpath("//w:instrText/text()")).strip() == r'TOC \o "1-1" \n \h \z'
    assert document.element.xpath("//w:fldChar/@w:fldCharType") == ["begin", "separate", "end"]
    footer = document.sections[0].footer._element
    assert [code.strip() for code in footer.xpath(".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    assert document.settings.element.xpath("w:updateFields") == []


def test_headings_skip_no_level() -> None:
    levels = [int(p.style.name[-1]) for p in opened().paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_language_and_properties_are_set() -> None:
    document = opened()
    assert set(document.styles.element.xpath("//w:lang/@w:val")) == {"en-GB"}
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("Gap report: NHS Anytown CCG", "Constitution Check", "en-GB")
    assert core.created.replace(tzinfo=None) == datetime(2026, 11, 21, 14, 5)
    assert (document.sections[0].page_width.cm, document.sections[0].page_height.cm) == (
        pytest.approx(21, abs=0.01), pytest.approx(29.7, abs=0.01))


def test_text_that_xml_cannot_hold_is_shown_as_unshowable() -> None:
    bad = limb("x", Status.MET, quote="Public\x02 meet\x0bings\x1b[31m.", paragraph="6\x00.1")
    document = opened(report(present().model_copy(update={"limbs": (bad,)}),
                             sources=(source(name="a\x07b.docx"),)))
    assert "“Public\ufffd meet ings\ufffd[31m.”" in texts(document)


def test_every_part_is_well_formed_and_properties_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    out = tmp_path / "gap.docx"
    write_word(report(), library(), out)
    with zipfile.ZipFile(out) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    order = ["keepNext", "keepLines", "widowControl", "pBdr", "shd", "tabs", "spacing", "ind", "contextualSpacing",
             "jc", "outlineLvl"]
    for properties in parts["word/styles.xml"].iter(f"{W}pPr"):
        names = [str(child.tag).removeprefix(W) for child in properties]
        known = [name for name in names if name in order]
        assert known == sorted(known, key=order.index), names
    order = ["rStyle", "rFonts", "b", "i", "color", "sz", "u", "shd", "lang"]
    for properties in [*parts["word/styles.xml"].iter(f"{W}rPr"), *parts["word/document.xml"].iter(f"{W}rPr")]:
        known = [name for name in (str(child.tag).removeprefix(W) for child in properties) if name in order]
        assert known == sorted(known, key=order.index), known


def test_a_contradiction_is_never_only_a_colour() -> None:
    verdicts = [p.text for p in opened(report(contradicted())).paragraphs if "The text rules the opposite" in p.text]
    assert all("contradicted" in text.lower() for text in verdicts)


def test_every_text_can_be_read_against_its_ground() -> None:
    p = palette
    pairs = [(tone.ink, tone.ground) for tone in (*p.TONES.values(), p.CONTRADICTED, p.PLAIN)]
    pairs += [(tone.ink, tone.ground) for _, tone, _ in SIGNS.values()]
    pairs += [(p.INK, p.PAPER), (p.INK, p.PANEL), (p.INK, p.MARK), (p.MUTED, p.PAPER), (p.ACCENT, p.PAPER)]
    assert [pair for pair in pairs if p.contrast(*pair) < 4.5] == []


def test_every_colour_in_the_document_is_one_of_those_that_were_measured() -> None:
    document = opened()
    p = palette
    inks = {p.INK, p.MUTED, p.ACCENT, *(t.ink for t in (*p.TONES.values(), p.CONTRADICTED, p.PLAIN))}
    used = {run.font.color.rgb for paragraph in document.paragraphs for run in paragraph.runs if run.font.color.rgb}
    used |= {run.font.color.rgb for table in document.tables for row in table.rows for cell in row.cells
             for paragraph in cell.paragraphs for run in paragraph.runs if run.font.color.rgb}
    assert {str(colour) for colour in used} <= inks


def test_no_table_is_wider_than_the_text_and_none_has_more_than_four_columns() -> None:
    for table in opened().tables:
        assert sum(column.width.cm for column in table.columns) <= TEXT_WIDTH + 0.05
        assert len(table.columns) <= 4


def test_each_part_of_the_picture_is_a_sign_and_each_verdict_a_word() -> None:
    assert len({sign for sign, _, _ in SIGNS.values()}) == len(Status)
    assert draw_picture(report()).startswith(b"\x89PNG")


def test_the_written_report_is_opened_again_and_what_lacks_is_named() -> None:
    made = report()
    checked.word(render_word(made, library(made)), [finding.title for finding in made.findings])
    with pytest.raises(checked.UnsoundError, match="is not in it"):
        checked.word(render_word(made, library(made)), ["Another safeguard"])
