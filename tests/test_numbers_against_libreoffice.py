"""The paragraph numbers of the samples, against LibreOffice's rendering of the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from constitution_check.readers import read
from corpus import libreoffice_lines
from samples.builder.make import SAMPLES, texts

OPENING = 25
"""Letters of a paragraph that must stand after its number."""

OPENING_TRACKED = 9
"""As `OPENING`, where changes are tracked: LibreOffice prints what was deleted among what is there."""


@pytest.mark.parametrize("name", list(texts()))
def test_every_automatic_number_is_the_one_that_libreoffice_shows(name: str, tmp_path: Path) -> None:
    reading = read(SAMPLES / f"{name}.docx")
    opening = OPENING_TRACKED if reading.changes else OPENING
    lines = libreoffice_lines(SAMPLES / f"{name}.docx", tmp_path)
    wanted = [f"{b.label} {b.text[:opening]}".strip() for b in reading.blocks if b.label and b.kind != "contents"]
    assert wanted
    at, astray = 0, []
    for opens in wanted:
        found = next((i for i in range(at, len(lines)) if lines[i].startswith(opens)), None)
        if found is None:
            astray.append(opens)
        else:
            at = found + 1
    assert astray == []
