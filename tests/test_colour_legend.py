"""Text in colour: what a legend says of it, and what a report says where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import level, listed, numbering, para, run, word_file

from constitution_check import check_document
from constitution_check.colour_legend import colour_name, colour_notes, legend_in
from constitution_check.model import Block
from constitution_check.outline import build
from constitution_check.readers.word import read_word

RED, GREEN, INK = "FF0000", "00B050", "1F1F1F"


@pytest.mark.parametrize(("colour", "name"), [
    ("FF0000", "red"), ("C00000", "red"), ("00B050", "green"), ("92D050", "green"), ("0070C0", "blue"),
    ("7030A0", "purple"), ("FFC000", "orange"), ("000000", ""), ("808080", ""), ("FFFFFF", ""), ("0A0A14", ""),
    ("", ""), ("auto", "")])
def test_colours_have_their_everyday_names(colour: str, name: str) -> None:
    assert colour_name(colour) == name


@pytest.mark.parametrize(("words", "meanings"), [
    ("Text in green is optional.", {"green": "placeholder"}),
    ("Optional clauses are shown in green and drafting notes in red.", {"green": "placeholder", "red": "note"}),
    ("Key: Green – optional; Red – guidance for the drafter.", {"green": "placeholder", "red": "note"}),
    ("Guidance notes (in blue italics) must be deleted before adoption.", {"blue": "note"}),
    ("Wording in amber is to be completed locally, and text in black is mandatory.", {"orange": "placeholder"}),
    ("Red text does not form part of the constitution.", {"red": "note"}),
    ("Text in blue has changed since the last version.", {}),
    ("The Board shall keep a red, amber and green rating of each risk.", {}),
    ("The Group shall have a green travel plan and take note of the Green Paper.", {}),
])
def test_a_legend_gives_a_colour_its_meaning(words: str, meanings: dict[str, str]) -> None:
    assert {name: entry.meaning for name, entry in legend_in([words]).items()} == meanings


def coloured(words: str, colour: str) -> str:
    return para(run(words, f'<w:color w:val="{colour}"/>'), listed(1))


BODY = (coloured("The Governing Body shall meet.", INK)
        + coloured("Meetings of the Governing Body shall be held in public.", GREEN)
        + coloured("Its members shall be paid for their time.", RED) * 3)


def read(folder: Path, body: str) -> Path:
    return word_file(folder, body, numbering=numbering(level(0, "%1.")))


def test_without_a_legend_text_in_colour_binds_and_is_counted(tmp_path: Path) -> None:
    reading = read_word(read(tmp_path, BODY))
    assert {p.standing for p in build(reading.blocks, "x").provisions[1:]} == {"operative"}
    assert colour_notes(reading.blocks) == (
        "3 paragraphs are in red. The document does not say what that means, so they were read like the rest; ask "
        "whether any of them is a note or only an option.",)


def test_with_a_legend_it_binds_no_one_and_the_report_says_why(tmp_path: Path) -> None:
    legend = "Optional clauses are in green and notes in red."
    path = read(tmp_path, para(legend) + BODY)
    tree = build(read_word(path).blocks, "x")
    assert [p.standing for p in tree.provisions[1:]] == ["operative", "placeholder", "note", "note", "note"]
    report = check_document(path, safeguards=["meetings-in-public"])
    assert report.sources[0].notes[0] == (
        f"1 paragraph is in green. The document says of that colour: “{legend}” Text in green was therefore taken for "
        "wording that is not settled, which binds no one.")


def test_headings_and_a_stray_line_are_not_counted() -> None:
    blocks = [Block(text=f"Title {n}", kind="heading", colour=RED) for n in range(5)] + [Block(text="x", colour=RED)]
    assert colour_notes(blocks) == ()
