"""Files made to do harm, each built when it is wanted: what they would unpack to is never held."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from word_files import para, part, parts, write

MB = 1_000_000
_DOCUMENT = "word/document.xml"


def repeated(piece: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """before, then the piece that many times, then after, as raw deflate: the piece is compressed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(before + piece) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + again * (times - 1) + packer.compress(after) + packer.flush()


def with_packed(path: Path, packed: bytes, size: int, check: int = 0, name: str = _DOCUMENT) -> Path:
    """A .docx whose named member is this raw deflate stream, said to unpack to `size` bytes with this check sum."""
    members = {key: content for key, content in parts("").items() if key != name}
    write(path, members | {name: b""})
    with zipfile.ZipFile(path) as archive:
        infos, held = archive.infolist(), {info.filename: archive.read(info) for info in archive.infolist()}
    out, central = bytearray(), bytearray()
    for info in infos:
        ours = info.filename == name
        data = packed if ours else held[info.filename]
        method, crc, length = (8, check, size) if ours else (0, info.CRC, len(data))
        common = struct.pack("<HHHHHLLLHH", 20, 0, method, 0, 33, crc, len(data), length & 0xFFFFFFFF,
                             len(info.filename.encode()), 0)
        central += b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(out)) + info.filename.encode()
        out += b"PK\x03\x04" + common + info.filename.encode() + data
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(infos), len(infos), len(central), len(out), 0)
    path.write_bytes(bytes(out + central) + end)
    return path


def _body(inside: str) -> tuple[bytes, bytes]:
    """What stands before and after the paragraphs."""
    whole = part("document", f"<w:body>{inside}|</w:body>").encode()
    before, _, after = whole.partition(b"|")
    return before, after


def zip_bomb(folder: Path) -> Path:
    """10 MB that unpack to 10 GB."""
    return with_packed(folder / "bomb.docx", repeated(b" " * MB, 10_000), 10_000 * MB)


def fat_member(folder: Path) -> Path:
    """A member declared as 59 MB, which would be allowed, that unpacks to 500 MB."""
    before, after = _body("")
    return with_packed(folder / "fat.docx", repeated(b" " * MB, 500, before, after), 59 * MB)


def lying_member(folder: Path) -> Path:
    """A member declared as 1,000 bytes that unpacks to 500 MB."""
    return with_packed(folder / "liar.docx", repeated(b" " * MB, 500), 1_000)


def million_paragraphs(folder: Path) -> Path:
    """1,000,000 paragraphs with a word each."""
    before, after = _body("")
    piece = b"<w:p><w:r><w:t>shall</w:t></w:r></w:p>" * 1_000
    text = before + piece * 1_000 + after
    return with_packed(folder / "many.docx", repeated(piece, 1_000, before, after), len(text), zlib.crc32(text))


def empty_paragraphs(folder: Path) -> Path:
    """50,000,000 empty paragraphs in 438 kB or so."""
    before, after = _body("")
    packed = repeated(b"<w:p/>" * 10_000, 5_000, before, after)
    return with_packed(folder / "empty.docx", packed, 300 * MB)


def nested_tables(folder: Path) -> Path:
    """Tables nested 1,000 deep."""
    deep = "<w:tbl><w:tr><w:tc>" * 1_000 + para("x") + "</w:tc></w:tr></w:tbl>" * 1_000
    return write(folder / "deep.docx", parts(deep))


def utf16_with_dtd(folder: Path) -> Path:
    """UTF-16 XML in which "not" comes from an entity that some parsers drop."""
    document = ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY n "not ">]>'
                + part("document", f"<w:body>{para('<w:r><w:t>A member shall &n;vote.</w:t></w:r>')}</w:body>")
                .split("?>", 1)[1])
    return write(folder / "dtd.docx", parts("") | {_DOCUMENT: document.encode("utf-16")})


def pdf(objects: list[bytes], media_box: str = "0 0 595 842") -> bytes:
    """A PDF of one page: object 4 is its content stream, 5 its font, the objects given are from 4 on."""
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (f"<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents 4 0 R"
             "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>").encode()]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate([*head, *objects], start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    count = len(places) + 1
    return bytes(out) + (f"xref\n0 {count}\n0000000000 65535 f \n".encode() + table
                         + f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode())


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, more: str = "") -> bytes:
    """A PDF stream object."""
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def nested_forms(folder: Path) -> Path:
    """3 kB of PDF in which each form draws the next ten times, ten deep."""
    say = b"BT /F 9 Tf 50 700 Td (Members shall vote.) Tj ET "
    forms = [stream(b"/X Do " * 10, f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {n} 0 R>>>>")
             for n in range(7, 16)]
    last = stream(say, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>")
    path = folder / "forms.pdf"
    path.write_bytes(pdf([stream(say + b"/X Do " * 10), FONT, *forms, last]))
    return path


def twice_packed(folder: Path) -> Path:
    """14 kB of PDF whose content is compressed twice: 8 GB."""
    def wrapped(raw: bytes) -> bytes:
        return b"\x78\xda" + raw + b"\x00\x00\x00\x01"  # pdfium does not mind a wrong check sum

    inner = wrapped(repeated(b" " * MB, 8_000, b"BT /F 9 Tf 50 700 Td (Members shall vote.) Tj ET "))
    path = folder / "twice.pdf"
    path.write_bytes(pdf([stream(zlib.compress(inner, 9), "/Filter[/FlateDecode/FlateDecode]"), FONT, stream(b"")]))
    return path


def huge_page(folder: Path) -> Path:
    """A page of 1,000,000,000 points a side, with text on it."""
    path = folder / "wide.pdf"
    path.write_bytes(pdf([stream(b"BT /F 9 Tf 50 700 Td (Members shall not vote.) Tj ET"), FONT, stream(b"")],
                         "0 0 1000000000 1000000000"))
    return path


def spaces_in_odt(folder: Path) -> Path:
    """An OpenDocument text with one element that stands for 2,000,000,000 spaces."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0">'
               '<office:body><office:text><text:p>Members <text:s text:c="2000000000"/>vote.</text:p>'
               "</office:text></office:body></office:document-content>")
    manifest = (f'<m:manifest xmlns:m="{names}:manifest:1.0"><m:file-entry m:full-path="/" '
                'm:media-type="application/vnd.oasis.opendocument.text"/></m:manifest>')
    return write(folder / "spaces.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
                                         "META-INF/manifest.xml": manifest})


def many_pages(folder: Path) -> Path:
    """A PDF that has 100,000 pages, all of them the same object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b"3 0 R " * 100_000
    data = pdf([stream(b""), FONT, stream(b"")]).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count 100000")
    path = folder / "pages.pdf"
    path.write_bytes(data.replace(b"<</Type/Page/Parent", page[:16] + b"/Parent"))
    return path


def external_targets(folder: Path, address: str) -> Path:
    """A Word file that names a template, a picture and a document part at an address on the network."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = ("attachedTemplate", "image", "aFChunk", "styles")
    relations = "".join(f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{address}/{kind}" '
                        'TargetMode="External"/>' for n, kind in enumerate(kinds))
    return write(folder / "outside.docx", parts(para("Members shall vote.")) | {
        "word/_rels/document.xml.rels":
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
            "</Relationships>"})


BUILDERS: dict[str, Callable[[Path], Path]] = {
    build.__name__: build for build in (
        zip_bomb, fat_member, lying_member, million_paragraphs, empty_paragraphs, nested_tables, utf16_with_dtd,
        nested_forms, twice_packed, huge_page, many_pages)}
