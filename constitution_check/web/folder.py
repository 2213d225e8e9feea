"""The one private folder in which uploads lie while they are checked; what an earlier run left is removed."""

from __future__ import annotations

import getpass
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from constitution_check.errors import CheckError

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be deleted, which serves as well
    fcntl = None  # type: ignore[assignment]

LOCK = "in-use"


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user can open, removed with all that it holds at the end.

    While it lasts, this process and those that it starts put every temporary file there. Folders of runs that ended
    without removing theirs are removed at the start. Raises CheckError where someone else made such a folder first.
    """
    before = (tempfile.tempdir, os.environ.get("TMPDIR"))
    base = _base()
    with (base / LOCK).open("ab") as door:  # one at a time, or a folder just made would pass for a leftover
        _lock(door, wait=True)
        _remove_leftovers(base)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
        held = (folder / LOCK).open("wb")
        _lock(held)
    with held:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = before[0]
            _set_again("TMPDIR", before[1])
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _base() -> Path:
    """The user's own folder among the temporary files, mode 700."""
    base = Path(tempfile.gettempdir()) / f"constitution-check-{getpass.getuser()}"
    with suppress(FileExistsError):
        base.mkdir(mode=0o700)
    there = base.lstat()
    mine = not hasattr(os, "getuid") or there.st_uid == os.getuid()
    if not stat.S_ISDIR(there.st_mode) or not mine:
        raise CheckError(f'The folder "{base}" belongs to someone else, so no document can be put there in private. '
                         "Remove it, or set TMPDIR to a folder of your own.")
    base.chmod(0o700)
    return base


def _remove_leftovers(base: Path) -> None:
    for folder in base.glob("run-*"):
        with suppress(OSError), (folder / LOCK).open("ab") as lock:
            if not _lock(lock):
                continue
        if fcntl is None:
            with suppress(OSError):
                (folder / LOCK).unlink()
            if (folder / LOCK).exists():
                continue
        shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes], wait: bool = False) -> bool:
    """Hold the file for this process for as long as it is open; whether that was possible."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _set_again(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
