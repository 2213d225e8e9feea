"""Files made to do harm, and damaged ones: each is refused in a sentence, quickly and in little memory."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import CONTENT_TYPES, para, part, parts, write

from constitution_check.errors import CheckError
from constitution_check.readers import word_package, word_xml
from constitution_check.readers.common import MAX_FILE_BYTES
from constitution_check.readers.word import read_word


def refused(path: Path, words: str) -> None:
    with pytest.raises(CheckError, match=words) as caught:
        read_word(path)
    assert path.name in str(caught.value)
    assert str(caught.value).endswith(".")


def with_document(path: Path, document: str | bytes) -> Path:
    return write(path, parts("") | {"word/document.xml": document})


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = part("document", f"<w:body>{para('x')}</w:body>") + " " * (word_package.MAX_PART_BYTES + 1)
    refused(with_document(tmp_path / "bomb.docx", bomb), "too large or too complex")


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = with_document(tmp_path / "liar.docx", part("document", f"<w:body>{para('x' * 5_000_000)}</w:body>"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo("word/document.xml").file_size
    data = bytearray(bytes(data).replace(struct.pack("<L", real), struct.pack("<L", 1000)))
    path.write_bytes(data)
    refused(path, "damaged")


def test_too_many_members(tmp_path: Path) -> None:
    refused(write(tmp_path / "many.docx", parts(para("x")) | {f"word/{i}.xml": "" for i in range(3_001)}), "too large")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(tmp_path: Path) -> None:
    path = write(tmp_path / "twice.docx", parts(para("x")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/DOCUMENT.xml", part("document", f"<w:body>{para('shall not vote')}</w:body>"))
    refused(path, "damaged")


def test_encrypted_members(tmp_path: Path) -> None:
    path = write(tmp_path / "locked.docx", parts(para("x")))
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(data)
    refused(path, "password")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_every_document_type_declaration_is_refused(tmp_path: Path, encoding: str) -> None:
    document = (f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY e "shall not vote">]>'
                + part("document", f"<w:body>{para('<w:r><w:t>&e;</w:t></w:r>')}</w:body>").split("?>", 1)[1])
    refused(with_document(tmp_path / "dtd.docx", document.encode(encoding)), "document type declaration")


def test_an_external_declaration_is_refused_without_being_fetched(tmp_path: Path) -> None:
    document = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">' + part("document", "<w:body/>").split("?>", 1)[1]
    refused(with_document(tmp_path / "dtd.docx", document), "document type declaration")


def test_deep_nesting(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 1_000 + para("x") + "</w:tc></w:tr></w:tbl>" * 1_000
    refused(write(tmp_path / "deep.docx", parts(deep)), "too complex")


@pytest.mark.parametrize(("opening", "closing", "times"), [
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120)])
def test_nesting_within_bounds_is_read(tmp_path: Path, opening: str, closing: str, times: int) -> None:
    path = write(tmp_path / "deep.docx", parts(opening * times + para("x") + closing * times))
    assert [block.text for block in read_word(path).blocks] == ["x"]


@pytest.mark.parametrize("wrapper", ["smartTag", "ins", "hyperlink", "sdt"])
def test_nesting_inside_a_paragraph_is_read(tmp_path: Path, wrapper: str) -> None:
    nested = f"<w:{wrapper}>" * 240 + "<w:r><w:t>x</w:t></w:r>" + f"</w:{wrapper}>" * 240
    assert [block.text for block in read_word(write(tmp_path / "d.docx", parts(para(nested)))).blocks] == ["x"]


def test_too_many_elements(tmp_path: Path) -> None:
    refused(write(tmp_path / "many.docx", parts("<w:p/>" * (word_xml.MAX_MARKUP + 1))), "too complex")


def test_a_note_referred_to_often_is_read_once(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{para("Note. " * 100)}</w:footnote>'
    body = para('<w:r><w:t>x</w:t><w:footnoteReference w:id="2"/></w:r>') * 500
    blocks = read_word(write(tmp_path / "n.docx", parts(body, footnotes=note))).blocks
    assert sum(block.kind == "footnote" for block in blocks) == 1


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"), (b"hello", "not a Word document"), (b"%PDF-1.7\n", "PDF"), (b"{\\rtf1 x}", "RTF"),
    (b"<html></html>", "web page"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old Word format \(\.doc\)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    (b"PK\x03\x04" + bytes(100), "damaged")])
def test_other_files_are_named_for_what_they_are(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(data)
    refused(path, words)


@pytest.mark.parametrize(("members", "words"), [
    ({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": ""}, "Excel workbook"),
    ({"ppt/presentation.xml": ""}, "PowerPoint presentation"), ({"mimetype": "x", "content.xml": ""}, "OpenDocument"),
    ({"readme.txt": "x"}, "zip archive"), ({"word/styles.xml": ""}, "lost its main text part")])
def test_other_zips_are_named_for_what_they_are(tmp_path: Path, members: dict[str, str | bytes], words: str) -> None:
    refused(write(tmp_path / "file.docx", members), words)


def test_damaged_xml_and_a_main_part_without_a_body(tmp_path: Path) -> None:
    refused(with_document(tmp_path / "a.docx", "<w:document"), "damaged")
    refused(with_document(tmp_path / "b.docx", "<x/>"), "no Word text")
    refused(write(tmp_path / "c.docx", parts(para("x"), styles="") | {"word/styles.xml": "<broken"}), "damaged")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.docx", "could not be opened")
    (tmp_path / "folder.docx").mkdir()
    refused(tmp_path / "folder.docx", "folder")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    refused(path, "too large")


SOUND = parts(para("The Group shall meet in public."), styles="", numbering="")


@given(st.data())
def test_damage_brings_nothing_but_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    buffer = io.BytesIO()
    method = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in SOUND.items():
            archive.writestr(name, content)
    damaged = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "fuzzed.docx"
    path.write_bytes(damaged[:data.draw(st.integers(0, len(damaged)))] if data.draw(st.booleans()) else damaged)
    try:
        assert read_word(path).blocks
    except CheckError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
