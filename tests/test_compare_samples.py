"""The samples compared: what became of each safeguard, with the reason, the passage and the paragraph."""

from __future__ import annotations

from functools import lru_cache

from constitution_check.compare import compare_documents, compare_tracked
from constitution_check.compare.records import Comparison, Course, Op, SafeguardChange
from constitution_check.pipeline import check_fully
from samples.builder.make import SAMPLES

BEFORE, AFTER = SAMPLES / "ccg-before-dilution.docx", SAMPLES / "ccg-after-dilution.docx"
HANDBOOK = SAMPLES / "beside" / "ccg-after-dilution-handbook.md"
TRACKED = SAMPLES / "ccg-tracked-changes.docx"


@lru_cache
def diluted() -> Comparison:
    return compare_documents(BEFORE, AFTER, new_beside=[HANDBOOK])


@lru_cache
def tracked() -> Comparison:
    return compare_tracked(TRACKED)


def change(comparison: Comparison, safeguard: str) -> SafeguardChange:
    return next(one for one in comparison.changes if one.safeguard == safeguard)


def limbs(comparison: Comparison, safeguard: str) -> dict[str, tuple[str, list[str]]]:
    """For each limb the way it went, and the kinds of weakness that are new."""
    return {one.limb: (one.course.value, [w.kind.value for w in one.new_weaknesses])
            for one in change(comparison, safeguard).limbs}


def words(comparison: Comparison, safeguard: str, op: Op) -> list[str]:
    return [piece.text.strip() for pair in change(comparison, safeguard).pairs for piece in pair.pieces
            if piece.op is op]


def test_will_became_may_and_the_offshore_part_went() -> None:
    assert limbs(diluted(), "tax-avoidance-exclusion") == {
        "avoidance": ("weakened", ["no_duty"]), "offshore": ("lost", []),
        "every-procurement": ("weakened", ["no_duty"]), "through-the-contract": ("same", [])}
    assert words(diluted(), "tax-avoidance-exclusion", Op.REMOVED) == ["will", "or offshore jurisdictions"]
    assert words(diluted(), "tax-avoidance-exclusion", Op.ADDED) == ["may"]
    (pair,) = change(diluted(), "tax-avoidance-exclusion").pairs
    assert (pair.old_number, pair.new_number) == ("8.6.1", "8.6.1")


def test_a_paragraph_that_went_has_no_counterpart() -> None:
    lost = change(diluted(), "environment")
    assert (lost.course, lost.was, lost.now) == ("lost", "present", "missing")
    assert [(pair.old_number, pair.new) for pair in lost.pairs] == [("8.6.2", None)]


def test_an_exception_that_turns_on_an_opinion_weakens() -> None:
    assert limbs(diluted(), "meetings-in-public") == {
        "board": ("weakened", ["subjective"]), "committees": ("weakened", ["subjective"]), "closure": ("same", [])}
    assert words(diluted(), "meetings-in-public", Op.ADDED) == [
        ", unless the Chair considers that this would not be in the public interest"]


def test_a_paragraph_that_is_now_only_in_the_handbook_is_found_there() -> None:
    assert limbs(diluted(), "papers-published")["in-advance"] == ("weakened", ["outside"])
    (pair,) = change(diluted(), "papers-published").pairs
    assert pair.outside == "left"
    assert pair.new is not None
    assert (pair.old_number, pair.new.source, pair.new_number) == ("6.6.3", HANDBOOK.name, "1.2")
    assert diluted().text.outside == 1


def test_a_clause_that_moved_word_for_word_is_the_same_and_says_where_it_is() -> None:
    same = change(diluted(), "speak-out")
    assert same.course is Course.SAME
    (pair,) = same.pairs
    assert (pair.moved, pair.old_number, pair.new_number, pair.reworded) == (True, "3.5.1", "10.4.1", False)


def test_what_was_gained_is_new() -> None:
    gained = change(diluted(), "social-value")
    assert (gained.course, gained.was, gained.now) == ("gained", "missing", "present")
    assert [(pair.old, pair.new_number) for pair in gained.pairs] == [(None, "8.6.4"), (None, "8.6.5")]


def test_the_worst_comes_first() -> None:
    order = list(Course)
    courses = [order.index(one.course) for one in diluted().changes]
    assert courses == sorted(courses)
    assert diluted().changes[0].safeguard == "environment"
    assert len(diluted().changes) == 34


def test_both_are_read_beside_the_law_of_the_newer() -> None:
    law = diluted().law
    assert law is not None
    assert (law.day.isoformat(), law.basis) == ("2016-10-31", "document")


def test_tracked_changes_are_compared_with_the_text_as_it_stands_and_say_whose_they_are() -> None:
    gag = change(tracked(), "speak-out")
    assert limbs(tracked(), "speak-out")["no-consent"] == ("lost", [])
    assert (gag.was_contradicted, gag.now_contradicted) == (False, True)
    assert {(who.author, who.date) for pair in gag.pairs for who in pair.who} == {
        ("R. Pellow (Commissioning Support)", "2014-03-11T10:24:00Z")}
    assert words(tracked(), "interests-register", Op.REMOVED) == ["twenty-eight"]
    assert words(tracked(), "interests-register", Op.ADDED) == ["ninety"]
    assert tracked().tracked


def test_an_item_that_goes_takes_no_other_item_with_it() -> None:
    assert limbs(tracked(), "tax-avoidance-exclusion") == {
        "avoidance": ("same", []), "offshore": ("lost", []), "every-procurement": ("same", []),
        "through-the-contract": ("same", [])}


def test_taking_over_what_was_found_in_another_version_changes_no_finding() -> None:
    first = check_fully(BEFORE)
    alone, helped = check_fully(AFTER), check_fully(AFTER, like=first)
    assert helped.report.findings == alone.report.findings
