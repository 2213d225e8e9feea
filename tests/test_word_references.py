"""Cross-references and other fields within a clause, paragraphs that run on, and parts that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import deleted, inserted, level, listed, numbering, para, part, parts, run, style, word_file, write

from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.outline import build
from constitution_check.readers.word import read_word

LIST = numbering(level(0, "%1."), level(1, "%1.%2"))
SEPARATOR = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"


def char(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/>{more}</w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def reference(words: str, result: str) -> str:
    """A complex field whose code and result are each split over runs, with the marks that Word strews in."""
    return (char("begin") + code(words[:5]) + '<w:proofErr w:type="spellStart"/>' + code(words[5:]) + char("separate")
            + run(result[:2]) + '<w:bookmarkStart w:id="3" w:name="_Hlk1"/>' + run(result[2:], "<w:b/>")
            + '<w:bookmarkEnd w:id="3"/>' + char("end"))


def read(folder: Path, body: str, **others: str) -> Reading:
    return read_word(word_file(folder, body, numbering=LIST, **others))


@pytest.mark.parametrize("field", [
    reference(r" REF _Ref42 \r \h ", "8.6.3(g)"), reference(" PAGEREF _Ref42 ", "8.6.3(g)"),
    f'<w:fldSimple w:instr=" REF _Ref42 \\w ">{run("8.6.")}{run("3(g)")}</w:fldSimple>',
    f'<w:hyperlink w:anchor="_Ref42">{reference(" REF _Ref42 ", "8.6.3(g)")}</w:hyperlink>',
    f'<w:sdt><w:sdtContent>{reference(" REF _Ref42 ", "8.6.3(g)")}</w:sdtContent></w:sdt>',
    reference(" QUOTE ", "").replace(char("separate"), char("separate") + reference(" REF _Ref42 ", "8.6.3(g)")),
])
def test_a_reference_within_a_clause_shows_its_result_once(tmp_path: Path, field: str) -> None:
    body = para(run("Subject to paragraph ") + field + run(", members shall not vote."), listed(1))
    (block,) = read(tmp_path, body).blocks
    assert (block.label, block.text) == ("1.", "Subject to paragraph 8.6.3(g), members shall not vote.")


def test_a_reference_changed_by_tracked_changes_is_read_in_each_text(tmp_path: Path) -> None:
    field = (char("begin") + code(" REF _Ref42 ") + char("separate") + deleted("4.2", "Bo") + inserted(run("4.3"), "Bo")
             + char("end"))
    whole = inserted(reference(" REF _Ref43 ", "9.1"), "Ann")
    reading = read(tmp_path, para(run("See ") + field + run(" and ") + whole + run(".")))
    assert [b.text for b in reading.blocks] == ["See 4.3 and 9.1."]
    assert reading.current is not None
    assert [b.text for b in reading.current] == ["See 4.2 and ."]
    assert [(c.kind, c.author, c.text) for c in reading.changes] == [
        ("deletion", "Bo", "4.2"), ("insertion", "Bo", "4.3"), ("insertion", "Ann", "9.1")]


def test_a_style_separator_lets_the_next_paragraph_run_on_under_the_same_number(tmp_path: Path) -> None:
    heading = style("H2", "<w:outlineLvl w:val='1'/>" + listed(1, 1), name="heading 2")
    body = (para("Meetings", listed(1)) + para(run("Quorum."), f'<w:pStyle w:val="H2"/>{SEPARATOR}')
            + para(" No business shall be done without six members.") + para("Notice.", listed(1, 1)))
    reading = read(tmp_path, body, styles=heading)
    assert [(b.label, b.text) for b in reading.blocks] == [
        ("1.", "Meetings"), ("1.1", "Quorum. No business shall be done without six members."), ("1.2", "Notice.")]
    assert [(p.number, p.is_heading) for p in build(reading.blocks, "x").provisions][1] == ("1.1", False)


def test_a_style_separator_before_a_table_or_the_end_loses_nothing(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{para('Cell.')}</w:tc></w:tr></w:tbl>"
    body = para("One.", listed(1) + SEPARATOR) + table + para("Two.", listed(1) + SEPARATOR)
    assert [(b.label, b.text) for b in read(tmp_path, body).blocks] == [("1.", "One."), ("", "Cell."), ("2.", "Two.")]


def test_notes_are_cited_as_notes_of_their_paragraph(tmp_path: Path) -> None:
    note = '<w:r><w:{}Reference w:id="2"/></w:r>'
    body = (para(run("The Board shall meet.") + note.format("footnote"), listed(1)) + para("It shall vote.", listed(1))
            + para(run("Nobody shall be paid.") + note.format("endnote")))
    reading = read(tmp_path, body, footnotes=f'<w:footnote w:id="2">{para("Save in August.")}</w:footnote>',
                   endnotes=f'<w:endnote w:id="2">{para("But expenses are.")}</w:endnote>')
    assert [(p.number, p.text) for p in build(reading.blocks, "x").provisions] == [
        ("1", "The Board shall meet."), ("note to 1", "Save in August."), ("2", "It shall vote."),
        ("after 2", "Nobody shall be paid."), ("note after 2", "But expenses are.")]


def test_text_written_from_right_to_left_and_moved_by_marks_keeps_its_order(tmp_path: Path) -> None:
    body = para(f'<w:bdo w:val="ltr">{run("The Board ")}</w:bdo><w:dir w:val="ltr">{run("must ")}</w:dir>'
                + run("\u200fnot\u200e sit", "<w:rtl/>") + "<w:r><w:ptab/></w:r>" + run("alone."))
    assert [b.text for b in read(tmp_path, body).blocks] == ["The Board must not sit alone."]


def test_a_protected_document_and_its_glossary_are_read_as_what_they_are(tmp_path: Path) -> None:
    protection = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    members = parts(para("The Board shall meet."), settings=protection)
    members["word/glossary/document.xml"] = part("glossaryDocument", para("Boilerplate."))
    reading = read_word(write(tmp_path / "a.docx", members))
    assert [b.text for b in reading.blocks] == ["The Board shall meet."]


def test_linked_documents_are_named(tmp_path: Path) -> None:
    unread = read(tmp_path, para("Intro.") + para('<w:subDoc r:id="rId7"/>')).unread
    assert [item.what for item in unread] == ["A linked document after “Intro.”"]


SCANNED = ('<w:r><w:drawing><wp:inline><wp:extent cx="6500000" cy="9200000"/><a:graphic><a:graphicData uri="x/picture">'
           '<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')


def test_pictures_of_pages_with_captions_are_a_scan_and_no_constitution_without_safeguards(tmp_path: Path) -> None:
    body = "".join(para(f"{page}. Page {page} of the constitution, scanned") + para(SCANNED) for page in range(1, 21))
    with pytest.raises(CheckError, match="pictures of pages and almost no text"):
        read(tmp_path, body)


def test_one_scanned_page_in_a_text_is_named_as_unread(tmp_path: Path) -> None:
    body = para("The Board shall meet in public and shall publish its papers. " * 10, listed(1)) + para(SCANNED)
    (unread,) = read(tmp_path, body).unread
    assert unread.what.startswith("A picture as large as a page, perhaps a scan after “The Board")
