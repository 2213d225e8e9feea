"""Reading in a process of its own, so that no file can harm the program that asked for it."""

from __future__ import annotations

from pathlib import Path

from constitution_check.model import Reading
from constitution_check.readers import read
from constitution_check.readers.common import AS_USUAL, ReadOptions

__all__ = ["read_contained"]


def read_contained(path: Path, options: ReadOptions = AS_USUAL) -> Reading:
    """What `readers.read` gives. Raises CheckError, one sentence on what to do, for whatever cannot be read."""
    return read(path, options)
