"""What the reports say in words: places, headlines, marks; nothing shown that could do harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import GAG, NAME, TAX, contradicted, evidence, limb, missing, present, report, weakened

from constitution_check.model import Evidence, Kind, Status, Verdict
from constitution_check.reports import palette, quoting, story
from constitution_check.reports.clean import clean
from constitution_check.words import BODIES, KINDS, STATUSES, VERDICTS, count, listed


def test_every_word_of_the_vocabulary_has_a_plain_label() -> None:
    assert (set(KINDS), set(VERDICTS), set(STATUSES)) == (set(Kind), set(Verdict), set(Status))
    assert set(BODIES) == {"ccg", "icb", "unknown"}


def test_every_colour_pair_reads_at_four_and_a_half_to_one() -> None:
    pairs = [(tone.ink, tone.ground) for tone in [*palette.TONES.values(), palette.CONTRADICTED]]
    pairs += [(ink, palette.PAPER) for ink in (palette.INK, palette.MUTED, palette.ACCENT)]
    pairs += [(palette.INK, palette.PANEL), (palette.INK, palette.MARK)]
    assert [(pair, palette.contrast(*pair)) for pair in pairs if palette.contrast(*pair) < 4.5] == []


def test_contrast_is_that_of_the_standard() -> None:
    assert palette.contrast("000000", "FFFFFF") == pytest.approx(21)
    assert palette.contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("number", "words"), [
    ("8.6.3(g)", "paragraph 8.6.3(g)"), ("(a)", "paragraph (a)"), ("A4.2", "paragraph A4.2"),
    ("Schedule 2, 4", "Schedule 2, 4"), ("after 4.2", "unnumbered text after 4.2"),
    ("before 1", "unnumbered text before 1"), ("", "unnumbered text"),
    ("note to 4.2(a)", "the note to paragraph 4.2(a)"), ("note after 4.2", "the note to unnumbered text after 4.2"),
])
def test_a_paragraph_is_cited_as_a_reader_would(number: str, words: str) -> None:
    assert quoting.paragraph_words(number) == words


def test_a_place_names_the_page_and_among_several_documents_the_document() -> None:
    assert quoting.place(evidence(GAG, "4.2", page=9)) == "paragraph 4.2, page 9"
    assert quoting.place(evidence(GAG, "4.2", page=None), several=True) == f"paragraph 4.2, {NAME}"


def test_headlines_say_what_and_where() -> None:
    assert [story.headline(f) for f in (contradicted(), missing(), weakened(), present())] == [
        "The text rules the opposite in Appendix C, 4(b).",
        "Nothing in the text read secures this.",
        "An escape hatch; a duty only to think about it; 1 of its 2 parts is not there.",
        "Secured in paragraph 6.1.",
    ]


def test_several_paragraphs_are_cited_together() -> None:
    finding = present().model_copy(update={"limbs": (
        limb("a", Status.MET, quote="One.", paragraph="6.1"), limb("b", Status.MET, quote="Two.", paragraph="7.2(a)"),
        limb("c", Status.MET, quote="Three.", paragraph="Schedule 3, 4"))})
    assert story.headline(finding) == "Secured in paragraphs 6.1 and 7.2(a) and Schedule 3, 4."
    assert story.where(finding, most=2) == "6.1; 7.2(a) and 1 more"


def test_the_worst_comes_first() -> None:
    assert [f.safeguard for f in story.worst_first(report().findings)] == ["speak", "stay", "tax", "open"]


def test_where_names_the_nearest_only_when_nothing_counts() -> None:
    near = limb("x", Status.ABSENT, near="Papers may be seen.", paragraph="9.1", why="It is a power.")
    assert story.where(missing()) == "nothing found"
    assert story.where(missing().model_copy(update={"limbs": (near,)})) == "nearest: 9.1"
    assert story.where(present()) == "6.1"


def test_weak_words_are_marked_inside_the_verbatim_quotation() -> None:
    (passage,) = quoting.passages(weakened().limbs)
    assert passage.quote == TAX == "".join(text for text, _ in passage.segments)
    assert [text for text, weak in passage.segments if weak] == ["where practicable", "have regard to"]


def test_weak_words_are_marked_as_words_only() -> None:
    one = limb("x", Status.WEAKENED, quote="To our dismay the Board may meet.", paragraph="1",
               weak=((Kind.NO_DUTY, "may", "A power."),))
    (passage,) = quoting.passages([one])
    assert passage.segments == (("To our dismay the Board ", False), ("may", True), (" meet.", False))


def test_a_weakness_that_is_the_whole_quotation_marks_nothing_apart() -> None:
    one = limb("x", Status.WEAKENED, quote=GAG, paragraph="1", weak=((Kind.FLOOR_ONLY, GAG, "The law says so."),))
    (passage,) = quoting.passages([one])
    assert passage.segments == ((GAG, False),)


def test_what_undoes_a_clause_elsewhere_is_quoted_too() -> None:
    one = limb("x", Status.WEAKENED, quote="Meetings shall be public.", paragraph="6.1")
    override = (Kind.OVERRIDDEN, "Nothing in section 6", "Undoes it.")
    undone = limb("x", Status.WEAKENED, paragraph="9.9", weak=(override,))
    merged = one.model_copy(update={"weaknesses": undone.weaknesses})
    assert [(p.place, p.quote) for p in quoting.passages([merged])] == [
        ("paragraph 6.1, page 12", "Meetings shall be public."), ("paragraph 9.9", "Nothing in section 6")]


def test_one_passage_for_two_limbs_is_quoted_once_and_counts_if_it_counts_for_one() -> None:
    met = limb("x", Status.MET, quote="Meetings shall be public.", paragraph="6.1")
    near = limb("y", Status.ABSENT, near="Meetings shall be public.", paragraph="6.1", why="Not of papers.")
    (passage,) = quoting.passages([met, near])
    assert (passage.quote, passage.whys) == ("Meetings shall be public.", ())


def test_the_tracked_changes_note_says_what_turns_on_them() -> None:
    assert story.tracked(contradicted(), report()) == (
        "This turns on tracked changes by A. Clerk that are not yet settled: accepted, the safeguard is missing; "
        "rejected, it is present.")
    assert story.tracked(present(), report()) == ""


def test_the_counts_are_one_sentence() -> None:
    assert story.counts(report()) == ("Of 4 safeguards, 1 is present, 1 weakened and 2 missing. "
                                      "1 is contradicted: worse than silence.")
    assert story.counts(report(present())) == "Of 1 safeguard, 1 is present, 0 weakened and 0 missing."


def test_a_person_is_told_what_to_read() -> None:
    assert story.review_reason(contradicted()) == (
        "The program is not sure of this one (confidence 40%); its verdict stands until someone has read "
        "Appendix C, 4(b).")
    assert story.review_reason(missing()).endswith("until someone has read the document for it.")


def test_small_words() -> None:
    assert [count(1, "page"), count(2400, "word"), count(2, "body", "bodies")] == ["1 page", "2,400 words", "2 bodies"]
    assert [listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@given(st.text())
def test_what_is_shown_holds_no_control_character_and_keeps_its_length(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", shown)
    shown.encode("utf-8")


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1, max_size=5).filter(str.strip))
def test_segments_always_make_up_the_quotation(quote: str, weak: str) -> None:
    span = Evidence(source="s", paragraph="1", quote=quote, start=0, end=len(quote))
    one = limb("x", Status.WEAKENED, paragraph="1", weak=((Kind.NO_DUTY, weak, "Why."),))
    passage = quoting.passages([one.model_copy(update={"evidence": (span,)})])[0]
    assert "".join(text for text, _ in passage.segments) == clean(quote)


def test_the_same_weak_words_are_explained_once() -> None:
    weak = (Kind.NO_DUTY, "may", "No one has to."), (Kind.FLOOR_ONLY, "", "The law says so.")
    limbs = tuple(limb(name, Status.WEAKENED, quote="The Board may meet.", paragraph="1", weak=weak) for name in "abc")
    first, *others = story.shortfalls(weakened().model_copy(update={"limbs": limbs}))
    assert first.weaknesses == (("No one is obliged", ": “may” (paragraph 1). No one has to."),
                                ("Only what the law demands anyway", ". The law says so."))
    assert {short.weaknesses for short in others} == {
        (("For the same reasons", ": “may” and only what the law demands anyway."),)}
