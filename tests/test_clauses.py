"""The library proves itself: every example of every clause file, and its own model wording."""

from __future__ import annotations

import pytest

from constitution_check.accuracy import Case, Scores, case_of, outcome_of
from constitution_check.clause_records import Expected, Safeguard
from constitution_check.library import load_library
from constitution_check.model import BodyKind, Status, Verdict

LIBRARY = load_library()
EXAMPLES = [(s, e) for s in LIBRARY.safeguards for e in s.examples]


@pytest.mark.parametrize(("safeguard", "example"), EXAMPLES, ids=[f"{s.id}: {e.name}" for s, e in EXAMPLES])
def test_an_example_comes_out_as_written(safeguard: Safeguard, example: object) -> None:
    """Status, kinds and lines of every limb, not only the verdict."""
    case = case_of(example, safeguard.id)  # type: ignore[arg-type]
    assert list(Scores.wrong(outcome_of(case, LIBRARY))) == []


@pytest.mark.parametrize("safeguard", LIBRARY.safeguards, ids=[s.id for s in LIBRARY.safeguards])
def test_every_verdict_has_an_example(safeguard: Safeguard) -> None:
    assert {e.verdict for e in safeguard.examples} == set(Verdict)


@pytest.mark.parametrize("kind", ["ccg", "icb"])
@pytest.mark.parametrize("safeguard", LIBRARY.safeguards, ids=[s.id for s in LIBRARY.safeguards])
def test_the_model_wording_is_found_present(safeguard: Safeguard, kind: BodyKind) -> None:
    """What the report tells people to ask for must itself be found, in every limb."""
    lines = [("h", safeguard.title), *(("p", line) for line in safeguard.ask(kind).split("\n"))]
    expected = {limb.id: Expected(status=Status.MET) for limb in safeguard.limbs}
    case = Case(f"{safeguard.id} wording", safeguard.id, lines, Verdict.PRESENT, expected)
    assert list(outcome_of(case, LIBRARY).misses()) == []
