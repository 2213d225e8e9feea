"""Highlights and notes in a copy of a PDF."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from fpdf import FPDF

from constitution_check import check_document, load_library
from constitution_check.annotate import Annotated, annotate
from constitution_check.annotate.pdf import annotate_pdf
from constitution_check.annotate.pdf_verify import _contents
from constitution_check.annotate.records import Line, Notes, Remark, Spot
from constitution_check.errors import CheckError
from constitution_check.readers.pdf import read_pdf
from samples.builder.make import SAMPLES

SAMPLE = SAMPLES / "icb-new-merger.pdf"


def pdf(*lines: str) -> bytes:
    """A PDF with one page for each text."""
    document = FPDF()
    document.set_font("helvetica", size=12)
    for line in lines:
        document.add_page()
        document.multi_cell(60, 6, line)
    return bytes(document.output())


def notes(*remarks: Remark) -> Notes:
    return Notes(name="a.pdf", sha256="", date="2026-11-22T05:00:00Z", summary=(Line(text="Read."),), remarks=remarks,
                 asks=())


def remark(quote: str, page: int = 1, passage: str = "", start: int = 0) -> Remark:
    return Remark(spot=Spot(paragraph="1", quote=quote, start=start, passage=passage, page=page),
                  lines=(Line(label="An escape hatch.", text="It falls away."),))


def notes_in(data: bytes) -> list[tuple[int, int, str, str]]:
    """(page, kind, note, the words beneath it), in order."""
    found = []
    document = pdfium.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for place in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, place)
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            words = []
            for index in range(pdfium_c.FPDFAnnot_CountAttachmentPoints(annotation)):
                quad = pdfium_c.FS_QUADPOINTSF()
                pdfium_c.FPDFAnnot_GetAttachmentPoints(annotation, index, quad)
                words.append(text.get_text_bounded(quad.x1, quad.y3, quad.x2, quad.y1))
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            found.append((number, kind, _contents(page, place), " ".join(" ".join(words).split())))
    return found


@lru_cache
def sample_copy() -> Annotated:
    return annotate(SAMPLE, check_document(SAMPLE), load_library())


def test_the_very_words_are_highlighted() -> None:
    text = "The Board shall, where practicable, hold its meetings in public."
    _, copy = annotate_pdf(pdf(text), notes(remark("where practicable", passage=text, start=text.index("where"))))
    (highlight,) = [one for one in notes_in(copy) if one[1] == pdfium_c.FPDF_ANNOT_HIGHLIGHT]
    assert highlight[3].strip(",") == "where practicable"
    assert highlight[2] == "An escape hatch. It falls away."


def test_the_same_words_twice_are_told_apart_by_their_passage() -> None:
    text = "It may meet and it may publish."
    _, copy = annotate_pdf(pdf(text), notes(remark("may", passage=text, start=text.index("may publish"))))
    document = pdfium.PdfDocument(copy)
    page = document[0]
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, 1)
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, box)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    before = page.get_textpage().get_text_bounded(0, box.bottom, box.left, box.top)
    assert "meet and it" in " ".join(before.split())


def test_words_over_a_page_end_are_highlighted_on_both_pages() -> None:
    _, copy = annotate_pdf(pdf("It shall publish every contract", "and every decision at once."),
                           notes(remark("every contract and every decision")))
    pages = [one[0] for one in notes_in(copy) if one[1] == pdfium_c.FPDF_ANNOT_HIGHLIGHT]
    assert pages == [0, 1]


def test_words_that_are_not_on_the_page_are_quoted_in_a_note() -> None:
    written, copy = annotate_pdf(pdf("A scan."), notes(remark("never said")))
    assert written.loose == 1
    assert any(text.startswith("About “never said”:") for _, _, text, _ in notes_in(copy))


def test_the_sample_keeps_its_bytes_and_its_text(tmp_path: Path) -> None:
    made, original = sample_copy(), SAMPLE.read_bytes()
    assert made.content.startswith(original)
    out = tmp_path / SAMPLE.name
    out.write_bytes(made.content)
    assert read_pdf(out).blocks == read_pdf(SAMPLE).blocks
    assert made.written.loose == 0


def test_every_weak_word_of_the_sample_has_its_highlight_and_every_gap_a_note() -> None:
    found = notes_in(sample_copy().content)
    report = check_document(SAMPLE)
    weak = {w.quote for f in report.findings for limb in f.limbs if limb.status != "met" for w in limb.weaknesses}
    words = {one[3] for one in found if one[1] == pdfium_c.FPDF_ANNOT_HIGHLIGHT}
    assert {w for w in weak if not any(" ".join(w.split())[:20] in one for one in words)} == set()
    asked = " ".join(one[2] for one in found if one[1] == pdfium_c.FPDF_ANNOT_TEXT)
    assert all(f.title in asked for f in report.findings if f.verdict == "missing")


def test_a_copy_that_lost_a_note_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("constitution_check.annotate.pdf_verify._contents", lambda page, place: "")
    with pytest.raises(CheckError, match="a note on page 1 is not there"):
        annotate_pdf(pdf("A page."), notes())


def test_a_broken_file_is_a_sentence() -> None:
    with pytest.raises(CheckError, match="cannot be opened as a PDF"):
        annotate_pdf(b"%PDF-1.7 nothing", notes())
