"""What reading is measured by: real files of others (the shared corpus, where it is at hand) and our own samples."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from constitution_check.contained import read_contained
from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading

_LISTNUM = re.compile(r"[—–-]\s*(\(\d+\))\s*(.*)")
_TYPED = re.compile(r"(\(?\w{1,4}[.)]|\d{1,3})\s+(.*)")
_REASONS = (  # what a refusal's sentence says, and the reason in short
    ("password", "password"), ("pictures", "only pictures"), ("scan", "only pictures"), ("no text", "no text in it"),
    ("empty", "no text in it"), ("damaged", "damaged"), ("install LibreOffice", "needs LibreOffice"),
    ("too large", "too large or complex"), ("took too long", "too large or complex"), ("declaration", "may hide text"),
    ("lost its main", "damaged"))


@dataclass(frozen=True)
class Numbering:
    """Automatic numbers of real Word files: labels right of all; documents in which every label is."""

    documents: int
    perfect: int
    labels: int
    right: int


@dataclass(frozen=True)
class Revisions:
    """Files with tracked changes read both ways: texts that are equal to the answer, of those compared."""

    compared: int
    equal: int


@dataclass(frozen=True)
class Messy:
    """Awkward files of one ending: read whole, read with something named as unread, refused (by reason), slowest."""

    ending: str
    files: int
    read: int
    partly: int
    refused: dict[str, int]
    crashed: tuple[str, ...]
    slowest: float


def key_of(text: str) -> str:
    """The first 40 letters and digits, by which a paragraph is known again."""
    return re.sub(r"[^a-z0-9]", "", text.lower())[:40]


def labels_by_text(reading: Reading) -> dict[str, list[str]]:
    """The labels of paragraphs by the start of their text; LISTNUM and typed numbers stand in the text."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in reading.blocks:
        found[key_of(block.text)].append(block.label)
        inside = _LISTNUM.match(block.text) or (_TYPED.match(block.text) if not block.label else None)
        if inside:
            found[key_of(inside[2])].append(inside[1])
    return found


def numbering(folder: Path, read: Callable[[Path], Reading] = read_contained) -> Numbering:
    """The labels of the folder's documents against labels.json."""
    expected: dict[str, list[list[str]]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    labels = right = perfect = 0
    for name, pairs in expected.items():
        found = labels_by_text(read(folder / name))
        missed = len(pairs)
        for label, key in pairs:
            if label in found[key]:
                found[key].remove(label)
                missed -= 1
        labels, right, perfect = labels + len(pairs), right + len(pairs) - missed, perfect + (not missed)
    return Numbering(len(expected), perfect, labels, right)


def shown(blocks: tuple[Block, ...]) -> list[str]:
    """The paragraphs as a person sees them."""
    return [f"{block.label} {block.text}".strip() for block in blocks if block.text]


def revisions(folder: Path, read: Callable[[Path], Reading] = read_contained) -> Revisions:
    """Each file accepted and rejected beside its -Accepted and -Rejected form."""
    compared = equal = 0
    for path in sorted(folder.glob("*.docx")):
        if path.stem.endswith(("-Accepted", "-Rejected")):
            continue
        reading = _read_or_none(path, read)
        if reading is None:
            continue
        current = reading.blocks if reading.current is None else reading.current
        for form, blocks in (("Accepted", reading.blocks), ("Rejected", current)):
            answer = folder / f"{path.stem}-{form}.docx"
            if answer.exists():
                wanted = _read_or_none(answer, read)
                compared += 1
                equal += shown(blocks) == shown(wanted.blocks if wanted else ())
    return Revisions(compared, equal)


def _read_or_none(path: Path, read: Callable[[Path], Reading]) -> Reading | None:
    """None where the file is refused for having no text, which is the right answer for some."""
    try:
        return read(path)
    except CheckError as error:
        if "no text" not in str(error):
            raise
        return None


def messy(folder: Path, read: Callable[[Path], Reading] = read_contained) -> Iterator[Messy]:
    """What becomes of each awkward file, by ending."""
    by_ending: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        by_ending[path.suffix.lower()].append(path)
    for ending, paths in sorted(by_ending.items()):
        counts: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        crashed, slowest = [], 0.0
        for path in paths:
            began = time.monotonic()
            try:
                counts["partly" if read(path).unread else "read"] += 1
            except CheckError as error:
                refused[reason_of(str(error))] += 1
            except Exception as error:  # what a person would see as a crash is what is counted here
                crashed.append(f"{path.name}: {type(error).__name__}")
            slowest = max(slowest, time.monotonic() - began)
        yield Messy(ending, len(paths), counts["read"], counts["partly"], dict(refused), tuple(crashed), slowest)


def reason_of(sentence: str) -> str:
    """Why a file was refused, in short."""
    return next((reason for words, reason in _REASONS if words in sentence), "another reason")
