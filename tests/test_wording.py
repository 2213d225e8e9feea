"""Polarity, modality and qualifiers, bound to the act: the shared strength lists on plain sentences."""

from __future__ import annotations

import pytest

from constitution_check.lexicon import Lexicon, Row
from constitution_check.library import load_library
from constitution_check.model import Kind
from constitution_check.tokens import tokenize
from constitution_check.wording import Modality, Wording, wording_of

LEXICON = Lexicon({**load_library().lists, "act": ("publish", "publication", "exclude", "exclusion", "award contract",
                                                  "held in public")})


def wording(sentence: str, right: bool = False) -> Wording:
    """How the sentence puts its first act."""
    words = [token.lower for token in tokenize(sentence)]
    row = Row(words, LEXICON)
    return wording_of(words, row.spans("act")[0], row.spans, row.ends, right)


@pytest.mark.parametrize("sentence", [
    "The Group shall publish the register.",
    "The register is published each year.",
    "No contract shall be let unless the Group has published its reasons.",
    "The Group shall not sign a contract without publishing it.",
    "A member who does not declare an interest shall be excluded.",
    "The Board may not meet until it has published the agenda.",
    "Publication of the register is required.",
])
def test_the_act_is_to_be_done(sentence: str) -> None:
    assert wording(sentence).positive


@pytest.mark.parametrize("sentence", [
    "The Group shall not publish the register.",
    "No bidder shall be excluded for that reason.",
    "The Group need not publish the register.",
    "Nothing in this constitution requires the Group to publish the register.",
    "The Group is under no obligation to publish it.",
    "Neither the Chair nor any member shall publish it.",
    "The Board shall refrain from publishing it.",
    "The Group shall award a contract to no company that avoids tax.",
    "Publication of the register is not required.",
    "Unless the Board agrees otherwise, no company shall be excluded.",
])
def test_the_act_is_denied(sentence: str) -> None:
    assert not wording(sentence).positive


@pytest.mark.parametrize(("sentence", "modality"), [
    ("The Group shall publish it.", Modality.DUTY),
    ("The Group may publish it.", Modality.POWER),
    ("The Group should publish it.", Modality.ASPIRATION),
    ("The Group may not publish it.", Modality.PROHIBITION),
    ("The register is published.", Modality.STATEMENT),
])
def test_modality(sentence: str, modality: Modality) -> None:
    assert wording(sentence).modality is modality


@pytest.mark.parametrize(("sentence", "kind"), [
    ("The Group may publish the register.", Kind.NO_DUTY),
    ("The Group aims to publish the register.", Kind.NO_DUTY),
    ("The Group is free to publish the register.", Kind.NO_DUTY),
    ("The Group shall have regard to the publication of the register.", Kind.WEAK_VERB),
    ("Where practicable, the Group shall publish the register.", Kind.QUALIFIED),
    ("Unless this is impracticable, the Group shall decide to publish the register.", Kind.QUALIFIED),
    ("The Group shall publish the register unless the Chair decides otherwise.", Kind.QUALIFIED),
    ("The Group shall exclude a firm which the Chief Officer considers unfit.", Kind.SUBJECTIVE),
    ("The Group shall publish what, in the opinion of the Chair, is of interest.", Kind.SUBJECTIVE),
])
def test_words_that_weaken(sentence: str, kind: Kind) -> None:
    assert {flag.kind for flag in wording(sentence).flags} == {kind}


@pytest.mark.parametrize("sentence", [
    "So far as the law allows, the Group shall publish the register.",
    "Consistently with procurement law, the Group shall exclude such a company.",
    "Subject to the Regulations, the Group shall publish the register.",
    "The Group shall not publish the register only; it shall read it.",
])
def test_consistency_with_law_is_no_weakness(sentence: str) -> None:
    assert not wording(sentence).flags


def test_a_power_is_no_weakness_where_the_demand_is_a_right() -> None:
    assert not wording("A member may publish any view.", right=True).flags


def test_a_power_in_another_clause_does_not_weaken_the_duty() -> None:
    assert not wording("The Group shall publish the register, and the Chair may add a note.").flags
