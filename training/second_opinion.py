"""Train the second opinion: a linear model for each limb, and how far to believe it.

    python -m training.second_opinion PASSAGES.jsonl ... --mix UNSEEN.jsonl ... [--plain FOLDER] [-o FILE]

PASSAGES and the library's own examples train the limbs' models; UNSEEN passages, which the word lists had not learnt
from when they were run, say how far a score is to be believed (a logistic regression over the score, the share of a
line's terms that the sentence holds, and the share of the other limbs that the rules found). FOLDER holds documents
in which nothing is to be found (.docx), a sample of whose sentences is added to what each limb must turn down.
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

from constitution_check import trained_opinion
from constitution_check.accuracy import Case, case_of, read_cases
from constitution_check.clause_records import Library, Safeguard
from constitution_check.errors import CheckError
from constitution_check.judge import decide
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Constitution, Status
from constitution_check.outline import build
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.readers import read
from constitution_check.sweep import Sweep
from constitution_check.trained_features import Seen, weighed
from constitution_check.units import Unit, read_units

OTHERS = 400  # sentences of other safeguards' passages shown to each limb as not its own
PLAIN = 100  # sentences taken from each plain document
PLAIN_WEIGHT = 0.1
LEAST_SEEN = 2  # passages a feature must occur in
SMALLEST = 0.04  # weights below it are left out of the file
FEWEST = 4  # sentences of a limb that meet it, and as many that are weakened, to learn the difference from
STRENGTH = 10.0  # of the fit; a smaller one smooths more
_FOUND = (Status.MET, Status.WEAKENED)


@dataclass
class Shown:
    """One passage as the model sees it: (line, features) for each operative sentence, and what the rules found."""

    case: Case
    seen: Seen
    units: list[Unit]
    lines: list[int]
    features: list[dict[str, set[str]]]
    standing: dict[str, bool]


def _seen(constitution: Constitution, library: Library) -> tuple[Seen, list[Unit]]:
    seen = Seen(Finder(read_units(constitution, lexicon_of(library))))
    return seen, [u for u in seen.finder.reading.units if u.operative and not u.is_definition]


def shown(case: Case, library: Library) -> Shown:
    """A passage read, cut into sentences and judged by the rules alone."""
    constitution, lines = passage(case.lines, case.reference, case.first)
    seen, units = _seen(constitution, library)
    judged = decide(library.get(case.safeguard), seen.finder, Sweep(seen.finder), by_rules=True)
    return Shown(case, seen, units, [lines[u.provision.index] + case.first for u in units],
                 [seen.features(u) for u in units], {j.limb.id: j.status in _FOUND for j in judged})


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


def fit_wholeness(passages: Sequence[Shown], matrix: Matrix, library: Library) -> tuple[np.ndarray, np.ndarray]:
    """Weights and starts of what tells, of sentences that state a limb, the met from the weakened.

    A limb with too few of either has none, and then only the rules say what weakens it.
    """
    whole = matrix.of([f for p in passages for f in p.features])
    first = np.cumsum([0, *(len(p.features) for p in passages)])
    weights, starts = [], []
    for safeguard, limb in limbs_of(library):
        rows, met = [], []
        for n, one in enumerate(passages):
            if one.case.safeguard != safeguard.id or limb in one.case.unscored:
                continue
            expected = one.case.limbs[limb]
            for k, line in enumerate(one.lines):
                if expected.status in _FOUND and line in expected.at:
                    rows.append(int(first[n]) + k)
                    met.append(expected.status is Status.MET)
        if min(sum(met), len(met) - sum(met)) < FEWEST:
            weights.append(np.zeros(len(matrix.names)))
            starts.append(1.0)
            continue
        fitted = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced").fit(whole[rows], met)
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


def fit_mixing(unseen: Sequence[Shown], model: trained_opinion.Model, library: Library) -> tuple[list[float], str]:
    """How far to believe a score where the rules find nothing, and what comes of it at each threshold (on these)."""
    features, truth = [], []
    for one in unseen:
        scores = trained_opinion.Scores(model, one.seen)
        for limb in library.get(one.case.safeguard).limbs:
            best = scores.best(one.case.safeguard, limb.id)
            if best is None or one.standing[limb.id] or limb.id in one.case.unscored:
                continue
            rest = [v for k, v in one.standing.items() if k != limb.id]
            features.append([best[1], one.seen.share(limb, best[0]), sum(rest) / len(rest) if rest else 0.5])
            truth.append(one.case.limbs[limb.id].status in _FOUND)
    fitted = LogisticRegression().fit(np.array(features), np.array(truth))
    sure = fitted.predict_proba(np.array(features))[:, 1]
    told = [f"over {t}: {int((sure >= t).sum())} taken, {int(np.array(truth)[sure >= t].sum())} rightly"
            for t in (0.5, 0.6, 0.7, 0.8)]
    return [float(fitted.intercept_[0]), *map(float, fitted.coef_[0])], f"{len(truth)} limbs, " + "; ".join(told)


@dataclass
class Fitted:
    """What was fitted: weights (features × limbs) and starts (limbs) of stating a limb, and of meeting it."""

    weights: np.ndarray
    starts: np.ndarray
    whole_weights: np.ndarray
    whole_starts: np.ndarray


def fit(passages: Sequence[Shown], matrix: Matrix, plain: csr_matrix, library: Library, seed: int = 1) -> Fitted:
    """Both models of every limb."""
    return Fitted(*fit_limbs(passages, matrix, plain, library, random.Random(seed)),
                  *fit_wholeness(passages, matrix, library))


def save(path: Path, matrix: Matrix, fitted: Fitted, mixing: list[float], library: Library) -> None:
    """Write the model: features with no weight to speak of are left out, weights are halves."""
    kept = np.maximum(np.abs(fitted.weights), np.abs(fitted.whole_weights)).max(axis=1) >= SMALLEST
    names = [name for name, keep in zip(matrix.names, kept, strict=True) if keep]
    told = {"features": names, "limbs": [f"{s.id}/{limb}" for s, limb in limbs_of(library)], "mixing": mixing}
    np.savez_compressed(path, told=np.array(json.dumps(told)), weights=fitted.weights[kept].astype(np.float16),
                        start=fitted.starts.astype(np.float32),
                        whole_weights=fitted.whole_weights[kept].astype(np.float16),
                        whole_start=fitted.whole_starts.astype(np.float32),
                        rarity=np.array([matrix.rarity[name] for name in names], dtype=np.float16))


def train(passages: list[Shown], unseen: list[Shown], plain: list[dict[str, set[str]]], library: Library,
          path: Path) -> str:
    """Fit, write the file, and say what came of it."""
    matrix = Matrix(rarity_of(passages))
    fitted = fit(passages, matrix, matrix.of(plain), library)
    save(path, matrix, fitted, [0.0, 0.0, 0.0, 0.0], library)
    mixing, told = fit_mixing(unseen, trained_opinion.read_model(path), library)
    save(path, matrix, fitted, mixing, library)
    return f"{len(passages)} passages, {len(matrix.names)} features; mixing {mixing}; {told}"


def main() -> None:
    """Read the command line, train, say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("passages", nargs="*", type=Path)
    asked.add_argument("--mix", nargs="+", type=Path, required=True)
    asked.add_argument("--plain", type=Path)
    asked.add_argument("--then-all", action="store_true",
                       help="fit the limbs again with the --mix passages added; how far to believe them stays")
    asked.add_argument("-o", type=Path, default=Path(trained_opinion.__file__).parent / trained_opinion.FILE)
    told = asked.parse_args()
    library = load_library()
    examples = [case_of(e, s.id) for s in library.safeguards for e in s.examples]
    passages = [shown(c, library) for c in [*examples, *(c for p in told.passages for c in read_cases(p))]]
    unseen = [shown(c, library) for p in told.mix for c in read_cases(p)]
    plain = plain_features(told.plain, library, random.Random(1))
    print(train(passages, unseen, plain, library, told.o))
    if told.then_all:
        mixing = list(trained_opinion.read_model(told.o).mixing)
        everything = [*passages, *unseen]
        matrix = Matrix(rarity_of(everything))
        save(told.o, matrix, fit(everything, matrix, matrix.of(plain), library), mixing, library)
        print(f"fitted again with {len(everything)} passages")


if __name__ == "__main__":
    main()
