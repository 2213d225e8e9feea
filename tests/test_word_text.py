"""The text of a Word file: nothing lost, nothing twice, what is not text left out or named."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from word_files import W_URI, level, listed, numbering, para, part, parts, run, style, word_file, write

from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading
from constitution_check.readers.word import read_word


def read(folder: Path, body: str, **others: str) -> Reading:
    return read_word(word_file(folder, body, **others))


def texts(folder: Path, body: str, **others: str) -> list[str]:
    return [block.text for block in read(folder, body, **others).blocks]


def field_marks(code: str, result: str) -> str:
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{code}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


# --- words ---

def test_spaces_breaks_and_hyphens_are_folded(tmp_path: Path) -> None:
    body = para(run("No\u00a0contract\u2003 “shall”") + "<w:r><w:tab/><w:t>be</w:t><w:br/><w:t>a-</w:t><w:cr/></w:r>"
                "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>er\u00adative</w:t></w:r>")
    assert texts(tmp_path, body) == ["No contract “shall” be a- co-operative"]


def test_symbols_become_ordinary_characters(tmp_path: Path) -> None:
    body = para('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 5%</w:t>'
                '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    assert texts(tmp_path, body) == ["≥ 5%✓"]


def test_links_tags_and_controls_are_part_of_the_sentence(tmp_path: Path) -> None:
    body = para(f"{run('The ')}<w:hyperlink r:id='x'>{run('Group')}</w:hyperlink>"
                f"<w:smartTag>{run(' must')}</w:smartTag>"
                f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' publish')}</w:sdtContent></w:sdt>{run(' it.')}")
    assert texts(tmp_path, body) == ["The Group must publish it."]


def test_block_content_controls_keep_their_place(tmp_path: Path) -> None:
    body = para("One.") + f"<w:sdt><w:sdtContent>{para('Two.')}</w:sdtContent></w:sdt>" + para("Three.")
    assert texts(tmp_path, body) == ["One.", "Two.", "Three."]


def test_fields_give_their_result_and_not_their_code(tmp_path: Path) -> None:
    nested = field_marks(f'IF {field_marks("MERGEFIELD x", run("inner"))} = "" ', run("4.2"))
    simple = f'<w:fldSimple w:instr="REF _Ref1">{run("6.3")}</w:fldSimple>'
    body = para(run("Subject to ") + nested + run(" and ") + simple + run("."))
    assert texts(tmp_path, body) == ["Subject to 4.2 and 6.3."]


def test_a_field_may_run_over_paragraphs(tmp_path: Path) -> None:
    begin = ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC \\o</w:instrText>'
             '<w:fldChar w:fldCharType="separate"/></w:r>')
    body = para(begin + run("1 Purpose 3")) + para("2 Area 4") + para(
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("The body is the Group."))
    assert [(b.kind, b.text) for b in read(tmp_path, body).blocks] == [
        ("contents", "1 Purpose 3"), ("contents", "2 Area 4"), ("paragraph", "The body is the Group.")]


def test_a_field_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    body = para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("One.")) + para("Two.", listed(1))
    reading = read(tmp_path, body, numbering=numbering(level(0, "%1.")))
    assert [(b.label, b.text) for b in reading.blocks] == [("", "One."), ("1.", "Two.")]


def test_form_fields_show_their_value(tmp_path: Path) -> None:
    def form(inside: str) -> str:
        return (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
                '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')

    assert texts(tmp_path, para(form("<w:checkBox/>").replace(
        "<w:r><w:fldChar w:fldCharType=\"end\"/>", "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        "<w:r><w:fldChar w:fldCharType=\"end\"/>") + run(" No"))) == ["☐ No"]
    choice = form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="may"/><w:listEntry w:val="must"/></w:ddList>')
    box = form("<w:checkBox><w:checked/></w:checkBox>")
    assert texts(tmp_path, para(box + run(" They ") + choice)) == ["☒ They must"]


def test_equations_and_ruby_are_read_once(tmp_path: Path) -> None:
    body = para(run("so ") + "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath><w:r><w:ruby>"
                f"<w:rt>{run('kan')}</w:rt><w:rubyBase>{run('K')}</w:rubyBase></w:ruby></w:r>")
    assert texts(tmp_path, body) == ["so x=2K"]


def test_hidden_words_stand_apart(tmp_path: Path) -> None:
    body = para(run("The Group must ") + run("not ", "<w:vanish/>") + run("publish."))
    body += para(run("Note.", "<w:vanish/>"))
    assert [(b.text, b.hidden) for b in read(tmp_path, body).blocks] == [
        ("The Group must publish.", False), ("not", True), ("Note.", True)]


def test_hidden_by_style_can_be_shown_again(tmp_path: Path) -> None:
    styles = style("Ghost", look="<w:vanish/>")
    body = para(run("seen", '<w:vanish w:val="0"/>') + run(" unseen"), '<w:pStyle w:val="Ghost"/>')
    blocks = read(tmp_path, body, styles=styles).blocks
    assert [(b.text, b.hidden) for b in blocks] == [("seen", False), ("unseen", True)]


def test_a_colour_is_carried_where_the_whole_block_has_it(tmp_path: Path) -> None:
    green, black = '<w:color w:val="00b050"/>', '<w:color w:val="000000"/>'
    styles = style("Guide", look='<w:color w:val="FF0000"/>')
    body = (para(run("All.", green)) + para(run("Half ", green) + run("half."))
            + para("Red.", '<w:pStyle w:val="Guide"/>') + para(run("Black.", black)))
    assert [b.colour for b in read(tmp_path, body, styles=styles).blocks] == ["00B050", "", "FF0000", ""]


def test_a_drop_capital_joins_its_word(tmp_path: Path) -> None:
    body = para("T", '<w:framePr w:dropCap="drop"/>') + para("he Group.")
    assert texts(tmp_path, body) == ["The Group."]


# --- structure ---

def test_headings_come_from_styles_their_parents_and_outline_levels(tmp_path: Path) -> None:
    styles = (style("Heading2", name="heading 2") + style("Sub", based_on="Heading2")
              + style("Body", '<w:outlineLvl w:val="9"/>', based_on="Heading2"))
    body = "".join(para("x", f'<w:pStyle w:val="{name}"/>') for name in ("Heading2", "Sub", "Body"))
    body += para("x", '<w:outlineLvl w:val="0"/>')
    assert [(b.kind, b.heading_level) for b in read(tmp_path, body, styles=styles).blocks] == [
        ("heading", 2), ("heading", 2), ("paragraph", None), ("heading", 1)]


def test_contents_lists_are_told_apart(tmp_path: Path) -> None:
    styles = style("TOC1", name="toc 1")
    gallery = ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
               f"<w:sdtContent>{para('Contents')}</w:sdtContent></w:sdt>")
    body = gallery + para("1 Name 3", '<w:pStyle w:val="TOC1"/>') + para("1 Name")
    assert [b.kind for b in read(tmp_path, body, styles=styles).blocks] == ["contents", "contents", "paragraph"]


def test_cells_are_read_once_in_place_nested_tables_too(tmp_path: Path) -> None:
    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    nested = f"<w:tbl><w:tr>{cell(para('inner'))}</w:tr></w:tbl>{para('')}"
    rows = "<w:tr>" + cell(para("wide"), '<w:gridSpan w:val="2"/>') + cell(para("last")) + "</w:tr>"
    rows += "<w:tr>" + cell(para("left")) + cell(nested) + "</w:tr>"
    blocks = read(tmp_path, para("before") + f"<w:tbl>{rows}</w:tbl>" + para("after")).blocks
    assert [(b.text, b.cell) for b in blocks] == [
        ("before", None), ("wide", (0, 0, 0)), ("last", (0, 0, 2)), ("left", (0, 1, 0)), ("inner", (1, 0, 0)),
        ("after", None)]


def test_indents_come_from_the_paragraph_the_list_or_the_style(tmp_path: Path) -> None:
    numbers = numbering(level(0, "%1.").replace("</w:lvl>", '<w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>'))
    styles = style("In", '<w:ind w:left="360"/>')
    body = "".join(para("x", how) for how in ('<w:ind w:start="200"/>', listed(1), '<w:pStyle w:val="In"/>', ""))
    assert [b.indent for b in read(tmp_path, body, styles=styles, numbering=numbers).blocks] == [10, 36, 18, 0]


# --- notes, boxes, things without text ---

def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>" + run(" As defined."))}</w:footnote>'
    ends = f'<w:endnote w:id="5">{para("At the end.")}</w:endnote>'
    body = para(run("One") + '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="5"/></w:r>') + para("Two.")
    blocks = read(tmp_path, body, footnotes=notes, endnotes=ends).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("paragraph", "One"), ("footnote", "As defined."), ("endnote", "At the end."), ("paragraph", "Two.")]


def test_a_note_that_is_not_there_is_named(tmp_path: Path) -> None:
    unread = read(tmp_path, para(run("One") + '<w:r><w:footnoteReference w:id="9"/></w:r>')).unread
    why = "the file refers to it but does not hold it"
    assert [(item.what, item.why) for item in unread] == [("A footnote after “One”", why)]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{para('Boxed.')}</w:txbxContent>"
    shape = ("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
             f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
             f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
             "</mc:AlternateContent></w:r>")
    assert [(b.kind, b.text) for b in read(tmp_path, para(shape + run("Anchor."))).blocks] == [
        ("paragraph", "Anchor."), ("textbox", "Boxed.")]


GRAPHIC = ('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://example.org/2006/{}"/></a:graphic>'
           "</wp:inline></w:drawing></w:r>")
PICTURE = ('<w:r><w:drawing><wp:inline><wp:extent cx="{0}" cy="{0}"/><a:graphic><a:graphicData uri="x/picture">'
           '<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')


@pytest.mark.parametrize(("mark_up", "what"), [
    (PICTURE.format(5_000_000), "A large picture"),
    ('<w:r><w:pict><v:shape style="width:400pt;height:6in"><v:imagedata/></v:shape></w:pict></w:r>', "A large picture"),
    ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', "An embedded object (Excel.Sheet.12)"),
    (GRAPHIC.format("chart"), "A chart"), (GRAPHIC.format("diagram"), "A diagram (SmartArt)")])
def test_what_holds_no_text_is_named(tmp_path: Path, mark_up: str, what: str) -> None:
    unread = read(tmp_path, para("Structure") + para(mark_up)).unread
    assert [item.what for item in unread] == [f"{what} after “Structure”"]
    assert "look at it in Word" in unread[0].why


def test_a_small_picture_is_not_named_and_an_inserted_document_is(tmp_path: Path) -> None:
    reading = read(tmp_path, para(run("Logo") + PICTURE.format(900_000)) + '<w:altChunk r:id="rId9"/>')
    assert [item.what for item in reading.unread] == ["An inserted document after “Logo”"]


def test_many_things_unread_are_counted(tmp_path: Path) -> None:
    unread = read(tmp_path, para("x") + para(PICTURE.format(5_000_000)) * 30).unread
    assert len(unread) == 21
    assert unread[-1].what == "A large picture, 10 times more"


def test_comments_headers_and_deleted_instructions_are_left_out(tmp_path: Path) -> None:
    body = para(run("Text.") + '<w:r><w:commentReference w:id="0"/></w:r>')
    members = parts(body, comments=f'<w:comment w:id="0">{para("C")}</w:comment>')
    members["word/header1.xml"] = part("hdr", para("Header"))
    assert [b.text for b in read_word(write(tmp_path / "a.docx", members)).blocks] == ["Text."]


def test_strict_files_read_like_others(tmp_path: Path) -> None:
    members = parts(para("x", listed(1) + '<w:ind w:left="36pt"/>'), numbering=numbering(level(0, "%1.")))
    strict = {name: str(content).replace(W_URI, "http://purl.oclc.org/ooxml/wordprocessingml/main")
              .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                       "http://purl.oclc.org/ooxml/officeDocument/relationships") for name, content in members.items()}
    block = read_word(write(tmp_path / "strict.docx", dict(strict))).blocks[0]
    assert (block.label, block.text, block.indent) == ("1.", "x", 36)


def test_a_file_made_by_python_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Purpose", level=1)
    document.add_paragraph("The Group must be fair.", style="List Number")
    document.add_paragraph("Openly.", style="List Bullet")
    document.add_table(1, 2).cell(0, 1).text = "Cell."
    document.save(str(tmp_path / "made.docx"))
    blocks = read_word(tmp_path / "made.docx").blocks
    assert [(b.kind, b.label, b.text) for b in blocks] == [
        ("heading", "", "Purpose"), ("paragraph", "1.", "The Group must be fair."), ("paragraph", "•", "Openly."),
        ("cell", "", "Cell.")]
    assert isinstance(blocks[0], Block)


def test_a_file_of_pictures_is_called_a_scan(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="only pictures or objects"):
        read(tmp_path, para(PICTURE.format(900_000)))


def test_an_empty_document_says_so(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="holds no text"):
        read(tmp_path, para(""))
