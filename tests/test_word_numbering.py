"""The label before a paragraph, as Word shows it: one test a rule, each with the mark-up it is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import deleted, level, listed, numbering, para, run, style, tracked_mark, word_file

from constitution_check.readers.word import read_word
from constitution_check.readers.word_formats import cardinal, format_number, letters, ordinal_text, roman

CLAUSES = (level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))


def labels(folder: Path, body: str, numbers: str, styles: str = "") -> list[str]:
    reading = read_word(word_file(folder, body, numbering=numbers, styles=styles))
    return [block.label for block in reading.blocks]


def test_levels_build_on_each_other_and_start_again_below_a_new_parent(tmp_path: Path) -> None:
    body = "".join(para("x", listed(1, i)) for i in (0, 1, 2, 2, 1, 2, 0, 1))
    assert labels(tmp_path, body, numbering(*CLAUSES)) == ["1.", "1.1", "(a)", "(b)", "1.2", "(a)", "2.", "2.1"]


def test_a_level_beneath_an_unseen_parent_takes_the_parents_start(tmp_path: Path) -> None:
    assert labels(tmp_path, para("x", listed(1, 1)), numbering(level(0, "%1.", start=4), CLAUSES[1])) == ["4.1"]


def test_nums_of_one_abstract_list_share_their_counters(tmp_path: Path) -> None:
    body = para("x", listed(1)) + para("x", listed(2)) + para("x", listed(1))
    assert labels(tmp_path, body, numbering(*CLAUSES, nums={1: "", 2: ""})) == ["1.", "2.", "3."]


def test_a_start_override_fires_once_for_its_num_and_level(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = para("x", listed(1)) + para("x", listed(2)) + para("x", listed(2)) + para("x", listed(1))
    assert labels(tmp_path, body, numbering(*CLAUSES, nums={1: "", 2: override})) == ["1.", "7.", "8.", "9."]


def test_using_a_num_at_a_level_uses_up_its_overrides_above(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = para("x", listed(1)) + para("x", listed(2, 1)) + para("x", listed(2))
    assert labels(tmp_path, body, numbering(*CLAUSES, nums={1: "", 2: override})) == ["1.", "1.1", "2."]


def test_restart_zero_never_starts_again(tmp_path: Path) -> None:
    levels = (level(0, "Part %1"), level(1, "%2.", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(para("x", listed(1, i)) for i in (0, 1, 1, 0, 1))
    assert labels(tmp_path, body, numbering(*levels)) == ["Part 1", "1.", "2.", "Part 2", "3."]


def test_a_level_can_start_again_only_after_a_certain_level(tmp_path: Path) -> None:
    levels = (level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%3", more='<w:lvlRestart w:val="1"/>'))
    body = "".join(para("x", listed(1, i)) for i in (0, 1, 2, 1, 2, 0, 2))
    assert labels(tmp_path, body, numbering(*levels)) == ["1", "1.1", "1.1", "1.2", "1.2", "2", "2.1"]


def test_legal_numbering_makes_every_part_decimal(tmp_path: Path) -> None:
    levels = (level(0, "Article %1", "upperRoman"), level(1, "%1.%2", "lowerLetter", more="<w:isLgl/>"))
    body = para("x", listed(1)) + para("x", listed(1, 1))
    assert labels(tmp_path, body, numbering(*levels)) == ["Article I", "1.1"]


def test_a_format_of_none_counts_and_shows_only_its_own_words(tmp_path: Path) -> None:
    levels = (level(0, "%1", "none"), level(1, "Note:", "none"), level(2, ""), level(3, "%3.%4"))
    body = "".join(para("x", listed(1, i)) for i in (0, 1, 2, 3))
    assert labels(tmp_path, body, numbering(*levels)) == ["", "Note:", "", "1.1"]


def test_a_whole_level_can_be_overridden(tmp_path: Path) -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "Schedule %1", "upperLetter")}</w:lvlOverride>'
    assert labels(tmp_path, para("x", listed(2)), numbering(*CLAUSES, nums={2: override})) == ["Schedule A"]


def test_numbers_come_through_styles_and_num_zero_takes_them_away(tmp_path: Path) -> None:
    styles = (style("Clause", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style("Child", based_on="Clause")
              + style("Bare", '<w:numPr><w:numId w:val="0"/></w:numPr>', based_on="Clause"))
    body = "".join(para("x", f'<w:pStyle w:val="{name}"/>') for name in ("Clause", "Child", "Bare", "Clause"))
    body += para("x", '<w:pStyle w:val="Clause"/>' + listed(0))
    assert labels(tmp_path, body, numbering(*CLAUSES), styles) == ["1.", "2.", "", "3.", ""]


def test_the_level_that_names_a_style_beats_the_styles_own_level(tmp_path: Path) -> None:
    levels = (CLAUSES[0], level(1, "%1.%2", more='<w:pStyle w:val="Sub"/>'))
    styles = style("Sub", listed(1, 0))
    body = para("x", listed(1)) + para("x", '<w:pStyle w:val="Sub"/>')
    assert labels(tmp_path, body, numbering(*levels), styles) == ["1.", "1.1"]


def test_a_list_can_stand_in_a_numbering_style(tmp_path: Path) -> None:
    styles = ('<w:style w:type="numbering" w:styleId="House"><w:name w:val="House"/>'
              '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    linked = ('<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="House"/></w:abstractNum>'
              + numbering(*CLAUSES) + '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>')
    body = para("x", listed(9)) + para("x", listed(1))
    assert labels(tmp_path, body, linked, styles) == ["1.", "2."]


def test_tracked_away_marks_and_bare_section_breaks_are_not_counted(tmp_path: Path) -> None:
    body = (para("One.", listed(1)) + para(deleted("Gone."), listed(1) + tracked_mark("del")) + para("Two.", listed(1))
            + para("", listed(1) + "<w:sectPr/>") + para("Three.", listed(1)))
    assert labels(tmp_path, body, numbering(*CLAUSES)) == ["1.", "2.", "3."]


def test_empty_numbered_paragraphs_are_counted_and_kept(tmp_path: Path) -> None:
    body = para("One.", listed(1)) + para("", listed(1)) + para("Three.", listed(1))
    reading = read_word(word_file(tmp_path, body, numbering=numbering(*CLAUSES)))
    assert [(b.label, b.text) for b in reading.blocks] == [("1.", "One."), ("2.", ""), ("3.", "Three.")]


def test_empty_cells_of_a_vertical_merge_are_not_counted(tmp_path: Path) -> None:
    def row(merge: str, text: str) -> str:
        return f"<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{para(text, listed(1))}</w:tc></w:tr>"

    rows = row('<w:vMerge w:val="restart"/>', "One.") + row("<w:vMerge/>", "") + row("", "Two.")
    table = f"<w:tbl>{rows}</w:tbl>"
    assert labels(tmp_path, table, numbering(*CLAUSES)) == ["1.", "2."]


@pytest.mark.parametrize(("sign", "shown"), [
    ("\uf0b7", "•"), ("o", "•"), ("\uf0a7", "▪"), ("–", "–"), ("\uf0fc", "✓"), ("", "")])
def test_bullets_are_shown_as_signs(tmp_path: Path, sign: str, shown: str) -> None:
    assert labels(tmp_path, para("x", listed(1)), numbering(level(0, sign, "bullet"))) == [shown]


def test_hidden_numbers_are_not_shown_and_capitals_are(tmp_path: Path) -> None:
    levels = (level(0, "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"),
              level(1, "Part %2").replace("</w:lvl>", "<w:rPr><w:caps/></w:rPr></w:lvl>"))
    assert labels(tmp_path, para("x", listed(1)) + para("x", listed(1, 1)), numbering(*levels)) == ["", "PART 1"]


def test_hidden_paragraphs_are_counted_and_not_shown(tmp_path: Path) -> None:
    skip = para("", listed(1) + "<w:rPr><w:vanish/></w:rPr>")
    body = para("One.", listed(1)) + skip + para("Three.", listed(1))
    assert labels(tmp_path, body, numbering(*CLAUSES)) == ["1.", "3."]


def test_listnum_fields_number_inside_a_paragraph(tmp_path: Path) -> None:
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> LISTNUM "SEQ1" \\l 2 </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    numbers = numbering(level(0, "%1."), level(1, "(%2)")).replace("<w:lvl ", '<w:name w:val="seq1"/><w:lvl ', 1)
    body = para(f"{run('—')}{field}{run(' First.')}", listed(1)) + para("Second.", listed(1, 1))
    reading = read_word(word_file(tmp_path, body, numbering=numbers))
    assert [(b.label, b.text) for b in reading.blocks] == [("1.", "—(1) First."), ("(2)", "Second.")]


def test_listnum_without_a_list_uses_words_own(tmp_path: Path) -> None:
    one = '<w:fldSimple w:instr=" LISTNUM "/>'
    legal = '<w:fldSimple w:instr=" LISTNUM LegalDefault \\l 2 \\s 3 "/>'
    reading = read_word(word_file(tmp_path, para(f"{one}{run(' a ')}{one}{run(' b ')}{legal}")))
    assert reading.blocks[0].text == "1) a 2) b 1.3."


def test_circular_and_dangling_references_do_no_harm(tmp_path: Path) -> None:
    styles = (style("A", '<w:numPr><w:numId w:val="77"/></w:numPr>', based_on="B") + style("B", based_on="A")
              + '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
                '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>')
    numbers = ('<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="L"/></w:abstractNum>'
               '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
               '<w:num w:numId="4"><w:abstractNumId w:val="99"/></w:num>')
    body = para("x", '<w:pStyle w:val="A"/>') + para("x", listed(3)) + para("x", listed(4)) + para("x", listed(5, 20))
    assert labels(tmp_path, body, numbers, styles) == ["", "", "", ""]


# --- number formats ---

@pytest.mark.parametrize(("number", "how", "shown"), [
    (3, "decimalZero", "03"), (27, "lowerLetter", "aa"), (28, "upperLetter", "BB"), (1990, "upperRoman", "MCMXC"),
    (22, "ordinal", "22nd"), (11, "ordinal", "11th"), (21, "cardinalText", "Twenty-one"),
    (12, "ordinalText", "Twelfth"), (30, "ordinalText", "Thirtieth"), (101, "ordinalText", "One hundred first"),
    (255, "hex", "FF"), (6, "chicago", "††"), (5, "none", ""), (5, "aiueo", "5"), (2, "decimalEnclosedCircle", "②"),
    (4, "numberInDash", "- 4 -")])
def test_formats_as_word_writes_them(number: int, how: str, shown: str) -> None:
    assert format_number(number, how) == shown


def test_custom_formats_pad_with_zeros() -> None:
    assert format_number(7, "custom", "001, 002, 003, ...") == "007"


@given(st.integers(min_value=1, max_value=3999))
def test_romans_read_back(number: int) -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    values = [worth[sign] for sign in roman(number)]
    assert sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)) == number


@given(st.integers(min_value=1, max_value=780))
def test_letters_repeat_and_never_mix(number: int) -> None:
    shown = letters(number)
    assert len(set(shown)) == 1
    assert (len(shown) - 1) * 26 + ord(shown[0]) - ord("a") + 1 == number


@given(st.integers(min_value=-(10**9), max_value=10**9), st.sampled_from([
    "decimal", "decimalZero", "lowerLetter", "upperRoman", "ordinal", "cardinalText", "ordinalText", "hex", "chicago",
    "decimalEnclosedParen", "decimalFullWidth", "custom", "thaiLetters"]))
def test_no_counter_is_too_odd_or_too_long(number: int, how: str) -> None:
    assert len(format_number(number, how)) <= 120


@given(st.integers(min_value=0, max_value=999_999))
def test_number_words_are_distinct_words(number: int) -> None:
    words = cardinal(number)
    assert all(word.isalpha() for word in words.replace("-", " ").split())
    assert ordinal_text(number) != words
