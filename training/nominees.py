"""Train the linear model of each limb that says which sentences of a document are worth reading for it.

    python -m training.nominees PASSAGES.jsonl ... [--plain FOLDER] [-o FILE]

PASSAGES and the library's own examples train the limbs' models. FOLDER holds documents in which nothing is to be found
(.docx), a sample of whose sentences is added to what each limb must turn down.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from constitution_check import trained_nominees
from constitution_check.accuracy import Case, case_of, read_cases
from constitution_check.clause_records import Library, Safeguard
from constitution_check.errors import CheckError
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Constitution, Status
from constitution_check.outline import build
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.readers import read
from constitution_check.trained_features import Seen, weighed
from constitution_check.units import Unit, read_units

OTHERS = 400  # sentences of other safeguards' passages shown to each limb as not its own
PLAIN = 100  # sentences taken from each plain document
PLAIN_WEIGHT = 0.1
LEAST_SEEN = 2  # passages a feature must occur in
SMALLEST = 0.04  # weights below it are left out of the file
STRENGTH = 10.0  # of the fit; a smaller one smooths more
_FOUND = (Status.MET, Status.WEAKENED)


@dataclass
class Shown:
    """One passage as the model sees it: line and features of each operative sentence."""

    case: Case
    seen: Seen
    units: list[Unit]
    lines: list[int]
    features: list[dict[str, set[str]]]


def _seen(constitution: Constitution, library: Library) -> tuple[Seen, list[Unit]]:
    seen = Seen(Finder(read_units(constitution, lexicon_of(library))))
    return seen, [u for u in seen.finder.reading.units if u.operative and not u.is_definition]


def shown(case: Case, library: Library) -> Shown:
    """A passage read and cut into sentences."""
    constitution, lines = passage(case.lines, case.reference, case.first)
    seen, units = _seen(constitution, library)
    return Shown(case, seen, units, [lines[u.provision.index] + case.first for u in units],
                 [seen.features(u) for u in units])


def plain_features(folder: Path | None, library: Library, rnd: random.Random) -> list[dict[str, set[str]]]:
    """Features of sentences from documents in which nothing is to be found."""
    made = []
    for path in sorted(folder.glob("*.docx")) if folder else ():
        try:
            reading = read(path)
        except CheckError:
            continue
        seen, units = _seen(build(reading.blocks, reading.name), library)
        made += [seen.features(u) for u in rnd.sample(units, min(len(units), PLAIN))]
    return made


def rarity_of(passages: Sequence[Shown]) -> dict[str, float]:
    """How much each feature tells: the square root of the logarithm of how few sentences have it."""
    counts = Counter(name for p in passages for groups in p.features for names in groups.values() for name in names)
    total = sum(len(p.features) for p in passages)
    return {name: math.sqrt(math.log((total + 1) / (count + 1))) for name, count in sorted(counts.items())
            if count >= LEAST_SEEN}


class Matrix:
    """Turns features into rows of numbers."""

    def __init__(self, rarity: dict[str, float]) -> None:
        self.rarity = rarity
        self.names = list(rarity)
        self._column = {name: n for n, name in enumerate(self.names)}

    def of(self, features: Sequence[dict[str, set[str]]]) -> csr_matrix:
        """A row for each sentence."""
        rows, columns, values = [], [], []
        for row, groups in enumerate(features):
            for name, value in weighed(groups, self.rarity).items():
                rows.append(row)
                columns.append(self._column[name])
                values.append(value)
        return csr_matrix((values, (rows, columns)), shape=(len(features), len(self.names)), dtype=np.float32)


def limbs_of(library: Library) -> Iterator[tuple[Safeguard, str]]:
    """Every limb, in the library's order."""
    return ((s, limb.id) for s in library.safeguards for limb in s.limbs)


def fit_limbs(passages: Sequence[Shown], matrix: Matrix, plain: csr_matrix, library: Library,
              rnd: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features × limbs) and starts (limbs)."""
    whole = matrix.of([f for p in passages for f in p.features])
    first = np.cumsum([0, *(len(p.features) for p in passages)])
    weights, starts = [], []
    for safeguard, limb in limbs_of(library):
        rows, wanted = _rows(passages, first, safeguard.id, limb, rnd)
        truth = np.array(wanted + [0] * plain.shape[0])
        heft = np.ones(len(truth))
        heft[len(wanted):] = PLAIN_WEIGHT
        heft[truth == 1] *= math.sqrt(heft[truth == 0].sum() / max(1.0, heft[truth == 1].sum()))
        fitted = LogisticRegression(C=STRENGTH, solver="liblinear").fit(vstack([whole[rows], plain]), truth, heft)
        weights.append(fitted.coef_[0])
        starts.append(fitted.intercept_[0])
    return np.array(weights).T, np.array(starts)


def _rows(passages: Sequence[Shown], first: np.ndarray, safeguard: str, limb: str,
          rnd: random.Random) -> tuple[list[int], list[int]]:
    """Rows that state the limb (1) or do not (0): the safeguard's own passages, and a sample of others."""
    rows: list[int] = []
    wanted: list[int] = []
    others = []
    for n, one in enumerate(passages):
        if one.case.safeguard != safeguard:
            others += [int(first[n]) + k for k in range(len(one.units))][:1]
        elif limb not in one.case.unscored:
            expected = one.case.limbs[limb]
            states = expected.status in _FOUND
            for k, line in enumerate(one.lines):
                if not states or line in expected.at:
                    rows.append(int(first[n]) + k)
                    wanted.append(int(states))
    for row in rnd.sample(others, min(OTHERS, len(others))):
        rows.append(row)
        wanted.append(0)
    return rows, wanted


def save(path: Path, matrix: Matrix, weights: np.ndarray, starts: np.ndarray, library: Library) -> None:
    """Write the model: features with no weight to speak of are left out, weights are halves."""
    kept = np.abs(weights).max(axis=1) >= SMALLEST
    names = [name for name, keep in zip(matrix.names, kept, strict=True) if keep]
    told = {"features": names, "limbs": [f"{s.id}/{limb}" for s, limb in limbs_of(library)]}
    np.savez_compressed(path, told=np.array(json.dumps(told)), weights=weights[kept].astype(np.float16),
                        start=starts.astype(np.float32),
                        rarity=np.array([matrix.rarity[name] for name in names], dtype=np.float16))


def main() -> None:
    """Read the command line, train, say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("passages", nargs="*", type=Path)
    asked.add_argument("--plain", type=Path)
    asked.add_argument("-o", type=Path, default=Path(trained_nominees.__file__).parent / trained_nominees.FILE)
    told = asked.parse_args()
    library = load_library()
    examples = [case_of(e, s.id) for s in library.safeguards for e in s.examples]
    passages = [shown(c, library) for c in [*examples, *(c for p in told.passages for c in read_cases(p))]]
    rnd = random.Random(1)
    matrix = Matrix(rarity_of(passages))
    plain = matrix.of(plain_features(told.plain, library, rnd))
    save(told.o, matrix, *fit_limbs(passages, matrix, plain, library, rnd), library)
    print(f"{len(passages)} passages, {len(matrix.names)} features")


if __name__ == "__main__":
    main()
