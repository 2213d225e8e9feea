"""Reads a constitution and the documents to be read beside it, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from constitution_check.contained import read_contained
from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.readers.common import AS_USUAL, ReadOptions


def read_set(path: Path, beside: Sequence[Path], options: ReadOptions = AS_USUAL) -> list[Reading]:
    """The readings, the constitution's first; one document named twice is read once.

    Raises CheckError where a file cannot be read, or where the constitution is to be read beside itself: a handbook
    that cannot be read is no handbook that says nothing.
    """
    others = [one for n, one in enumerate(beside) if not any(_same(one, earlier) for earlier in beside[:n])]
    if any(_same(path, other) for other in others):
        raise CheckError(f'"{path}" cannot be read beside itself. Name the handbooks and policies with --with, and the '
                         "constitution alone without it.")
    readings = [read_contained(one, options) for one in (path, *others)]
    names = [reading.name for reading in readings]
    return [reading if names.index(reading.name) == n else _renamed(reading, one)
            for n, (reading, one) in enumerate(zip(readings, (path, *others), strict=True))]


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _renamed(reading: Reading, path: Path) -> Reading:
    """Two documents of one name: the later is told apart by its folder."""
    return reading.model_copy(update={"name": f"{path.resolve().parent.name}/{reading.name}"})
