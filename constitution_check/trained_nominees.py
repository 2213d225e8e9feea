"""Which sentences of a document are worth reading for a limb: those that a linear model scores highest.

A linear model for each limb over the features of `trained_features`, trained on labelled passages
(`training/nominees.py`). It judges nothing; it saves the trained model (`trained_model`) from reading everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from constitution_check.trained_features import Seen, weighed
from constitution_check.units import Unit

FILE = "nominees.npz"
_SHORTEST = 6  # words: the cell of a table, or a name, demands nothing


@dataclass(frozen=True)
class Model:
    """The trained numbers.

    rarity: how much each feature tells. rows: where its weights stand. weights: features × limbs. start: one number
    a limb. columns: "safeguard/limb" to its place.
    """

    rarity: dict[str, float]
    rows: dict[str, int]
    weights: NDArray[np.float32]
    start: NDArray[np.float32]
    columns: dict[str, int]


@lru_cache(maxsize=1)
def nominating() -> Model | None:
    """The model that ships with the package, read once; None where it has been left out."""
    file = files("constitution_check") / FILE
    if not file.is_file():
        return None
    with as_file(file) as path:
        return read_model(path)


def read_model(path: Path) -> Model:
    """The model in a file that `training/nominees.py` wrote."""
    with np.load(path, allow_pickle=False) as held:
        told: dict[str, Any] = json.loads(str(held["told"]))
        names = told["features"]
        return Model(rarity=dict(zip(names, held["rarity"].astype(float).tolist(), strict=True)),
                     rows={name: row for row, name in enumerate(names)},
                     weights=held["weights"].astype(np.float32), start=held["start"].astype(np.float32),
                     columns={key: n for n, key in enumerate(told["limbs"])})


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

    def best(self, safeguard: str, limb: str, number: int) -> list[tuple[Unit, float]]:
        """The sentences that score highest for the limb with their scores; none for a limb that was not trained."""
        told = self._told(safeguard, limb)
        return [(self.units[i], float(told[i])) for i in np.argsort(-told, kind="stable")[:number]]

    def of(self, safeguard: str, limb: str, unit: Unit) -> float | None:
        """The sentence's score for the limb; None for one that was not scored, as too short or not operative."""
        told, at = self._told(safeguard, limb), self._places.get(unit.index)
        return float(told[at]) if at is not None and len(told) else None

    def _told(self, safeguard: str, limb: str) -> NDArray[np.float32]:
        column = self.model.columns.get(f"{safeguard}/{limb}")
        return np.zeros(0, np.float32) if self._scores is None or column is None else self._scores[:, column]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {unit.index: at for at, unit in enumerate(self.units)}
