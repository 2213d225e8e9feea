"""A trained opinion on limbs that the word lists do not find.

A linear model for each limb over the features of `trained_features`, trained on labelled passages
(`training/second_opinion.py`, figures in docs/accuracy.md). Where the rules find nothing for a limb and the model is
sure, its passage is put through the same rules on duty, escape and limit as any other, the limb says that it rests on
the model, and a person is asked to look. It takes nothing away from what the rules find.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from constitution_check.candidates import Bench
from constitution_check.clause_records import Limb
from constitution_check.judge_records import Judged
from constitution_check.model import Status
from constitution_check.sweep import Sweep
from constitution_check.trained_features import Seen, weighed
from constitution_check.units import Unit

# Chosen on passages that nothing had learnt from, as the least strict at which false reassurance does not rise.
SURE = 0.85  # the least probability at which the model's passage is taken
FILE = "second_opinion.npz"
WHOLE = 1.0  # the least score at which a sentence passes for one that meets its limb
_SHORTEST = 6  # words: the cell of a table, or a name, demands nothing
_FOUND = (Status.MET, Status.WEAKENED)
DOUBT = "The word lists do not know these words; a model trained on examples takes them for what is asked."


@dataclass(frozen=True)
class Model:
    """The trained numbers.

    rarity: how much each feature tells. rows: where its weights stand. weights: features × limbs. start: one number
    a limb. whole_weights, whole_start: the same for whether a sentence that states the limb meets it. columns:
    "safeguard/limb" to its place. mixing: constant, score, share of a line's terms, share of the other limbs found.
    """

    rarity: dict[str, float]
    rows: dict[str, int]
    weights: NDArray[np.float32]
    start: NDArray[np.float32]
    whole_weights: NDArray[np.float32]
    whole_start: NDArray[np.float32]
    columns: dict[str, int]
    mixing: tuple[float, float, float, float]


@lru_cache(maxsize=1)
def trained() -> Model | None:
    """The model that ships with the package, read once; None where it has been left out."""
    file = files("constitution_check") / FILE
    if not file.is_file():
        return None
    with as_file(file) as path:
        return read_model(path)


def read_model(path: Path) -> Model:
    """The model in a file that `training/second_opinion.py` wrote."""
    with np.load(path, allow_pickle=False) as held:
        told: dict[str, Any] = json.loads(str(held["told"]))
        names = told["features"]
        return Model(rarity=dict(zip(names, held["rarity"].astype(float).tolist(), strict=True)),
                     rows={name: row for row, name in enumerate(names)},
                     weights=held["weights"].astype(np.float32), start=held["start"].astype(np.float32),
                     whole_weights=held["whole_weights"].astype(np.float32),
                     whole_start=held["whole_start"].astype(np.float32),
                     columns={key: n for n, key in enumerate(told["limbs"])}, mixing=tuple(told["mixing"]))


class Scores:
    """How each limb's model scores every operative sentence of one document."""

    def __init__(self, model: Model, seen: Seen) -> None:
        self.model, self.seen = model, seen
        self.units = [u for u in seen.finder.reading.units
                      if u.operative and not u.is_definition and len(u.row.words) >= _SHORTEST]
        self._scores = np.stack([self._of(u) for u in self.units]) if self.units else None

    def _of(self, unit: Unit) -> NDArray[np.float32]:
        rows, values = self._vector(unit)
        return np.asarray(values @ self.model.weights[rows] + self.model.start, dtype=np.float32)

    def _vector(self, unit: Unit) -> tuple[list[int], NDArray[np.float32]]:
        vector = weighed(self.seen.features(unit), self.model.rarity)
        values = np.fromiter(vector.values(), dtype=np.float32, count=len(vector))
        return [self.model.rows[name] for name in vector], values

    def whole(self, safeguard: str, limb: str, unit: Unit) -> bool:
        """Whether the unit, which states the limb, looks like those that meet it rather than the weakened."""
        column = self.model.columns[f"{safeguard}/{limb}"]
        rows, values = self._vector(unit)
        score = values @ self.model.whole_weights[rows, column] + self.model.whole_start[column]
        return float(score) > WHOLE

    def best(self, safeguard: str, limb: str) -> tuple[Unit, float] | None:
        """The sentence that scores highest for the limb, and its score; None for a limb that was not trained."""
        column = self.model.columns.get(f"{safeguard}/{limb}")
        if self._scores is None or column is None:
            return None
        at = int(self._scores[:, column].argmax())
        return self.units[at], float(self._scores[at, column])


def find_missed(safeguard: str, judged: list[Judged], bench: Bench, sweep: Sweep) -> None:
    """Give the limbs that the rules do not find what the model finds for them; changed in place."""
    model = trained()
    absent = [one for one in judged if one.status is Status.ABSENT]
    if model is None or not absent:
        return
    scores = bench.finder.kept("trained scores", lambda: Scores(model, Seen(bench.finder)))
    standing = {one.limb.id: one.status in _FOUND for one in judged}
    for one in absent:
        found = scores.best(safeguard, one.limb.id)
        taken = {other.trial.match.unit.index for other in judged if other.trial}
        if not found or found[0].index in taken:  # the rules read the sentence as another limb of the safeguard
            continue
        if probability(model, scores.seen, one.limb, found, standing) >= SURE:
            _take(one, found[0], bench, sweep, scores.whole(safeguard, one.limb.id, found[0]))


def probability(model: Model, seen: Seen, limb: Limb, found: tuple[Unit, float], standing: dict[str, bool]) -> float:
    """How sure it is that the limb is stated there, 0-1; standing: which limbs of the safeguard the rules found."""
    constant, score, share, others = model.mixing
    rest = [found_ for name, found_ in standing.items() if name != limb.id]
    told = constant + score * found[1] + share * seen.share(limb, found[0])
    told += others * (sum(rest) / len(rest) if rest else 0.5)
    return 1 / (1 + math.exp(-told))


def _take(one: Judged, unit: Unit, bench: Bench, sweep: Sweep, whole: bool) -> None:
    """Take the unit for the limb; not where it looks weakened and the rules cannot say by what: that would reassure."""
    trial = bench.stated(one.limb, unit)
    if trial.status not in _FOUND or any(t.match.unit is unit for t in one.trials):
        return  # a sentence that the rules have read and turned down stays turned down
    faults = list({f.kind: f for f in [*trial.faults, *sweep.faults(one.limb, trial)]}.values())
    if not faults and not whole:
        return
    one.status, one.trial, one.faults = Status.WEAKENED if faults else Status.MET, trial, faults
    one.doubt, one.basis = DOUBT, "model"
