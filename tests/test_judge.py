"""Limbs, rulings and verdicts on a small library: the reason is asserted, not only the result."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_library import judged, load_small

from constitution_check.clause_records import Library
from constitution_check.explain import explain
from constitution_check.model import Evidence, Kind, LimbResult, Status, Verdict, verdict_of
from constitution_check.passages import passage
from constitution_check.pipeline import check_constitution


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_small(tmp_path_factory.mktemp("library"))


def test_a_duty_is_met_by_its_own_paragraph(library: Library) -> None:
    one = judged(library, ("h", "Money"), ("p", "The Group shall publish its accounts."))["published"]
    assert one.status is Status.MET
    assert one.trial is not None
    assert one.trial.match.unit.provision.number == "1.1"


def test_a_list_item_is_read_with_its_stem(library: Library) -> None:
    lines = (("p", "The Group shall:"), ("a", "keep records; and"), ("a", "publish its accounts."))
    one = judged(library, *lines)["published"]
    assert one.status is Status.MET
    assert one.trial is not None
    assert [u.provision.number for u in one.trial.units] == ["1.1(b)"]
    assert one.trial.match.unit.stems == (0,)


def test_a_weak_stem_reaches_every_item(library: Library) -> None:
    lines = (("p", "The Group may:"), ("a", "keep records; and"), ("a", "publish its accounts."))
    one = judged(library, *lines)["published"]
    assert (one.status, one.kinds) == (Status.WEAKENED, {Kind.NO_DUTY})


def test_the_opposite_is_a_contradiction(library: Library) -> None:
    one = judged(library, ("p", "The accounts shall be kept secret."))["published"]
    assert one.status is Status.CONTRADICTED
    assert one.trial is not None
    assert one.trial.why == "The accounts are kept secret."


def test_a_denied_duty_is_a_contradiction(library: Library) -> None:
    assert judged(library, ("p", "The Group need not publish its accounts."))["published"].status is Status.CONTRADICTED


def test_the_right_words_about_something_else_count_for_nothing(library: Library) -> None:
    one = judged(library, ("h", "Charitable funds"), ("p", "The trustees shall publish the accounts."))["published"]
    assert one.status is Status.ABSENT
    assert [t.why for t in one.trials] == ["It is about a charity's accounts."]


def test_a_narrower_reach_is_named(library: Library) -> None:
    one = judged(library, ("p", "The Group shall publish a summary of its accounts."))["published"]
    assert [(f.kind, f.why) for f in one.faults] == [(Kind.NARROWED, "Only part of the accounts is published.")]


def test_another_paragraph_can_undo_it(library: Library) -> None:
    one = judged(library, ("p", "The Group shall publish its accounts."), ("h", "General"),
                 ("p", "Nothing in paragraph {line 1} shall apply in the first three years."))["published"]
    assert (one.status, one.kinds) == (Status.WEAKENED, {Kind.OVERRIDDEN})
    assert [f.unit.provision.number for f in one.faults] == ["2.1"]


def test_a_drafting_note_alone_leaves_it_absent_with_the_kind_noted(library: Library) -> None:
    one = judged(library, ("p", "[DN: say here that the Group shall publish its accounts.]"))["published"]
    assert (one.status, one.kinds) == (Status.ABSENT, {Kind.NOT_OPERATIVE})


def test_scope_without_substance_is_absent(library: Library) -> None:
    limbs = judged(library, ("h", "Accounts"), ("p", "Minutes are sent to members within six months."))
    assert limbs["yearly"].status is Status.ABSENT


def test_a_definition_is_followed(library: Library) -> None:
    lines = (("p", "“Books” means the accounts of the Group."), ("p", "The Group shall publish its Books."))
    one = judged(library, *lines)
    assert one["published"].status is Status.MET
    assert one["published"].trial is not None
    assert [u.provision.number for u in one["published"].trial.units] == ["1.1", "1.2"]


def test_quotations_are_verbatim_and_every_safeguard_has_one_finding(library: Library) -> None:
    text = "The Group shall, where practicable, publish its accounts."
    constitution, _ = passage([("h", "Money"), ("p", text)], r"\{line (\d+)\}", 1)
    findings = check_constitution(constitution, library, ["open-books"])
    assert [f.safeguard for f in findings] == ["open-books"]
    limb = findings[0].limbs[0]
    assert [(e.quote, e.paragraph) for e in limb.evidence] == [(text, "1.1")]
    assert [(w.kind, w.quote, w.paragraph) for w in limb.weaknesses] == [(Kind.QUALIFIED, "where practicable", "1.1")]
    assert findings[0].ask.split("\n")[1] == "The accounts shall be published within six months."


def test_a_quotation_that_is_not_its_span_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="exact, non-empty span"):
        Evidence(source="x", paragraph="1", quote="four", start=0, end=3)


@pytest.mark.parametrize(("statuses", "verdict"), [
    ((Status.MET, Status.MET), Verdict.PRESENT),
    ((Status.MET, Status.ABSENT), Verdict.WEAKENED),
    ((Status.WEAKENED, Status.ABSENT), Verdict.WEAKENED),
    ((Status.CONTRADICTED, Status.ABSENT), Verdict.MISSING),
    ((Status.MET, Status.CONTRADICTED), Verdict.WEAKENED),
])
def test_a_verdict_is_computed_from_essential_limbs(statuses: tuple[Status, ...], verdict: Verdict) -> None:
    limbs = tuple(LimbResult(limb=f"l{n}", essential=True, status=s) for n, s in enumerate(statuses))
    supporting = LimbResult(limb="s", essential=False, status=Status.ABSENT)
    assert verdict_of((*limbs, supporting)) is verdict


def test_explain_says_why_each_passage_was_taken_or_turned_down(library: Library, tmp_path: Path) -> None:
    constitution, _ = passage([("h", "Charity"), ("p", "The charity shall publish its accounts."), ("h", "Money"),
                               ("p", "The Group shall publish its accounts.")], r"\{line (\d+)\}", 1)
    text = explain(constitution, "open-books", library)
    assert "1.1: turned down" in text
    assert "It is about a charity's accounts." in text
    assert "→ 2.1: met" in text


def test_a_report_can_be_read_back_and_computes_its_verdicts_again(library: Library) -> None:
    constitution, _ = passage([("h", "Money"), ("p", "The Group may publish its accounts.")], r"\{line (\d+)\}", 1)
    finding = check_constitution(constitution, library, ["open-books"])[0]
    written = finding.model_dump(mode="json")
    assert written["verdict"] == "weakened"
    assert type(finding).model_validate({**written, "verdict": "present"}) == finding
