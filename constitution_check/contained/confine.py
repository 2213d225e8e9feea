"""What a process gives up before it touches an untrusted file. Everything here is for ever, for it and its children."""

from __future__ import annotations

import ctypes
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from constitution_check.contained import landlock

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # linux/sched.h
_CHILD_SUBREAPER = 36  # linux/prctl.h
SYSTEM = tuple(Path(path) for path in ("/usr", "/lib", "/lib64", "/bin", "/nix/store"))
NOWHERE = Path("/dev/null")
SYSTEM_FILES = tuple(Path(path) for path in (
    "/etc/ld.so.cache", "/etc/localtime", "/dev/zero", "/dev/urandom", "/sys/devices/system/cpu"))

PROGRAM_FILES = tuple(Path(path) for path in (
    "/etc/fonts", "/etc/libreoffice", "/etc/passwd", "/etc/nsswitch.conf", "/etc/papersize", "/var/cache/fontconfig",
    "/var/lib/libreoffice", "/var/spool/libreoffice", "/etc/group", "/proc/filesystems",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/version", "/dev/random"))
"""What LibreOffice looks for beside that: fonts, its settings and extensions, who and where it is."""


def limit(*, memory: int, cpu: tuple[int, int], file_size: int, open_files: int) -> None:
    """Limit address space (bytes), processor time (seconds: soft, hard), the size of a written file (bytes), open
    files; no core is dumped. What the platform does not have is passed over."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, soft, hard in (("RLIMIT_AS", memory, memory), ("RLIMIT_CPU", *cpu), ("RLIMIT_CORE", 0, 0),
                             ("RLIMIT_FSIZE", file_size, file_size), ("RLIMIT_NOFILE", open_files, open_files)):
        if hasattr(resource, what):
            _set(getattr(resource, what), soft, hard)


def _set(what: int, soft: int, hard: int) -> None:
    """Set one limit, never above the one already there."""
    import resource

    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    with suppress(OSError, ValueError):  # macOS refuses RLIMIT_AS
        resource.setrlimit(what, (soft, hard))


def more_cpu(seconds: int) -> None:
    """Raise this process's own limit of processor time, as far as it may."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft + seconds if hard == resource.RLIM_INFINITY
                                                 else min(soft + seconds, hard), hard))


def leave_network() -> bool:
    """Move this process to a network of its own without a connection; False where that is not allowed."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # With a user namespace too where only that is allowed: then root's power over other people's files is lost.
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER))


def adopt_orphans() -> None:
    """Become the parent of whatever our children leave behind, so that it can be found and ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)


def ready() -> None:
    """What is the same for every child, found out once."""
    _python()


def hide_files(*, read: Iterable[Path] = (), write: Iterable[Path] = (), run: Iterable[Path] = (),
               sockets: Iterable[Path] = ()) -> bool:
    """Leave only the system's and Python's own libraries and programs, and these; False where the kernel cannot."""
    return landlock.restrict(read=(*SYSTEM_FILES, *_python(), *read), run=(*SYSTEM, *run),
                             write=(NOWHERE, *write), sockets=sockets)


@cache
def _python() -> set[Path]:
    """Where Python and the packages lie, for what is imported late."""
    known = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    packages = (path for path in sys.path if path.endswith(("site-packages", "dist-packages", "lib-dynload")))
    return {Path(path) for path in (*known, *packages, str(Path(__file__).parent.parent)) if path}
