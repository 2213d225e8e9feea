"""Other people's awkward, encrypted, fuzzed and broken files: each is read or refused in a sentence, and none is
taken for a constitution in which everything is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from constitution_check.contained import read_contained
from constitution_check.errors import CheckError
from constitution_check.outline import build, require_provisions
from constitution_check.readers.common import ReadOptions
from corpus import corpus, shared_folder

CONVERTED = (".doc", ".odt", ".rtf")
EACH = 8
"""Of the files that LibreOffice converts, every eighth: each takes it seconds."""
MOST_CHARS = 600


def messy_files() -> list[str]:
    """The names, without every file that takes LibreOffice; one that skips where there is no corpus."""
    shared = shared_folder()
    folder = None if shared is None else shared / "corpus" / "messy"
    if folder is None or not folder.is_dir():
        return ["none"]
    names = sorted(os.listdir(folder))
    converted = [name for name in names if name.lower().endswith(CONVERTED)]
    return [name for name in names if name not in converted] + converted[::EACH]


@pytest.mark.parametrize("name", messy_files())
def test_each_is_read_or_refused_in_a_sentence(name: str) -> None:
    path = corpus("messy") / name
    if name.lower().endswith(CONVERTED) and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    try:
        reading = read_contained(path, ReadOptions(ocr="never"))  # tesseract would take most of the time
        constitution = build(reading.blocks, reading.name)
        require_provisions(constitution)
    except CheckError as error:
        assert_a_sentence(str(error), path)
        return
    assert any(provision.text.strip() for provision in constitution.provisions)
    assert reading.name == name


def assert_a_sentence(said: str, path: Path) -> None:
    """It names the file, is short, ends, and is no traceback."""
    assert path.name in said
    assert said.rstrip().endswith((".", "!"))
    assert len(said) < MOST_CHARS
    assert "Traceback" not in said
    assert "crashed" not in said
    assert "not understood" not in said
