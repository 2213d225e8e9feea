"""Other people's files to measure with, where they are to be had, and a second opinion from LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LIBREOFFICE_SECONDS = 120


def shared_folder() -> Path | None:
    """The folder of other people's files: named by CONSTITUTION_CHECK_SHARED, or `shared` beside the checkout."""
    named = os.environ.get("CONSTITUTION_CHECK_SHARED")
    places = [Path(named)] if named else []
    places.append(Path(__file__).resolve().parents[2] / "shared")
    return next((place for place in places if place.is_dir()), None)


def corpus(name: str) -> Path:
    """A folder of the shared corpus, e.g. "numbering"; the test is skipped where it is not there."""
    shared = shared_folder()
    folder = None if shared is None else shared / "corpus" / name
    if folder is None or not folder.is_dir():
        pytest.skip(f"the corpus folder {name!r} is not on this machine (CONSTITUTION_CHECK_SHARED names where it is)")
    return folder


def libreoffice_lines(document: Path, folder: Path) -> list[str]:
    """The lines of a document as LibreOffice shows them, automatic numbers included, white space folded.

    folder: an empty place for its output and its profile. It ignores `isLgl` and `lvlRestart` 0
    and prints tracked deletions, so compare plain documents only. Skips where it is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run([program, "--headless", f"-env:UserInstallation={profile}", "--convert-to",
                    "txt:Text (encoded):UTF8", "--outdir", str(folder), str(document)],
                   check=True, capture_output=True, timeout=LIBREOFFICE_SECONDS)
    text = (folder / f"{document.stem}.txt").read_text(encoding="utf-8-sig")
    return [folded for line in text.splitlines() if (folded := " ".join(line.split()))]
