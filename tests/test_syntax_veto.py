"""What is told in the constitution itself, and plain statements in documents that are no one's rules."""

from __future__ import annotations

import pytest

from constitution_check.clause_records import Line, Mark, Term
from constitution_check.lexicon import Lexicon
from constitution_check.match import Finder
from constitution_check.passages import passage
from constitution_check.syntax_veto import why_no_rule
from constitution_check.units import read_units

LEXICON = Lexicon({"publish": ("publish",), "register": ("register",)})
LINE = Line(terms=(Term(lists=("publish",), mark=Mark.ACT), Term(lists=("register",))), written="")
STATED = "The register of contracts is published each year."
OTHERS = [("p", "The gardens are open from March to October.")] * 90


def reasons(*lines: tuple[str, str]) -> list[str]:
    """Why each passage in which the line holds rules nothing."""
    finder = Finder(read_units(passage(lines, r"\{(\d+)\}")[0], LEXICON))
    return [why_no_rule(finder.reading, match) for match in finder.matches(LINE)]


def test_a_rule_and_a_settled_fact_stand() -> None:
    assert reasons(("p", "The Group shall publish the register."), ("p", STATED)) == ["", ""]


def test_what_was_done_once_is_no_rule() -> None:
    assert "tells" in reasons(("p", "The former committee published a register of its contracts in the spring."))[0]


def test_a_statement_counts_in_a_constitution_and_not_in_another_document() -> None:
    named = ("p", "This is the constitution of NHS Anywhere Clinical Commissioning Group.")
    assert reasons(named, *OTHERS, ("p", STATED)) == [""]
    assert "statement" in reasons(*OTHERS, ("p", STATED))[0]


@pytest.mark.parametrize("rule", ["The trustees shall publish the register.", "The register is to be published."])
def test_a_duty_stands_in_any_document(rule: str) -> None:
    assert reasons(*OTHERS, ("p", rule)) == [""]
