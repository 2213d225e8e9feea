"""Scans: words, labels and tables as printed, uncertain words marked and looked at, unread pages named."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from fpdf import FPDF
from pdf_files import Sheet
from PIL import Image

from constitution_check import check_document
from constitution_check.errors import CheckError
from constitution_check.legibility import ocr_notes
from constitution_check.model import Block, Reading
from constitution_check.outline import build
from constitution_check.readers import ocr_wanted
from constitution_check.readers.common import ReadOptions
from constitution_check.readers.ocr_doubt import doubtful_spans
from constitution_check.readers.ocr_ink import Stretch, bars_of
from constitution_check.readers.ocr_lines import Recognised, by_line, doubted, segments_of
from constitution_check.readers.ocr_tesseract import Word, is_there
from constitution_check.readers.ocr_wanted import grouped
from constitution_check.readers.pdf import read_pdf

needs_tesseract = pytest.mark.skipif(not is_there(), reason="tesseract is not installed")
OPEN = "Meetings of the Board shall be held in public."
RULE = ["Meetings of the Board shall be held in public, and so shall those of every committee", "that decides; and:"]


def scanned(printed: Path, path: Path, *, beside: str = "", turned: int = 0) -> Path:
    """The pages of a PDF as grey pictures, a little askew; beside: text printed over each page, as a stamp is."""
    out = FPDF(unit="pt", format="A4")
    out.set_auto_page_break(auto=False)
    out.set_font("Helvetica", size=9)
    with pypdfium2.PdfDocument(printed) as document:
        for page in document:
            grey = page.render(scale=300 / 72, grayscale=True).to_pil().rotate(0.3, fillcolor=255).rotate(turned)
            held = BytesIO()
            Image.fromarray(np.asarray(grey)).save(held, "png")
            out.add_page()
            out.image(held, x=0, y=0, w=out.w, h=out.h)
            if beside:
                out.text(500, 20, beside)
    out.output(str(path))
    return path


def constitution(path: Path) -> Path:
    """One page with a heading, clauses, a list and a table."""
    sheet = Sheet().page().at(72, 90, "7.3", bold=True).at(120, 90, "Meetings in public", bold=True)
    sheet.at(72, 120, "7.3.1").lines(120, 120, RULE)
    sheet.at(120, 155, "(a)").at(150, 155, "its papers are published seven days before;")
    sheet.at(120, 172, "(b)").at(150, 172, "a person may ask questions, and is answered.")
    for y in (200, 222, 244):
        sheet.rule(72, y, 472, y)
    for x in (72, 272, 472):
        sheet.rule(x, 200, x, 244)
    sheet.at(80, 215, "Term").at(280, 215, "Meaning").at(80, 237, "the Board").at(280, 237, "the board of the ICB")
    return sheet.at(280, 820, "12").save(path)


@needs_tesseract
def test_a_scan_is_read_as_the_page_was_printed(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    granted: list[None] = []
    options = ReadOptions(progress=lambda *news: told.append(news), more_time=lambda: granted.append(None))
    path = scanned(constitution(tmp_path / "printed.pdf"), tmp_path / "scan.pdf", beside="12")
    reading = read_pdf(path, options)
    tree = build(reading.blocks, "scan.pdf").provisions
    assert [(p.number, p.text) for p in tree if p.label][:4] == [
        ("7.3", "Meetings in public"),
        ("7.3.1", " ".join(RULE)),
        ("7.3.1(a)", "its papers are published seven days before;"),
        ("7.3.1(b)", "a person may ask questions, and is answered."),
    ]
    assert [(b.text, b.cell) for b in reading.blocks if b.cell] == [
        ("Term", (0, 0, 0)), ("Meaning", (0, 0, 1)), ("the Board", (0, 1, 0)), ("the board of the ICB", (0, 1, 1))]
    assert (reading.ocr_pages, reading.unread) == ((1,), ())
    assert told == [("Recognising the text of page 1", 0, 1)]
    assert granted
    assert [b.text[slice(*span)] for b in reading.blocks for span in b.doubtful if "public" in b.text] == []


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")


def two_pages(folder: Path) -> Path:
    """A page of text, then a picture of a page."""
    picture = scanned(Sheet().page().at(72, 100, OPEN).save(folder / "p.pdf"), folder / "s.pdf")
    Sheet().page().at(72, 100, f"1. {OPEN}").save(folder / "t.pdf")
    with pypdfium2.PdfDocument.new() as both:
        for one in (folder / "t.pdf", picture):
            with pypdfium2.PdfDocument(one) as document:
                both.import_pages(document)
        both.save(folder / "both.pdf")
    return folder / "both.pdf"


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_picture_is_named_with_what_to_install(tmp_path: Path) -> None:
    reading = read_pdf(two_pages(tmp_path))
    assert [(u.what, "install tesseract" in u.why) for u in reading.unread] == [("page 2", True)]
    with pytest.raises(CheckError, match=r"only pictures of its pages \(a scan\).*install tesseract"):
        read_pdf(tmp_path / "s.pdf")
    with pytest.raises(CheckError, match=r"tesseract is not installed.*leave out --ocr always"):
        read_pdf(tmp_path / "both.pdf", ReadOptions(ocr="always"))


def test_ocr_that_is_turned_off_reads_no_picture(tmp_path: Path) -> None:
    reading = read_pdf(two_pages(tmp_path), ReadOptions(ocr="never"))
    assert [(u.what, "turned off" in u.why) for u in reading.unread] == [("page 2", True)]
    assert reading.ocr_pages == ()


def test_pages_unread_for_one_reason_are_named_together() -> None:
    assert [(u.what, u.why) for u in grouped([(3, "x"), (4, "x"), (5, "y"), (7, "y")])] == [
        ("pages 3-4", "x"), ("page 5", "y"), ("page 7", "y")]


def test_a_stamp_on_a_picture_makes_no_page_of_text(tmp_path: Path) -> None:
    path = scanned(Sheet().page().at(72, 100, OPEN).save(tmp_path / "p.pdf"), tmp_path / "s.pdf", beside="Bates 000123")
    with pypdfium2.PdfDocument(path) as document:
        assert ocr_wanted.is_pictured(document[0], [])


# --- uncertain words -----------------------------------------------------------------------


def word(text: str, x0: float, sure: float = 95, line: int = 1, top: float = 100) -> Word:
    """A word 30 dots high, its letters 18 dots wide."""
    return Word(text, sure, x0, x0 + 18 * len(text), top, top + 30, (1, 1, line))


def test_noise_goes_and_words_stay() -> None:
    line = [word("|", 0), word("The", 30, 40), word("—", 100, 50), word("Board", 130), word("|", 235)]
    assert [w.text for w in by_line([*line, word("meets", 260)])[0]] == ["The", "Board", "I", "meets"]


def test_a_word_of_low_confidence_and_one_beside_ink_are_marked() -> None:
    ink = np.zeros((300, 900), dtype=bool)
    line = [word("members", 0), word("shall", 140, 40), word("vote", 240), word("here", 420)]
    for one in line:
        ink[int(one.top):int(one.foot), int(one.x0):int(one.x1):4] = True
    clean_line = segments_of([line[:3]], ink, 0.0, 300 / 72, {})
    assert [w for s in clean_line if isinstance(s, Recognised) for w in s.words] == [
        ("members", False), ("shall", True), ("vote", False)]
    ink[104:124, 330:400:3] = True  # a word that was passed over
    marked = segments_of([line], ink, 0.0, 300 / 72, {})
    assert [text for s in marked if isinstance(s, Recognised) for text, unsure in s.words if unsure] == [
        "shall", "vote", "here"]


def test_a_line_that_was_passed_over_makes_its_neighbours_uncertain() -> None:
    lines = [[word("above", 0)], [word("below", 0, line=2, top=200)]]
    assert [w.sure for line in doubted(lines, [Stretch(0, 90, 140, 175)]) for w in line] == [0.0, 0.0]
    assert doubted(lines, []) == lines


def test_uncertain_words_keep_their_place_in_the_text() -> None:
    parts = [Recognised("(a) The Board", 0, 1, 1, 1, False, (("(a)", True), ("The", False), ("Board", True))),
             Recognised("shall procure-", 0, 1, 1, 1, False, (("shall", False), ("procure-", True))),
             Recognised("ment the Board", 0, 1, 1, 1, False, (("ment", False), ("the", False), ("Board", False)))]
    text = "The Board shall procurement the Board"
    spans = doubtful_spans(text, parts)
    assert [text[start:end] for start, end in spans] == ["Board", "procure"]
    assert spans[0] == (4, 9)


def test_rules_are_found_and_letters_are_not() -> None:
    picture = np.full((800, 800), 250, dtype=np.uint8)
    picture[100:103, 50:700] = 150
    picture[100:500, 50:53] = 150
    picture[300:330, 100:600:20] = 0
    assert [(bar.upright, round(bar.low, -1), round(bar.high, -1)) for bar in bars_of(picture, 300)] == [
        (False, 50, 700), (True, 100, 500)]


def test_the_report_says_which_pages_were_read_from_pictures() -> None:
    reading = Reading(name="a.pdf", format="pdf", sha256="0" * 64, blocks=(Block(text="not", doubtful=((0, 3),)),),
                      pages=9, ocr_pages=(1, 2, 3, 7))
    assert ocr_notes(reading)[0].startswith(
        "Pages 1-3 and 7 were read from pictures by text recognition (OCR); 1 word is uncertain. Words may be wrong")
    assert ocr_notes(reading.model_copy(update={"ocr_pages": ()})) == ()


def test_a_finding_on_uncertain_words_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same text twice: once read surely, once with one uncertain word in the passage that meets the demand."""
    text = ("Any member, practice or member of the Governing Body may speak publicly about the Group, its plans and "
            "its decisions without its consent. No one who raises a concern shall suffer any detriment for it.")
    blocks = (Block(text="1. Speaking out", heading_level=1), Block(text=f"1.1 {text}", page=4))
    path = tmp_path / "a.md"
    path.write_text(text)

    def finding(marked: tuple[tuple[int, int], ...]) -> tuple[str, bool, tuple[str, ...]]:
        read = Reading(name="a.md", format="md", sha256="0" * 64,
                       blocks=(blocks[0], blocks[1].model_copy(update={"doubtful": marked})))
        monkeypatch.setattr("constitution_check.read_set.read_contained", lambda *_: read)
        [found] = check_document(path, safeguards=["speak-out"]).findings
        return found.verdict, found.needs_review, found.doubts

    verdict, review, doubts = finding(())
    at = f"1.1 {text}".index("publicly")
    assert (verdict, doubts) == ("present", ())
    again, looked_at, why = finding(((at, at + 8),))
    assert (again, looked_at) == (verdict, True)
    assert re.search(r"“publicly” in paragraph 1.1 on page 4.*“not” may be wrong or missing", why[0])
    assert review is False
