"""How rules and trained model are weighed: shares, caution, nominated sentences, kinds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.model import Kind, Status
from constitution_check.opinion_weights import Weights, weights
from constitution_check.trained_model import KINDS, STATUSES, View

EVEN = Weights(rows=[[2.0 * (row == n) for n in range(4)] + [1.0 * (row == n) for n in range(4)] + [0.0]
                     for row in range(4)], kind=[1.0, 4.0, -1.0], nominated=[1.0, 1.0, 0.0])
numbers = st.floats(-20, 0)


def view(met: float, weakened: float, contradicted: float, absent: float, **kinds: float) -> View:
    """A view by shares, and kinds by odds (-5 where not given)."""
    return View(tuple(map(math.log, (met, weakened, contradicted, absent))),
                tuple(kinds.get(kind.value, -5.0) for kind in KINDS), ())


def test_the_weights_that_ship_have_a_number_for_everything() -> None:
    shipped = weights()
    assert shipped is not None, "the package ships weights"
    assert [len(row) for row in shipped.rows] == [9] * 4
    assert (len(shipped.kind), len(shipped.nominated)) == (3, 3)


def test_what_the_rules_found_counts_beside_the_model() -> None:
    doubtful = view(0.3, 0.3, 0.1, 0.3)
    for ruled in (Status.MET, Status.WEAKENED, Status.ABSENT):
        shares = EVEN.shares(ruled, doubtful)
        assert max(shares, key=lambda status: shares[status]) is ruled


def test_a_sure_model_prevails_over_the_rules() -> None:
    assert EVEN.said(Status.MET, EVEN.shares(Status.MET, view(0.001, 0.001, 0.001, 0.997))) is Status.ABSENT


def shares(met: float, weakened: float, absent: float) -> dict[Status, float]:
    return {Status.MET: met, Status.WEAKENED: weakened, Status.CONTRADICTED: 1 - met - weakened - absent,
            Status.ABSENT: absent}


@pytest.mark.parametrize(("ruled", "told", "said"), [
    (Status.ABSENT, shares(0.65, 0.3, 0.05), Status.WEAKENED),  # likeliest met, and not likely enough
    (Status.ABSENT, shares(0.75, 0.2, 0.05), Status.ABSENT),
    (Status.ABSENT, shares(0.85, 0.1, 0.05), Status.MET),
    (Status.ABSENT, shares(0.1, 0.5, 0.4), Status.WEAKENED),
    (Status.WEAKENED, shares(0.75, 0.2, 0.05), Status.WEAKENED),  # a weakness is not lightly taken back
    (Status.WEAKENED, shares(0.85, 0.1, 0.05), Status.MET),
    (Status.MET, shares(0.4, 0.45, 0.15), Status.MET),
    (Status.MET, shares(0.3, 0.65, 0.05), Status.WEAKENED),
    (Status.MET, shares(0.2, 0.1, 0.65), Status.ABSENT),
])
def test_what_departs_from_the_rules_has_to_be_likely(ruled: Status, told: dict[Status, float], said: Status) -> None:
    assert EVEN.said(ruled, told) is said


@given(st.sampled_from(STATUSES), st.lists(numbers, min_size=4, max_size=4), st.floats(-10, 10))
def test_shares_add_up_to_one(ruled: Status, statuses: list[float], score: float) -> None:
    seen = View(tuple(statuses), (-5.0,) * len(KINDS), ())
    assert sum(EVEN.shares(ruled, seen).values()) == pytest.approx(1)
    assert sum(EVEN.nominee_shares(seen, score).values()) == pytest.approx(1)


@given(st.lists(numbers, min_size=4, max_size=4), st.floats(-10, 10), st.floats(0.1, 5))
def test_a_higher_nominating_score_makes_a_limb_likelier_to_be_there(statuses: list[float], score: float,
                                                                      more: float) -> None:
    seen = View(tuple(statuses), (-5.0,) * len(KINDS), ())
    lower, higher = (EVEN.nominee_shares(seen, s)[Status.ABSENT] for s in (score, score + more))
    assert higher <= lower


def test_kinds_are_those_likelier_than_not_by_model_or_rules() -> None:
    seen = view(0.1, 0.8, 0.05, 0.05, narrowed=3.0, qualified=-2.0, subjective=1.2)
    assert EVEN.kinds(seen, ()) == [Kind.NARROWED]
    assert set(EVEN.kinds(seen, {Kind.QUALIFIED})) == {Kind.NARROWED, Kind.QUALIFIED}


def test_a_weak_limb_has_a_kind_even_where_none_is_likely() -> None:
    assert EVEN.kinds(view(0.1, 0.8, 0.05, 0.05, overridden=-1.0), ()) == [Kind.OVERRIDDEN]
