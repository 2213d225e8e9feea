"""Run as a program: reads files through the child process with a reader that does what the file's name says.

A program this small is copied for its child, so what is put in place here is what the child runs. Prints one JSON
object: for each name how it ended, and what the child told.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import constitution_check.contained.child as child_module
from constitution_check.contained import limits, read_contained, started
from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading
from constitution_check.readers.common import ReadOptions

FOLDER = Path(sys.argv[1])
OUR_PID = os.getpid()


def reading(*blocks: Block, **more: object) -> Reading:
    """A reading of these blocks."""
    return Reading(name="x", format="text", sha256="0" * 64, blocks=blocks).model_copy(update=more)


def hang(_: ReadOptions) -> Reading:
    while True:
        pass


def sleep(_: ReadOptions) -> Reading:
    time.sleep(1_000)
    return reading()


def native_memory(_: ReadOptions) -> Reading:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    if not libc.malloc(ctypes.c_size_t(2 * limits.MEMORY_BYTES)):
        os.abort()
    return reading()


def much_memory(_: ReadOptions) -> Reading:
    return reading(Block(text="x" * (2 * limits.MEMORY_BYTES)))


def sockets() -> list[int]:
    """The child's open conversation."""
    return [fd for fd in range(3, 64) if _is_socket(fd)]


def _is_socket(fd: int) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{fd}").startswith("socket")
    except OSError:
        return False


def garbage(_: ReadOptions) -> Reading:
    for fd in sockets():
        os.write(fd, b"GET / HTTP/1.1\r\n\r\n" * 100)
    return reading()


def bad_json(_: ReadOptions) -> Reading:
    for fd in sockets():
        os.write(fd, b"B" + (9).to_bytes(4, sys.byteorder) + b'[{"a":1}]')
    return reading()


def endless_output(options: ReadOptions) -> Reading:
    while True:
        options.progress("x" * 100_000, 1, 1)


def endless_messages(options: ReadOptions) -> Reading:
    while True:
        options.progress("x", 1, 1)


def endless_time(options: ReadOptions) -> Reading:
    while True:
        options.more_time()
        time.sleep(0.05)


def pages_with_time(options: ReadOptions) -> Reading:
    for page in range(4):
        options.more_time()
        options.progress("Reading", page + 1, 4)
        time.sleep(0.8)
    return reading(Block(text="Read after a while."))


def tells(say: Callable[[], str]) -> Callable[[ReadOptions], Reading]:
    """A reader that reports as its text what came of something forbidden."""
    def read(_: ReadOptions) -> Reading:
        try:
            return reading(Block(text=say() or "nothing"))
        except OSError as error:
            return reading(Block(text=f"refused: {error.strerror}"))
    return read


def _write() -> str:
    (FOLDER / "written").write_text("x", encoding="utf-8")
    return "written"


def _connect() -> str:
    with socket.create_connection(("127.0.0.1", int(sys.argv[2])), 1):
        return "connected"


def _stay() -> str:
    """Leave a process running, in a session of its own, and tell its number."""
    return str(subprocess.Popen(["/bin/sleep", "1000"], start_new_session=True).pid)


def _stay_in_group() -> str:
    return str(subprocess.Popen(["/bin/sleep", "1000"]).pid)


def _kill_the_program() -> str:
    os.kill(OUR_PID, 0)
    return "could"


def raises(error: BaseException) -> Callable[[ReadOptions], Reading]:
    """A reader that raises this."""
    def read(_: ReadOptions) -> Reading:
        raise error
    return read


EVIL: dict[str, Callable[[ReadOptions], Reading]] = {
    "hang": hang, "sleep": sleep, "abort": lambda _: os.abort(), "native_memory": native_memory,
    "much_memory": much_memory, "leave": lambda _: os._exit(0), "garbage": garbage, "bad_json": bad_json,
    "segfault": lambda _: os.kill(os.getpid(), signal.SIGSEGV) or reading(),  # type: ignore[func-returns-value]
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL) or reading(),  # type: ignore[func-returns-value]
    "endless_output": endless_output, "endless_messages": endless_messages, "endless_time": endless_time,
    "pages_with_time": pages_with_time,
    "many_blocks": lambda _: reading(*[Block(text="x")] * (limits.MAX_BLOCKS + 1)),
    "long_block": lambda _: reading(Block(text="x" * (limits.MAX_FRAME_BYTES + 1))),
    "controls": lambda _: reading(Block.model_construct(text="shall\x00 not\u200b \x1b[31mvote\x9c", style="a\x07b")),
    "page": lambda _: reading(Block(text="x", page=10**9)), "no_blocks": lambda _: reading(),
    "sha": lambda _: reading(Block(text="x"), sha256="<script>"),
    "unexpected": raises(KeyError("secret contents of the file")),
    "sentence": raises(CheckError("The file is not right; \x1b[31msend another.")),
    "long_sentence": raises(CheckError("x" * 100_000)), "recursion": raises(RecursionError()),
    "write": tells(_write), "connect": tells(_connect), "stay": tells(_stay), "stay_in_group": tells(_stay_in_group),
    "look": tells(lambda: Path("/etc/passwd").read_text(encoding="utf-8")),
    "look_beside": tells(lambda: (FOLDER / "hang").read_text(encoding="utf-8")),
    "own_file": tells(lambda: (FOLDER / "own_file").read_text(encoding="utf-8")),
    "signal": tells(_kill_the_program),
    "fork_bomb_files": tells(lambda: str([os.pipe() for _ in range(99)])),
    "environment": tells(lambda: ",".join(sorted(os.environ))), "folder": tells(lambda: str(os.listdir("."))),
    "fine": lambda _: reading(Block(text="The Group shall meet in public.")),
}


def evil_read(path: Path, options: ReadOptions) -> Reading:
    """In place of `readers.read`."""
    return EVIL[path.name](options)


def outcome(name: str) -> str:
    """How one reading ends: its text, or the sentence."""
    (FOLDER / name).write_text("the file itself", encoding="utf-8")
    try:
        held = read_contained(FOLDER / name)
    except CheckError as error:
        return f"CheckError: {error}"
    return "|".join(f"{block.text}{block.style}" for block in held.blocks)


def main() -> None:
    """Every evil once, one after the other, with one fine file between them."""
    vars(child_module)["read"] = evil_read
    limits.CPU_SECONDS, limits.WALL_SECONDS, limits.PAGE_SECONDS, limits.MOST_WALL_SECONDS = 1, 3.0, 1, 6.0
    limits.MEMORY_BYTES, limits.MAX_MESSAGES, limits.MAX_OUTPUT_BYTES = 300_000_000, 500, 5_000_000
    outcomes = {name: outcome(name) for name in EVIL}
    outcomes["fine afterwards"] = outcome("fine")
    template = started._running[0] if started._running else 0
    print(json.dumps({"outcomes": outcomes, "template": template}), flush=True)
    os._exit(0)  # as if killed: nothing is tidied, and the template must go by itself


main()
