"""Real Word files: numbers, tracked changes and broken files, measured where the corpus is to be had."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from word_files import level, listed, numbering, para, word_file

from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading
from constitution_check.readers.word import read_word
from corpus import corpus, libreoffice_lines

LEAST_RIGHT = 0.99
LEAST_PERFECT = 55
LISTNUM = re.compile(r"[—–-]\s*(\(\d+\))\s*(.*)")
TYPED = re.compile(r"(\(?\w{1,4}[.)]|\d{1,3})\s+(.*)")


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())[:40]


def _labels_by_text(reading: Reading) -> dict[str, list[str]]:
    """The labels of paragraphs by the start of their text; LISTNUM and typed numbers stand in the text."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in reading.blocks:
        found[_key(block.text)].append(block.label)
        inside = LISTNUM.match(block.text) or (TYPED.match(block.text) if not block.label else None)
        if inside:
            found[_key(inside[2])].append(inside[1])
    return found


def test_automatic_numbers_of_real_documents() -> None:
    folder = corpus("numbering")
    expected: dict[str, list[list[str]]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    right = total = perfect = 0
    wrong: list[tuple[str, str, str]] = []
    for name, pairs in expected.items():
        found = _labels_by_text(read_word(folder / name))
        missed = []
        for label, key in pairs:
            if label in found[key]:
                found[key].remove(label)
            else:
                missed.append((name, label, key))
        wrong += missed
        total += len(pairs)
        right += len(pairs) - len(missed)
        perfect += not missed
    assert right / total >= LEAST_RIGHT, wrong[:20]
    assert perfect >= LEAST_PERFECT, wrong[:20]


def _shown(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.label} {block.text}".strip() for block in blocks if block.text]


def _read_or_none(path: Path) -> tuple[Block, ...]:
    try:
        return read_word(path).blocks
    except CheckError as error:
        if "holds no text" not in str(error):
            raise
        return ()


def test_tracked_changes_accepted_and_rejected() -> None:
    folder = corpus("revisions")
    compared = 0
    for path in sorted(folder.glob("*.docx")):
        if path.stem.endswith(("-Accepted", "-Rejected")) or not _read_or_none(path):
            continue
        reading = read_word(path)
        current = reading.blocks if reading.current is None else reading.current
        for form, blocks in (("Accepted", reading.blocks), ("Rejected", current)):
            answer = folder / f"{path.stem}-{form}.docx"
            if answer.exists():
                assert _shown(blocks) == _shown(_read_or_none(answer)), f"{path.name} {form}"
                compared += 1
    assert compared >= 40


def test_awkward_files_are_read_or_refused_in_a_sentence() -> None:
    read = 0
    refusals: dict[str, str] = {}
    for path in sorted(corpus("messy").iterdir()):
        if path.suffix.lower() not in (".docx", ".doc", ".odt", ".rtf"):
            continue
        try:
            assert read_word(path).format == "docx"
            read += 1
        except CheckError as error:
            refusals[path.name] = str(error)
    assert read > 50
    assert len(refusals) > 10
    assert all(name in sentence and sentence.endswith(".") for name, sentence in refusals.items())


def test_a_password_is_named_as_the_reason() -> None:
    with pytest.raises(CheckError, match="password"):
        read_word(corpus("messy") / "poi-bug53475-password-is-pass.docx")


def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    levels = (level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"), level(3, "%4.", "lowerRoman"))
    places = (0, 1, 1, 2, 2, 3, 3, 2, 1, 0, 1, 2, 3)
    body = "".join(para(f"Clause {i}.", listed(1, place)) for i, place in enumerate(places))
    path = word_file(tmp_path, body, numbering=numbering(*levels))
    assert libreoffice_lines(path, tmp_path) == _shown(read_word(path).blocks)
