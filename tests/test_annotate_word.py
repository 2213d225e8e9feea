"""Comments on the very words and tracked insertions, in Word files written for what they show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from annotated_files import annotated, ask, is_ours, notes, remark
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import W_URI, listed, para, parts, run, word_file, write

from constitution_check import check_document, load_library
from constitution_check.annotate import annotate, in_child, refuse_other_formats
from constitution_check.annotate.job import annotate_file
from constitution_check.annotate.records import Spot
from constitution_check.annotate.word import annotate_word
from constitution_check.annotate.word_trace import trace
from constitution_check.annotate.word_write import serialised
from constitution_check.errors import CheckError
from constitution_check.outline import build
from constitution_check.readers.word import read_word
from constitution_check.readers.word_package import Package
from constitution_check.readers.word_xml import VAL, W

NUMBERING = ('<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
             '<w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr><w:rPr><w:b/></w:rPr></w:lvl>'
             '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>'
             '<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl></w:abstractNum>'
             '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')
PUBLIC = "The Board shall, where practicable, hold its meetings in public."
MEETINGS = (para("Meetings", listed(1)) + para(PUBLIC, listed(1, 1)) + para("Papers are sent out.", listed(1, 1))
            + para("Money", listed(1)) + para("The Board shall keep accounts.", listed(1, 1)))


def clause(inside: str) -> str:
    """A section with one paragraph."""
    return para("Meetings", listed(1)) + para(inside, listed(1, 1))


def numbered(folder: Path, body: str = MEETINGS, **others: str) -> Path:
    return word_file(folder, body, numbering=NUMBERING, **others)


def write_copy(folder: Path, data: bytes) -> Path:
    out = folder / "copy.docx"
    out.write_bytes(data)
    return out


# --- comments ------------------------------------------------------------------------------


def test_a_comment_stands_on_the_very_words(tmp_path: Path) -> None:
    copy = annotated(numbered(tmp_path), (remark("where practicable", "1.1"),))
    assert copy.on("where practicable") == "An escape hatch. The duty falls away."
    assert copy.written.comments == 1
    assert copy.written.loose == 0


def test_split_runs_look_as_before(tmp_path: Path) -> None:
    bold = '<w:b/><w:sz w:val="26"/>'
    copy = annotated(numbered(tmp_path, clause(run(PUBLIC, bold))),
                     (remark("practicable", "1.1"),))
    runs = [r for r in copy.body.iter(W + "r") if r.find(W + "t") is not None]
    looks = ["".join(str(c.tag) for c in r.iterfind(f"{W}rPr/*")) for r in runs]
    assert looks == ["", *[W + "b" + W + "sz"] * 3]
    assert [t.get("{http://www.w3.org/XML/1998/namespace}space") for t in copy.body.iter(W + "t")] == ["preserve"] * 4


@pytest.mark.parametrize("wrapped", [
    '<w:ins w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z">{}</w:ins>',
    '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    '<w:sdt><w:sdtPr><w:alias w:val="a"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
    '<w:smartTag w:element="x">{}</w:smartTag>',
])
def test_words_inside_insertions_links_and_controls_are_found(tmp_path: Path, wrapped: str) -> None:
    inside = run("It shall be so, ") + wrapped.format(run("where practicable, and open."))
    copy = annotated(numbered(tmp_path, clause(inside)), (remark("practicable", "1.1"),))
    assert copy.on("practicable")


FIELD = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


@pytest.mark.parametrize("wrapped", [
    FIELD, '<w:fldSimple w:instr=" REF x ">{}</w:fldSimple>',
    '<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
])
def test_what_word_makes_anew_is_marked_from_outside(tmp_path: Path, wrapped: str) -> None:
    inside = run("It is subject to ") + wrapped.format(run("section 6.2")) + run(" alone.")
    copy = annotated(numbered(tmp_path, clause(inside)), (remark("6.2", "1.1"),))
    assert copy.on("section 6.2")
    for wrapper in copy.body.iter(W + "fldSimple", W + "sdtContent"):
        assert not list(wrapper.iter(W + "commentRangeStart", W + "commentRangeEnd"))


def test_the_same_words_twice_are_told_apart_by_their_place(tmp_path: Path) -> None:
    text = "The Board may meet and may publish papers."
    copy = annotated(numbered(tmp_path, clause(text)),
                     (remark("may", "1.1", start=text.index("may publish")),))
    mark = list(copy.body.iter(W + "commentRangeStart"))[1]
    before = [t.text for e in mark.itersiblings(preceding=True) for t in e.iter(W + "t")]
    assert before == ["The Board may meet and "]


def test_overlapping_words_have_a_comment_each(tmp_path: Path) -> None:
    words = ("shall, where practicable", "where practicable, hold", "practicable")
    copy = annotated(numbered(tmp_path), tuple(remark(quote, "1.1") for quote in words))
    assert set(words) <= set(copy.marked().values())


def test_words_in_a_footnote_are_quoted_where_it_is_referred_to(tmp_path: Path) -> None:
    note = "<w:p><w:r><w:t>Where practicable, that is.</w:t></w:r></w:p>"
    path = numbered(tmp_path, clause(run("It meets.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
                    footnotes=f'<w:footnote w:id="1">{note}</w:footnote>')
    number = next(p.number for p in build(read_word(path).blocks, "x").provisions if p.text.startswith("Where"))
    copy = annotated(path, (remark("Where practicable", number),))
    assert any(text.startswith("About “Where practicable”:") for text in copy.comments().values())
    assert copy.part("word/footnotes.xml") == zipfile.ZipFile(path).read("word/footnotes.xml")


def test_words_that_are_not_there_are_quoted_on_their_paragraph(tmp_path: Path) -> None:
    copy = annotated(numbered(tmp_path), (remark("never said", "1.1"),))
    assert copy.on(PUBLIC).startswith("About “never said”:")
    assert copy.written.loose == 1


def test_comments_that_are_there_stay_and_no_id_is_used_twice(tmp_path: Path) -> None:
    body = MEETINGS.replace("<w:p>", '<w:p><w:bookmarkStart w:id="3" w:name="b"/><w:bookmarkEnd w:id="3"/>', 1)
    body = ('<w:p><w:commentRangeStart w:id="9"/><w:r><w:t>Cover</w:t></w:r><w:commentRangeEnd w:id="9"/>'
            '<w:r><w:commentReference w:id="9"/></w:r></w:p>') + body.replace("<w:pPr></w:pPr>", "")
    said = "<w:p><w:r><w:t>Ours &amp; theirs</w:t></w:r></w:p>"
    path = numbered(tmp_path, body, comments=f'<w:comment w:id="9" w:author="Ann" w:initials="A">{said}</w:comment>')
    copy = annotated(path, (remark("where practicable", "1.1"),), (ask("It shall."),))
    assert copy.comments()["9"] == "Ours & theirs"
    used = [e.get(W + "id") for e in copy.body.iter(W + "ins", W + "commentRangeStart", W + "bookmarkStart")]
    assert len(used) == len(set(used))


# --- insertions ----------------------------------------------------------------------------


def test_wording_goes_to_the_section_of_its_subject_and_moves_no_number(tmp_path: Path) -> None:
    path = numbered(tmp_path)
    copy = annotated(path, asks=(ask("Meetings shall be open.", "So shall committees."),))
    assert copy.inserted() == ["1.2A\tMeetings shall be open.", "1.2B\tSo shall committees."]
    out = write_copy(tmp_path, copy.data)
    labels = [(block.label, block.text) for block in read_word(out).blocks]
    assert ("2.", "Money") in labels
    assert ("2.1", "The Board shall keep accounts.") in labels


def test_wording_goes_beside_the_passage_of_the_same_safeguard(tmp_path: Path) -> None:
    copy = annotated(numbered(tmp_path), asks=(ask("Open.", beside=(Spot(paragraph="2.1", quote="accounts"),)),))
    assert copy.inserted() == ["2.1A\tOpen."]


def test_new_paragraphs_look_like_their_neighbours_without_a_number_that_counts(tmp_path: Path) -> None:
    copy = annotated(numbered(tmp_path), asks=(ask("Meetings shall be open."),))
    (ours,) = [p for p in copy.body.iter(W + "p") if is_ours(p)]
    number = ours.find(f"{W}pPr/{W}numPr/{W}numId")
    indent = ours.find(f"{W}pPr/{W}ind")
    assert number is not None
    assert number.get(VAL) == "0"
    assert indent is not None
    assert dict(indent.attrib) == {W + "left": "720", W + "hanging": "720"}


def test_a_document_without_a_near_section_gets_one_of_its_own_before_the_schedules(tmp_path: Path) -> None:
    body = (para("Seals", listed(1)) + para("The seal is kept in a box.", listed(1, 1)) + para("Ink", listed(1))
            + para("Ink is black.", listed(1, 1)) + para("Schedule 1 Boxes") + para("1. A box is of oak."))
    copy = annotated(numbered(tmp_path, body), asks=(ask("Quorate gatherings occur.", safeguard="nothing-known"),))
    assert copy.inserted() == ["3.\tSafeguards", "3.1\tQuorate gatherings occur."]
    texts = ["".join(p.itertext()) for p in copy.body.iter(W + "p")]
    assert texts.index("Schedule 1 Boxes") > next(i for i, t in enumerate(texts) if "Safeguards" in t)


def test_wording_beside_a_list_stands_behind_the_whole_of_it(tmp_path: Path) -> None:
    texts = ("1. Meetings", "1.1 The Board shall:", "(a) meet in public; and", "(b) keep minutes.", "1.2 It meets.")
    body = "".join(para(text) for text in texts)
    beside = (Spot(paragraph="1.1(a)", quote="meet"),)
    copy = annotated(word_file(tmp_path, body), asks=(ask("It shall.", beside=beside),))
    written = ["".join(t.text or "" for t in p.iter(W + "t")) for p in copy.body.iter(W + "p")]
    assert written.index("(b) keep minutes.") + 1 == written.index("1.1A It shall.")


def test_wording_beside_a_table_stands_behind_the_table(tmp_path: Path) -> None:
    cell = f"<w:tc><w:tcPr/>{para('Board')}</w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    body = para("1. Meetings") + para("1.1 The Board meets as follows:") + table + para("1.2 Minutes are kept.")
    beside = (Spot(paragraph="1.1", quote="meets"),)
    copy = annotated(word_file(tmp_path, body), asks=(ask("It shall.", beside=beside),))
    (ours,) = [p for p in copy.body.iter(W + "p") if is_ours(p)]
    parent = ours.getparent()
    assert parent is not None
    assert parent.tag == W + "body"


def test_rejecting_everything_gives_the_original_and_accepting_adds_only_ours(tmp_path: Path) -> None:
    path = numbered(tmp_path)
    copy = annotated(path, (remark("where practicable", "1.1"),), (ask("Meetings shall be open."),))
    reading = read_word(write_copy(tmp_path, copy.data))
    before = read_word(path)
    assert reading.current == before.blocks
    ours = "1.2A Meetings shall be open."
    assert [b for b in reading.blocks if b.text != ours] == list(before.blocks)
    assert [(c.author, c.text) for c in reading.changes] == [("Constitution Check", ours)]


def test_a_neighbour_taken_out_of_its_styles_list_lends_no_number(tmp_path: Path) -> None:
    style = ('<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
             '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    styled, bare = '<w:pStyle w:val="C"/>', '<w:pStyle w:val="C"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (para("Meetings", listed(1)) + para("The Board meets.", styled) + para("It shall meet often.", bare)
            + para("It keeps minutes.", styled))
    beside = (Spot(paragraph="after 1.1", quote="often"),)
    copy = annotated(numbered(tmp_path, body, styles=style), asks=(ask("Open.", beside=beside),))  # checks itself
    assert len(copy.inserted()) == 1


def test_their_tracked_changes_stay(tmp_path: Path) -> None:
    struck = '<w:del w:id="5" w:author="Ann"><w:r><w:delText>not </w:delText></w:r></w:del>'
    body = MEETINGS + para(run("Kept ") + struck + run("secret, where practicable."), listed(1, 1))
    copy = annotated(numbered(tmp_path, body), (remark("where practicable", "2.2"),), (ask("Open."),))
    (theirs,) = copy.body.iter(W + "del")
    assert theirs.get(W + "author") == "Ann"
    assert "".join(theirs.itertext()) == "not "
    assert copy.on("where practicable")


# --- the package ---------------------------------------------------------------------------


def test_everything_not_touched_is_copied_byte_for_byte(tmp_path: Path) -> None:
    members = parts(MEETINGS, numbering=NUMBERING)
    members["word/media/image1.png"] = b"\x89PNG not really"
    members["customXml/item1.xml"] = "<x  a='1'/>"
    path = write(tmp_path / "with.docx", members)
    copy = annotated(path, (remark("where practicable", "1.1"),), (ask("Open."),))
    with zipfile.ZipFile(io.BytesIO(copy.data)) as now, zipfile.ZipFile(path) as then:
        rewritten = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
        assert {n for n in then.namelist() if now.read(n) != then.read(n)} == rewritten
        assert set(now.namelist()) - set(then.namelist()) == {"word/comments.xml"}
    assert docx.Document(io.BytesIO(copy.data)).paragraphs


def test_a_strict_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    members = {name: content.replace(W_URI, "http://purl.oclc.org/ooxml/wordprocessingml/main")
               if isinstance(content, str) else content for name, content in parts(MEETINGS).items()}
    path = write(tmp_path / "strict.docx", members)
    with pytest.raises(CheckError, match="ISO Strict form"):
        annotated(path)


def test_protection_is_told(tmp_path: Path) -> None:
    settings_part = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    copy = annotated(numbered(tmp_path, settings=settings_part))
    assert "stop the protection" in copy.written.notes[0]


def test_a_copy_that_lost_words_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = numbered(tmp_path)
    monkeypatch.setattr("constitution_check.annotate.word.serialised",
                        lambda root: serialised(root).replace(b"accounts", b"account"))
    with pytest.raises(CheckError, match=r"did not pass its own check.*not the original's at “The Board shall keep"):
        annotated(path)


def test_a_file_that_changed_after_it_was_checked_is_refused(tmp_path: Path) -> None:
    path = numbered(tmp_path)
    said = notes(path).model_copy(update={"sha256": "0"})
    with pytest.raises(CheckError, match="was changed while it was checked"):
        annotate_file(path, said.model_dump_json().encode())


@pytest.mark.parametrize("name", ["a.md", "a.doc", "a.html", "a"])
def test_other_formats_are_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(CheckError, match=r"made of Word files \(\.docx\) and PDFs only"):
        refuse_other_formats(Path(name))


def test_a_set_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=rf"{tmp_path.name} is a folder\. Give the constitution in it by.*--with"):
        refuse_other_formats(tmp_path)
    with pytest.raises(CheckError, match=r"all\.zip is a set of documents \(\.zip\)\. Give the constitution"):
        refuse_other_formats(tmp_path / "all.zip")


# --- any text, any runs --------------------------------------------------------------------

_WORDS = st.text(st.sampled_from("abc xyz,\u00a0\u00ad–é"), min_size=1, max_size=12)
_WRAPS = st.sampled_from(["{}", '<w:hyperlink w:anchor="x">{}</w:hyperlink>', FIELD,
                          '<w:ins w:id="70" w:author="A">{}</w:ins>', "{}<w:r><w:tab/></w:r>",
                          '<w:fldSimple w:instr="REF x">{}</w:fldSimple>', "<w:r><w:rPr><w:i/></w:rPr><w:br/></w:r>{}"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_WORDS, _WRAPS), min_size=1, max_size=6),
       st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=4))
def test_any_words_in_any_runs_are_marked_and_nothing_is_lost(pieces: list[tuple[str, str]],
                                                              spans: list[tuple[int, int]]) -> None:
    inside = "".join(wrap.format(run(text)) for text, wrap in pieces)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts(para("1. Meetings") + para(run("1.1 Zeta ") + inside)).items():
            archive.writestr(name, content)
    package = Package(Path("any.docx"), data.getvalue())
    traced = trace(Package(Path("any.docx"), data.getvalue()))
    text = next(p for p in traced.outlined.provisions if p.number == "1.1").text
    quotes = [(start, text[start:start + length]) for start, length in spans if text[start:start + length].strip()]
    said = notes(Path(__file__), tuple(remark(quote, "1.1", start) for start, quote in quotes))
    written, copy = annotate_word(data.getvalue(), package, said)  # checks itself
    assert written.loose == 0
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def test_the_whole_way_through_gives_comments_and_insertions(tmp_path: Path) -> None:
    path = numbered(tmp_path)
    library = load_library()
    report = check_document(path, library=library, safeguards=["meetings-in-public"])
    made = annotate(path, report, library)
    reading = read_word(write_copy(tmp_path, made.content))
    assert made.written.comments == 1
    assert any("1.1A" in block.text for block in reading.blocks)


def test_the_child_that_opens_the_file_says_its_sentence(tmp_path: Path) -> None:
    members = {name: content.replace(W_URI, "http://purl.oclc.org/ooxml/wordprocessingml/main")
               if isinstance(content, str) else content for name, content in parts(MEETINGS).items()}
    path = write(tmp_path / "strict.docx", members)
    with pytest.raises(CheckError, match="ISO Strict form of Word's format"):
        in_child(path, notes(path).model_dump_json().encode())
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(CheckError, match=r"strict\.docx"):
        in_child(path, notes(path).model_dump_json().encode())
