"""Tracked changes: the text as proposed, the text as it stands, and who changed what."""

from __future__ import annotations

from pathlib import Path

from word_files import deleted, inserted, level, listed, numbering, para, run, style, tracked_mark, word_file

from constitution_check.model import Block, Reading
from constitution_check.readers.word import read_word

LIST = numbering(level(0, "%1."))


def read(folder: Path, body: str, **others: str) -> Reading:
    return read_word(word_file(folder, body, numbering=LIST, **others))


def shown(blocks: tuple[Block, ...] | None) -> list[str]:
    return [f"{block.label} {block.text}".strip() for block in blocks or ()]


def test_untracked_files_have_one_text(tmp_path: Path) -> None:
    reading = read(tmp_path, para("The Group must publish."))
    assert (reading.current, reading.changes) == (None, ())


def test_a_weakened_verb_is_read_both_ways(tmp_path: Path) -> None:
    reading = read(tmp_path, para(run("The Group ") + deleted("must") + inserted(run("may")) + run(" publish.")))
    assert shown(reading.blocks) == ["The Group may publish."]
    assert shown(reading.current) == ["The Group must publish."]
    assert [(c.kind, c.author, c.date, c.text) for c in reading.changes] == [
        ("deletion", "Ann", "2026-03-01T09:00:00Z", "must"), ("insertion", "Ann", "2026-03-01T09:00:00Z", "may")]


def test_adjacent_runs_of_one_author_are_one_change(tmp_path: Path) -> None:
    body = para(inserted(run("so far ")) + '<w:bookmarkStart w:id="1"/>' + inserted(run("as "))
                + inserted(run("practicable"), "Ben") + run(".") + inserted(run("End.")))
    assert [(c.author, c.text) for c in read(tmp_path, body).changes] == [
        ("Ann", "so far as"), ("Ben", "practicable"), ("Ann", "End.")]


def test_an_inserted_clause_renumbers_only_the_text_as_proposed(tmp_path: Path) -> None:
    new = para(inserted(run("New.")), listed(1) + tracked_mark("ins"))
    body = para("One.", listed(1)) + new + para("Two.", listed(1))
    reading = read(tmp_path, body)
    assert shown(reading.blocks) == ["1. One.", "2. New.", "3. Two."]
    assert shown(reading.current) == ["1. One.", "2. Two."]
    assert [c.text for c in reading.changes] == ["New."]


def test_a_deleted_mark_joins_two_clauses(tmp_path: Path) -> None:
    body = para("Contracts shall", listed(1) + tracked_mark("del")) + para(" be published.", listed(1))
    reading = read(tmp_path, body)
    assert shown(reading.blocks) == ["1. Contracts shall be published."]
    assert shown(reading.current) == ["1. Contracts shall", "2. be published."]
    assert [(c.kind, c.text) for c in reading.changes] == [("deletion", "¶")]


