"""Reads a constitution and the documents to be read beside it, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from constitution_check.contained import read_contained
from constitution_check.document_folder import DocumentFolder, constitution_among, is_set, opened
from constitution_check.errors import CheckError
from constitution_check.model import Reading, Unread
from constitution_check.readers.common import AS_USUAL, ReadOptions


def read_set(path: Path, beside: Sequence[Path], options: ReadOptions = AS_USUAL) -> list[Reading]:
    """The readings, the constitution's first; one document named twice is read once.

    path: the constitution, or a folder or .zip of one body's documents with the constitution among them. Raises
    CheckError where a file cannot be read, where it is not clear which document is the constitution, or where the
    constitution is to be read beside itself: a handbook that cannot be read is no handbook that says nothing.
    """
    if is_set(path):
        with opened(path) as folder:
            return _read_folder(folder, beside, options)
    others = [one for n, one in enumerate(beside) if not any(_same(one, earlier) for earlier in beside[:n])]
    if any(_same(path, other) for other in others):
        raise CheckError(f'"{path}" cannot be read beside itself. Name the handbooks and policies with --with, and the '
                         "constitution alone without it.")
    return _told_apart([(one, read_contained(one, options)) for one in (path, *others)])


def _read_folder(folder: DocumentFolder, beside: Sequence[Path], options: ReadOptions) -> list[Reading]:
    """The documents of a set, the constitution first, then those of `beside` that are not in it."""
    read = [(document, read_contained(document, options)) for document in folder.documents]
    first = constitution_among(folder, [reading for _, reading in read])
    path, main = read.pop(first)
    left_out = tuple(Unread(what=f"{name} in {folder.name}", why=why) for name, why in folder.left_out)
    more = [(one, read_contained(one, options)) for one in beside
            if not any(_same(one, document) for document in folder.documents)]
    return _told_apart([(path, main.model_copy(update={"unread": (*main.unread, *left_out)})), *read, *more])


def _told_apart(read: Sequence[tuple[Path, Reading]]) -> list[Reading]:
    names = [reading.name for _, reading in read]
    return [reading if names.index(reading.name) == n else _renamed(reading, one)
            for n, (one, reading) in enumerate(read)]


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _renamed(reading: Reading, path: Path) -> Reading:
    """Two documents of one name: the later is told apart by its folder."""
    return reading.model_copy(update={"name": f"{path.resolve().parent.name}/{reading.name}"})
