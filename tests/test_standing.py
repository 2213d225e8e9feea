"""What binds and what does not: covers, contents, forewords, notes, placeholders."""

from __future__ import annotations

import pytest

from constitution_check.model import Block
from constitution_check.outline import build
from constitution_check.standing import note_spans


def standings(*lines: str | Block) -> list[str]:
    """The standing of each provision of a document with a numbered section after these lines."""
    blocks = [line if isinstance(line, Block) else Block(text=line) for line in lines]
    return [p.standing for p in build(blocks, "x").provisions]


def heading(text: str, level: int = 1) -> Block:
    return Block(text=text, kind="heading", heading_level=level)


def test_the_cover_ends_where_the_text_begins() -> None:
    assert standings(
        "NHS Anytown CCG", "Constitution", "Version 3, approved May 2013", "1. Name", "1.1 The name is X."
    ) == ["cover", "cover", "cover", "operative", "operative"]


def test_a_rule_before_the_first_number_is_operative() -> None:
    assert standings("Constitution", "The Group shall exclude tax avoiders.", "1. Name")[1] == "operative"


def test_a_foreword_binds_no_one_whatever_it_promises() -> None:
    found = standings(
        heading("Foreword by the Chair"),
        "We will never pay companies that avoid tax.",
        "It matters.",
        heading("Rules"),
        "1. The Group shall meet in public.",
    )
    assert found == ["foreword", "foreword", "foreword", "operative", "operative"]


@pytest.mark.parametrize(
    "title", ["Preface", "Introduction by the Accountable Officer", "Message from the Chair", "Chair's foreword"]
)
def test_forewords_by_other_names(title: str) -> None:
    assert standings(heading(title), "We are proud.", "1. Name")[1] == "foreword"


def test_an_introduction_that_rules_stays_operative() -> None:
    assert standings("1. Introduction", "1.1 The Group must meet in public.")[1] == "operative"
    assert standings(heading("Introduction"), "Members must meet in public.", "1. Name")[1] == "operative"
    assert standings(heading("Introduction"), "This tells you about us.", "1. Name")[1] == "foreword"


def test_aims_without_a_duty_bind_no_one_and_with_one_they_do() -> None:
    assert standings(
        "1. Name", "1.1 It is X.", "2. Our vision", "2.1 We aspire to fairness.", "3. Rules", "3.1 It is so."
    )[2:4] == ["foreword", "foreword"]
    assert standings("2. Our values", "2.1 The Group shall act openly.")[1] == "operative"


@pytest.mark.parametrize(
    "text",
    [
        "[DN: to be agreed with members]",
        "[Internal DN: say that tax avoiders shall be excluded]",
        "[Drafting note – delete]",
        "Drafting note: this clause shall exclude tax avoiders.",
        "[Note to draft: check]",
    ],
)
def test_drafting_notes(text: str) -> None:
    assert standings("1. Name", text, "1.1 The name is X.")[1] == "note"


def test_a_note_over_several_paragraphs() -> None:
    assert standings("1. Name", "[DN: first we say", "and then we say this]", "1.1 The name is X.")[1:3] == [
        "note",
        "note",
    ]


def test_hidden_text_is_a_note() -> None:
    assert standings("1. Name", Block(text="The Group shall meet.", hidden=True))[1] == "note"


@pytest.mark.parametrize(
    "text", ["[Insert text on tax]", "[TBC]", "[to be confirmed]", "[xx]", "[ ]", "TBC", "To be confirmed."]
)
def test_unfilled_placeholders(text: str) -> None:
    assert standings("1. Name", text, "1.1 The name is X.")[1] == "placeholder"


@pytest.mark.parametrize(
    "text",
    [
        "1.1 Version: [2.0]",
        "1.1 Notice of [seven] days is given.",
        "1.1 The [Governing Body] shall meet.",
        "1.1 The district nurse (DN) is a member.",
        "1.1 Fees (see guidance note 3) are paid.",
    ],
)
def test_brackets_round_a_real_value_are_no_placeholder(text: str) -> None:
    assert standings("1. Name", text)[1] == "operative"
    assert note_spans(text) == []


def test_a_note_inside_a_clause_leaves_the_clause_operative_and_is_told_apart() -> None:
    text = "The Group shall [DN: or may? [ask]] exclude avoiders within [insert number] days."
    assert standings("1. Name", f"1.1 {text}")[1] == "operative"
    assert [text[a:b] for a, b in note_spans(text)] == ["[DN: or may? [ask]]", "[insert number]"]


def test_document_control_by_heading_and_by_table() -> None:
    assert (
        standings(
            "1. Name",
            "1.1 It is X.",
            heading("Version control"),
            "Draft 2 shall go to members.",
            heading("Rules"),
            "2. It is so.",
        )[3]
        == "cover"
    )
    cells = [Block(text=t, kind="cell", cell=(0, i // 3, i % 3)) for i, t in enumerate(
        ["Version", "Date", "Author", "1.0", "May 2013", "It shall be A. Smith"])]
    assert standings("1. Name", *cells, "1.1 It is X.")[1:8] == ["cover"] * 6 + ["operative"]


def test_contents_pages() -> None:
    assert standings(Block(text="1. Meetings shall be public 4", kind="contents"), "1. Name")[0] == "contents"
