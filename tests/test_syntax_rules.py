"""One rule or scattered words, ruled or only told, and conditions that come before the main verb."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constitution_check.lexicon import Lexicon, Row
from constitution_check.library import load_library
from constitution_check.syntax import Parse, parse_all
from constitution_check.syntax_binding import in_condition_before
from constitution_check.syntax_rules import bound_by, connected, narrates, told
from constitution_check.tokens import tokenize
from constitution_check.wording import wording_of


def parse(sentence: str) -> Parse:
    """The sentence as the pipeline that ships parses it."""
    return parse_all([[sentence[t.start:t.end] for t in tokenize(sentence)]])[0]


def at(made: Parse, word: str) -> tuple[int, int]:
    """The span of the first place where the word stands."""
    return made.words.index(word), made.words.index(word) + 1


@pytest.mark.parametrize(("sentence", "word"), [
    ("The Committee published its reasons in the spring.", "published"),
    ("The Board was told that the contract had been signed.", "signed"),
    ("I would exclude every such company.", "exclude"),
    ("The firm would have published its accounts had it been asked.", "published"),
    ("The leaflet says “no contract with any company that avoids tax is ever signed by us”.", "signed"),
])
def test_what_is_told_rules_nothing(sentence: str, word: str) -> None:
    made = parse(sentence)
    assert told(made, at(made, word))


@pytest.mark.parametrize(("sentence", "word"), [
    ("The Committee shall publish its reasons.", "publish"),
    ("Reasons are published on the website.", "published"),
    ("We put the papers on our website.", "put"),
    ("No contract is valid unless a report on it was published beforehand.", "published"),
    ("Any firm convicted of fraud shall be excluded.", "excluded"),
    ("A “Relevant Contract” is published in full.", "published"),
    ("Interests declared and steps taken appear in the minutes.", "appear"),
    ("He shall publish the register each year.", "publish"),
])
def test_what_is_ruled_is_not_taken_for_an_account(sentence: str, word: str) -> None:
    made = parse(sentence)
    assert told(made, at(made, word)) is False


@pytest.mark.parametrize(("sentence", "word", "bound"), [
    ("The Board shall publish the register.", "register", "duty"),
    ("The register is to be published.", "published", "duty"),
    ("The Board may publish the register.", "publish", "power"),
    ("The Board publishes the register.", "register", ""),
    ("The Board shall see to it that the register is published.", "published", "duty"),
])
def test_what_binds(sentence: str, word: str, bound: str) -> None:
    made = parse(sentence)
    assert bound_by(made, at(made, word)) == bound


def test_words_of_one_clause_are_connected() -> None:
    made = parse("The Group shall exclude from its procurements any company that uses tax havens.")
    assert connected(made, [[at(made, "exclude")], [at(made, "havens")], [at(made, "procurements")]])


def test_words_scattered_over_clauses_about_other_things_are_not() -> None:
    made = parse("The report describes the offices which the staff of the library use when they meet visitors who ask "
                 "where the notices that the council prints about tax are kept.")
    assert connected(made, [[at(made, "describes")], [at(made, "tax")]]) is not True


def test_a_duty_carries_farther_than_a_statement() -> None:
    rest = " any person who says that he knows of a reason why the work of the company may harm the health of a child."
    bound, free = parse("The Board shall hear" + rest), parse("The Board hears" + rest)
    assert connected(bound, [[at(bound, "hear")], [at(bound, "harm")]])
    assert connected(free, [[at(free, "hears")], [at(free, "harm")]]) in (True, False, None)


def test_nothing_is_said_without_a_parse_or_with_one_term() -> None:
    made = parse("The Board shall meet.")
    assert connected(None, [[(0, 1)], [(1, 2)]]) is None
    assert connected(made, [[(0, 1)]]) is None
    assert told(None, (0, 1)) is None
    assert bound_by(None, (0, 1)) is None


def test_a_document_that_tells_is_known_by_its_verbs() -> None:
    account = [["the", "court", "was", "told", "that", "he", "had", "said", "so"]] * 10
    rules = [["the", "board", "shall", "meet"]] * 40
    assert narrates(account)
    assert not narrates([*account, *rules])
    assert not narrates(account[:2])


def test_an_act_in_a_condition_before_the_main_verb_demands_nothing() -> None:
    made = parse("While a meeting is being held in public, people shall not be excluded from it.")
    assert in_condition_before(made, (made.words.index("held"), made.words.index("held") + 3))
    assert not in_condition_before(made, at(made, "excluded"))
    assert not in_condition_before(None, (0, 1))


@pytest.mark.parametrize("relied_on", [True, False])
def test_position_decides_where_the_parse_is_in_doubt(relied_on: bool) -> None:
    sentence = "While a meeting is being held in public, people shall not be excluded from it"
    sentence += "." if relied_on else " or it may " + "not " * 60 + "go."
    made = parse(sentence)
    row = Row([t.lower for t in tokenize(sentence)], Lexicon({**load_library(examples=False).lists,
                                                             "act": ("held in public",)}))
    found = wording_of(row.words, row.spans("act")[0], row.spans, row.ends, parse=made)
    assert made.sure is relied_on
    assert found.condition is relied_on


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("the Board shall not publish it , if who “ ” was and to ; is".split()),
                min_size=2, max_size=40), st.data())
def test_no_sentence_breaks_the_rules(words: list[str], data: st.DataObject) -> None:
    made = parse_all([words])[0]
    first = data.draw(st.integers(0, len(words) - 1))
    second = data.draw(st.integers(0, len(words) - 1))
    assert connected(made, [[(first, first + 1)], [(second, second + 1)]]) in (True, False, None)
    assert told(made, (first, first + 1)) in (True, False)
    assert bound_by(made, (first, first + 1)) in ("duty", "power", "")
    in_condition_before(made, (first, first + 1))
