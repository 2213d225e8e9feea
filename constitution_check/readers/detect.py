"""What a file really is, by its content; the name's ending must agree."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.readers.common import MAX_FILE_BYTES
from constitution_check.readers.detect_ole import PASSWORD, READABLE, ole_kind

_ENDINGS = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"), "pdf": (".pdf",), "html": (".html", ".htm", ".xhtml"),
    "md": (".md", ".markdown"), "text": (".txt", ".text"), "doc": (".doc", ".dot"), "odt": (".odt", ".ott"),
    "fodt": (".fodt",), "rtf": (".rtf",), "png": (".png",), "jpg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "tif": (".tif", ".tiff"),
}
_NAMES = {"docx": "a Word file", "pdf": "a PDF", "html": "a web page", "md": "Markdown", "text": "plain text",
          "doc": "an old Word file", "odt": "an OpenDocument text", "fodt": "an OpenDocument text in one piece",
          "rtf": "a rich-text file", "png": "a picture", "jpg": "a picture", "tif": "a picture"}
FOREIGN = ("doc", "odt", "fodt", "rtf")
"""The kinds that LibreOffice must convert."""
PICTURES = ("png", "jpg", "tif")
"""The kinds that go to OCR whole."""
_PICTURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\x00", "tif"), (b"MM\x00*", "tif"))
_PHOTOGRAPHS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
"""Brands of the pictures that share a container with films (ISO/IEC 23008-12, annex B)."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "a spreadsheet"),
    ("xl/workbook.bin", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("Index/Document.iwa", "a Pages document"),
    ("META-INF/MANIFEST.MF", "a program"),
)
_MAGIC = (
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"ID3", "a sound or video file"),
    (b"OggS", "a sound or video file"),
    (b"RIFF", "a sound, video or image file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "a database"),
    (b"wOFF", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_INSIDE = re.compile(rb"<(?:html|head|body|h[1-6]|p|div|ol|ul|table)[\s>]", re.IGNORECASE)


def kind_of(path: Path) -> str:
    """One of "docx", "pdf", "html", "md", "text", and "doc", "odt", "fodt", "rtf", which LibreOffice must convert,
    and "png", "jpg", "tif", which OCR must read.

    Raises CheckError, saying what to do, for what is not there, empty, too large, or of a kind
    that cannot be read, and where the name's ending promises another kind than the content is.
    """
    _check_there(path)
    with path.open("rb") as file:
        head = file.read(4096)
    found = _by_content(path, head)
    ending = path.suffix.lower()
    if found in ("html", "text"):
        return _text_kind(path, found, ending)
    if ending not in _ENDINGS[found]:
        raise CheckError(f"{path.name} is really {_NAMES[found]}, whatever its name says; "
                         f"rename it to end in {_ENDINGS[found][0]} and try again.")
    return found


def _check_there(path: Path) -> None:
    if not path.exists():
        raise CheckError(f"There is no file {path}; check the name and the folder.")
    if path.is_dir():
        raise CheckError(f"{path} is a folder; give the constitution's file inside it.")
    if not path.is_file():
        raise CheckError(f"{path} is not an ordinary file; give the constitution's file.")
    size = path.stat().st_size
    if size == 0:
        raise CheckError(f"{path.name} is empty; download it or save it again.")
    if size > MAX_FILE_BYTES:
        raise CheckError(
            f"{path.name} is too large ({size // 1_000_000} MB; the limit is {MAX_FILE_BYTES // 1_000_000} MB); "
            "save it without pictures, or split it and check the parts."
        )


def _by_content(path: Path, head: bytes) -> str:
    name = path.name
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return ole_kind(path)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    picture = next((kind for magic, kind in _PICTURES if head.startswith(magic)), None)
    if picture is not None:
        return picture
    if head[4:8] == b"ftyp" and head[8:12] in _PHOTOGRAPHS:
        raise CheckError(f"{name} is a photograph of a kind that is not read here; save it as .jpg, and check that.")
    what = next((what for magic, what in _MAGIC if head.startswith(magic) and not _is_texty(head)), None)
    if what is None and head[4:8] == b"ftyp":
        what = "a sound or video file"
    if what is not None:
        raise CheckError(f"{name} is {what}, not a document; give {READABLE}.")
    if head.startswith(b"<?xml") and not _HTML.match(head):
        if b"pkg:package" in head or b"wordDocument" in head or b"progid=\"Word" in head:
            raise CheckError(f"{name} is a Word document saved as XML; {_SAVE_AS}")
        if b"office:document" in head and b"opendocument.text" in head:
            return "fodt"
        if b"<html" not in head.lower():
            raise CheckError(f"{name} is a data file (XML), not a document; give {READABLE}.")
    plain = _unwide(head)
    return (
        "html"
        if _HTML.match(plain) or (path.suffix.lower() in _ENDINGS["html"] and _HTML_INSIDE.search(plain))
        else "text"
    )


_OTHER_WRITING = (".wpd", ".wps", ".pages", ".sxw")
_SAVE_AS = "open it in Word or LibreOffice, save it as .docx, and check that."


def _is_texty(head: bytes) -> bool:
    """Short signatures ("BM", "MZ") also begin ordinary words."""
    return b"\x00" not in head and all(byte >= 32 or byte in b"\t\r\n\x0c" for byte in head[:512])


def _unwide(head: bytes) -> bytes:
    return head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            start = _beginning(archive, "mimetype", 100) if "mimetype" in names else b""
            if b"opendocument.text" in start and (
                    "encrypted-package" in names or _is_encrypted(archive, "META-INF/manifest.xml")):
                raise CheckError(PASSWORD.format(name=path.name))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        raise CheckError(
            f"{path.name} is damaged and cannot be opened; download it again, or ask for another copy."
        ) from None
    if b"opendocument.text" in start:
        if b"text-master" in start:
            raise CheckError(f"{path.name} is an OpenDocument master, which only names the files that hold the text; "
                             "open it in LibreOffice, save it as .docx, and check that.")
        return "odt"
    if b"opendocument" in start:
        raise CheckError(f"{path.name} is an OpenDocument file but not a text; give {READABLE}.")
    for member, what in _ZIPS:
        if any(name.lower() == member.lower() for name in names):
            if what == "docx":
                return what
            raise CheckError(f"{path.name} is {what}, not a document; give {READABLE}.")
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    raise CheckError(f"{path.name} is a zip archive, not a document; unpack it and give the constitution inside it.")


def _beginning(archive: zipfile.ZipFile, member: str, most: int) -> bytes:
    """The first bytes of a member, streamed: what its header says of its size is not believed."""
    with archive.open(member) as opened:
        return opened.read(most)


def _is_encrypted(archive: zipfile.ZipFile, manifest: str) -> bool:
    return manifest in archive.namelist() and b"encryption-data" in _beginning(archive, manifest, 1_000_000)


def _text_kind(path: Path, found: str, ending: str) -> str:
    promised = next((kind for kind in ("docx", "pdf", *FOREIGN, *PICTURES) if ending in _ENDINGS[kind]), None)
    if promised is not None:
        what = _NAMES["html"] if found == "html" else "something else"
        raise CheckError(
            f"{path.name} is damaged or not {_NAMES[promised]} (it holds {what}); download it again, or ask for "
            "another copy."
        )
    if found == "html":
        if ending in _ENDINGS["html"]:
            return "html"
        raise CheckError(
            f"{path.name} is really a web page, whatever its name says; rename it to end in .html and try again."
        )
    if ending in _ENDINGS["md"]:
        return "md"
    if ending in _ENDINGS["html"]:
        raise CheckError(
            f"{path.name} holds no web page; rename it to end in .txt if it is plain text, or save the page again."
        )
    if ending in (*_ENDINGS["text"], ""):
        return "text"
    if ending in _OTHER_WRITING:
        raise CheckError(f"{path.name} is a file of an older or another word processor ({ending}); {_SAVE_AS}")
    raise CheckError(f"{path.name} is of a kind that is not known here ({ending}); give {READABLE}.")
