"""The .docx file as a zip of XML parts, opened under limits.

Every member is streamed, so a file that declares 1 kB and unpacks to gigabytes costs one
refusal. Nothing outside the file is ever fetched: external relationships are only named.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from constitution_check.errors import CheckError
from constitution_check.readers.common import MAX_FILE_BYTES
from constitution_check.readers.word_xml import parse_xml

MAX_MEMBERS = 3_000
MAX_ALL_BYTES = 200_000_000
MAX_PART_BYTES = 60_000_000
CHUNK = 1 << 18

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OFFICE_DOCUMENT = "officeDocument"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_STORES = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: its type's last word, the target part (or address), and whether outside."""

    kind: str
    target: str
    external: bool


def damaged(name: str) -> CheckError:
    """The error for a Word file whose contents cannot be made out."""
    return CheckError(f"{name} is damaged and cannot be read; open it in Word, let Word repair it, save it under a "
                      "new name and check that.")


def too_large(name: str) -> CheckError:
    """The error for a file beyond the limits of this module."""
    return CheckError(f"{name} is too large or too complex to check safely; save a copy without its pictures and "
                      "attachments and check that.")


def read_bytes(path: Path) -> bytes:
    """The whole file, at most MAX_FILE_BYTES; raises CheckError where it cannot be opened."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise too_large(path.name)
        return path.read_bytes()
    except IsADirectoryError as error:
        raise CheckError(f"{path.name} is a folder, not a file; name the document inside it.") from error
    except OSError as error:
        raise CheckError(f"{path.name} could not be opened; check that it is there and you may read it.") from error


class Package:
    """The parts of one .docx. Raises CheckError where the file is not a sound, plain Word file.

    data: the file's bytes, where they are not to be read from `path`.
    """

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.name = path.name
        data = read_bytes(path) if data is None else data
        self.sha256 = hashlib.sha256(data).hexdigest()
        _refuse_other_types(self.name, data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS as error:
            raise damaged(self.name) from error
        self._unpacked = 0
        self._members = self._checked_members()
        self.main = self._find_main()

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        """Members by lower-case name with forward slashes (part names ignore case: ECMA-376 part 2)."""
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_ALL_BYTES:
            raise too_large(self.name)
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            key = info.filename.replace("\\", "/").lstrip("/").lower()
            if info.flag_bits & 0x1:
                raise _protected(self.name)
            if key in members:
                raise damaged(self.name)
            members[key] = info
        return members

    def part(self, name: str) -> bytes | None:
        """The bytes of one part, or None where there is no such part."""
        info = self._members.get(name.lower())
        if info is None:
            return None
        if info.compress_type not in _STORES:
            raise damaged(self.name)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    if size > MAX_PART_BYTES or self._unpacked > MAX_ALL_BYTES:
                        raise too_large(self.name)
                    chunks.append(chunk)
        except _ZIP_FAULTS as error:
            raise damaged(self.name) from error
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element | None:
        """The root of one XML part in the transitional namespaces, or None where there is no such part."""
        data = self.part(name)
        return None if data is None else parse_xml(data, self.name)

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the package) by id; targets are full part names."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for item in root.iter(RELATIONSHIPS) if root is not None else ():
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            found[item.get("Id", "")] = Relation(item.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def related(self, kind: str) -> etree._Element | None:
        """The root of the main part's first related part of a kind ("styles", "numbering", "footnotes", …)."""
        for relation in self.main_relations.values():
            if relation.kind == kind and not relation.external:
                return self.xml(relation.target)
        return None

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == OFFICE_DOCUMENT and relation.target.lower() in self._members:
                self.main_relations = self.relations(relation.target)
                self._refuse_other_applications(relation.target)
                return relation.target
        raise _not_word(self.name, self._members)

    def _refuse_other_applications(self, main: str) -> None:
        folder = main.split("/", 1)[0].lower()
        if folder in ("xl", "ppt", "visio"):
            raise _not_word(self.name, self._members)


def _protected(name: str) -> CheckError:
    return CheckError(f"{name} is protected by a password; open it in Word, take the password off "
                      "(File, Info, Protect Document) and check the copy.")


def _not_word(name: str, members: dict[str, zipfile.ZipInfo]) -> CheckError:
    folders = {member.split("/", 1)[0] for member in members}
    if "xl" in folders:
        what = "an Excel workbook"
    elif "ppt" in folders:
        what = "a PowerPoint presentation"
    elif "mimetype" in folders and "content.xml" in members:
        what = "an OpenDocument file"
    elif "word" in folders:
        return CheckError(f"{name} has lost its main text part; open it in Word, let Word repair it, save it under a "
                          "new name and check that.")
    else:
        what = "a zip archive"
    return CheckError(f"{name} is {what}, not a Word document; save the constitution as .docx and check that.")


def _refuse_other_types(name: str, data: bytes) -> None:
    """Tell what a file that is not a zip really is, from its first bytes."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        raise CheckError(f"{name} is empty (0 bytes); download or save it again and check the new copy.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _ENCRYPTED_STREAM in data:
            raise _protected(name)
        raise CheckError(f"{name} is in the old Word format (.doc); open it in Word or LibreOffice, save it as .docx "
                         "and check that.")
    if head.startswith(b"{\\rtf"):
        raise CheckError(f"{name} is an RTF file; open it in Word or LibreOffice, save it as .docx and check that.")
    if b"%PDF-" in data[:1024]:
        raise CheckError(f"{name} is a PDF under a Word name; give it the ending .pdf and check that.")
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if head[:1] == b"<":
            raise CheckError(f"{name} is a web page or XML file, not a Word document; save it as .docx and check that.")
        if zipfile.is_zipfile(io.BytesIO(data)):
            raise damaged(name)
        raise CheckError(f"{name} is not a Word document; save the constitution as .docx and check that.")
