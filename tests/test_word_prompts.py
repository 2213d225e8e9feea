"""Content controls that nobody has filled in: their prompt is shown, and binds no one."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import para, run, word_file

from constitution_check.outline import build
from constitution_check.readers.word import read_word
from constitution_check.standing import note_spans

SHOWS_PROMPT = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
FILLED = '<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'


def control(properties: str, content: str) -> str:
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_a_prompt_is_a_placeholder_whether_in_a_line_or_round_paragraphs(tmp_path: Path) -> None:
    body = (para("1. The Board shall meet.") + para(control(SHOWS_PROMPT, run("State here how meetings are held.")))
            + control(SHOWS_PROMPT, para("Meetings shall be public."))
            + control(FILLED, para("2. Papers shall be published.")))
    path = word_file(tmp_path, body)
    assert [(b.prompt, b.text[:8]) for b in read_word(path).blocks] == [
        (False, "1. The B"), (True, "State he"), (True, "Meetings"), (False, "2. Paper")]
    assert [p.standing for p in build(read_word(path).blocks, "x").provisions] == [
        "operative", "placeholder", "placeholder", "operative"]


def test_a_prompt_within_a_clause_leaves_the_clause_operative(tmp_path: Path) -> None:
    body = para(run("1. The Board shall meet ") + control(SHOWS_PROMPT, run("Click here to enter a number."))
                + run(" times a year."))
    (block,) = read_word(word_file(tmp_path, body)).blocks
    assert (block.prompt, block.text) == (False, "1. The Board shall meet Click here to enter a number. times a year.")
    (clause,) = build([block], "x").provisions
    assert clause.standing == "operative"
    assert [clause.text[a:b] for a, b in note_spans(clause.text)] == ["Click here to enter a number."]


@pytest.mark.parametrize(("text", "standing"), [
    ("Click or tap here to enter text.", "placeholder"), ("Choose an item.", "placeholder"),
    ("[Click here to add a date]", "placeholder"), ("Members may choose an item for debate.", "operative")])
def test_words_own_prompts_are_known_in_every_format(text: str, standing: str, tmp_path: Path) -> None:
    path = word_file(tmp_path, para("1. The Board shall meet.") + para(text))
    assert build(read_word(path).blocks, "x").provisions[1].standing == standing


def test_the_choice_of_a_list_and_a_ticked_box_are_text(tmp_path: Path) -> None:
    choice = '<w:sdtPr><w:dropDownList><w:listItem w:displayText="may" w:value="1"/></w:dropDownList></w:sdtPr>'
    box = ('<w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
           '<w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>')
    body = para(run("The Board ") + control(choice, run("may")) + run(" meet ") + control(box, run("☒")))
    (block,) = read_word(word_file(tmp_path, body)).blocks
    assert (block.text, block.prompt) == ("The Board may meet ☒", False)
