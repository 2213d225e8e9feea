"""Fit how far the rules and the trained model are believed, on labelled passages that neither had met.

    python -m training.opinion_weights UNSEEN.jsonl ... --plain FILE ... [-o FILE]

`--plain` names documents in which nothing is to be found, to learn from how far a nominated sentence is to be believed.
Says what comes of it by five-fold cross-validation: a passage is always judged by weights fitted on others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from constitution_check import trained_model
from constitution_check.accuracy import Case, judged_case, read_cases
from constitution_check.clause_records import Expected, Library
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Constitution, Kind, Status
from constitution_check.opinion_weights import FILE, Weights
from constitution_check.outline import build
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.readers import read
from constitution_check.trained_features import Seen
from constitution_check.trained_model import FOLDER, KINDS, STATUSES, TrainedModel, View
from constitution_check.trained_nominees import Scores, nominating
from constitution_check.trained_opinion import LEAST, NOMINEES
from constitution_check.trained_window import window_around
from constitution_check.units import read_units
from training.opinion_data import of_case

STRENGTH = 1.0  # of the fit; a smaller one smooths more


@dataclass(frozen=True)
class Limb:
    """One limb of one passage: what it is, what the rules find, what the model makes of it."""

    passage: str
    wanted: Expected
    ruled: Status
    kinds: frozenset[Kind]
    view: View
    score: float | None


@dataclass(frozen=True)
class Nominee:
    """A sentence nominated in a document in which nothing is to be found."""

    view: View
    score: float


def limbs_of(cases: Sequence[Case], library: Library, model: TrainedModel) -> list[Limb]:
    """Every scored limb of the passages."""
    made = []
    for case in cases:
        views = model.views(case.safeguard, of_case(case, library).lines)
        judged, _ = judged_case(case, library, by_rules=True)
        scores = _scores(passage(case.lines, case.reference, case.first)[0], library)
        made += [Limb(case.name, case.limbs[one.limb.id], one.status, frozenset(one.kinds), views[one.limb.id],
                      max((score for _, score in scores.best(case.safeguard, one.limb.id, 1)), default=None))
                 for one in judged if one.limb.id not in case.unscored]
    return made


def _scores(constitution: Constitution, library: Library) -> Scores:
    nominating_model = nominating()
    assert nominating_model is not None, "training.nominees comes first"
    return Scores(nominating_model, Seen(Finder(read_units(constitution, lexicon_of(library)))))


def nominees_of(paths: Sequence[Path], library: Library, model: TrainedModel) -> Iterator[Nominee]:
    """What is nominated in the documents, for every limb."""
    for path in paths:
        reading = read(path)
        scores = _scores(build(reading.blocks, reading.name), library)
        for safeguard in library.safeguards:
            for limb in safeguard.limbs:
                for unit, score in scores.best(safeguard.id, limb.id, NOMINEES):
                    if score >= LEAST:
                        window = window_around(scores.seen.finder.reading, unit)
                        yield Nominee(model.views(safeguard.id, window.lines)[limb.id], score)


def fit(limbs: Sequence[Limb], plain: Sequence[Nominee] = ()) -> Weights:
    """The weights that fit the limbs best; plain: sentences nominated where nothing is to be found."""
    shown = np.array([[*(float(one.ruled is status) for status in STATUSES), *one.view.statuses] for one in limbs])
    wanted = np.array([STATUSES.index(one.wanted.status) for one in limbs])
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(np.maximum(shown, np.log(1e-4)), wanted)
    rows = [[*map(float, coefs), float(start)] for coefs, start in zip(fitted.coef_, fitted.intercept_, strict=True)]
    weak = [one for one in limbs if one.wanted.status is Status.WEAKENED]
    pairs = np.array([[one.view.kinds[n], float(kind in one.kinds)] for one in weak for n, kind in enumerate(KINDS)])
    named = np.array([kind in one.wanted.kinds for one in weak for kind in KINDS])
    kind = LogisticRegression().fit(pairs, named)
    how = Weights(rows, [*map(float, kind.coef_[0]), float(kind.intercept_[0])], [1.0, 0.0, 0.0])
    return replace(how, nominated=_fit_nominated(how, limbs, plain)) if plain else how


def _fit_nominated(how: Weights, limbs: Sequence[Limb], plain: Sequence[Nominee]) -> list[float]:
    """How far to believe that a nominated sentence says what is asked."""
    asked = [one for one in limbs if one.ruled is Status.ABSENT and one.score is not None]
    given = [*((one.view, one.score) for one in asked), *((one.view, one.score) for one in plain)]
    shown = np.array([[how.odds_there(view), score] for view, score in given])
    there = np.array([one.wanted.status is not Status.ABSENT for one in asked] + [False] * len(plain))
    fitted = LogisticRegression().fit(shown, there)
    return [*map(float, fitted.coef_[0]), float(fitted.intercept_[0])]


def told_by(limbs: Sequence[Limb], plain: Sequence[Nominee]) -> str:
    """What comes of weights fitted on four fifths of the passages, on the fifth."""
    right = reassured = alarmed = met = 0
    places = list(range(len(limbs)))
    for learnt, left in GroupKFold(5).split(places, groups=[one.passage for one in limbs]):
        how = fit([limbs[i] for i in learnt], plain)
        for one in (limbs[i] for i in left):
            nominated = one.ruled is Status.ABSENT and one.score is not None
            shares = how.nominee_shares(one.view, one.score or 0.0) if nominated else how.shares(one.ruled, one.view)
            said = how.said(one.ruled, shares)
            right += said is one.wanted.status
            met += one.wanted.status is Status.MET
            alarmed += one.wanted.status is Status.MET and said is not Status.MET
            reassured += said is Status.MET and one.wanted.status is not Status.MET
    return (f"{len(limbs)} limbs; right {right / len(limbs):.3f}, "
            f"false reassurance {reassured / (len(limbs) - met):.3f}, false alarm {alarmed / met:.3f}")


def main() -> None:
    """Read the command line, fit, write, say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("unseen", nargs="+", type=Path)
    asked.add_argument("--plain", nargs="+", type=Path, default=[])
    folder = Path(trained_model.__file__).parent / FOLDER
    asked.add_argument("-o", type=Path, default=folder / FILE)
    told = asked.parse_args()
    library = load_library()
    limbs = limbs_of([case for path in told.unseen for case in read_cases(path)], library, TrainedModel(folder))
    plain = list(nominees_of(told.plain, library, TrainedModel(folder)))
    how = fit(limbs, plain)
    text = {"rows": [[round(w, 4) for w in row] for row in how.rows], "kind": [round(w, 4) for w in how.kind],
            "nominated": [round(w, 4) for w in how.nominated]}
    told.o.write_text(json.dumps(text) + "\n", encoding="utf-8")
    print(told_by(limbs, plain))
    told_there = [how.said(Status.ABSENT, how.nominee_shares(one.view, one.score)) for one in plain]
    found = [status for status in told_there if status is not Status.ABSENT]
    print(f"{len(found)} of {len(plain)} nominated sentences of plain documents taken")


if __name__ == "__main__":
    main()
