"""What the trained model is given to read."""

from __future__ import annotations

from constitution_check.library import load_library
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.trained_window import ROOM, Window, window_around
from constitution_check.units import Units, read_units

LEXICON = lexicon_of(load_library(examples=False))
TAIL = "It is reviewed by the Audit Committee in the spring of each year, and a note of the review is kept."
LISTED = [("h", "Buying"), ("p", "The Group shall buy only from a provider that:"), ("a", "pays its tax;"),
          ("a", "treats its staff fairly.")]


def read(lines: list[tuple[str, str]]) -> Units:
    return read_units(passage(lines, r"\{ref:(\d+)\}")[0], LEXICON)


def around(reading: Units, words: str) -> Window:
    return window_around(reading, next(u for u in reading.units if words in u.provision.text[slice(*u.span)]))


def test_a_short_document_is_read_whole_with_headings_and_items_marked() -> None:
    reading = read(LISTED)
    for words in ("only from", "pays its tax"):
        assert around(reading, words).lines == [
            "# Buying", "The Group shall buy only from a provider that:", "- pays its tax;",
            "- treats its staff fairly."]


def test_in_a_long_document_stem_heading_and_definition_come_before_neighbours() -> None:
    far = [("h", "Terms"), ("p", "“Provider” means a person who is paid to give care.")]
    lines = [*far, *[("p", f"{n}. {TAIL}") for n in range(20)], *LISTED[:1],
             ("p", "The Group shall buy only from a Provider that:"), *LISTED[2:], ("h", "Other"),
             *[("p", f"{n}. {TAIL}") for n in range(20)]]
    window = around(read(lines), "treats its staff")
    assert "“Provider” means a person who is paid to give care." in window.lines
    assert {"# Buying", "The Group shall buy only from a Provider that:",
            "- treats its staff fairly."} <= set(window.lines)
    assert window.lines.index("# Buying") < window.lines.index("- treats its staff fairly.")
    assert sum(len(line) for line in window.lines) <= ROOM + 2 * len(window.lines)


def test_a_paragraph_that_refers_to_the_sentence_is_read_with_it_from_anywhere() -> None:
    lines = [("h", "Buying"), ("p", "The Group shall buy from those who pay their tax."),
             *[("p", f"{n}. {TAIL}") for n in range(30)], ("h", "Emergencies"),
             ("p", "Nothing in {ref:1} binds the Group in an emergency.")]
    assert "Nothing in 1.1 binds the Group in an emergency." in around(read(lines), "pay their tax").lines


def test_a_sentence_longer_than_the_room_is_read_whole() -> None:
    long = "The Group shall buy " + ", ".join(["from those who pay their tax"] * 40) + "."
    assert around(read([("h", "Buying"), ("p", long), ("p", TAIL)]), "The Group shall buy").lines == [long]


def test_what_a_limb_rests_on_is_ordered_by_the_models_numbers_and_leaves_out_headings() -> None:
    window = around(read(LISTED), "pays its tax")
    assert [units[0].provision.text for units in window.resting([3.0, 1.0, 2.0, -1.0])] == [
        "pays its tax;", "The Group shall buy only from a provider that:"]
