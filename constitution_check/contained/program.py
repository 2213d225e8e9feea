"""Runs an outside program that must write files (LibreOffice) under limits, and kills it whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from constitution_check.contained.launch import NOT_THERE
from constitution_check.contained.limits import PROGRAM_OUTPUT_BYTES
from constitution_check.contained.started import command, environment

_START = ("import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
          "from constitution_check.contained.launch import main; main(sys.argv[1])")


class Ran(NamedTuple):
    """How a program ended: its exit code (minus the signal that ended it), and what it printed, cut to a limit."""

    code: int
    output: bytes
    errors: bytes


class ProgramFaultError(Exception):
    """The program gave no result. The caller says in a sentence what that means."""


class ProgramMissingError(ProgramFaultError):
    """There is no such program."""


class ProgramTimeoutError(ProgramFaultError):
    """It was stopped, with everything that it had started."""


def run_program(args: Sequence[str], *, seconds: int, memory: int, folder: Path, reads: Sequence[Path] = (),
                sockets: Sequence[Path] = (), feed: bytes = b"") -> Ran:
    """Run a program in the folder, its home and the only place where it may write.

    args: the program (a name on PATH or a path) and what it is told. seconds: of clock, and of processor for each of
    its processes. memory: bytes of address space for each. reads: what it may read beside the system's files and the
    folder. sockets: folders where it may make a socket and remove files (LibreOffice insists on /tmp). feed: its input.
    Raises ProgramMissingError, ProgramTimeoutError. Nothing of it is left running.
    """
    program = shutil.which(args[0])
    if program is None:
        raise ProgramMissingError(args[0])
    folder = folder.resolve()
    told = {"args": [program, *args[1:]], "seconds": seconds, "memory": memory, "write": str(folder),
            "read": [str(path.resolve()) for path in reads],
            "sockets": [str(path) for path in sockets]}
    own = {"HOME": str(folder), "TMPDIR": str(folder)}
    # Files and not pipes: what is left running cannot hold them open, and no thread has to read them.
    with tempfile.TemporaryFile() as fed, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        fed.write(feed)
        fed.seek(0)
        started = subprocess.Popen(_command(told), cwd=folder, env=environment() | own, stdin=fed, stdout=output,
                                   stderr=errors, start_new_session=True)
        try:
            code = started.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ProgramTimeoutError(args[0]) from error
        finally:
            _kill_whole(started)
            for place in sockets:
                _remove_dead_sockets(place)
        if code == NOT_THERE:
            raise ProgramMissingError(args[0])
        return Ran(code, _start_of(output), _start_of(errors))


def _remove_dead_sockets(folder: Path) -> None:
    """Remove LibreOffice's sockets on which nobody listens: where it is killed it leaves its own."""
    for path in folder.glob("OSL_PIPE_*"):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as caller:
            if path.is_socket() and path.stat().st_uid == os.getuid():
                try:
                    caller.connect(str(path))
                except ConnectionRefusedError:
                    path.unlink()


def _command(told: dict[str, object]) -> list[str]:
    """Windows cannot become another program, and has none of what is given up first."""
    if sys.platform == "win32":
        return [str(arg) for arg in told["args"]]  # type: ignore[attr-defined]
    return command(_START, json.dumps(told))


def _kill_whole(started: subprocess.Popen[bytes]) -> None:
    """End the group: what a program leaves behind too (soffice leaves soffice.bin)."""
    if sys.platform == "win32":
        started.kill()
    else:
        with suppress(OSError):
            os.killpg(started.pid, signal.SIGKILL)
    started.wait()


def _start_of(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(PROGRAM_OUTPUT_BYTES)
