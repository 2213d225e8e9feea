"""The trained model: a small transformer that reads a short passage and says what it makes of each limb of a safeguard.

How it was trained, on what, and what it scores alone: training/README.md. It is run by ONNX Runtime; the words are cut
by the tokenizer that it was trained with.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from constitution_check.model import Kind, Status

FOLDER = "opinion_model"
STATUSES = (Status.MET, Status.WEAKENED, Status.CONTRADICTED, Status.ABSENT)
KINDS = tuple(Kind)
LONGEST = 250  # pieces of words, the demands included; what is beyond is left out
_LINE, _END = 1, 102  # the numbers of the pieces that begin a line and end a text
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class View:
    """What the model makes of one limb in one passage, in odds' logarithms before any weighing.

    statuses: one for each of STATUSES, shares that add up to 1, as logarithms. kinds: one for each of KINDS. lines:
    one for each line that was read, how much the limb rests on it.
    """

    statuses: tuple[float, ...]
    kinds: tuple[float, ...]
    lines: tuple[float, ...]


@dataclass(frozen=True)
class Demands:
    """A safeguard's title and demands as the model reads them: pieces, its limbs, and where each limb is asked."""

    pieces: list[int]
    limbs: list[str]
    asked: list[int]


class TrainedModel:
    """The model with its tokenizer."""

    def __init__(self, folder: Path) -> None:
        # ONNX Runtime tells its makers what is run unless it is told not to before it is loaded: on Linux and macOS by
        # this variable (https://github.com/microsoft/onnxruntime/pull/27379), on Windows by the call.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events
        from tokenizers import Tokenizer

        disable_telemetry_events()
        options = SessionOptions()
        options.intra_op_num_threads = 1  # documents are checked side by side; one core each is the fairer share
        options.log_severity_level = 3
        self._session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        told: dict[str, Any] = json.loads((folder / "demands.json").read_text(encoding="utf-8"))
        self.demands = {name: Demands(**one) for name, one in told.items()}
        self._seen = lru_cache(maxsize=20_000)(self._read)

    def views(self, safeguard: str, lines: Sequence[str]) -> dict[str, View]:
        """What it makes of each limb of the safeguard; nothing for a safeguard that it was not trained on.

        lines: the passage, a line for each provision, as `trained_window` gives them.
        """
        return self._seen(safeguard, tuple(lines)) if safeguard in self.demands else {}

    def _read(self, safeguard: str, lines: tuple[str, ...]) -> dict[str, View]:
        demands = self.demands[safeguard]
        pieces, begins = self._pieces(demands, lines)
        types = np.zeros((1, len(pieces)), dtype=np.int64)
        types[0, len(demands.pieces):] = 1
        statuses, kinds, told = self._session.run(None, {
            "pieces": np.array([pieces], dtype=np.int64), "types": types,
            "asked": np.array([demands.asked], dtype=np.int64), "begins": np.array([begins], dtype=np.int64)})
        return {limb: View(tuple(_shares(statuses[0, n])), tuple(kinds[0, n].tolist()), tuple(told[0, n].tolist()))
                for n, limb in enumerate(demands.limbs)}

    def _pieces(self, demands: Demands, lines: Sequence[str]) -> tuple[list[int], list[int]]:
        """The pieces of demands and passage, and where each line begins (the first line always does)."""
        pieces, begins = list(demands.pieces), list[int]()
        for line in lines:
            found = self._tokenizer.encode(line, add_special_tokens=False).ids
            room = LONGEST - len(pieces) - 2
            if begins and len(found) > room:
                break
            begins.append(len(pieces))
            pieces += [_LINE, *found[:room]]
        return [*pieces, _END], begins


def _shares(numbers: Numbers) -> list[float]:
    """The logarithms of shares that add up to 1."""
    highest = float(numbers.max())
    return [float(n) - highest - float(np.log(np.exp(numbers - highest).sum())) for n in numbers]


@lru_cache(maxsize=1)
def trained() -> TrainedModel | None:
    """The model that ships with the package, read once; None where it has been left out."""
    folder = files("constitution_check") / FOLDER
    if not folder.is_dir():
        return None
    with as_file(folder) as path:
        return TrainedModel(path)
