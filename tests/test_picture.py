"""Pictures of pages: read by OCR as a scanned PDF is, in the child, and refused in sentences."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from test_ocr import RULE, constitution, needs_tesseract

from constitution_check.contained import read_contained
from constitution_check.errors import CheckError
from constitution_check.outline import build
from constitution_check.readers import ocr_wanted, picture, read
from constitution_check.readers.common import ReadOptions
from constitution_check.readers.detect import kind_of

CLAUSES = [("7.3", "Meetings in public"), ("7.3.1", " ".join(RULE)),
           ("7.3.1(a)", "its papers are published seven days before;"),
           ("7.3.1(b)", "a person may ask questions, and is answered.")]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page of a constitution as a picture, at 300 dots an inch."""
    with pypdfium2.PdfDocument(constitution(tmp_path_factory.mktemp("printed") / "a.pdf")) as document:
        return document[0].render(scale=300 / 72).to_pil()


def clauses(path: Path) -> list[tuple[str, str]]:
    return [(p.number, p.text) for p in build(read_contained(path).blocks, path.name).provisions if p.label][:4]


@needs_tesseract
def test_a_picture_is_read_and_said_to_be_no_more_than_a_page(tmp_path: Path, printed: Any) -> None:
    path = tmp_path / "page.png"
    printed.save(path)
    reading = read_contained(path)
    assert (reading.name, reading.format, reading.pages, reading.ocr_pages) == ("page.png", "png", 1, (1,))
    assert [(u.what, "a picture of one page" in u.why) for u in reading.unread] == [("any other page", True)]
    assert clauses(path) == CLAUSES


@needs_tesseract
def test_a_photograph_is_turned_as_its_camera_says(tmp_path: Path, printed: Any) -> None:
    path, turned = tmp_path / "page.jpeg", Image.Exif()
    turned[0x0112] = 6  # the top of the page is at the right
    printed.rotate(90, expand=True).save(path, exif=turned)
    assert clauses(path) == CLAUSES


@needs_tesseract
def test_a_picture_with_an_odd_tag_is_read_without_a_warning(tmp_path: Path, printed: Any) -> None:
    path = tmp_path / "page.tif"
    printed.save(path)
    content = path.read_bytes()
    at = struct.unpack("<I", content[4:8])[0]
    tags = struct.unpack("<H", content[at:at + 2])[0]
    own = content[at + 2:at + 2 + 12 * tags]
    odd = struct.pack("<H", tags + 1) + own + struct.pack("<HHII", 42_240, 3, 9_999, len(content)) + bytes(4)
    path.write_bytes(content[:4] + struct.pack("<I", len(content)) + content[8:] + odd)
    assert read(path).pages == 1


@needs_tesseract
def test_every_page_of_a_tif_is_read_and_a_damaged_one_named(tmp_path: Path, printed: Any) -> None:
    path, second = tmp_path / "pages.tif", Image.new("RGB", printed.size, "white")
    second.paste(printed.crop((0, 400, printed.width, printed.height // 2)), (0, 900))
    printed.save(path, save_all=True, append_images=[second], compression="tiff_lzw")
    reading = read_contained(path)
    assert (reading.pages, reading.ocr_pages, reading.unread) == (2, (1, 2), ())
    assert {block.page for block in reading.blocks} == {1, 2}
    with Image.open(path) as held:
        held.seek(1)
        at = vars(held)["tag_v2"][273][0]  # where the second page's strips begin
    content = bytearray(path.read_bytes())
    content[at:at + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))
    reading = read_contained(path)
    assert [(u.what, u.why) for u in reading.unread] == [("page 2", "the page is damaged")]
    assert {block.page for block in reading.blocks} == {1}


def huge(path: Path, side: int) -> Path:
    """A .png of a few bytes that says it has this many dots a side."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99)))
                     + chunk(b"IEND", b""))
    return path


@needs_tesseract
@pytest.mark.parametrize("side", [9_500, 100_000])
def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    with pytest.raises(CheckError, match=r"huge\.png is too large a picture \(the limit is 80 million dots\)"):
        read_contained(huge(tmp_path / "huge.png", side))


@needs_tesseract
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xd8\xff\xe0\x00", b"II*\x00\x08\x00"])
def test_a_damaged_picture_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    ending = {0x89: "png", 0xFF: "jpg"}.get(content[0], "tif")
    path = tmp_path / f"page.{ending}"
    path.write_bytes(content)
    assert kind_of(path) == ending
    with pytest.raises(CheckError, match=rf"page\.{ending} is damaged and cannot be opened as a picture"):
        read_contained(path)


def test_without_ocr_the_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = huge(tmp_path / "page.png", 10)
    monkeypatch.setattr(ocr_wanted, "is_there", lambda: False)
    with pytest.raises(CheckError, match=r"page\.png holds no text, only pictures .* install tesseract"):
        read(path)
    monkeypatch.setattr(ocr_wanted, "is_there", lambda: True)
    with pytest.raises(CheckError, match=r"page\.png holds no text.*without --ocr never"):
        read(path, ReadOptions(ocr="never"))


@pytest.mark.parametrize(("dots", "inch", "points"), [
    ((2_480, 3_508), (300, 300), (595, 842)), ((2_480, 3_508), None, (595, 842)),
    ((3_000, 4_000), (72, 72), (632, 842)), ((3_508, 2_480), (200, 200), (842, 595)),
    ((2_480, 1_754), (300, 300), (595, 421)),
])
def test_a_page_is_as_large_as_its_dots_an_inch_say_where_that_is_likely(dots: tuple[int, int],
                                                                        inch: tuple[int, int] | None,
                                                                        points: tuple[int, int]) -> None:
    assert tuple(round(side) for side in picture._points(dots, inch)) == points
