"""One body's documents given as a folder or a .zip: which of them is the constitution, and which are read beside it.

The constitution is told by its file's name, else by its title; where that leaves a doubt, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from constitution_check.errors import CheckError
from constitution_check.readers.set_members import ENDINGS, MAX_DOCUMENTS, unpacked

if TYPE_CHECKING:
    from constitution_check.model import Reading

_DEEPEST = 4  # folders within folders
_NOT_OURS = re.compile(r"-(?:gap-report|annotated|what-changed)(?:-\d+)?\.\w+$")
_PASSED_OVER = re.compile(r"^(?:\.|~\$|thumbs\.db$|desktop\.ini$|__macosx$)", re.IGNORECASE)
_CONSTITUTION = re.compile(r"constitution", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"handbook|polic(?:y|ies)|terms[\s_-]*of|appendi|annex|guide|leaflet|summary|easy[\s_-]*read|amend|chang|cover[\s_-]*"
    r"(?:note|letter|sheet|paper)|faq|minutes|agenda|letter|checklist|template", re.IGNORECASE)


@dataclass(frozen=True)
class DocumentFolder:
    """The documents of a set, in the order of their names, and the files in it that are no documents."""

    name: str
    documents: tuple[Path, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def is_set(path: Path) -> bool:
    """Whether a path is a folder, or a .zip by its name."""
    return path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file())


@contextmanager
def opened(path: Path) -> Iterator[DocumentFolder]:
    """The documents of a folder, or of a .zip while they lie unpacked.

    Raises CheckError where there are none or too many, or the .zip is not to be trusted.
    """
    if path.is_dir():
        yield _listed(path, path)
        return
    with unpacked(path) as folder:
        yield _listed(path, folder)


def _listed(path: Path, folder: Path) -> DocumentFolder:
    name = path.resolve().name
    documents: list[Path] = []
    left_out: list[tuple[str, str]] = []
    for file in _files(folder):
        if _NOT_OURS.search(file.name):
            left_out.append((file.name, "a report that this program has written; it was left out"))
        elif file.suffix.lower() in ENDINGS:
            documents.append(file)
        else:
            left_out.append((file.name, f"a file of a kind that is not read ({file.suffix or 'without an ending'})"))
    if not documents:
        raise CheckError(f"{name} holds no document that can be read; put the constitution and its handbooks in it, as "
                         "Word files, PDFs or web pages.")
    if len(documents) > MAX_DOCUMENTS:
        raise CheckError(f"{name} holds {len(documents)} documents, more than one body's set (the limit is "
                         f"{MAX_DOCUMENTS}); name the constitution, and the handbooks with --with.")
    return DocumentFolder(name, tuple(documents), tuple(left_out))


def _files(folder: Path, depth: int = 0) -> Iterator[Path]:
    """The files of a folder and of the folders in it, by name; links are not followed."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name.casefold()):
        if _PASSED_OVER.match(entry.name) or entry.is_symlink():
            continue
        if entry.is_dir():
            if depth < _DEEPEST:
                yield from _files(entry, depth + 1)
        elif entry.is_file():
            yield entry


def by_name(folder: DocumentFolder) -> list[Path]:
    """The documents that may be the constitution going by their names: the only document is."""
    if len(folder.documents) == 1:
        return list(folder.documents)
    return [d for d in folder.documents if _CONSTITUTION.search(d.stem) and not _SOMETHING_ELSE.search(d.stem)]


def constitution_among(folder: DocumentFolder, readings: Sequence[Reading]) -> int:
    """Which of the documents (as read, in their order) is the constitution. Raises CheckError where it is not sure."""
    named = by_name(folder)
    if len(named) == 1:
        return folder.documents.index(named[0])
    titled = [d for d, r in zip(folder.documents, readings, strict=True) if (not named or d in named) and _is_titled(r)]
    if len(titled) == 1:
        return folder.documents.index(titled[0])
    possible = titled or named
    if possible:
        raise CheckError(f"{folder.name} holds several documents that may be the constitution "
                         f"({', '.join(d.name for d in possible[:4])}). Name the one to check, and the others with "
                         "--with.")
    raise CheckError(f"It is not clear which document in {folder.name} is the constitution: none has it in its name or "
                     "title. Name it as the file to check, and the others with --with.")


def _is_titled(reading: Reading) -> bool:
    from constitution_check.outline import build

    title = build(reading.blocks, reading.name).title
    return bool(_CONSTITUTION.search(title)) and not _SOMETHING_ELSE.search(title)
