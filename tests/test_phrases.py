"""Phrases: what each way of writing one finds and does not find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.inflect import forms
from constitution_check.lexicon import Lexicon, Row
from constitution_check.phrases import PhraseError, parse_phrase
from constitution_check.tokens import tokenize


def found(phrase: str, text: str, **lists: tuple[str, ...]) -> list[str]:
    """The words of `text` that the phrase finds."""
    lexicon = Lexicon({"list": (phrase,), **lists})
    words = [lexicon.mend(token.lower) for token in tokenize(text)]
    return [" ".join(words[a:b]) for a, b in Row(words, lexicon).spans("list")]


@pytest.mark.parametrize(("phrase", "text", "expected"), [
    ("publish", "It publishes what others published.", ["publishes", "published"]),
    ("publish", "The publication is late.", []),
    ("award contract", "It shall award a contract.", ["award a contract"]),
    ("open|admitted to public", "Meetings are open to the public.", ["open to the public"]),
    ("may! not", "They might not.", []),
    ("procure*", "All procurement and procures.", ["procurement", "procures"]),
    ("keep ... out of", "It keeps every such company out of its contracts.", ["keeps every such company out of"]),
    ("keep ... out of", "It keeps one; two are out of it.", []),
    ("# days", "Within 28 days or twenty days.", ["28 days", "twenty days"]),
    ("sub-committee", "Each sub-committee and sub committee.", ["sub - committee", "sub committee"]),
    ("organise", "It was organized by the organising team.", ["organized", "organising"]),
    ("bidder's directors", "the bidder’s directors", ["bidder 's directors"]),
])
def test_a_phrase_finds_what_it_says(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_a_phrase_may_name_another_list() -> None:
    assert found("award ... {work}", "It shall award no new contract.", work=("contract", "order")) == [
        "award no new contract"]


def test_a_list_that_names_itself_ends() -> None:
    assert found("{list} again", "again again") == []


@pytest.mark.parametrize("phrase", ["", "...", "... out", "keep ...", "a||b", "{", 'say "x"'])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        parse_phrase(phrase)


def test_one_wrong_letter_in_a_long_word_is_mended() -> None:
    assert found("tax avoidance", "improper tax avoidence schemes") == ["tax avoidance"]


@pytest.mark.parametrize("other", ["undisclosed", "nondisclosed", "discloser", "disclosure"])
def test_mending_never_turns_one_word_into_another(other: str) -> None:
    assert found("disclosed", f"It was {other}.") == []


@given(st.text(alphabet=st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12))
def test_a_word_is_among_its_own_forms(word: str) -> None:
    assert word in forms(word)


@given(st.text(max_size=200))
def test_tokens_are_where_they_say(text: str) -> None:
    """Offsets are those of the text as given, so that quotations can be cut from it."""
    last = 0
    for token in tokenize(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end
