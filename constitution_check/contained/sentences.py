"""What people are told when reading ends in anything but a reading; and the child's own words, checked."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

from constitution_check.contained import limits
from constitution_check.contained.frames import GarbageError
from constitution_check.readers.common import clean

_KIND = re.compile(r"[a-z]{2,8}")
_ERROR_NAME = re.compile(r"[A-Za-z_]{3,60}")


def no_child(name: str) -> str:
    """The child process could not be started."""
    return (f"{name} was not read, because no separate process could be started to read it safely; close other "
            "programs and try again.")


def too_slow(name: str) -> str:
    """No whole answer in time, or too much processor time."""
    return (f"{name} takes too long to read, so reading it was stopped; it may be damaged or made to do harm. Open it, "
            "save or print it to a new PDF, and check that.")


def too_much(name: str) -> str:
    """More text, paragraphs or messages than the limits allow."""
    return f"{name} holds more text than can be read here; split it and check the parts."


def no_memory(name: str) -> str:
    """A refused allocation."""
    return (f"{name} is too large or too complex: reading it needs more than {limits.MEMORY_BYTES // 1_000_000:,} MB "
            "of memory. Save a copy without its pictures, or split it, and check that.")


def garbage(name: str) -> str:
    """The child sent what is no message of ours."""
    return (f"{name} was not read: the process that reads it gave an answer that cannot be trusted. The file may be "
            "made to do harm. Print it to a new PDF and check that.")


def stumbled(name: str, payload: bytes) -> str:
    """An exception that no reader expects."""
    what = payload.decode("ascii", "replace")
    if not _ERROR_NAME.fullmatch(what):
        raise GarbageError
    return (f"{name} was not read: something in it is not understood ({what}). Open it, save it under a new name or "
            "print it to a PDF, and check that; and please report it as a fault of this program.")


def ended(name: str, status: int, held: int) -> str:
    """The child ended without a word. status: its exit code, or minus the signal. held: bytes of memory."""
    if status == -_number("SIGXCPU"):
        return too_slow(name)
    if status == -_number("SIGKILL") or held > limits.SHORT_OF_MEMORY * limits.MEMORY_BYTES:
        return no_memory(name)  # nobody but the system kills a child that we still listen to
    if status == -_number("SIGXFSZ"):
        return garbage(name)
    return (f"{name} was not read: reading it crashed, in its own process, and did no harm. It may be too complex, "
            "damaged or made to do harm. Open it, save or print it to a new PDF, and check that.")


def _number(name: str) -> int:
    return int(getattr(signal, name, 0)) or 1_000


def from_child(path: Path, payload: bytes) -> str:
    """The child's sentence for people: short plain text, with the file named as the reader named it."""
    sentence = "\n".join(clean(line) for line in payload.decode("utf-8", "replace").split("\n")).strip()
    sentence = sentence.replace(os.path.abspath(path), str(path))
    if not 10 <= len(sentence) <= limits.MAX_SENTENCE_CHARS + len(str(path)):
        raise GarbageError
    return sentence


def foreign_kind(payload: bytes) -> str:
    """The kind of a file that must be converted first."""
    kind = payload.decode("ascii", "replace")
    if not _KIND.fullmatch(kind):
        raise GarbageError
    return kind


def progress(payload: bytes) -> tuple[str, int, int]:
    """What is being done, how much of it, of how much."""
    try:
        what, done, total = json.loads(payload)
    except ValueError as error:
        raise GarbageError from error
    if not (isinstance(what, str) and isinstance(done, int) and isinstance(total, int)):
        raise GarbageError
    return clean(what)[:200], max(0, min(done, 10**6)), max(0, min(total, 10**6))
