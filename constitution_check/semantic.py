"""A second opinion by an embedding model that the user has installed (`--semantic MODEL`, extra `semantic`).

It shows the passage nearest in meaning to a limb's wording and asks a person to look; it never meets a limb, because
to such a model a meeting in private is as near as one in public. Nothing is fetched: the model is a folder, or the
name of one already on this machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from constitution_check.clause_records import Limb
from constitution_check.errors import CheckError
from constitution_check.second_opinion import Passage
from constitution_check.units import Unit

SHOWN, LOOK = 0.45, 0.6  # cosine: from the first the passage is shown, from the second a person should look
_SHORTEST = 5  # words; a shorter sentence is near to anything
_LIKE = "An embedding model finds its meaning near to what is asked for; the rules do not find that it says so."
Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


@lru_cache(maxsize=1)
def load_model(name: str) -> Encode:
    """What turns texts into unit vectors (texts × dimensions).

    name: a folder with a sentence-transformers model, or the name of one that is already on this machine. Raises
    CheckError where the extra is not installed or the model is not there; it never downloads one.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise CheckError('The option --semantic needs the extra "semantic", which is not installed; '
                         'run: pip install "constitution-check[semantic]".') from error
    place = Path(name).expanduser()
    try:
        model: Any = SentenceTransformer(str(place) if place.is_dir() else name, local_files_only=True)
    except Exception as error:  # the library raises whatever its own libraries raise
        raise CheckError(f'There is no embedding model "{name}" on this machine; give the folder that holds a '
                         "sentence-transformers model. Nothing is downloaded.") from error

    def encode(texts: Sequence[str]) -> Vectors:
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32)

    return encode


class ByMeaning:
    """The operative sentences of one document by what they mean."""

    def __init__(self, units: Iterable[Unit], encode: Encode) -> None:
        self._encode = encode
        self._units = [u for u in units if u.operative and len(u.row.words) >= _SHORTEST]
        self._texts = [" ".join(u.row.words) for u in self._units]
        self._vectors: Vectors | None = None

    def on(self, safeguard: str, limb: Limb) -> list[Passage]:
        """The sentence nearest to the limb's demand or wording, where it is near enough to show."""
        if not self._units:
            return []
        if self._vectors is None:
            self._vectors = self._encode(self._texts)
        wanted = self._encode(list(dict.fromkeys((limb.demand, limb.ccg_wording, limb.icb_wording))))
        nearness = (self._vectors @ wanted.T).max(axis=1)
        at = int(nearness.argmax())
        if nearness[at] < SHOWN:
            return []
        return [Passage(self._units[at], _LIKE, bool(nearness[at] >= LOOK))]
