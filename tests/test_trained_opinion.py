"""The trained model beside the rules: what it finds, what it turns down, and that it says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from constitution_check import trained_opinion
from constitution_check.clause_records import Library
from constitution_check.explain import explain
from constitution_check.judge import bind, decide
from constitution_check.judge_records import Judged
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Kind, Status
from constitution_check.passages import passage
from constitution_check.pipeline import check_constitution, lexicon_of
from constitution_check.reports.story import review_reason
from constitution_check.sweep import Sweep
from constitution_check.trained_features import GROUPS, Seen, weighed
from constitution_check.trained_model import LONGEST, TrainedModel, trained
from constitution_check.trained_nominees import nominating
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


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    shipped = trained()
    assert shipped is not None, "the package ships a trained model"
    return shipped


def finder_of(lines: Lines, library: Library) -> Finder:
    constitution, _ = passage(lines, r"$^()")
    return Finder(read_units(constitution, lexicon_of(library)))


def judged_by(lines: Lines, safeguard: str, library: Library, by_rules: bool = False) -> dict[str, Judged]:
    finder = finder_of(lines, library)
    judged = decide(library.get(safeguard), finder, Sweep(finder), by_rules=by_rules)
    bind(judged)
    return {one.limb.id: one for one in judged}


def test_both_models_know_every_limb_of_the_library(library: Library, model: TrainedModel) -> None:
    limbs = {f"{s.id}/{limb.id}" for s in library.safeguards for limb in s.limbs}
    nominees = nominating()
    assert nominees is not None
    assert set(nominees.columns) == limbs
    assert {f"{name}/{limb}" for name, one in model.demands.items() for limb in one.limbs} == limbs


def test_a_limb_that_it_finds_says_so_and_asks_for_a_person(library: Library) -> None:
    assert judged_by(STAFF, "staff-terms", library, by_rules=True)["transfer"].status is Status.ABSENT
    found = judged_by(STAFF, "staff-terms", library)["transfer"]
    assert (found.status, found.basis, found.doubt) == (Status.MET, "model", trained_opinion.FOUND)
    assert found.trial is not None
    assert found.trial.match.unit.provision.text.startswith("A worker whose job moves")


def test_the_report_names_the_basis_and_wants_a_review(library: Library) -> None:
    constitution, _ = passage(STAFF, r"$^()")
    (finding,) = check_constitution(constitution, library, ["staff-terms"])
    (limb,) = (limb for limb in finding.limbs if limb.limb == "transfer")
    assert limb.basis == "model"
    assert limb.evidence[0].quote == STAFF[1][1]
    assert finding.needs_review
    assert review_reason(finding).startswith("A model trained on examples reads part of it otherwise")


def test_a_weakened_form_of_what_it_finds_is_not_met(library: Library) -> None:
    escape = STAFF[1][1].replace("takes along", "takes along, where the contractor can afford it,")
    weak = [STAFF[0], ("p", escape), STAFF[2]]
    assert judged_by(weak, "staff-terms", library)["transfer"].status is not Status.MET


def test_what_undoes_it_far_away_undoes_it_all_the_same(library: Library) -> None:
    days = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    ordinary = [("p", f"The {day} of the month is kept for the Audit Committee, whose chair opens the meeting and "
                      "reads out what was left over from the last one.") for day in days]
    far = [*STAFF, ("h", "Committees"), *ordinary, ("h", "Emergencies")]
    alone = judged_by(far, "staff-terms", library)["transfer"]
    assert (alone.status, alone.basis) == (Status.MET, "model")
    undone = judged_by([*far, ("p", "Nothing in the section headed Staff who move prevents the Chief Executive from "
                                    "making other arrangements.")], "staff-terms", library)["transfer"]
    assert (undone.status, undone.kinds) == (Status.WEAKENED, {Kind.OVERRIDDEN})
    assert undone.faults[0].unit.provision.text.startswith("Nothing in the section headed")


def test_explain_says_how_sure_it_is(library: Library) -> None:
    constitution, _ = passage(STAFF, r"$^()")
    assert "weighed with the trained model: " in explain(constitution, "staff-terms", library)


def test_what_is_plain_stays_with_the_rules(library: Library) -> None:
    lines = [("p", "The Group shall exclude from each procurement any company that uses an improper tax avoidance "
                   "scheme or an offshore jurisdiction.")]
    together = judged_by(lines, "tax-avoidance-exclusion", library)
    for limb in ("avoidance", "offshore", "every-procurement"):
        assert (together[limb].status, together[limb].basis) == (Status.MET, "rules")


@pytest.mark.parametrize("text", ["Committee", "Strategic Commissioning Committee",
                                  "The seal is kept in a safe at the office."])
def test_it_finds_nothing_in_a_name_or_in_ordinary_business(text: str, library: Library) -> None:
    for safeguard in library.safeguards:
        for one in judged_by([("h", "Terms"), ("p", text)], safeguard.id, library).values():
            assert one.status is Status.ABSENT, (safeguard.id, one.limb.id)


def test_without_the_model_the_rules_stand_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trained_opinion, "trained", lambda: None)
    for one in judged_by(STAFF, "staff-terms", library).values():
        assert (one.basis, one.sure) == ("rules", None)


def test_what_runs_the_model_tells_no_one_and_leaves_nothing(tmp_path: Path) -> None:
    """ONNX Runtime reports to its makers, and keeps an identifier for it, unless it is told not to."""
    told = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    told.pop("ORT_DISABLE_TELEMETRY", None)
    run = "from constitution_check.trained_model import trained; model = trained(); assert model; " \
          "assert model.views('environment', ['Providers shall respect the environment.'])"
    subprocess.run([sys.executable, "-c", run], env=told, check=True)
    assert list(tmp_path.rglob("*")) == []


def test_a_safeguard_that_it_was_not_trained_on_gives_no_view(model: TrainedModel) -> None:
    assert model.views("bandage-colours", ["The Group shall buy blue bandages."]) == {}


def test_a_long_passage_is_cut_and_its_first_line_always_read(model: TrainedModel) -> None:
    line = "The Group shall buy only from those who pay their tax. "
    views = model.views("environment", [line * 60, line])
    assert [len(view.lines) for view in views.values()] == [1] * len(views)
    (pieces, begins) = model._pieces(model.demands["environment"], [line] * 60)
    assert len(pieces) <= LONGEST
    assert 1 < len(begins) < 60


def test_each_group_of_features_has_its_length(library: Library) -> None:
    finder = finder_of(STAFF, library)
    seen = Seen(finder)
    unit = next(u for u in finder.reading.units if u.operative)
    nominees = nominating()
    assert nominees is not None
    vector = weighed(seen.features(unit), nominees.rarity)
    for group, length in GROUPS.items():
        square = sum(v * v for name, v in vector.items() if name.startswith(f"{group}:"))
        assert square == pytest.approx(length ** 2, abs=1e-3) or square == 0
