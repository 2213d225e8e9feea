"""The grammar of labels: what is one, what is taken apart how, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.numbers import parse_label, pure_label, readings, split_label


@pytest.mark.parametrize(("text", "shown", "citation", "rest"), [
    ("8.6.3 The Group shall", "8.6.3", "8.6.3", "The Group shall"),
    ("8.6.3. The Group shall", "8.6.3.", "8.6.3", "The Group shall"),
    ("8.6.3(g) exclude", "8.6.3(g)", "8.6.3(g)", "exclude"),
    ("8.6.3A The Group", "8.6.3A", "8.6.3A", "The Group"),
    ("8.6.3The Group", "8.6.3", "8.6.3", "The Group"),
    ("(g) exclude", "(g)", "(g)", "exclude"),
    ("g) exclude", "g)", "(g)", "exclude"),
    ("iv. exclude", "iv.", "(iv)", "exclude"),
    ("(iv) exclude", "(iv)", "(iv)", "exclude"),
    ("(aa) exclude", "(aa)", "(aa)", "exclude"),
    ("1) exclude", "1)", "(1)", "exclude"),
    ("3. The Board", "3.", "3", "The Board"),
    ("Article 5 Meetings", "Article 5", "Article 5", "Meetings"),
    ("Part 2: The Board", "Part 2:", "Part 2", "The Board"),
    ("SCHEDULE 2 – STANDING ORDERS", "SCHEDULE 2 –", "Schedule 2", "STANDING ORDERS"),
    ("Appendix C", "Appendix C", "Appendix C", ""),
    ("SO 3.5 The Chair", "SO 3.5", "SO 3.5", "The Chair"),
    ("Section 4", "Section 4", "Section 4", ""),
    ("A1.2 The Chair", "A1.2", "A1.2", "The Chair"),
    ("\uf0b7 publish", "•", "", "publish"),
])
def test_a_typed_label_is_taken_off_its_text(text: str, shown: str, citation: str, rest: str) -> None:
    found = split_label(text)
    assert found is not None
    assert (found[0].shown, found[0].citation, found[1]) == (shown, citation, rest)


def test_a_label_that_names_its_schedule_keeps_both() -> None:
    found = split_label("Schedule 2, para 4(1)(a) The Board shall")
    assert found is not None
    assert (found[0].within, found[0].citation, found[1]) == ("Schedule 2", "4(1)(a)", "The Board shall")


@pytest.mark.parametrize(
    "text",
    [
        "Section 4 shall apply",
        "12 months after that",
        "(or) none",
        "i.e. the Board",
        "£5 is paid",
        "5% of the price",
        "a member",
        "I declare",
        "2013. ",
        "",
        "1.4.2013 is the date",
    ],
)
def test_ordinary_words_are_no_label(text: str) -> None:
    assert split_label(text) is None


@pytest.mark.parametrize(
    "text", ["30 June 2022", "2.5 million pounds", "9.30 am", "8 Procurement", "A. Smith", "Section 75 Agreements"]
)
def test_what_may_be_ordinary_words_is_marked_as_doubtful(text: str) -> None:
    found = split_label(text)
    assert found is not None
    assert found[0].weak


@pytest.mark.parametrize(
    ("shown", "citation"),
    [
        ("8.", "8"),
        ("(iv)", "(iv)"),
        ("Part A –", "Part A"),
        ("Step 1:", "Step 1"),
        ("a", "(a)"),
        ("100", "100"),
        ("8", "8"),
    ],
)
def test_an_automatic_label_is_never_doubtful(shown: str, citation: str) -> None:
    label = parse_label(shown)
    assert (label.citation, label.weak, label.shown) == (citation, False, shown)


@pytest.mark.parametrize("shown", ["•", "–", "\uf0b7", "*"])
def test_bullets_number_nothing(shown: str) -> None:
    assert parse_label(shown).is_bullet


def test_letters_and_romans_are_both_offered() -> None:
    assert readings("i") == (("a", 9), ("i", 1))
    assert readings("ii") == (("i", 2), ("a", 35))
    assert readings("xl") == (("i", 40),)
    assert readings("B") == (("A", 2),)
    assert readings("12") == (("1", 12),)


def test_a_cell_holds_a_label_only_where_it_holds_nothing_else() -> None:
    assert pure_label("8.6.3") is not None
    assert pure_label("8.6.3 The Group") is None
    assert pure_label("•") is None


@given(st.text(max_size=60))
def test_nothing_in_the_rest_is_altered(text: str) -> None:
    found = split_label(text)
    if found is not None:
        assert text.endswith(found[1]) or text.rstrip().endswith(found[1].rstrip())
        assert len(found[1]) < len(text)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=4), st.sampled_from(["", "."]))
def test_every_decimal_label_is_read_back(parts: list[int], stop: str) -> None:
    number = ".".join(map(str, parts))
    assert parse_label(number + stop).citation == number
