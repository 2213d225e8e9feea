"""In the child: try everything that it should not be able to do, and tell what could be done. For `doctor` only."""

from __future__ import annotations

import mmap
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from constitution_check.contained import limits

_LONG = "1000"  # seconds


def probe(ask: dict[str, Any]) -> dict[str, Any]:
    """What of each could be done. ask: port (somebody listens there), secret (a file), parent (a process)."""
    return {
        "memory": _could(lambda: mmap.mmap(-1, limits.MEMORY_BYTES + 1).close()),
        "files": _could(lambda: [os.dup(1) for _ in range(limits.OPEN_FILES + 1)]),
        "network": _could(lambda: socket.create_connection(("127.0.0.1", ask["port"]), 1).close()) or _could(_datagram),
        "read": _could(lambda: Path(ask["secret"]).read_bytes()),
        "write": _could(_write),
        "signal": _could(lambda: os.kill(ask["parent"], 0)) if sys.platform != "win32" else True,
        "environment": "CONSTITUTION_CHECK_PROBE" in os.environ,
        "folder": _could(lambda: os.listdir(".")[0]),
        "core": _could(_core),
        "stays": _stay(),
    }


def _could(do: Callable[[], object]) -> bool:
    held: object = None
    try:
        held = do()
    except (OSError, MemoryError, ValueError, OverflowError, IndexError):
        return False
    finally:
        if isinstance(held, list):
            for fd in held:
                os.close(fd)
    return True


def _write() -> None:
    """A file in the folder for temporary files; where a process is killed for it, it is not asked."""
    import signal

    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(b"x")


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"x", ("127.0.0.1", 9))


def _core() -> None:
    import resource

    if resource.getrlimit(resource.RLIMIT_CORE)[0] == 0:
        raise OSError


def _stay() -> int:
    """Leave a process in a session of its own; its number, 0 where none can be had."""
    sleep = [sys.executable, "-I", "-S", "-c", f"import time; time.sleep({_LONG})"]
    try:
        return subprocess.Popen(sleep, start_new_session=True).pid
    except OSError:
        return 0


def burn() -> None:
    """Use processor time until the limit, here of one second, ends it."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1, hard))
    while True:
        pass
