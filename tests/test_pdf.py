"""PDFs: labels kept from their clauses, running lines out, lines joined, tables by cell, scans refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fpdf import FPDF
from pdf_files import LEADING, Sheet

from constitution_check.errors import CheckError
from constitution_check.model import Evidence
from constitution_check.outline import build
from constitution_check.readers.common import ReadOptions
from constitution_check.readers.pdf import read_pdf
from constitution_check.reports.quoting import place

FULL = "The Group shall publish the whole of every contract that it makes with any provider,"
"""A line that runs to the right edge of these pages."""


def texts(path: Path) -> list[str]:
    return [" ".join(filter(None, (block.label, block.text))) for block in read_pdf(path).blocks]


def test_a_label_is_neither_glued_to_its_clause_nor_torn_from_it(tmp_path: Path) -> None:
    sheet = Sheet().page().at(60, 100, "10.1.1").at(110, 100, FULL).at(110, 100 + LEADING, "and its price.")
    sheet.at(110, 145, "(a)").at(131, 145, "within a month;").at(72, 175, "10.1.2The Group shall meet.")
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [(b.label, b.text) for b in found] == [("10.1.1", f"{FULL} and its price."), ("", "(a) within a month;"),
                                                  ("", "10.1.2The Group shall meet.")]
    tree = build(found, "a.pdf")
    assert [(p.number, p.label) for p in tree.provisions] == [
        ("10.1.1", "10.1.1"),
        ("10.1.1(a)", "(a)"),
        ("10.1.2", "10.1.2"),
    ]
    assert tree.provisions[2].text == "The Group shall meet."


def test_running_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    sheet = Sheet()
    for number in range(1, 7):
        sheet.page().at(72, 40, f"Anytown CCG Constitution v2.{number}").at(290, 810, f"Page {number} of 6")
        sheet.at(72, 100, f"{number}. Section").at(72, 130, f"{number}.1 Rule {number} is kept by all.").at(
            72, 790, "Printed in May"
        )
    found = texts(sheet.save(tmp_path / "a.pdf"))
    assert found == [line for n in range(1, 7) for line in (f"{n}. Section", f"{n}.1 Rule {n} is kept by all.")]


def test_broken_and_hyphenated_lines_are_joined_over_a_page_break_too(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .page()
        .lines(
            72,
            100,
            [FULL[:-10] + " procure-", "ment rules and decision-", "making papers apply to decision and making alike;"],
        )
    )
    sheet.at(72, 200, "1.2 " + FULL.replace("provider,", "bidder")).page().at(
        72, 80, "or its parent company, before it is signed."
    )
    sheet.at(72, 120, "1.3 The Board shall meet. More making follows.")
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert found[0].text.endswith("procurement rules and decision-making papers apply to decision and making alike;")
    assert (
        found[1].text == "1.2 " + FULL.replace("provider,", "bidder") + " or its parent company, before it is signed."
    )
    assert [b.page for b in found] == [1, 1, 2]


def test_a_semicolon_at_a_page_s_foot_does_not_end_a_paragraph_that_goes_on(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 700, "5.1").at(110, 700, FULL[:-1] + ";").page()
    sheet.at(110, 80, "commissioning emergency care; and paying for it.").at(72, 110, "(a)").at(110, 110, "x;")
    assert read_pdf(sheet.save(tmp_path / "a.pdf")).blocks[0].text == (
        f"{FULL[:-1]}; commissioning emergency care; and paying for it.")


def test_a_reference_at_a_line_end_does_not_begin_a_paragraph(tmp_path: Path) -> None:
    lines = [FULL.replace("with any provider,", "under section"), "8.6.3 above and in schedule", "4 below."]
    assert texts(Sheet().page().lines(72, 100, lines).save(tmp_path / "a.pdf")) == [" ".join(lines)]


def test_contents_pages_are_told_by_their_leaders_and_by_their_heading(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 80, "Contents", bold=True, size=16)
    for i, title in enumerate(["Name", "Area", "Meetings", "Procurement"]):
        sheet.at(72, 110 + 20 * i, f"{i + 1}. {title} shall be public ........................ {i + 3}")
    sheet.page().at(72, 80, "Index", bold=True, size=16)
    for i in range(5):
        sheet.at(72, 110 + 20 * i, f"Schedule {i}").at(500, 110 + 20 * i, str(i + 20))
    sheet.page().at(72, 80, "1. Name", bold=True).at(72, 110, "1.1 The name is X.")
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [b.kind for b in found] == ["contents"] * 11 + ["heading", "paragraph"]
    assert build(found, "a.pdf").provisions[-1].part == ""


def test_ruled_tables_are_read_cell_by_cell(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 80, "1. Delegation")
    for y in (100, 150, 200):
        sheet.rule(72, y, 500, y)
    for x in (72, 150, 330, 500):
        sheet.rule(x, 100, x, 200)
    sheet.at(76, 115, "1.1").lines(154, 115, ["The Board shall award", "every contract."]).lines(
        334, 115, ["The Chair alone", "may sign."]
    )
    sheet.at(76, 165, "1.2").at(154, 165, "The Group meets.").at(334, 165, "No one.").at(72, 230, "2. Fees")
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [(b.cell, b.text) for b in found] == [
        (None, "1. Delegation"),
        ((0, 0, 0), "1.1"),
        ((0, 0, 1), "The Board shall award every contract."),
        ((0, 0, 2), "The Chair alone may sign."),
        ((0, 1, 0), "1.2"),
        ((0, 1, 1), "The Group meets."),
        ((0, 1, 2), "No one."),
        (None, "2. Fees"),
    ]
    assert [p.label for p in build(found, "a.pdf").provisions] == ["1.", "1.1", "", "1.2", "", "2."]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"Left line {n} runs on to the very edge of its column" for n in range(14)]
    right = [f"Right line {n} runs on to the far edge of the page" for n in range(14)]
    sheet = Sheet().page().lines(50, 100, left).lines(310, 100, right)
    assert " ".join(texts(sheet.save(tmp_path / "a.pdf"))) == " ".join([*left, *right])


def test_pages_turned_on_their_side_are_read_upright(tmp_path: Path) -> None:
    sheet = Sheet().page()
    for n in range(6):
        with sheet.pdf.rotation(90, 300, 400):
            sheet.pdf.text(120, 300 + 30 * n, f"{n + 1}. Rule number {n + 1} is that all shall meet.")
    assert texts(sheet.save(tmp_path / "a.pdf")) == [
        f"{n}. Rule number {n} is that all shall meet." for n in range(1, 7)
    ]


def test_headings_are_told_by_their_type(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .page()
        .at(72, 80, "Our rules", bold=True, size=20)
        .at(72, 120, "1. Meetings", bold=True)
        .lines(72, 145, [FULL, "always."])
    )
    assert [b.heading_level for b in read_pdf(sheet.save(tmp_path / "a.pdf")).blocks] == [1, 2, None]


def test_a_footnote_goes_to_its_mark_and_parts_no_paragraph(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 100, "1.1").at(110, 100, FULL)
    sheet.at(110, 100 + LEADING, "and its price").at(177, 96 + LEADING, "1", size=6)
    sheet.at(185, 100 + LEADING, "and the name of the bidder, and that name")
    sheet.at(72, 780, "1", size=6).at(78, 784, "Not where the law forbids it, and not before the", size=8)
    sheet.at(72, 794, "day of the award.", size=8)
    sheet.page().at(110, 80, "is to be given in full.").at(72, 110, "1.2").at(110, 110, "The area is 10 m").at(
        193, 106, "2", size=6)
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [(b.kind, b.text, b.page) for b in found] == [
        ("paragraph", f"{FULL} and its price and the name of the bidder, and that name is to be given in full.", 1),
        ("footnote", "Not where the law forbids it, and not before the day of the award.", 1),
        ("paragraph", "1.2 The area is 10 m2", 2),
    ]
    assert [p.number for p in build(found, "a.pdf").provisions] == ["1.1", "note to 1.1", "1.2"]


def test_a_table_drawn_without_its_frame_is_read_cell_by_cell(tmp_path: Path) -> None:
    sheet = Sheet().page()
    for y in (130, 160):
        sheet.rule(72, y, 500, y)
    sheet.rule(250, 100, 250, 190)
    for i, (left, right) in enumerate([("Matter", "Who decides"), ("Leases", "The Board"), ("Loans", "Nobody")]):
        sheet.at(76, 115 + 30 * i, left).at(254, 115 + 30 * i, right)
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [(b.cell, b.text) for b in found] == [
        ((0, 0, 0), "Matter"), ((0, 0, 1), "Who decides"), ((0, 1, 0), "Leases"), ((0, 1, 1), "The Board"),
        ((0, 2, 0), "Loans"), ((0, 2, 1), "Nobody")]


def test_the_number_printed_on_a_page_is_kept_where_it_is_another(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 80, "Constitution", size=20)
    for i, printed in enumerate(["i", "ii", "1", "2", "3"]):
        sheet.page().at(72, 100, f"{i + 1}. Rule {i + 1}").at(72, 130, f"{i + 1}.1 It is kept.").at(290, 810, printed)
    found = read_pdf(sheet.save(tmp_path / "a.pdf")).blocks
    assert [(b.page, b.printed_page) for b in found if b.text.endswith("kept.")] == [
        (2, "i"), (3, "ii"), (4, "1"), (5, "2"), (6, "3")]
    provision = build(found, "a.pdf").provisions[-1]
    assert place(Evidence.of("a.pdf", provision)) == "paragraph 5.1, page 6 (printed 3)"


def test_page_labels_of_the_file_say_what_is_printed(tmp_path: Path) -> None:
    sheet = Sheet()
    for i in range(4):
        sheet.page().at(72, 100, f"{i + 1}. Rule {i + 1} is kept by all.")
        sheet.pdf.set_page_label("r" if i < 2 else "D", label_start=1 if i in (0, 2) else None)
    assert [b.printed_page for b in read_pdf(sheet.save(tmp_path / "a.pdf")).blocks] == ["i", "ii", "1", "2"]


def test_type_set_without_capitals_is_no_smaller(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 100, "(a)").at(100, 100, FULL).at(100, 100 + LEADING, "own;").at(72, 130, "(b) x.")
    assert texts(sheet.save(tmp_path / "a.pdf"))[0] == f"(a) {FULL} own;"


def test_a_page_without_characters_is_named(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 80, "1. Name").page().rule(10, 10, 90, 90).page().at(72, 80, "2. Area")
    reading = read_pdf(sheet.save(tmp_path / "a.pdf"), ReadOptions(ocr="never"))
    assert [(u.what, "scan" in u.why) for u in reading.unread] == [("page 2", True)]
    assert (reading.pages, [b.page for b in reading.blocks]) == (3, [1, 3])


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=r"only pictures of its pages \(a scan\).*OCR"):
        read_pdf(Sheet().page().rule(10, 10, 90, 90).save(tmp_path / "a.pdf"), ReadOptions(ocr="never"))


def test_a_password_is_named_as_such(tmp_path: Path) -> None:
    sheet = Sheet().page().at(72, 80, "1. Name")
    sheet.pdf.set_encryption(owner_password="owner", user_password="user")
    with pytest.raises(CheckError, match="protected with a password; open it"):
        read_pdf(sheet.save(tmp_path / "a.pdf"))


def test_a_long_document_takes_seconds(tmp_path: Path) -> None:
    """125 dense pages; the bound is loose so that a busy machine does not fail it."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_font("Helvetica", size=11)
    for page in range(125):
        pdf.add_page()
        for line in range(45):
            pdf.text(72, 90 + line * 15, f"{page + 1}.{line + 1} {FULL[:60]}.")
    path = tmp_path / "long.pdf"
    pdf.output(str(path))
    start = time.perf_counter()
    reading = read_pdf(path)
    assert time.perf_counter() - start < 20
    assert len(reading.blocks) == 125 * 45
