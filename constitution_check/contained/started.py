"""The program's side of the template: started when first needed, once a process, ended with it."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

_START = ("import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
          "from constitution_check.contained.template import main; main(int(sys.argv[1]))")
_lock = threading.Lock()
_running: tuple[subprocess.Popen[bytes], socket.socket] | None = None


def can_fork() -> bool:
    """Whether this platform can hand a template what it needs."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def warm() -> None:
    """Start the template now, so that it imports the readers while the program does other things."""
    if can_fork():
        with _lock:
            _template()


def ask(conversation: socket.socket, watch: socket.socket) -> None:
    """Have a child forked that keeps the conversation, and is watched. Raises OSError where that cannot be had."""
    with _lock:
        for attempt in (1, 2):
            try:
                socket.send_fds(_template(), [b"."], [conversation.fileno(), watch.fileno()])
                return
            except OSError:  # it has been killed: by hand, or for want of memory
                _end()
                if attempt == 2:
                    raise


def _template() -> socket.socket:
    global _running
    if _running is None or _running[0].poll() is not None:
        _end()
        ours, theirs = socket.socketpair()
        with theirs:
            started = subprocess.Popen(
                command(_START, str(theirs.fileno())), pass_fds=[theirs.fileno()], env=environment(),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _running = started, ours
    return _running[1]


def command(code: str, *args: str) -> list[str]:
    """The command line that runs the code in a Python of its own, which finds our modules whatever folder it is in.

    `args` come before the list of folders.
    """
    root = str(Path(__file__).resolve().parent.parent.parent)
    paths = [*(path for path in sys.path if os.path.isabs(path)), root]
    return [sys.executable, "-I", "-S", "-c", code, *args, json.dumps(list(dict.fromkeys(paths)))]


def environment() -> dict[str, str]:
    """Nothing of the program's environment but what finds libraries and programs."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT")
            if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _end() -> None:
    global _running
    if _running is None:
        return
    process, control = _running
    _running = None
    control.close()  # it goes when it sees this
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _forget() -> None:
    """A forked copy of the program starts a template of its own."""
    global _running, _lock
    _lock = threading.Lock()
    if _running is not None:
        process, control = _running
        process.returncode = 0  # not ours to wait for
        with suppress(OSError):
            control.close()
        _running = None


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
