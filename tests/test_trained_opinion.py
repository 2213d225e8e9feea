"""The trained opinion: what it takes, what it leaves, and that it says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from constitution_check import trained_opinion
from constitution_check.clause_records import Library
from constitution_check.judge import bind, decide
from constitution_check.judge_records import Judged
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Status
from constitution_check.passages import passage
from constitution_check.pipeline import check_constitution, lexicon_of
from constitution_check.reports.story import review_reason
from constitution_check.sweep import Sweep
from constitution_check.trained_features import GROUPS, Seen, weighed
from constitution_check.units import read_units

Lines = Sequence[tuple[str, str]]
STAFF: Lines = [  # in words that the lists do not know; where they come to know them, write it in others
    ("h", "Staff who move"),
    ("p", "A worker whose job moves to a contractor takes along every term of the old employment, and the NHS pension "
          "or its match."),
    ("p", "Those taken on later for the same service are given terms no worse."),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def finder_of(lines: Lines, library: Library) -> Finder:
    constitution, _ = passage(lines, r"$^()")
    return Finder(read_units(constitution, lexicon_of(library)))


def judged_by(lines: Lines, safeguard: str, library: Library, by_rules: bool = False) -> dict[str, Judged]:
    finder = finder_of(lines, library)
    judged = decide(library.get(safeguard), finder, Sweep(finder), by_rules=by_rules)
    bind(judged)
    return {one.limb.id: one for one in judged}


def model() -> trained_opinion.Model:
    shipped = trained_opinion.trained()
    assert shipped is not None, "the package ships a trained opinion"
    return shipped


def test_the_model_knows_every_limb_of_the_library(library: Library) -> None:
    assert set(model().columns) == {f"{s.id}/{limb.id}" for s in library.safeguards for limb in s.limbs}


def test_a_limb_that_it_finds_says_so_and_asks_for_a_person(library: Library) -> None:
    assert judged_by(STAFF, "staff-terms", library, by_rules=True)["transfer"].status is Status.ABSENT
    found = judged_by(STAFF, "staff-terms", library)["transfer"]
    assert (found.status, found.basis, found.doubt) == (Status.MET, "model", trained_opinion.DOUBT)
    assert found.trial is not None
    assert found.trial.match.unit.provision.text.startswith("A worker whose job moves")


def test_the_report_names_the_basis_and_wants_a_review(library: Library) -> None:
    constitution, _ = passage(STAFF, r"$^()")
    (finding,) = check_constitution(constitution, library, ["staff-terms"])
    (limb,) = (limb for limb in finding.limbs if limb.limb == "transfer")
    assert limb.basis == "model"
    assert limb.evidence[0].quote == STAFF[1][1]
    assert finding.needs_review
    assert review_reason(finding).startswith("A model trained on examples found part of it")


def test_a_weakness_that_the_rules_know_weakens_it_all_the_same(library: Library) -> None:
    weak = [STAFF[0], ("p", STAFF[1][1].replace("takes along", "may take along")), STAFF[2]]
    found = judged_by(weak, "staff-terms", library)["transfer"]
    assert found.status is not Status.MET


def test_what_the_rules_find_is_left_as_it_is(library: Library) -> None:
    lines = [("p", "The Group shall exclude from each procurement any company that uses an improper tax avoidance "
                   "scheme or an offshore jurisdiction.")]
    alone = judged_by(lines, "tax-avoidance-exclusion", library, by_rules=True)
    together = judged_by(lines, "tax-avoidance-exclusion", library)
    for limb, one in alone.items():
        if one.status is not Status.ABSENT:
            assert (together[limb].status, together[limb].basis) == (one.status, "rules")


@pytest.mark.parametrize("text", ["Committee", "Strategic Commissioning Committee",
                                  "The seal is kept in a safe at the office."])
def test_it_finds_nothing_in_a_name_or_in_ordinary_business(text: str, library: Library) -> None:
    for safeguard in library.safeguards:
        for one in judged_by([("h", "Terms"), ("p", text)], safeguard.id, library).values():
            assert one.status is Status.ABSENT, (safeguard.id, one.limb.id)


def test_without_the_file_the_rules_stand_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trained_opinion, "trained", lambda: None)
    assert all(one.basis == "rules" for one in judged_by(STAFF, "staff-terms", library).values())


def test_each_group_of_features_has_its_length(library: Library) -> None:
    finder = finder_of(STAFF, library)
    seen = Seen(finder)
    unit = next(u for u in finder.reading.units if u.operative)
    vector = weighed(seen.features(unit), model().rarity)
    for group, length in GROUPS.items():
        square = sum(v * v for name, v in vector.items() if name.startswith(f"{group}:"))
        assert square == pytest.approx(length ** 2, abs=1e-3) or square == 0
