"""Which files a survey takes: those named, and in folders all that look like documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from constitution_check.errors import CheckError

DOCUMENTS = frozenset(".docx .docm .dotx .dotm .doc .dot .odt .ott .rtf .pdf .html .htm .xhtml .md .markdown .txt "
                      ".text .png .jpg .jpeg .tif .tiff".split())
"""Endings of what may be a constitution; one that cannot be read is named with the reason, never left out."""

_NOTES = ("readme", "licence", "license")


@dataclass
class Gathered:
    """The files to check, each once, and those in the folders that were passed over."""

    files: list[Path] = field(default_factory=list)
    passed: list[Path] = field(default_factory=list)


def gather(given: Iterable[Path], out: Path) -> Gathered:
    """The files named, and those in the folders named and below them, in order; nothing that lies in `out`.

    Hidden files and Word's lock files (~$…) are no documents. Raises CheckError where nothing is left.
    """
    gathered = Gathered()
    seen: set[Path] = set()
    home = out.resolve()
    for place in given:
        if place.is_dir() and place.resolve() == home:
            raise CheckError(f'"{place}" is the folder of documents, and the results would lie among them. '
                             "Give -o another folder.")
        for path in _below(place, home) if place.is_dir() else (place,):
            real = path.resolve()
            if real in seen:
                continue
            seen.add(real)
            named = path == place
            (gathered.files if named or _is_document(path) else gathered.passed).append(path)
    if not gathered.files:
        raise CheckError("There is no document in what you named. Give the constitutions' files, or the folder that "
                         "holds them.")
    return gathered


def _below(folder: Path, out: Path) -> Iterator[Path]:
    """Every file below the folder but hidden ones and those in `out`, by name; links to folders are not followed."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders
                            if not name.startswith(".") and (Path(here) / name).resolve() != out)
        yield from (Path(here) / name for name in sorted(names) if not name.startswith((".", "~$")))


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in DOCUMENTS and not path.stem.lower().startswith(_NOTES)
