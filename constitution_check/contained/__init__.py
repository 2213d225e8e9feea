"""Reading in a process of its own, so that no file can harm the program that asked for it.

See docs/limits.md for what is limited, docs/decisions/0010-reading-in-a-child.md for why it is done so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constitution_check.model import Reading
    from constitution_check.readers.common import ReadOptions

__all__ = ["read_contained", "warm"]


def read_contained(path: Path, options: ReadOptions | None = None) -> Reading:
    """What `readers.read` gives. Raises CheckError, one sentence on what to do, for whatever cannot be read."""
    from constitution_check.contained.ask import read_in_child
    from constitution_check.readers.common import AS_USUAL

    return read_in_child(Path(path), options or AS_USUAL)


def warm() -> None:
    """Start what reading needs now, so that it is ready when the program has done its other things."""
    from constitution_check.contained.started import warm as start

    start()
