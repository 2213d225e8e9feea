"""The Linux kernel's Landlock: a process gives up, for itself and all it starts, every file it does not name.

Called straight through libc, because the three system calls need a page and the bindings on PyPI are one person's each.
Numbers from linux/landlock.h; https://docs.kernel.org/userspace-api/landlock.html.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every architecture
_VERSION_ONLY = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_SOCKET = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 9
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL
_ALL_FILES = {1: 13, 2: 14, 3: 15, 4: 15}  # rights known to each version; 16 since version 5
_TCP_BIND_AND_CONNECT = 3  # since version 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 3  # since version 6

READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE


def version() -> int:
    """The Landlock version of the running kernel; 0 where there is none."""
    return max(0, _call(_CREATE, None, 0, _VERSION_ONLY)) if sys.platform == "linux" else 0


def restrict(read: Iterable[Path] = (), run: Iterable[Path] = (), write: Iterable[Path] = (),
             sockets: Iterable[Path] = ()) -> bool:
    """Give up for ever every file but those under these paths, TCP, and signals to processes outside.

    read: may be read; run: read and executed; write: anything but executed; sockets: sockets may be made there and
    files removed. Paths that are not there are passed over. False, with nothing given up, where the kernel has no
    Landlock.
    """
    level = version()
    if not level:
        return False
    every = (1 << _ALL_FILES.get(level, 16)) - 1
    # An older kernel takes a shorter structure: what it does not know must not be asked of it.
    ask = struct.pack("=QQQ", every, _TCP_BIND_AND_CONNECT if level >= 4 else 0,
                      _ABSTRACT_SOCKETS_AND_SIGNALS if level >= 6 else 0)[:8 if level < 4 else 16 if level < 6 else 24]
    rules = _call(_CREATE, ask, len(ask), 0)
    if rules < 0:
        return False
    try:
        for paths, rights in ((read, READ), (run, RUN), (write, every & ~EXECUTE),
                              (sockets, MAKE_SOCKET | REMOVE_FILE)):
            for path in paths:
                _allow(rules, path, rights & every)
        _prctl(_NO_NEW_PRIVS)
        return _call(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        there = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_RIGHTS
        _call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", rights, there), 0)
    finally:
        os.close(there)


def _prctl(option: int) -> None:
    _libc().prctl(option, 1, 0, 0, 0)


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def _call(number: int, *args: object) -> int:
    typed = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return int(_libc().syscall(ctypes.c_long(number), *typed))
