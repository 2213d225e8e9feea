"""The messages between the program and the child that reads for it: one letter, a length, that many bytes."""

from __future__ import annotations

import socket
import struct
import time

from constitution_check.contained.limits import MAX_FRAME_BYTES

REQUEST, PROGRESS, MORE_TIME, PROBED = b"Q", b"P", b"T", b"R"
BLOCKS, CURRENT, CHANGES, RESULT, DONE = b"B", b"C", b"H", b"O", b"D"
SENTENCE, FOREIGN, NO_MEMORY, CRASH = b"S", b"F", b"M", b"X"
LETTERS = frozenset(b"QPTRBCHODSFMX")
_HEAD = struct.Struct("=cL")
_PIECE = 1 << 18


class GarbageError(Exception):
    """What came is no message of ours."""


class EndedError(Exception):
    """The other side has gone."""


class LateError(Exception):
    """Nothing came in time."""


def send(to: socket.socket, letter: bytes, payload: bytes = b"") -> None:
    """Send one message. Raises EndedError where nobody is there, ValueError where it is too long to be read."""
    if len(payload) > MAX_FRAME_BYTES:
        raise ValueError("message too long")
    try:
        to.sendall(_HEAD.pack(letter, len(payload)) + payload)
    except OSError as error:
        raise EndedError from error


def receive(source: socket.socket, deadline: float) -> tuple[bytes, bytes]:
    """The next message. deadline: as time.monotonic() counts.

    Raises GarbageError for what is none, EndedError where there is none any more, LateError at the deadline.
    """
    letter, length = _HEAD.unpack(_exactly(source, _HEAD.size, deadline))
    if letter[0] not in LETTERS or length > MAX_FRAME_BYTES:
        raise GarbageError
    return letter, _exactly(source, length, deadline)


def _exactly(source: socket.socket, length: int, deadline: float) -> bytes:
    held = bytearray()
    while len(held) < length:
        left = deadline - time.monotonic()
        if left <= 0:
            raise LateError
        source.settimeout(left)
        try:
            piece = source.recv(min(_PIECE, length - len(held)))
        except TimeoutError as error:
            raise LateError from error
        except OSError as error:
            raise EndedError from error
        if not piece:
            raise EndedError
        held += piece
    return bytes(held)
