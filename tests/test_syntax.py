"""The parser that ships, on sentences of the kind it is for: what hangs from what, and when it is not to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from constitution_check.cli import main
from constitution_check.errors import CheckError
from constitution_check.lexicon import Lexicon
from constitution_check.passages import passage
from constitution_check.syntax import LONGEST, Parse, Syntax, load_pipeline, parse_all, using
from constitution_check.syntax_clauses import Clause, Role, chain_of_clauses, clause_at, clauses, head_of_clause
from constitution_check.tokens import tokenize
from constitution_check.units import Units, read_units


def parse(sentence: str) -> Parse:
    """The sentence as the pipeline that ships parses it."""
    return parse_all([[sentence[t.start:t.end] for t in tokenize(sentence)]])[0]


def reading_of(text: str) -> Units:
    """The text as one paragraph of a constitution."""
    return read_units(passage([("p", text)], r"\{(\d+)\}")[0], Lexicon({}))


def clause_of(sentence: str, word: str) -> Clause:
    """The clause in which the word stands."""
    made = parse(sentence)
    return clause_at(made, head_of_clause(made, made.words.index(word)))


def words(sentence: str, span: tuple[int, int] | None) -> str:
    """The words of a span, with spaces between."""
    return "" if span is None else " ".join(parse(sentence).words[slice(*span)])


@pytest.mark.parametrize(("sentence", "verb", "subject"), [
    ("The Board shall publish the minutes.", "publish", "The Board"),
    ("No contract shall be awarded to a firm that avoids tax.", "awarded", "No contract"),
    ("No contract shall be awarded to a firm that avoids tax.", "avoids", "that"),
    ("The Committee meets in public and records its reasons.", "records", "The Committee"),
    ("Bidders convicted of fraud are excluded.", "excluded", "Bidders convicted of fraud"),
    ("Members who have declared an interest may not vote.", "vote", "Members who have declared an interest"),
])
def test_who_acts(sentence: str, verb: str, subject: str) -> None:
    assert words(sentence, clause_of(sentence, verb).subject) == subject


@pytest.mark.parametrize(("sentence", "verb", "thing"), [
    ("The Board shall publish the minutes.", "publish", "the minutes"),
    ("The Group shall exclude any bidder that avoids tax.", "exclude", "any bidder that avoids tax"),
    ("The Group shall exclude any bidder that avoids tax.", "avoids", "tax"),
])
def test_what_is_acted_on(sentence: str, verb: str, thing: str) -> None:
    assert words(sentence, clause_of(sentence, verb).object) == thing


@pytest.mark.parametrize(("sentence", "verb", "negated"), [
    ("The Group shall not publish the register.", "publish", True),
    ("No member shall vote on it.", "vote", True),
    ("The Group shall publish the register.", "publish", False),
    ("Members who do not declare an interest shall be excluded.", "excluded", False),
    ("Members who do not declare an interest shall be excluded.", "declare", True),
])
def test_negation_belongs_to_its_own_verb(sentence: str, verb: str, negated: bool) -> None:
    assert clause_of(sentence, verb).negated is negated


@pytest.mark.parametrize(("sentence", "verb", "modal"), [
    ("The provider that may bid shall publish its accounts.", "bid", "may"),
    ("The provider that may bid shall publish its accounts.", "publish", "shall"),
    ("The Board must meet and vote in public.", "vote", "must"),
    ("Papers are published a week before.", "published", None),
])
def test_each_verb_has_its_own_modal(sentence: str, verb: str, modal: str | None) -> None:
    at = clause_of(sentence, verb).modal
    assert (None if at is None else parse(sentence).words[at]) == modal


@pytest.mark.parametrize(("sentence", "verb", "role"), [
    ("The Board shall meet in public unless the Chair decides otherwise.", "decides", Role.CONDITION),
    ("Where a member has an interest, the member shall leave.", "has", Role.CONDITION),
    ("The Board shall meet in public unless the Chair decides otherwise.", "meet", Role.MAIN),
    ("The Group shall exclude any bidder which avoids tax.", "avoids", Role.RELATIVE),
    ("Nothing requires the Group to publish its contracts.", "publish", Role.CONTENT),
])
def test_what_a_clause_is_for(sentence: str, verb: str, role: Role) -> None:
    assert clause_of(sentence, verb).role is role


def test_a_clause_leads_up_to_the_main_one() -> None:
    made = parse("The Group shall exclude any bidder which says that it avoids tax.")
    verbs = [made.words[c.verb] for c in chain_of_clauses(made, made.words.index("tax"))]
    assert verbs[0] == "avoids"
    assert verbs[-1] == "exclude"


def test_a_very_long_row_is_not_parsed_and_a_long_one_not_relied_on() -> None:
    reading = reading_of("The Board shall meet. " + "Members, " * (LONGEST + 1) + "and the Chair.")
    assert [reading.syntax.of(unit) is None for unit in reading.units] == [False, True]
    assert not parse("The Board shall meet " + "and " * 70 + "vote.").sure


def test_words_of_the_parse_are_the_words_of_the_row() -> None:
    reading = reading_of("A sub-committee’s “Report” (see para. 4.2) shall be published—in full.")
    for unit in reading.units:
        made = reading.syntax.of(unit)
        assert made is not None
        assert len(made.words) == len(unit.row.words)


def test_many_units_are_parsed_at_once_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []

    def counted(sentences: list[tuple[str, ...]], pipeline: str | None = None) -> list[Parse]:
        batches.append(len(sentences))
        return parse_all(sentences, pipeline)

    monkeypatch.setattr("constitution_check.syntax.parse_all", counted)
    reading = reading_of("The Board shall meet. The Chair shall vote. The Board shall meet.")
    syntax = Syntax()
    syntax.prepare(reading.units)
    assert [syntax.of(unit) is not None for unit in reading.units] == [True, True, True]
    assert batches == [2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=40))
def test_no_words_break_the_parser(written: list[str]) -> None:
    made = parse_all([written])[0]
    assert len(made.heads) == len(written)
    for clause in clauses(made):
        assert 0 <= clause.verb < len(written)
    for at in range(len(written)):
        assert list(chain_of_clauses(made, at))


def test_a_pipeline_that_is_not_there_is_a_sentence_and_exit_code_2() -> None:
    done = CliRunner().invoke(main, ["check", "nothing.docx", "--pipeline", "no_such_pipeline"])
    assert done.exit_code == 2
    assert "could not be loaded" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipeline_without_a_parser_will_not_do(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(CheckError, match="no tagger and no parser"), using(str(tmp_path / "bare")):
        pass


def test_another_pipeline_is_used_where_it_is_named(tmp_path: Path) -> None:
    load_pipeline().to_disk(tmp_path / "other")
    with using(str(tmp_path / "other")):
        assert Syntax().pipeline == str(tmp_path / "other")
    assert Syntax().pipeline is None
