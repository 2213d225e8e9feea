"""How far rules and trained model are believed, each by itself and together.

Fitted on labelled passages that neither had met (`training/opinion_weights.py`): a logistic regression over what the
rules found and how likely the model holds each status, and one over a kind of weakness.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from constitution_check.model import Kind, Status
from constitution_check.trained_model import FOLDER, KINDS, STATUSES, View

FILE = "weights.json"
# Shares, 0-1, chosen on labelled passages that neither rules nor model had met: docs/decisions/0016.
# The least at which a limb that the rules do not find is called so; where it is not reached, the limb stays absent.
NEWLY = {Status.MET: 0.8, Status.WEAKENED: 0.45, Status.CONTRADICTED: 0.5, Status.ABSENT: 0.0}
NEARLY_MET = 0.3  # the least at which what is likeliest met, but not likely enough, is called weakened instead
OWN = 0.75  # the share that the model itself must give to a ruling of the opposite which the rules do not find
FIRMER = 0.8  # the least at which what the rules find weak, or ruling the opposite, is called met
OTHERWISE = 0.5  # the least at which anything else departs from what the rules find
SHARED = 0.9  # the least at which a limb is called met by a sentence in which the rules find another limb
NEW_KIND = 0.7  # the least at which a kind of weakness is named that the rules do not see


@dataclass(frozen=True)
class Weights:
    """rows: for each of STATUSES, eight weights (the rules' status, one of four; then the logarithms of the model's
    four shares) and a constant. kind: weights of the model's odds and of the rules' finding, and a constant. nominated:
    weights of the odds that the limb is there, and of the nominating score, and a constant.
    """

    rows: Sequence[Sequence[float]]
    kind: Sequence[float]
    nominated: Sequence[float]

    def shares(self, ruled: Status, view: View) -> dict[Status, float]:
        """How likely each status is, 0-1, adding up to 1."""
        told = [*(float(ruled is status) for status in STATUSES), *(max(share, _LEAST) for share in view.statuses)]
        sums = [sum(w * t for w, t in zip(row, told, strict=False)) + row[-1] for row in self.rows]
        powers = [math.exp(s - max(sums)) for s in sums]
        return {status: power / sum(powers) for status, power in zip(STATUSES, powers, strict=True)}

    def nominee_shares(self, view: View, score: float) -> dict[Status, float]:
        """How likely each status is where the rules found nothing and a sentence was nominated with that score."""
        shares = self.shares(Status.ABSENT, view)
        odds, heft, constant = self.nominated
        there = _from_odds(odds * self.odds_there(view) + heft * score + constant)
        rest = max(1 - shares[Status.ABSENT], 1e-9)
        return {status: 1 - there if status is Status.ABSENT else share / rest * there
                for status, share in shares.items()}

    def odds_there(self, view: View) -> float:
        """The logarithm of the odds that a limb which the rules do not find is there."""
        absent = min(max(self.shares(Status.ABSENT, view)[Status.ABSENT], 1e-6), 1 - 1e-6)
        return math.log((1 - absent) / absent)

    @staticmethod
    def said(ruled: Status, shares: Mapping[Status, float]) -> Status:
        """The likeliest status, as far as caution allows.

        Where the rules found nothing, what is found has to be likely and not only likeliest; where they found
        something, so has whatever departs from it, and above all a "met".
        """
        first, second = sorted(shares, key=lambda status: -shares[status])[:2]
        if ruled is Status.ABSENT:
            if first is Status.MET and shares[first] < NEWLY[first] and second is Status.WEAKENED:
                return second if shares[second] >= NEARLY_MET else Status.ABSENT
            return first if shares[first] >= NEWLY[first] else Status.ABSENT
        least = FIRMER if first is Status.MET else OTHERWISE
        return first if shares[first] >= least else ruled

    def kinds(self, view: View, ruled: Container[Kind]) -> list[Kind]:
        """The kinds of weakness: those of the rules that are likelier than not, others that are likely.

        The likeliest where there is none.
        """
        odds, found, constant = self.kind
        told = {kind: odds * number + found * (kind in ruled) + constant
                for kind, number in zip(KINDS, view.kinds, strict=True)}
        kept = [kind for kind, sum_ in told.items() if _from_odds(sum_) > (0.5 if kind in ruled else NEW_KIND)]
        return kept or [max(told, key=lambda kind: told[kind])]


_LEAST = math.log(1e-4)


def _from_odds(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -50.0), 50.0)))


@lru_cache(maxsize=1)
def weights() -> Weights | None:
    """The weights that ship with the package; None where they have been left out."""
    file = files("constitution_check") / FOLDER / FILE
    return Weights(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
