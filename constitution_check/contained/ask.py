"""One reading, from the program's side: ask, listen under limits, and say in a sentence what went wrong."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from constitution_check.contained import frames, limits, sentences
from constitution_check.contained.children import NoChildError, Status, child
from constitution_check.contained.frames import EndedError, GarbageError, LateError
from constitution_check.contained.wire import Gathering, TooMuchError
from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.progress import Progress
from constitution_check.readers.common import MustConvertError, ReadOptions


def read_in_child(path: Path, options: ReadOptions) -> Reading:
    """The reading of one file by a child. Raises CheckError for whatever goes wrong.

    A file that another program must convert first is converted here, because the child may not write; it is not parsed.
    """
    try:
        return _read(path, options)
    except MustConvertError as foreign:
        from constitution_check.readers.office import read_office

        return read_office(path, foreign.kind, lambda converted: _read(converted, options))


def _read(path: Path, options: ReadOptions) -> Reading:
    """The reading by one child; by a second where the first could not be had or its template was killed."""
    try:
        return _read_once(path, options)
    except NoChildError:
        pass
    try:
        return _read_once(path, options)
    except NoChildError as error:
        raise CheckError(sentences.no_child(path.name)) from error


def _read_once(path: Path, options: ReadOptions) -> Reading:
    ours, theirs = socket.socketpair()
    request = json.dumps({"path": os.path.abspath(path), "ocr": options.ocr}).encode()
    with ours, theirs, known(path), child(theirs) as status:
        try:
            frames.send(ours, frames.REQUEST, request)
            return Listener(path, options.progress).listen(ours)
        except EndedError as error:
            raise ended_by(path, status) from error


def ended_by(path: Path, status: Status) -> Exception:
    """What to raise for a child that ended before its answer was whole."""
    code, held = status()
    return NoChildError() if code is None else CheckError(sentences.ended(path.name, code, held))


@contextmanager
def known(path: Path) -> Iterator[None]:
    """Whatever goes wrong between us and a child, as a sentence."""
    try:
        yield
    except LateError as error:
        raise CheckError(sentences.too_slow(path.name)) from error
    except TooMuchError as error:
        raise CheckError(sentences.too_much(path.name)) from error
    except GarbageError as error:
        raise CheckError(sentences.garbage(path.name)) from error


class Listener:
    """Listens to one child, for a limited time, number of messages and bytes."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path = path
        self._progress = progress
        self._start = time.monotonic()
        self._deadline = self._start + limits.WALL_SECONDS
        self._gathering = Gathering()

    def listen(self, source: socket.socket) -> Reading:
        """The reading. Raises CheckError with the child's own sentence, or what frames and wire raise."""
        total = 0
        for _ in range(limits.MAX_MESSAGES):
            letter, payload = frames.receive(source, self._deadline)
            total += len(payload)
            if total > limits.MAX_OUTPUT_BYTES:
                raise TooMuchError
            if letter == frames.DONE:
                return self._gathering.reading(payload).model_copy(update={"name": self._path.name})
            self._heard(letter, payload)
        raise TooMuchError

    def _heard(self, letter: bytes, payload: bytes) -> None:
        if letter in (frames.BLOCKS, frames.CURRENT, frames.CHANGES):
            self._gathering.add(letter, payload)
        elif letter == frames.PROGRESS:
            self._progress(*sentences.progress(payload))
        elif letter == frames.MORE_TIME:
            self._deadline = min(self._deadline + limits.PAGE_SECONDS, self._start + limits.MOST_WALL_SECONDS)
        else:
            raise self._ends_with(letter, payload)

    def _ends_with(self, letter: bytes, payload: bytes) -> Exception:
        name = self._path.name
        answers: dict[bytes, Callable[[], Exception]] = {
            frames.SENTENCE: lambda: CheckError(sentences.from_child(self._path, payload)),
            frames.FOREIGN: lambda: MustConvertError(sentences.foreign_kind(payload)),
            frames.NO_MEMORY: lambda: CheckError(sentences.no_memory(name)),
            frames.CRASH: lambda: CheckError(sentences.stumbled(name, payload)),
        }
        return answers[letter]() if letter in answers else GarbageError()
