"""The program's side of the template: started when first needed, once a process, ended with it."""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

_START = ("import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
          "from constitution_check.contained.template import main; main(int(sys.argv[1]))")
_SMALL_KB = 200_000  # of the child's memory, what a copy of this program may use up
_PATIENCE = 1.0  # seconds for the template to go when it is told
_lock = threading.Lock()
_running: tuple[int, socket.socket] | None = None


def can_fork() -> bool:
    """Whether this platform can hand a template what it needs."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def warm() -> None:
    """Start the template now, so that it imports the readers while the program does other things."""
    if can_fork():
        with _lock:
            if _can_be_copied():  # what both need is imported once
                importlib.import_module("constitution_check.contained.child")
            _template()


def template_pid() -> int:
    """The number of the template's process; 0 where there is none."""
    return _running[0] if _running else 0


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
    if _running is None:
        ours, theirs = socket.socketpair()
        with theirs:
            _running = (_copied if _can_be_copied() else _spawned)(theirs), ours
    return _running[1]


def _can_be_copied() -> bool:
    """Whether this program is small and has one thread: then its copy is a template at once, readers imported or not.

    A fork with threads may hang, and what is large leaves little of the child's memory.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return fields["Threads"].strip() == "1" and int(fields["VmSize"].split()[0]) < _SMALL_KB


def _copied(control: socket.socket) -> int:
    """The template as a copy of this program, its number. It has nothing of it but its memory."""
    pid = os.fork()
    if pid:
        return pid
    try:
        fd = os.dup2(control.fileno(), 3)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        os.close(nowhere)
        kept = environment()
        os.environ.clear()
        os.environ.update(kept)
        from constitution_check.contained.template import main

        main(fd)
    finally:
        os._exit(0)


def _spawned(control: socket.socket) -> int:
    """The template as a Python of its own."""
    started = subprocess.Popen(
        command(_START, str(control.fileno())), pass_fds=[control.fileno()], env=environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started.returncode = 0  # waited for by number, as the copy is
    return started.pid


def command(code: str, *args: str) -> list[str]:
    """The command line that runs the code in a Python of its own, which finds our modules whatever folder it is in.

    `args` come before the list of folders.
    """
    root = str(Path(__file__).resolve().parent.parent.parent)
    paths = [*(path for path in sys.path if os.path.isabs(path)), root]
    return [sys.executable, "-I", "-S", "-c", code, *args, json.dumps(list(dict.fromkeys(paths)))]


def environment() -> dict[str, str]:
    """Nothing of the program's environment but what finds libraries and programs."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def _end() -> None:
    """Tell the template to go, and wait until it has."""
    global _running
    if _running is None:
        return
    pid, control = _running
    _running = None
    control.close()  # it goes when it sees this
    until = time.monotonic() + _PATIENCE
    with suppress(ChildProcessError):
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.001)


def _forget() -> None:
    """A forked copy of the program starts a template of its own."""
    global _running, _lock
    _lock = threading.Lock()
    if _running is not None:
        _, control = _running
        _running = None
        with suppress(OSError):
            control.close()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
