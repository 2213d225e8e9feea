"""Each unreadable file is refused in one sentence that says what to do."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from ole_files import compound

from constitution_check.errors import CheckError
from constitution_check.readers import common, detect, read
from constitution_check.readers.common import MustConvertError, ReadOptions
from corpus import corpus

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


def zipped(*names: str, mimetype: str = "", text: str = "x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.docx", b"", r"is empty; download it or save it again"),
    ("a.docx", compound("WordDocument"), r"really an old Word file.*end in \.doc"),
    ("a.docx", compound("EncryptedPackage"), r"password; open it, remove the password"),
    ("a.doc", compound("WordDocument", content=bytes(10) + b"\x00\x01"), r"password; open it, remove the password"),
    ("a.xls", compound("Workbook"), r"spreadsheet, not a document"),
    ("a.xls", compound("Workbook", content="WordDocument".encode("utf-16-le")), r"spreadsheet, not a document"),
    ("a.ppt", compound("PowerPoint Document"), r"presentation, not a document"),
    ("a.msg", compound("Something"), r"unknown kind; open it in Word"),
    ("a.doc", compound("WordDocument")[:700], r"damaged .* ask for another copy"),
    ("a.doc", b"plain words", r"damaged or not an old Word file \(it holds something else\)"),
    ("a.doc", b"{\\rtf1 hello}", r"really a rich-text file.*end in \.rtf"),
    ("a.odt", zipped(mimetype=f"{OPEN_DOCUMENT}-master"), r"OpenDocument master, which only names"),
    ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), r"OpenDocument file but not a text"),
    ("a.odt", zipped("encrypted-package", mimetype=OPEN_DOCUMENT), r"password; open it, remove the password"),
    ("a.odt", zipped("META-INF/manifest.xml", mimetype=OPEN_DOCUMENT, text="<manifest:encryption-data>"), r"password"),
    ("a.wpd", b"plain words", r"another word processor .* save it as \.docx"),
    ("a.xlsx", zipped("xl/workbook.xml"), r"spreadsheet, not a document"),
    ("a.zip", zipped("readme.txt"), r"zip archive.*unpack it"),
    ("a.docx", b"PK\x03\x04 broken", r"damaged .* ask for another copy"),
    ("a.gif", b"GIF89a\x00\x00", r"an image, not a document"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n\x00\x00", r"really a picture.*end in \.png"),
    ("a.tif", b"just words", r"damaged or not a picture"),
    ("a.heic", b"\x00\x00\x00\x18ftypheic\x00", r"a photograph of a kind that is not read here; save it as \.jpg"),
    ("a.exe", b"MZ\x90\x00\x03", r"a program, not a document"),
    ("a.docx", b"%PDF-1.4 ...", r"really a PDF.*end in \.pdf"),
    ("a.pdf", zipped("word/document.xml"), r"really a Word file.*end in \.docx"),
    ("a.pdf", b"just words", r"damaged or not a PDF"),
    ("a.docx", b"<html><body>404 not found</body></html>", r"it holds a web page"),
    ("a.txt", b"<!DOCTYPE html><html><p>x</p></html>", r"really a web page"),
    ("a.html", b"no tags here", r"holds no web page"),
    ("a.csv", b"a,b,c", r"not known here \(\.csv\)"),
    ("a.xml", b"<?xml version='1.0'?><data/>", r"a data file \(XML\)"),
    ("a.txt", b"\x00\x01\x02\x03" * 50, r"cannot be read as text"),
    ("a.pdf", b"%PDF-1.4\ngarbage", r"damaged and cannot be opened as a PDF"),
])
def test_the_message_says_what_it_is_and_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CheckError, match=says) as refused:
        read(path)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("a.doc", compound("WordDocument", "1Table"), "doc"),
    ("a.dot", compound("ObjectPool", "WordDocument", content="EncryptedPackage".encode("utf-16-le")), "doc"),
    ("a.rtf", b"\n{\\rtf1 hello}", "rtf"),
    ("a.odt", zipped("content.xml", mimetype=OPEN_DOCUMENT), "odt"),
    ("a.ott", zipped("content.xml", mimetype=f"{OPEN_DOCUMENT}-template"), "odt"),
    ("a.fodt", f'<?xml version="1.0"?><office:document office:mimetype="{OPEN_DOCUMENT}">'.encode(), "fodt"),
])
def test_what_another_program_must_convert_is_told_by_its_content(tmp_path: Path, name: str, content: bytes,
                                                                  kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert detect.kind_of(path) == kind
    with pytest.raises(MustConvertError, match=kind):
        read(path, ReadOptions(convert=False))


def test_a_mimetype_that_grows_is_not_unpacked(tmp_path: Path) -> None:
    """Its header says 100 bytes; it holds 100 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"x" * 100_000_000)
    path = tmp_path / "a.odt"
    path.write_bytes(buffer.getvalue().replace(struct.pack("<I", 100_000_000), struct.pack("<I", 100)))
    with pytest.raises(CheckError, match=r"zip archive|damaged"):
        detect.kind_of(path)


def test_what_is_not_there_and_what_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="There is no file"):
        read(tmp_path / "none.docx")
    with pytest.raises(CheckError, match="is a folder"):
        read(tmp_path)


def test_too_large_by_bytes_and_by_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. The Board shall meet.\n" * 100)
    monkeypatch.setattr(detect, "MAX_FILE_BYTES", 1000)
    with pytest.raises(CheckError, match="too large"):
        read(path)
    monkeypatch.undo()
    monkeypatch.setattr("constitution_check.readers.MAX_TEXT_CHARS", 1000)
    with pytest.raises(CheckError, match="too large"):
        read(path)


def test_white_space_alone_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("  \n\n ")
    with pytest.raises(CheckError, match="holds no text"):
        read(path)


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"1. The Board shall meet.")
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == common.digest(path)


def test_short_signatures_do_not_make_words_into_images(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("BMA members shall meet.")
    assert read(path).blocks[0].text == "BMA members shall meet."


def test_no_awkward_file_gives_a_traceback() -> None:
    """A sample of files that break readers: each is read, or refused in a sentence."""
    for path in sorted(p for p in corpus("messy").iterdir() if p.suffix.lower() != ".docx")[::24]:
        try:
            read_something = any(block.text.strip() for block in read(path).blocks)
        except CheckError as refused:
            read_something = path.name in str(refused)
        assert read_something, path.name
