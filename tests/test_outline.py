"""The tree of provisions: citations, parents, headings, parts; nothing lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constitution_check.errors import CheckError
from constitution_check.model import Block, Constitution, Provision
from constitution_check.outline import build, outline_json, outline_text, require_provisions


def typed(*lines: str) -> Constitution:
    """A constitution from lines with typed labels."""
    return build([Block(text=line) for line in lines], "typed.txt")


def numbers(constitution: Constitution) -> list[str]:
    return [p.number for p in constitution.provisions]


def at(constitution: Constitution, number: str) -> Provision:
    return next(p for p in constitution.provisions if p.number == number)


def parent_of(constitution: Constitution, provision: Provision) -> str:
    return "" if provision.parent is None else constitution.provisions[provision.parent].number


def test_items_are_cited_with_all_their_ancestors() -> None:
    tree = typed(
        "8 Procurement",
        "8.6 Contracts",
        "8.6.3 The Group will:",
        "(g) exclude:",
        "(i) companies;",
        "(ii) directors;",
        "(h) pay.",
    )
    assert numbers(tree) == ["8", "8.6", "8.6.3", "8.6.3(g)", "8.6.3(g)(i)", "8.6.3(g)(ii)", "8.6.3(h)"]
    assert [parent_of(tree, p) for p in tree.provisions] == ["", "8", "8.6", "8.6.3", "8.6.3(g)", "8.6.3(g)", "8.6.3"]
    assert [p.level for p in tree.provisions] == [0, 1, 2, 3, 4, 4, 3]
    assert at(tree, "8.6.3(g)").text == "exclude:"
    assert at(tree, "8.6.3(g)").label == "(g)"


def test_roman_one_and_letter_i_are_told_apart_by_what_follows() -> None:
    letters = typed("4.1 It will:", "(g) a;", "(h) b;", "(i) c;", "(j) d.")
    assert numbers(letters)[-2:] == ["4.1(i)", "4.1(j)"]
    romans = typed("4.1 It will:", "(h) b:", "(i) c;", "(ii) d;", "(i) e.")
    assert numbers(romans)[2:4] == ["4.1(h)(i)", "4.1(h)(ii)"]


@pytest.mark.parametrize(
    ("lines", "cited"),
    [
        (("8.6.3(g)(iv) It excludes X.", "8.6.3(g)(v) It meets."), ["8.6.3(g)(iv)", "8.6.3(g)(v)"]),
        (("SO 3.5 The chair shall preside.", "SO 3.6 The deputy presides."), ["SO 3.5", "SO 3.6"]),
        (("Rule 4 The Board meets in public.", "Rule 5 It votes."), ["Rule 4", "Rule 5"]),
        (("Clause 4.1 The Board meets.", "Clause 4.2 It votes."), ["Clause 4.1", "Clause 4.2"]),
        (("Section 4 The Board has said so.", "It meets."), ["before 1", "before 1"]),
        (("Schedule 2 para 4(1)(a) The chair is chosen.", "Schedule 2 para 4(1)(b) He goes."),
         ["Schedule 2, 4(1)(a)", "Schedule 2, 4(1)(b)"]),
        (("Schedule 2, paragraph 4(1)(a): The chair is chosen.",), ["Schedule 2, 4(1)(a)"]),
        (("Article 1", "Name", "The name is X.", "Article 2", "Area", "1. It is Y.", "2. It changes."),
         ["Article 1", "after Article 1", "Article 2", "Article 2(1)", "Article 2(2)"]),
        (("4.1 a) The Board meets.", "b) It votes."), ["4.1(a)", "4.1(b)"]),
        (("4(1) The Board meets.", "(2) It votes:", "(a) by hand."), ["4(1)", "4(2)", "4(2)(a)"]),
        (("1.1.1a The name is X.", "1.1.1b It is Y.", "1.1.2 It lasts."), ["1.1.1a", "1.1.1b", "1.1.2"]),
        (("8.6.3A It excludes X.", "8.6.4 It meets."), ["8.6.3A", "8.6.4"]),
        (("Part 2", "Meetings", "1. Public", "1.1 All are public.", "Part 3", "Money", "2. Funds"),
         ["Part 2", "1", "1.1", "Part 3", "2"]),
        (("Appendix C", "Orders", "1. Chair", "1.1 He sits.", "Appendix D", "Policies", "1. Money", "1.1 It is spent."),
         ["Appendix C", "Appendix C, 1", "Appendix C, 1.1", "Appendix D", "Appendix D, 1", "Appendix D, 1.1"]),
        (("4.2 The Board meets in public.", "It sits at noon, and anyone may come.", "4.3 It votes."),
         ["4.2", "after 4.2", "4.3"]),
    ],
)
def test_numbers_in_every_style_met(lines: tuple[str, ...], cited: list[str]) -> None:
    assert numbers(typed(*lines)) == cited


def test_a_heading_that_comes_again_in_an_appendix_is_not_taken_for_contents() -> None:
    tree = typed("Contents", "1. Introduction 4", "2. Members 5", "3. Area 6", "Appendix 1 Orders 7", "1. Introduction",
                 "1.1 This is it.", "2. Members", "2.1 They join.", "Appendix 1", "Orders", "1. Introduction", "1.1 S.")
    assert numbers(tree)[5:7] == ["1", "1.1"]


def test_lists_start_again_under_each_stem() -> None:
    tree = typed("1.1 The Board:", "(a) one;", "(b) two.", "1.2 The Group:", "(a) one;", "(b) two.")
    assert numbers(tree) == ["1.1", "1.1(a)", "1.1(b)", "1.2", "1.2(a)", "1.2(b)"]


def test_a_schedule_prefixes_what_stands_in_it() -> None:
    tree = typed(
        "1. Name",
        "1.1 The name is X.",
        "SCHEDULE 2",
        "Standing Orders",
        "4. Meetings",
        "4.1 The Board shall:",
        "(a) meet;",
    )
    assert numbers(tree)[-4:] == ["Schedule 2", "Schedule 2, 4", "Schedule 2, 4.1", "Schedule 2, 4.1(a)"]
    assert at(tree, "Schedule 2").text == "Standing Orders"
    assert at(tree, "Schedule 2").is_heading
    assert at(tree, "Schedule 2, 4.1(a)").part == "Schedule 2"
    assert at(tree, "1.1").part == ""


def test_a_list_of_appendices_does_not_open_them() -> None:
    tree = typed(
        "1. Name",
        "1.1 The appendices are:",
        "Appendix A: Definitions",
        "Appendix B: Standing Orders",
        "2. Area",
        "2.1 The area is Y.",
        "Appendix A: Definitions",
        "1. Board means the board.",
        "Appendix B: Standing Orders",
        "1. The Board shall meet.",
    )
    assert at(tree, "2.1").part == ""
    assert numbers(tree)[-4:] == ["Appendix A", "Appendix A, 1", "Appendix B", "Appendix B, 1"]


def test_an_item_hangs_from_an_unnumbered_stem() -> None:
    tree = typed("4.2 The Board meets monthly.", "Papers include:", "(a) minutes; and", "(b) accounts.", "• a bullet")
    stem, first, second = tree.provisions[1:4]
    assert (stem.number, stem.parent) == ("after 4.2", 0)
    assert (first.number, first.parent, second.parent) == ("4.2(a)", 1, 1)


def test_bullets_have_no_number_and_hang_from_their_stem() -> None:
    tree = typed("4.2 The Board shall:", "• meet;", "• publish.")
    assert [(p.number, p.parent, p.level) for p in tree.provisions[1:]] == [("after 4.2", 0, 1)] * 2
    assert tree.provisions[1].label == "•"


def test_closing_words_belong_to_the_stem() -> None:
    tree = typed("4.2 The Board shall:", "(a) meet; and", "(b) vote", "and shall publish its reasons.", "4.3 Next.")
    closing = tree.provisions[3]
    assert (closing.number, closing.parent) == ("after 4.2(b)", 0)


def test_text_before_any_number_says_so() -> None:
    assert typed("We serve everyone.", "1. Name", "1.1 The name is X.").provisions[0].number == "before 1"


def test_headings_are_told_from_rules() -> None:
    tree = typed(
        "8.6 Procurement",
        "8.6.1 The Board meets in public",
        "8.6.2 Lay members",
        "8.6.3 No contract is awarded in private",
    )
    assert [p.is_heading for p in tree.provisions] == [True, False, False, False]
    assert {p.heading for p in tree.provisions} == {"Procurement"}


@pytest.mark.parametrize(
    "text", ["The Group shall exclude avoiders", "No contract may be awarded", "The Board meets in public"]
)
def test_a_rule_in_a_heading_style_is_no_heading(text: str) -> None:
    tree = build([Block(text=text, label="8.6.3", heading_level=3, kind="heading")], "x")
    assert not tree.provisions[0].is_heading


def test_unnumbered_headings_carry_over_what_follows() -> None:
    tree = build(
        [
            Block(text="Conduct", heading_level=2, kind="heading"),
            Block(text="The Chair shall act fairly.", label="4."),
            Block(text="Fees", heading_level=2, kind="heading"),
            Block(text="No fee is charged.", label="5."),
        ],
        "x",
    )
    assert [p.heading for p in tree.provisions] == ["Conduct", "Conduct", "Fees", "Fees"]


def test_numbers_that_start_again_under_a_heading_make_a_part() -> None:
    blocks = [
        Block(text="The name is X.", label="1."),
        Block(text="The area is Y.", label="2."),
        Block(text="Standing Orders", heading_level=1, kind="heading"),
        Block(text="The Board shall meet.", label="1."),
    ]
    tree = build(blocks, "x")
    assert numbers(tree)[-1] == "Standing Orders, 1"
    assert tree.provisions[-1].part == "Standing Orders"


def test_paragraph_numbers_run_on_through_headed_sections() -> None:
    tree = typed("1. We begin.", "Section 1: Name", "2. The name is X.", "Section 2: Area", "3. The area is Y.")
    assert numbers(tree) == ["1", "Section 1", "2", "Section 2", "3"]
    assert parent_of(tree, tree.provisions[-1]) == "Section 2"


def test_a_quantity_or_date_at_the_start_is_text() -> None:
    tree = typed("4.1 The Board meets.", "12 Members of the public attended.", "30 June 2022 is the date.")
    assert [p.text for p in tree.provisions[1:]] == ["12 Members of the public attended.", "30 June 2022 is the date."]


def test_a_table_row_of_label_and_text_is_one_provision() -> None:
    blocks = [
        Block(text="4.1", kind="cell", cell=(0, 0, 0)),
        Block(text="The Board shall meet.", kind="cell", cell=(0, 0, 1)),
        Block(text="Quorum", kind="cell", cell=(0, 1, 0)),
        Block(text="Five members", kind="cell", cell=(0, 1, 1)),
    ]
    tree = build(blocks, "x")
    assert [(p.label, p.text) for p in tree.provisions] == [
        ("4.1", "The Board shall meet."),
        ("", "Quorum"),
        ("", "Five members"),
    ]


def test_a_label_on_a_line_of_its_own_goes_with_what_follows() -> None:
    tree = typed("4.1", "The Board shall meet.")
    assert [(p.number, p.text) for p in tree.provisions] == [("4.1", "The Board shall meet.")]


def test_contents_lines_open_nothing() -> None:
    tree = typed("Contents", "1. Name 3", "Schedule 2: Standing Orders 9", "1. Name", "1.1 The name is X.")
    assert numbers(tree) == ["contents"] * 3 + ["1", "1.1"]
    assert at(tree, "1.1").part == ""


def test_footnotes_do_not_break_a_list() -> None:
    blocks = [
        Block(text="The Board:", label="4.1"),
        Block(text="meets;", label="(a)"),
        Block(text="A note.", kind="footnote"),
        Block(text="votes.", label="(b)"),
    ]
    assert numbers(build(blocks, "x")) == ["4.1", "4.1(a)", "note to 4.1(a)", "4.1(b)"]


def test_a_document_without_numbers_is_refused_with_what_to_do() -> None:
    with pytest.raises(CheckError, match=r"no numbered provisions .*Word file"):
        require_provisions(typed("We are a group.", "We meet."))
    require_provisions(typed("1. Name", "1.1 The name is X."))


def test_the_two_printed_forms() -> None:
    tree = typed("8.6 Procurement", "8.6.3 The Group will:", "(g) exclude companies.")
    rows = outline_json(tree)
    assert rows[2] == {
        "number": "8.6.3(g)",
        "label": "(g)",
        "level": 2,
        "heading": "Procurement",
        "text": "exclude companies.",
        "page": None,
        "printed_page": "",
    }
    json.dumps(rows)
    assert "    8.6.3(g)  exclude companies." in outline_text(tree).splitlines()


_LABELS = st.sampled_from(
    [
        "",
        "1.",
        "2.",
        "8.6.3",
        "(a)",
        "(b)",
        "(i)",
        "iv.",
        "a)",
        "•",
        "1.1",
        "Schedule 2",
        "Part A",
        "Appendix C:",
        "SO 3.5",
        "Article 5",
        "12",
        "A1.2",
        "(1)(a)",
        "Schedule 2, para 4(1)",
        "1.1 (a)",
    ]
)
_WORDS = st.text(alphabet="aB .,;:[]()'—1", max_size=25)
_BLOCKS = st.builds(
    lambda auto, typed_label, words, level, cell, kind: Block(
        text=" ".join(f"{typed_label} {words}".split()),
        label=auto if words.strip() else "",
        heading_level=level,
        cell=cell,
        kind="cell" if cell else kind,
        level=0 if auto else None,
    ),
    st.one_of(st.just(""), _LABELS),
    _LABELS,
    _WORDS,
    st.sampled_from([None, None, 1, 2]),
    st.one_of(st.none(), st.none(), st.tuples(st.just(0), st.integers(0, 2), st.integers(0, 2))),
    st.sampled_from(["paragraph", "paragraph", "contents", "footnote"]),
)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_a_number_on_a_line_of_its_own_is_kept_where_it_is_no_label() -> None:
    tree = build([Block(text="12"), Block(text="1111")], "x")
    assert [(p.label, p.text) for p in tree.provisions] == [("12", "1111")]


@settings(max_examples=400)
@given(st.lists(_BLOCKS, max_size=14))
def test_nothing_is_lost_and_the_tree_is_sound(blocks: list[Block]) -> None:
    tree = build(blocks, "x")
    assert _letters("".join(b.label + b.text for b in blocks if b.text.strip())) == _letters(
        "".join(p.label + p.text for p in tree.provisions))
    for i, provision in enumerate(tree.provisions):
        assert provision.index == i
        assert provision.number
        assert provision.parent is None or provision.parent < i
        assert any(b.text.endswith(provision.text) or provision.text == b.label for b in blocks)
