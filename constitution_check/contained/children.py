"""A child that reads one file: forked from the template, or, where the platform cannot fork, a Python of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from constitution_check.contained import started
from constitution_check.contained.template import STATUS

Status = Callable[[], tuple[int | None, int]]
"""How the child ended: its exit code, or minus the signal, None where nobody can tell; and the bytes that it held."""

_START = ("import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
          "from constitution_check.contained.children import serve_once; serve_once(sys.argv[1])")
_PATIENCE = 2.0  # seconds for the news of its end


@contextmanager
def child(conversation: socket.socket) -> Iterator[Status]:
    """A child with the other end of the conversation, killed with all it has started when this is left.

    Raises NoChildError where none can be started.
    """
    with (_forked if started.can_fork() else _spawned)(conversation) as status:
        yield status


class NoChildError(Exception):
    """The system gives no more processes, or sockets to talk to one."""


@contextmanager
def _forked(conversation: socket.socket) -> Iterator[Status]:
    watch, watched = socket.socketpair()
    with watch:  # its closing has the template kill the child
        with watched:
            try:
                started.ask(conversation, watched)
            except OSError as error:
                raise NoChildError from error
        conversation.close()

        def status() -> tuple[int | None, int]:
            watch.settimeout(_PATIENCE)
            try:
                told = watch.recv(STATUS.size)
            except OSError:
                return None, 0
            return STATUS.unpack(told) if len(told) == STATUS.size else (None, 0)

        yield status


@contextmanager
def _spawned(conversation: socket.socket) -> Iterator[Status]:
    try:
        process = _process(conversation)
    except OSError as error:
        raise NoChildError from error
    conversation.close()

    def status() -> tuple[int | None, int]:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_PATIENCE), 0
        return None, 0

    try:
        yield status
    finally:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _process(conversation: socket.socket) -> subprocess.Popen[bytes]:
    if sys.platform == "win32":  # a socket is handed on as bytes made for one process
        process = subprocess.Popen(started.command(_START, "-"), env=started.environment(), stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process.communicate(conversation.share(process.pid))
        return process
    number = conversation.fileno()
    return subprocess.Popen(started.command(_START, str(number)), env=started.environment(), pass_fds=[number],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


def serve_once(number: str) -> None:
    """In a Python of its own: prepare as the template does, and serve the conversation (a number, or on the input)."""
    from constitution_check.contained.child import serve
    from constitution_check.contained.template import prepare

    if sys.platform == "win32":
        conversation = socket.fromshare(sys.stdin.buffer.read())
    else:
        conversation = socket.socket(fileno=int(number))
    prepare()
    serve(conversation)
