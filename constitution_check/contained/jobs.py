"""Work on a file other than reading, done by the same kind of child under the same limits: bytes in, bytes out."""

from __future__ import annotations

import importlib
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from constitution_check.contained import frames, limits, sentences
from constitution_check.contained.ask import ended_by, known
from constitution_check.contained.children import NoChildError, child
from constitution_check.contained.frames import EndedError, GarbageError
from constitution_check.contained.wire import TooMuchError
from constitution_check.errors import CheckError

JOBS = {"annotate": ("constitution_check.annotate.job", "annotate_file")}
"""What a child may be asked to do: a function of a path and a payload that gives bytes."""

MOST_BYTES = 100_000_000
"""All that a job may give: a file as large as may be read, and what is written into it."""

_PIECE = 1_000_000


def work_in_child(job: str, path: Path, payload: bytes) -> bytes:
    """What the job makes of the file and the payload. Raises CheckError for whatever goes wrong, as reading does."""
    for last in (False, True):  # a second child where the first could not be had
        try:
            return _once(job, path, payload)
        except NoChildError as error:
            if last:
                raise CheckError(sentences.no_child(path.name)) from error
    raise AssertionError


def _once(job: str, path: Path, payload: bytes) -> bytes:
    ours, theirs = socket.socketpair()
    pieces = [payload[start:start + _PIECE] for start in range(0, len(payload), _PIECE)]
    request = json.dumps({"path": os.path.abspath(path), "ocr": "never", "job": job, "pieces": len(pieces)}).encode()
    with ours, theirs, known(path), child(theirs) as status:
        try:
            frames.send(ours, frames.REQUEST, request)
            for piece in pieces:
                frames.send(ours, frames.RESULT, piece)
            return _answer(path, ours)
        except EndedError as error:
            raise ended_by(path, status) from error


def _answer(path: Path, source: socket.socket) -> bytes:
    deadline = time.monotonic() + limits.WALL_SECONDS
    held = bytearray()
    for _ in range(limits.MAX_MESSAGES):
        letter, payload = frames.receive(source, deadline)
        if letter == frames.DONE:
            return bytes(held)
        if letter != frames.RESULT:
            raise _fault(path, letter, payload)
        held += payload
        if len(held) > MOST_BYTES:
            raise TooMuchError
    raise TooMuchError


def _fault(path: Path, letter: bytes, payload: bytes) -> Exception:
    answers: dict[bytes, Callable[[], str]] = {
        frames.SENTENCE: lambda: sentences.from_child(path, payload),
        frames.NO_MEMORY: lambda: sentences.no_memory(path.name),
        frames.CRASH: lambda: sentences.stumbled(path.name, payload),
    }
    return CheckError(answers[letter]()) if letter in answers else GarbageError()


def messages(conversation: socket.socket, request: dict[str, object], path: Path) -> Iterator[tuple[bytes, bytes]]:
    """The child's side: take the payload, do the job, give what it made in messages, the last of them DONE."""
    deadline = time.monotonic() + limits.WALL_SECONDS
    pieces = [frames.receive(conversation, deadline)[1] for _ in range(int(str(request["pieces"])))]
    conversation.settimeout(None)
    module, function = JOBS[str(request["job"])]
    made: bytes = getattr(importlib.import_module(module), function)(path, b"".join(pieces))
    for start in range(0, len(made), _PIECE):
        yield frames.RESULT, made[start:start + _PIECE]
    yield frames.DONE, b""
