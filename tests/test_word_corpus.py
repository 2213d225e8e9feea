"""Real Word files: numbers, tracked changes and broken files, measured where the corpus is to be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import level, listed, numbering, para, word_file

from constitution_check.errors import CheckError
from constitution_check.readers.word import read_word
from corpus import corpus, libreoffice_lines
from tools.reading_figures import numbering as numbers_of
from tools.reading_figures import revisions, shown

LEAST_RIGHT = 0.99
LEAST_PERFECT = 55


def test_automatic_numbers_of_real_documents() -> None:
    found = numbers_of(corpus("numbering"), read_word)
    assert found.right / found.labels >= LEAST_RIGHT
    assert found.perfect >= LEAST_PERFECT


def test_tracked_changes_accepted_and_rejected() -> None:
    found = revisions(corpus("revisions"), read_word)
    assert found.equal == found.compared >= 40


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
    assert libreoffice_lines(path, tmp_path) == shown(read_word(path).blocks)
