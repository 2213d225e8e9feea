"""Which protections are really on here: a child like any other tries to do what it should not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from constitution_check.contained import frames, limits, started
from constitution_check.contained.children import NoChildError, child
from constitution_check.contained.program import ProgramFaultError, run_program
from constitution_check.errors import CheckError

_SECONDS = 30.0
_GONE = 3.0  # seconds within which what a child left must have gone


class Protection(NamedTuple):
    """One protection: what it is, whether it is on here, and what its lack means."""

    what: str
    on: bool
    without: str


class Program(NamedTuple):
    """An outside program: what it is called, its version ("" where it is not there), what it is for."""

    name: str
    version: str
    used_for: str


def protections() -> list[Protection]:
    """Every protection of a reading, tried here. Raises CheckError where not even a child can be started."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        secret = Path(folder) / "secret"
        secret.write_text("secret", encoding="utf-8")
        did = _probed({"port": server.getsockname()[1], "secret": str(secret), "parent": os.getpid()})
    memory = f"{limits.MEMORY_BYTES // 1_000_000:,} MB"
    return [
        Protection("a process of its own for each file, killed with all that it started", _gone(did["stays"]),
                   "a file made to do harm can leave a program running"),
        Protection(f"at most {memory} of memory", not did["memory"], "one file can use up the machine's memory"),
        Protection(f"at most {limits.CPU_SECONDS} seconds of processor time", _burnt(),
                   f"a file can keep a processor busy for {limits.WALL_SECONDS:.0f} seconds"),
        Protection(f"at most {limits.OPEN_FILES} open files, no memory dump", not did["files"] and not did["core"],
                   "a crash can leave the document's text on the disk"),
        Protection("nothing can be written", not did["write"], "a file that takes over its reader can write files"),
        Protection("no other file can be read", not did["read"], "a file that takes over its reader can read others"),
        Protection("no network", not did["network"], "a file that takes over its reader can send what it reads away"),
        Protection("no signals to other programs", not did["signal"], "it can stop other programs of the same user"),
        Protection("an empty environment and folder", not did["environment"] and not did["folder"],
                   "it can see what the environment holds"),
    ]


def _probed(ask: dict[str, Any]) -> dict[str, Any]:
    os.environ["CONSTITUTION_CHECK_PROBE"] = "1"
    try:
        with _conversation() as (ours, _):
            frames.send(ours, frames.REQUEST, json.dumps({"probe": ask}).encode())
            letter, payload = frames.receive(ours, time.monotonic() + _SECONDS)
    except (frames.EndedError, frames.LateError, frames.GarbageError) as error:
        raise CheckError("The protections could not be tried: the process that should try them ended. Try again; if "
                         "it stays so, please report it.") from error
    finally:
        del os.environ["CONSTITUTION_CHECK_PROBE"]
    found: dict[str, Any] = json.loads(payload) if letter == frames.PROBED else {}
    return found


def _burnt() -> bool:
    """Whether a child that only uses processor time is ended for it."""
    if not hasattr(signal, "SIGXCPU"):
        return False
    with _conversation() as (ours, status):
        frames.send(ours, frames.REQUEST, json.dumps({"burn": True}).encode())
        with suppress(frames.EndedError, frames.LateError, frames.GarbageError):
            frames.receive(ours, time.monotonic() + _SECONDS)
        ended: int | None = status()[0]
        return ended == -signal.SIGXCPU


@contextmanager
def _conversation() -> Iterator[tuple[socket.socket, Any]]:
    ours, theirs = socket.socketpair()
    try:
        with ours, theirs, child(theirs) as status:
            yield ours, status
    except NoChildError as error:
        raise CheckError("No separate process could be started to read files in; close other programs and try "
                         "again.") from error


def _gone(pid: int) -> bool:
    """Whether a process that a child left has been ended."""
    if sys.platform == "win32":
        return False
    until = time.monotonic() + _GONE
    while pid and time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return not pid


def programs() -> list[Program]:
    """The outside programs that reading uses, each asked for its version."""
    return [Program("tesseract", _version("tesseract", "--version"), "reading scanned pages"),
            Program("LibreOffice", _version("soffice", "--version") or _version("libreoffice", "--version"),
                    "reading .doc, .odt and .rtf files")]


def _version(name: str, flag: str) -> str:
    program = shutil.which(name)
    if program is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = run_program([program, flag], seconds=60, memory=4 * limits.MEMORY_BYTES, folder=Path(folder),
                               sockets=[Path("/tmp")])
        except ProgramFaultError:
            return ""
    said = (done.output or done.errors).decode("utf-8", "replace").strip().splitlines()
    return said[0][:60] if said and done.code == 0 else ""


def kernel() -> str:
    """The system and how a child is made here, in a few words."""
    made = "forked from a template" if started.can_fork() else "a new Python for each file"
    return f"{sys.platform}, {made}"
