"""The child's side: confine itself, read one file, tell what was read. It trusts nobody after the request."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from constitution_check.contained import confine, frames, limits, wire
from constitution_check.contained.sentences import too_much
from constitution_check.errors import CheckError
from constitution_check.readers import read
from constitution_check.readers.common import MustConvertError, ReadOptions


def serve(conversation: socket.socket) -> None:
    """Take one request and answer it. Never returns with an exception."""
    with suppress(frames.EndedError, frames.LateError):  # nobody listens any more
        _answer(conversation)


def _answer(conversation: socket.socket) -> None:
    _, payload = frames.receive(conversation, time.monotonic() + limits.WALL_SECONDS)
    conversation.settimeout(None)
    request = json.loads(payload)
    if "path" not in request:
        _probe(conversation, request)
        return
    path = Path(request["path"])
    _confine(path)
    options = ReadOptions(ocr=request["ocr"], convert=False,
                          progress=lambda *news: frames.send(conversation, frames.PROGRESS, json.dumps(news).encode()),
                          more_time=lambda: _more_time(conversation))
    try:
        for message in _messages(conversation, request, path, options):
            frames.send(conversation, *message)
    except CheckError as error:
        if _was_short_of_memory():
            frames.send(conversation, frames.NO_MEMORY)
            return
        frames.send(conversation, frames.SENTENCE, str(error).encode("utf-8", "replace")[:limits.MAX_FRAME_BYTES])
    except MustConvertError as error:
        frames.send(conversation, frames.FOREIGN, error.kind.encode())
    except MemoryError:
        frames.send(conversation, frames.NO_MEMORY)
    except wire.TooMuchError:
        frames.send(conversation, frames.SENTENCE, too_much(path.name).encode())
    except Exception as error:  # where it is that nobody listens, nobody hears this either
        frames.send(conversation, frames.CRASH, type(error).__name__.encode())


def _messages(conversation: socket.socket, request: dict[str, Any], path: Path,
              options: ReadOptions) -> Iterator[tuple[bytes, bytes]]:
    """What is asked for: the reading, or what another job makes of the file."""
    if "job" not in request:
        return wire.to_messages(read(path, options))
    from constitution_check.contained import jobs

    return jobs.messages(conversation, request, path)


def _probe(conversation: socket.socket, request: dict[str, Any]) -> None:
    """For `doctor`: confined as for a file, try what should not be possible."""
    from constitution_check.contained.probe import burn, probe

    _confine(Path(os.devnull))
    if "burn" in request:
        burn()
    frames.send(conversation, frames.PROBED, json.dumps(probe(request["probe"])).encode())


def _was_short_of_memory() -> bool:
    """Whether what looks like a damaged file may be a refused allocation: lxml then speaks of an "unknown error"."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return False
    peak = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmPeak"))
    return peak > limits.SHORT_OF_MEMORY * limits.MEMORY_BYTES


def _confine(path: Path) -> None:
    confine.limit(memory=limits.MEMORY_BYTES, cpu=(limits.CPU_SECONDS, limits.MOST_CPU_SECONDS), file_size=0,
                  open_files=limits.OPEN_FILES)
    confine.hide_files(read=(path, Path("/proc/self/status")))


def _more_time(conversation: socket.socket) -> None:
    confine.more_cpu(limits.PAGE_SECONDS)
    frames.send(conversation, frames.MORE_TIME)
