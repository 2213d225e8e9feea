"""Where a report goes: beside the document, to a file, or to the terminal; never over a document."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from constitution_check.errors import CheckError


def report_path(document: Path, folder: Path, ending: str, what: str = "gap-report") -> Path:
    """NAME-gap-report.ENDING in the folder, or the first of NAME-gap-report-2, -3 … that is free."""
    base = f"{document.stem}-{what}"
    number, path = 1, folder / f"{base}.{ending}"
    while path.exists():
        number += 1
        path = folder / f"{base}-{number}.{ending}"
    return path


def refuse_to_overwrite(out: Path, documents: Sequence[Path]) -> None:
    """Raise CheckError where `out` is one of the documents, whatever name or link leads to it."""
    for document in documents:
        with suppress(OSError):
            if out.samefile(document):
                raise CheckError(f'"{out}" is a document to be checked, and the report would take its place. '
                                 "Give -o another name.")


def write_whole(out: Path, content: bytes) -> None:
    """Write the file whole or not at all. Raises CheckError where it cannot be written."""
    # A pipe or a device (/dev/stdout) cannot be replaced by a file.
    if os.path.exists(out) and not os.path.isfile(out):
        _write_to_device(out, content)
        return
    target = Path(os.path.realpath(out))
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise CheckError(_why_not(out, error)) from error


def write_checked(out: Path, content: bytes, check: Callable[[bytes], None]) -> None:
    """`write_whole`, then read it back and let `check` look at it: it raises UnsoundError where something is wrong.

    Raises CheckError where it cannot be written, or is not what it should be.
    """
    from constitution_check.reports.checked import UnsoundError

    write_whole(out, content)
    try:
        check(out.read_bytes() if os.path.isfile(out) else content)
    except (UnsoundError, OSError) as error:
        raise CheckError(f'"{out}" was written, but opened again it is not sound: {error}. Do not rely on it. Please '
                         "report this with the document's kind; the document is not to blame.") from error


def _write_to_device(out: Path, content: bytes) -> None:
    try:
        with out.open("wb") as device:
            device.write(content)
    except OSError as error:
        raise CheckError(_why_not(out, error)) from error


def refuse_without_folder(out: Path) -> None:
    """Raise CheckError where the folder for `out` is not there, before a long check is made in vain."""
    if not os.path.isdir(out.parent):
        raise CheckError(_why_not(out, OSError()))


def _why_not(out: Path, error: OSError) -> str:
    if not os.path.isdir(out.parent):
        return f'The report cannot be written to "{out}": there is no folder "{out.parent}". Make it first.'
    reason = (error.strerror or str(error)).lower()
    return f'The report cannot be written to "{out}" ({reason}). Give -o a place where you may write.'
