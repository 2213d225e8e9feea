"""Two versions compared: which way a limb went, which paragraph is which, which words changed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import limb

from constitution_check.compare.align import align, align_leftovers
from constitution_check.compare.courses import Course, course_of_limb, course_of_safeguard
from constitution_check.compare.records import Op, Piece
from constitution_check.compare.wording import pieces_of
from constitution_check.model import Kind, LimbResult, Provision, Status, Verdict

MET, WEAK, GONE, DENIED = Status.MET, Status.WEAKENED, Status.ABSENT, Status.CONTRADICTED


def one(status: Status, *kinds: Kind) -> LimbResult:
    return limb("x", status, weak=tuple((kind, "may", "No one has to.") for kind in kinds))


@pytest.mark.parametrize(("was", "now", "course"), [
    (one(MET), one(MET), Course.SAME), (one(GONE), one(GONE), Course.SAME),
    (one(MET), one(WEAK, Kind.NO_DUTY), Course.WEAKENED), (one(MET), one(GONE), Course.LOST),
    (one(WEAK, Kind.NARROWED), one(GONE, Kind.FLOOR_ONLY), Course.LOST), (one(MET), one(DENIED), Course.LOST),
    (one(GONE), one(DENIED), Course.WEAKENED), (one(DENIED), one(GONE), Course.STRENGTHENED),
    (one(GONE), one(WEAK, Kind.NO_DUTY), Course.GAINED), (one(DENIED), one(MET), Course.GAINED),
    (one(WEAK, Kind.NO_DUTY), one(MET), Course.STRENGTHENED),
    (one(WEAK, Kind.NARROWED), one(WEAK, Kind.NARROWED, Kind.QUALIFIED), Course.WEAKENED),
    (one(WEAK, Kind.NARROWED, Kind.QUALIFIED), one(WEAK, Kind.NARROWED), Course.STRENGTHENED),
    (one(WEAK, Kind.NARROWED), one(WEAK, Kind.QUALIFIED), Course.WEAKENED),
])
def test_a_limb_goes_the_way_that_its_status_and_its_weaknesses_go(was: LimbResult, now: LimbResult,
                                                                   course: Course) -> None:
    assert course_of_limb(was, now) is course


def test_other_words_to_the_same_effect_are_never_called_no_change() -> None:
    assert course_of_limb(one(MET), one(MET), reworded=True) is Course.REWORDED


@pytest.mark.parametrize(("was", "now", "limbs", "course"), [
    (Verdict.PRESENT, Verdict.MISSING, [Course.LOST], Course.LOST),
    (Verdict.WEAKENED, Verdict.WEAKENED, [Course.GAINED, Course.WEAKENED], Course.WEAKENED),
    (Verdict.PRESENT, Verdict.PRESENT, [Course.SAME, Course.LOST], Course.WEAKENED),
    (Verdict.MISSING, Verdict.WEAKENED, [Course.GAINED, Course.SAME], Course.GAINED),
    (Verdict.MISSING, Verdict.WEAKENED, [Course.GAINED, Course.WEAKENED], Course.WEAKENED),
    (Verdict.WEAKENED, Verdict.PRESENT, [Course.STRENGTHENED, Course.REWORDED], Course.STRENGTHENED),
    (Verdict.PRESENT, Verdict.PRESENT, [Course.SAME, Course.REWORDED], Course.REWORDED),
    (Verdict.MISSING, Verdict.MISSING, [Course.SAME], Course.SAME),
])
def test_what_got_worse_counts_before_what_got_better(was: Verdict, now: Verdict, limbs: list[Course],
                                                      course: Course) -> None:
    assert course_of_safeguard(was, now, limbs) is course


# --- words ---------------------------------------------------------------------------------


def marked(old: str, new: str) -> str:
    signs = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(signs[piece.op].format(piece.text) for piece in pieces_of(old, new))


def test_the_changed_words_are_those_that_a_person_would_point_at() -> None:
    assert marked("The Group will exclude any organisation that uses tax avoidance schemes or offshore jurisdictions.",
                  "The Group may exclude any organisation that uses tax avoidance schemes.") == (
        "The Group [-will-]{+may+} exclude any organisation that uses tax avoidance schemes"
        "[- or offshore jurisdictions-].")


def test_a_stray_small_word_between_two_changes_goes_with_them() -> None:
    assert marked("Papers go out in time", "Minutes come out on paper") == (
        "[-Papers go out in time-]{+Minutes come out on paper+}")


def test_the_same_words_and_no_words() -> None:
    assert pieces_of("a b", "a b") == (Piece(op=Op.SAME, text="a b"),)
    assert pieces_of("", "") == ()
    assert marked("a b", "") == "[-a b-]"
    assert marked("", "a b") == "{+a b+}"


WORDS = st.lists(st.sampled_from("the Group shall may not publish papers, (a) of 6.2 Chair’s “x” é –".split()))


@given(WORDS, WORDS)
def test_both_texts_can_be_put_together_from_the_pieces(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    pieces = pieces_of(before, after)
    assert "".join(p.text for p in pieces if p.op is not Op.ADDED) == before
    assert "".join(p.text for p in pieces if p.op is not Op.REMOVED) == after
    assert all(one.op is not two.op for one, two in pairwise(pieces))


# --- paragraphs ----------------------------------------------------------------------------

PAPERS = "The agenda and papers of each meeting shall be published seven clear days before it."
GAG = "Members of the Governing Body are free to speak in public about the Group without consent."
SEAL = "The seal is kept in a safe, and two officers are present whenever it is used."
AUDIT = "The Audit Committee meets four times a year and reports to the Governing Body."
TAX = "The Group will exclude any organisation that uses improper tax avoidance schemes."


def text(*paragraphs: str) -> list[Provision]:
    """Paragraphs numbered 1, 2, 3 …"""
    return [Provision(index=n, number=str(n + 1), text=one) for n, one in enumerate(paragraphs)]


def linked(old: list[Provision], new: list[Provision]) -> list[tuple[str, str, bool]]:
    return [(old[link.old].number, new[link.new].number, link.moved) for link in align(old, new)]


def test_renumbered_paragraphs_are_the_same_and_have_not_moved() -> None:
    assert linked(text(TAX, SEAL), text(AUDIT, TAX, SEAL)) == [("1", "2", False), ("2", "3", False)]


def test_a_paragraph_out_of_the_order_of_the_others_has_moved() -> None:
    assert linked(text(GAG, TAX, SEAL, AUDIT), text(TAX, SEAL, AUDIT, GAG)) == [
        ("1", "4", True), ("2", "1", False), ("3", "2", False), ("4", "3", False)]


def test_a_paragraph_that_moved_and_was_reworded_is_known_again() -> None:
    new = GAG.replace("without consent", "with the Chair’s consent")
    assert ("1", "4", True) in linked(text(GAG, TAX, SEAL, AUDIT), text(TAX, SEAL, AUDIT, new))


def test_words_put_in_do_not_hide_the_paragraph_that_they_were_put_into() -> None:
    long = "Meetings shall be held in public, save where the Chair, having taken advice, thinks that they should not."
    assert linked(text(TAX, "Meetings shall be held in public.", SEAL), text(TAX, long, SEAL))[1] == ("2", "2", False)


def test_another_matter_under_the_same_number_is_not_the_same_paragraph() -> None:
    value = "In each procurement the Group shall evaluate the social value that tenders offer to the area."
    nature = "Providers shall respect the environment in all their work for the Group."
    assert linked(text(TAX, nature, SEAL), text(TAX, value, SEAL)) == [("1", "1", False), ("3", "3", False)]


def test_equal_paragraphs_are_each_taken_once() -> None:
    assert linked(text(SEAL, SEAL, TAX), text(SEAL, TAX)) in ([("1", "1", False), ("3", "2", False)],
                                                              [("2", "1", False), ("3", "2", False)])


def test_what_left_for_a_handbook_is_found_there() -> None:
    (link,) = align_leftovers(text(PAPERS, AUDIT), text(SEAL, PAPERS))
    assert (link.old, link.new) == (0, 1)


def test_headings_and_contents_are_no_paragraphs() -> None:
    old = [Provision(index=0, number="1", text="Papers", is_heading=True),
           Provision(index=1, number="contents", text=TAX, standing="contents")]
    assert align(old, old) == []


@given(st.lists(st.sampled_from([PAPERS, GAG, SEAL, AUDIT, TAX, "(vacant)"]), max_size=9),
       st.lists(st.sampled_from([PAPERS, GAG, SEAL, AUDIT, TAX, "(vacant)"]), max_size=9))
def test_every_paragraph_is_in_one_link_at_most_and_those_that_stayed_are_in_order(old: list[str],
                                                                                   new: list[str]) -> None:
    links = align(text(*old), text(*new))
    assert len({link.old for link in links}) == len({link.new for link in links}) == len(links)
    stayed = [link.new for link in links if not link.moved]
    assert stayed == sorted(stayed)
    assert sum(old.count(one) and min(old.count(one), new.count(one)) for one in set(old)) <= len(links)
