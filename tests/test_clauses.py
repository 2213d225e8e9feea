"""The library proves itself: every example of every clause file, its own model wording, and `library lint`."""

from __future__ import annotations

import pytest

from constitution_check.accuracy import Scores, case_of, outcome_of
from constitution_check.clause_records import Safeguard
from constitution_check.library import library_folder, load_library
from constitution_check.lint import lint
from constitution_check.lint_examples import example_faults
from constitution_check.lint_places import Places
from constitution_check.lint_wording import wording_not_met

LIBRARY = load_library()
PLACES = Places(library_folder())
EXAMPLES = [(s, e) for s in LIBRARY.safeguards for e in s.examples]


@pytest.mark.parametrize(("safeguard", "example"), EXAMPLES, ids=[f"{s.id}: {e.name}" for s, e in EXAMPLES])
def test_an_example_comes_out_as_written(safeguard: Safeguard, example: object) -> None:
    """Status, kinds and lines of every limb, not only the verdict."""
    case = case_of(example, safeguard.id)  # type: ignore[arg-type]
    assert list(Scores.wrong(outcome_of(case, LIBRARY, by_rules=True))) == []


def test_every_verdict_has_an_example_and_none_repeats_another() -> None:
    faults = [str(note) for note in example_faults(LIBRARY.safeguards, PLACES)]
    assert [fault for fault in faults if "of the verdict" in fault or "repeats the words" in fault] == []


def test_the_model_wording_is_found_present() -> None:
    """What the report tells people to ask for must itself be found, in every limb, for a CCG and for an ICB."""
    assert list(map(str, wording_not_met(LIBRARY, PLACES))) == []


def test_the_library_has_no_lint_fault() -> None:
    assert lint().faults == ()
