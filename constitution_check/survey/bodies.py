"""Which body a document belongs to, whatever way its name is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from constitution_check.reports.clean import clean

BY_NAME, BY_FILE = "name", "file"
MOST = 300
"""Most characters of a body's name that are kept."""

_FULL = (("clinical commissioning group", "ccg"), ("integrated care board", "icb"), ("&", " and "))


def body_of(named: str, file: Path, by: str = BY_NAME) -> tuple[str, str]:
    """The body's name as it is shown, and its key: equal keys are one body.

    named: the name that the document gives, "" where it gives none. by: "name", or "file" to take each file for a
    body of its own. A body named after its file never falls together with one that a document names.
    """
    if named.strip() and by == BY_NAME:
        shown = " ".join(clean(named).split())[:MOST]
        return shown, key_of(shown)
    stem = " ".join(clean(file.stem).split())[:MOST]
    return stem, f"file {key_of(stem) or stem}"


def key_of(name: str) -> str:
    """A name without case, accents, punctuation, "NHS" and "the", and with "CCG" and "ICB" for the full words."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("’", "'").replace("'", "")
    for full, short in _FULL:
        plain = plain.replace(full, short)
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(word for word in words if word not in ("nhs", "the"))


def near(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names most like this one, best first; none that is not like it at all."""
    from rapidfuzz import fuzz, process

    found = process.extract(name, list(known), scorer=fuzz.WRatio, processor=key_of, limit=most, score_cutoff=60)
    return [match for match, _, _ in found]