def test_text_before_a_table_does_not_join_it(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{para('Cell.')}</w:tc></w:tr></w:tbl>"
    body = para(deleted("Gone."), tracked_mark("del")) + para("Kept.", tracked_mark("del")) + table
    reading = read(tmp_path, body)
    assert shown(reading.blocks) == ["Kept.", "Cell."]
    assert shown(reading.current) == ["Gone.", "Kept.", "Cell."]


def test_moves_are_read_once_in_each_text(tmp_path: Path) -> None:
    body = (para(inserted(run("Moved."), kind="moveFrom"), tracked_mark("moveFrom")) + para("Stays.")
            + para(inserted(run("Moved."), kind="moveTo"), tracked_mark("moveTo")) + para("End."))
    reading = read(tmp_path, body)
    assert shown(reading.blocks) == ["Stays.", "Moved.", "End."]
    assert shown(reading.current) == ["Moved.", "Stays.", "End."]
    assert [c.kind for c in reading.changes] == ["deletion", "insertion"]


def test_what_one_proposed_and_another_struck_is_in_neither_text(tmp_path: Path) -> None:
    reading = read(tmp_path, para(run("The Group acts.") + inserted(deleted(" Perhaps.", "Ben"))))
    assert shown(reading.blocks) == ["The Group acts."]
    assert shown(reading.current or reading.blocks) == ["The Group acts."]
    assert [(c.kind, c.author, c.text) for c in reading.changes] == [("deletion", "Ben", "Perhaps.")]


def test_rows_and_cells_come_and_go(tmp_path: Path) -> None:
    def row(text: str, change: str = "", cell: str = "") -> str:
        return f"<w:tr><w:trPr>{change}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{para(text)}</w:tc></w:tr>"

    mark = 'w:id="1" w:author="Ann"'
    body = (f"<w:tbl>{row('a')}{row('new', f'<w:ins {mark}/>')}{row('old', f'<w:del {mark}/>')}"
            f"{row('gone', '', f'<w:cellDel {mark}/>')}{row('b')}</w:tbl>")
    reading = read(tmp_path, body)
    assert [(b.text, b.cell) for b in reading.blocks] == [("a", (0, 0, 0)), ("new", (0, 1, 0)), ("b", (0, 3, 0))]
    assert shown(reading.current) == ["a", "old", "gone", "b"]


def test_numbering_given_by_a_tracked_change_is_only_proposed(tmp_path: Path) -> None:
    old = '<w:pPrChange w:id="1" w:author="Ann"><w:pPr/></w:pPrChange>'
    body = para("One.", listed(1)) + para("Two.", listed(1) + old) + para("Three.", listed(1))
    reading = read(tmp_path, body)
    assert shown(reading.blocks) == ["1. One.", "2. Two.", "3. Three."]
    assert shown(reading.current) == ["1. One.", "Two.", "2. Three."]


def test_a_tracked_style_is_only_proposed(tmp_path: Path) -> None:
    old = '<w:pPrChange w:id="1" w:author="Ann"><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:pPrChange>'
    styles = style("Head", '<w:outlineLvl w:val="0"/>') + style("Body")
    reading = read(tmp_path, para("Purpose", f'<w:pStyle w:val="Head"/>{old}'), styles=styles)
    assert [block.kind for block in reading.blocks] == ["heading"]
    assert [block.kind for block in reading.current or ()] == ["paragraph"]


def test_hiding_as_a_tracked_change_is_only_proposed(tmp_path: Path) -> None:
    hide = '<w:vanish/><w:rPrChange w:id="1" w:author="Ann"><w:rPr/></w:rPrChange>'
    reading = read(tmp_path, para(run("must", hide)))
    assert [block.hidden for block in reading.blocks] == [True]
    assert [block.hidden for block in reading.current or ()] == [False]


def test_a_note_goes_with_its_deleted_reference(tmp_path: Path) -> None:
    reference = inserted('<w:r><w:footnoteReference w:id="2"/></w:r>', kind="del")
    notes = f'<w:footnote w:id="2">{para(deleted("Old note."))}</w:footnote>'
    reading = read(tmp_path, para(run("One.") + reference), footnotes=notes)
    assert shown(reading.blocks) == ["One."]
    assert shown(reading.current) == ["One.", "Old note."]


def test_a_document_struck_out_whole_still_reads(tmp_path: Path) -> None:
    reading = read(tmp_path, para(deleted("All."), tracked_mark("del")))
    assert shown(reading.blocks) == []
    assert shown(reading.current) == ["All."]


def test_the_number_before_a_change_of_list_is_that_of_the_current_text(tmp_path: Path) -> None:
    change = '<w:numberingChange w:id="1" w:author="Ann" w:original="{}"/>'
    body = "".join(para(words, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{change.format(old)}</w:numPr>')
                   for words, old in (("One.", "%1:4:0:."), ("Two.", "%1:2:3:.%2:5:2:)"), ("Three.", "(iv)")))
    reading = read_word(word_file(tmp_path, body, numbering=numbering(level(0, "%1."))))
    assert [b.label for b in reading.blocks] == ["1.", "2.", "3."]
    assert reading.current is not None
    assert [b.label for b in reading.current] == ["4.", "B.v)", "(iv)"]


def test_a_paragraph_moved_to_another_list_has_its_old_number_in_the_current_text(tmp_path: Path) -> None:
    moved = ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
             f'<w:pPrChange w:id="1" w:author="Ann"><w:pPr>{listed(1)}</w:pPr></w:pPrChange>')
    body = para("One.", listed(1)) + para("Two.", moved) + para("Three.", listed(1))
    lists = numbering(level(0, "%1."), level(1, "(%2)", "lowerLetter"))
    reading = read_word(word_file(tmp_path, body, numbering=lists))
    assert [b.label for b in reading.blocks] == ["1.", "(a)", "2."]
    assert reading.current is not None
    assert [b.label for b in reading.current] == ["1.", "2.", "3."]
