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
from constitution_check.model import Status
from constitution_check.reports.word import render_word, write_word
from constitution_check.reports.word_front import WORST_ON_FRONT

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


def test_the_first_page_puts_the_contradicted_and_the_worst_first() -> None:
    assert [p.text for p in after(opened(), "Contradicted, and worst first")] == [
        "No one is gagged (missing, contradicted). The text rules the opposite in Appendix C, 4(b). See gap 1.",
        "Safeguards outlive a merger (missing). Nothing in the text read secures this. See gap 2.",
        "Companies that avoid tax are kept out of contracts (weakened). An escape hatch; a duty only to think about "
        "it; 1 of its 2 parts is not there. See gap 3."]


def test_the_first_page_names_what_could_not_be_read_and_says_that_it_is_no_legal_advice() -> None:
    assert [p.text for p in after(opened(), "What could not be read")][:2] == [
        "page 14: it is a picture without text", words.NOT_LEGAL_ADVICE]
    whole = report(sources=(source(unread=()),))
    assert after(opened(whole), "What could not be read")[0].text == "Nothing: the whole of the document was read."


def test_the_first_page_stays_short_where_there_are_many_gaps() -> None:
    many = report(*(missing().model_copy(update={"safeguard": f"stay-{n}"}) for n in range(20)))
    told = [p.text for p in after(opened(many), "Worst first")]
    assert len(told) == WORST_ON_FRONT + 1
    assert told[-1] == "14 more gaps are in the table of all safeguards."


def test_the_counts_stand_in_a_table_as_numbers_and_words() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened().tables[0].rows]
    assert rows == [["Present", "Weakened", "Missing", "Contradicted"], ["1", "1", "2", "1"]]


def test_the_table_shows_every_safeguard_with_a_verdict_in_words_and_its_paragraph() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened().tables[1].rows]
    assert rows == [
        ["Safeguard", "Verdict", "Paragraph", "More"],
        ["Companies that avoid tax are kept out of contracts\nWho may be paid", "Weakened", "8.6.3(g)", "Gap 3"],
        ["Decisions are taken where people can watch\nOpenness", "Present", "6.1", "Evidence"],
        ["No one is gagged\nVoice", "Missing, contradicted", "Appendix C, 4(b)", "Gap 1"],
        ["Safeguards outlive a merger\nDurability", "Missing", "nothing found", "Gap 2"]]


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


def test_a_gap_has_its_five_parts_in_order() -> None:
    document = opened()
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    at = headings.index("Gap 3: Companies that avoid tax are kept out of contracts")
    assert headings[at + 1 : at + 5] == [
        "Why it matters", "What the constitution says", "What falls short", "Wording to ask for"]


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
    assert said[at + 1 : at + 8] == [
        "The text secures avoidance in every case. Weakened.",
        "An escape hatch: “where practicable” (paragraph 8.6.3(g)). The duty falls away when someone finds it "
        "impracticable.",
        "A duty only to think about it: “have regard to” (paragraph 8.6.3(g)). It is enough to think about it.",
        "The text secures every-procurement in every case. Not there.",
        "Wording to ask for",
        "The Group must exclude any contractor that uses improper tax avoidance schemes.",
        "The exclusion applies to every procurement."]


def test_a_gap_of_which_nothing_is_found_says_so() -> None:
    assert [p.text for p in after(opened(report(missing())), "What the constitution says")] == [
        "Nothing was found that comes near it."]


def test_the_tracked_changes_that_a_verdict_turns_on_are_told() -> None:
    assert ("This turns on tracked changes by A. Clerk that are not yet settled: accepted, the safeguard is missing; "
            "rejected, it is present.") in texts(opened())


def test_what_is_there_comes_with_its_evidence_and_what_would_make_it_firmer() -> None:
    said = texts(opened(report(present())))
    at = len(said) - said[::-1].index("Decisions are taken where people can watch") - 1
    assert said[at + 1].strip("\u00a0").replace("\u00a0", "") == "Present Secured in paragraph 6.1."
    assert said[at + 2 : at + 10] == [
        "“Meetings of the Governing Body shall be held in public.”", "Paragraph 6.1, page 7, under “Procurement”",
        "“Papers will be sent to members.”",
        "Paragraph 6.4, page 8, under “Procurement”. Nearest passage, not enough: It speaks of members, not of the "
        "public.",
        "What would make it firmer",
        "The text secures papers in every case. Not there (an improvement; the verdict does not need it).",
        "Wording to ask for", "The Group must secure papers."]


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


def test_the_contents_hold_every_heading_of_the_first_two_levels_and_every_link_leads_somewhere() -> None:
    document = opened()
    entries = [p.text for p in document.paragraphs if p.style.name.lower() in ("toc 1", "toc 2")]
    assert entries == [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    names = document.element.xpath("//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names)) == len(set(document.element.xpath("//w:bookmarkStart/@w:id")))
    assert set(document.element.xpath("//w:hyperlink/@w:anchor")) <= set(names)


def test_the_fields_are_whole_and_nothing_asks_to_be_updated() -> None:
    document = opened()
    assert "".join(document.element.xpath("//w:instrText/text()")).strip() == r'TOC \o "1-2" \n \h \z'
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
