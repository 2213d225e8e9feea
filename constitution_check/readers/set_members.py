"""A .zip of documents, unpacked under limits into a private folder."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from constitution_check.errors import CheckError
from constitution_check.readers.common import MAX_FILE_BYTES

ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".pdf", ".odt", ".ott", ".fodt", ".rtf", ".html", ".htm",
           ".xhtml", ".md", ".markdown", ".txt", ".text")
"""What is read of a set; pictures, sheets and the like are named as left out."""

MAX_DOCUMENTS = 40
"""Most documents in one set: the largest governance handbook met comes in 25 files."""
MAX_MEMBERS = 300
"""Most files and folders in one .zip."""
MAX_ALL_BYTES = 200_000_000
"""Most bytes unpacked."""
_MOST_DIRECTORY = 200_000  # bytes of the list of members: 300 of them take 30,000
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_LIST_END = b"PK\x05\x06"
_BY_HAND = "unpack it, and give the folder"


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder that holds the documents of a .zip for as long as it is needed.

    Sizes are counted while unpacking: what the headers say is not believed. Raises CheckError for what is damaged,
    too large, protected, or would lie outside the folder.
    """
    _check_list(path)
    with tempfile.TemporaryDirectory(prefix="constitution-check-") as held:
        folder = Path(held).resolve() / "set"
        folder.mkdir()
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(path.name, archive, folder)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
            raise _damaged(path.name) from None
        yield folder


def _check_list(path: Path) -> None:
    """Look at the end of the file before zipfile reads the list: a list of a million names takes gigabytes."""
    size = path.stat().st_size
    if size > MAX_ALL_BYTES:
        raise CheckError(f"{path.name} is too large ({size // 1_000_000} MB; the limit is {MAX_ALL_BYTES // 1_000_000} "
                         f"MB); {_BY_HAND} or its parts.")
    with path.open("rb") as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(_LIST_END)
    if at < 0 or len(tail) < at + 22:
        raise _damaged(path.name)
    if int.from_bytes(tail[at + 12:at + 16], "little") > _MOST_DIRECTORY:
        raise _too_many(path.name)


def _damaged(name: str) -> CheckError:
    return CheckError(f"{name} is damaged, or packed in a way that cannot be opened; {_BY_HAND}.")


def _too_many(name: str) -> CheckError:
    return CheckError(f"{name} holds too many files for one body's documents (the limit is {MAX_MEMBERS}); {_BY_HAND} "
                      "with the constitution and its handbooks.")


def _unpack(name: str, archive: zipfile.ZipFile, folder: Path) -> None:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(archive.infolist()) > MAX_MEMBERS:
        raise _too_many(name)
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise CheckError(f"{name} is really an Office file, not a set of documents; rename it to end in .docx.")
    left, seen = MAX_ALL_BYTES, set()
    for member in members:
        place = _place(name, member)
        if place in seen:
            raise CheckError(f"{name} holds two files of the same name ({member.filename[:80]}); {_BY_HAND}.")
        seen.add(place)
        target = folder.joinpath(*place.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix.lower() not in ENDINGS:
            target.touch()  # named as left out; its content is not wanted
            continue
        left -= _copy(name, archive, member, target, min(left, MAX_FILE_BYTES))


def _place(name: str, member: zipfile.ZipInfo) -> PurePosixPath:
    """Where a member lies within the folder. Raises CheckError for one that would lie outside, or cannot be read."""
    place = PurePosixPath(member.filename)
    if place.is_absolute() or ".." in place.parts or any(sign in member.filename for sign in "\\:\x00"):
        raise CheckError(f"{name} holds a file that would be written outside its folder, which no ordinary .zip does; "
                         "do not open it, and ask for another copy.")
    if member.flag_bits & _ENCRYPTED:
        raise CheckError(f"{name} is protected with a password; unpack it with the password, and give the folder.")
    if place.suffix.lower() == ".zip":
        raise CheckError(f"{name} holds another .zip ({place.name[:80]}); unpack both, and give the folder.")
    if len(place.parts) > 10 or any(len(part.encode()) > 200 for part in place.parts):
        raise CheckError(f"{name} holds files with names that are too long; {_BY_HAND}.")
    return place


def _copy(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    written = 0
    with archive.open(member) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise CheckError(f"{name} is too large when unpacked ({member.filename[:80]}); {_BY_HAND}, without "
                                 "what is not needed.")
            out.write(chunk)
    return written
