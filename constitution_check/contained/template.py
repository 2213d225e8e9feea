"""The template: a small process with the readers imported, which forks a child for each file to be read.

It is started once, from the outside, so that no child holds anything of the program's own memory, and it holds no
threads, so that a fork is cheap and sound whatever the program that asks is doing. It never touches a file. For each
reading it is handed two sockets: the conversation, which the child alone keeps, and the watch. On the watch it tells
how the child ended, and when the other side closes it, it kills the child with all that the child has started.
"""

from __future__ import annotations

import codecs
import gc
import importlib
import os
import select
import signal
import socket
import struct
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

from constitution_check.contained import confine

READERS = ("word", "pdf", "html", "markdown", "text")
_UNIT = 1 if sys.platform == "darwin" else 1024  # of the memory that the system tells of
_IDLE = 0.3  # seconds with nothing to do, after which what may be needed is imported
STATUS = struct.Struct("=iq")
"""How a child ended (exit code, or minus the signal), and the most bytes that it held."""


def main(control_fd: int) -> None:
    """Serve until the other side of the control socket is closed."""
    gc.disable()
    prepare()
    control = socket.socket(fileno=control_fd)
    wake, woken = os.pipe()
    for end in (wake, woken):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    watches: dict[int, socket.socket] = {}
    waiting = list(READERS)
    try:
        while _turn(control, wake, woken, watches, waiting):
            pass
    finally:
        for pid in watches:
            _kill(pid)
        os._exit(0)  # there is nothing to tidy, and nobody should wait for it


def prepare() -> None:
    """All that can be done once for every child: what each imports, an empty folder, no network."""
    importlib.import_module("constitution_check.contained.child")
    codecs.lookup("cp437")  # in which zip archives name their members
    for name in ("SIGTERM", "SIGHUP", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN if name == "SIGPIPE" else signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program; it closes the sockets
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    os.rmdir(folder)  # nothing can be in it, and nothing can be put there
    confine.leave_network()
    confine.adopt_orphans()
    confine.ready()
    gc.freeze()


def _import_one(waiting: list[str]) -> None:
    """Import one more reader, for the children to come. A single file need not wait for what it does not use."""
    importlib.import_module(f"constitution_check.readers.{waiting.pop(0)}")
    gc.freeze()


def _turn(control: socket.socket, wake: int, woken: int, watches: dict[int, socket.socket],
          waiting: list[str]) -> bool:
    """Wait for one thing to happen and deal with it; False where the program has gone. waiting: readers to import."""
    by_fd = {watch.fileno(): pid for pid, watch in watches.items()}
    ready, _, _ = select.select([control.fileno(), wake, *by_fd], [], [], _IDLE if waiting else None)
    if not ready:
        _import_one(waiting)
    for fd in ready:
        if fd == control.fileno():
            _, fds, _, _ = socket.recv_fds(control, 1, 2)
            if not fds:
                return False
            _fork(control, (wake, woken), watches, *(socket.socket(fileno=given) for given in fds))
        elif fd == wake:
            with suppress(BlockingIOError):
                os.read(wake, 512)
            _reap(watches)
        elif by_fd[fd] in watches:  # the other side closed it: nobody waits for this child any more
            _kill(by_fd[fd])
            watches.pop(by_fd[fd]).close()
    return True


def _fork(control: socket.socket, pipe: tuple[int, int], watches: dict[int, socket.socket],
          conversation: socket.socket, watch: socket.socket) -> None:
    pid = os.fork()
    if pid:
        conversation.close()
        watches[pid] = watch
        return
    code = 70
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for held in (control, watch, *watches.values()):
            held.close()
        for end in pipe:
            os.close(end)
        from constitution_check.contained.child import serve

        serve(conversation)
        code = 0
    except BaseException:
        traceback.print_exc()  # to nobody, but for someone who looks for a fault
    finally:
        os._exit(code)


def _reap(watches: dict[int, socket.socket]) -> None:
    """Tell of every child that has ended, and end what it left running."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None:
            return
        _kill(ended.si_pid)  # before its number is free for others
        _, status, used = os.wait4(ended.si_pid, 0)
        watch = watches.pop(ended.si_pid, None)
        if watch is not None:
            with suppress(OSError):
                watch.send(STATUS.pack(os.waitstatus_to_exitcode(status), used.ru_maxrss * _UNIT))
            watch.close()
        _kill_strays(watches)


def _kill_strays(watches: dict[int, socket.socket]) -> None:
    """Kill whatever a child started in a group of its own: it is ours now that the child has gone."""
    with suppress(OSError):
        mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
        for stray in {int(pid) for pid in mine.split()} - watches.keys():
            with suppress(OSError):
                os.kill(stray, signal.SIGKILL)


def _kill(pid: int) -> None:
    """Kill a child and its group; the child alone where it has not yet made one."""
    for kill in (os.kill, os.killpg):
        with suppress(OSError):
            kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
