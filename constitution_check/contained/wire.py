"""A Reading as messages and back. What comes back is checked against the schema and our own limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from constitution_check.contained import frames, limits
from constitution_check.contained.frames import GarbageError
from constitution_check.model import Block, Change, Reading
from constitution_check.readers.common import CONTROL, MAX_PAGES, MAX_TEXT_CHARS

_AT_ONCE = 1_000
_SHA256 = re.compile("[0-9a-f]{64}")
# JSON's escapes and control characters as UTF-8, a search for each first byte: quick where they are rare.
_RAW = [re.compile(pattern) for pattern in (
    rb'\\[^"]', rb"\x7f", rb"\xc2[\x80-\x84\x86-\x9f\xad]", rb"\xe2\x80\x8b", rb"\xe2\x81\xa0", rb"\xef\xbb\xbf",
    rb"\xef\xbf[\xbe\xbf]")]


_blocks, _changes, _reading = TypeAdapter(list[Block]), TypeAdapter(list[Change]), TypeAdapter(Reading)


def to_messages(reading: Reading) -> Iterator[tuple[bytes, bytes]]:
    """The reading as messages, the last of them DONE."""
    yield from _listed(frames.BLOCKS, reading.blocks, _blocks)
    yield from _listed(frames.CURRENT, reading.current or (), _blocks)
    yield from _listed(frames.CHANGES, reading.changes, _changes)
    rest = reading.model_copy(update={"blocks": (), "changes": (), "current": None if reading.current is None else ()})
    yield frames.DONE, rest.model_dump_json().encode()


def _listed(letter: bytes, items: Sequence[BaseModel], form: TypeAdapter[Any]) -> Iterator[tuple[bytes, bytes]]:
    """The items, as many at once as a message holds."""
    waiting = [items[start:start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    while waiting:
        some = waiting.pop(0)
        payload = form.dump_json(list(some), exclude_defaults=True)
        if len(payload) <= limits.MAX_FRAME_BYTES:
            yield letter, payload
        elif len(some) == 1:
            raise TooMuchError
        else:
            waiting[:0] = [some[:len(some) // 2], some[len(some) // 2:]]


class TooMuchError(Exception):
    """More than the limits of one reading."""


class Gathering:
    """Puts a Reading together out of the child's messages, and stops where it grows beyond the limits."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._current: list[Block] = []
        self._changes: list[Change] = []
        self._chars = 0

    def add(self, letter: bytes, payload: bytes) -> None:
        """Take in a list. Raises GarbageError, or TooMuchError beyond the limits."""
        if letter == frames.CHANGES:
            self._changes += _checked(_changes, payload)
            self._keep(len(self._changes), limits.MAX_CHANGES)
            self._chars += sum(len(change.text) for change in self._changes)
            return
        view = self._blocks if letter == frames.BLOCKS else self._current
        blocks = _checked(_blocks, payload)
        view += blocks
        self._keep(len(view), limits.MAX_BLOCKS)
        for block in blocks:
            self._chars += len(block.text)
            if not (_is_page(block.page) and (not block.doubtful or _within(block))):
                raise GarbageError
        self._keep(self._chars, 3 * MAX_TEXT_CHARS)

    def reading(self, payload: bytes) -> Reading:
        """The whole, from the last message. Raises GarbageError."""
        rest: Reading = _checked(_reading, payload)
        if not (0 <= (rest.pages or 0) <= MAX_PAGES and _SHA256.fullmatch(rest.sha256) and self._blocks):
            raise GarbageError
        self._keep(len(rest.unread), limits.MAX_UNREAD)
        self._keep(len(rest.ocr_pages), MAX_PAGES)
        return rest.model_copy(update={
            "blocks": tuple(self._blocks), "changes": tuple(self._changes),
            "current": None if rest.current is None else tuple(self._current)})

    @staticmethod
    def _keep(count: int, most: int) -> None:
        if count > most:
            raise TooMuchError


def _is_page(page: int | None) -> bool:
    return page is None or 0 < page <= MAX_PAGES


def _within(block: Block) -> bool:
    """Whether every span lies in the text."""
    return all(0 <= start <= end <= len(block.text) for start, end in block.doubtful)


def _checked(form: TypeAdapter[Any], payload: bytes) -> Any:
    """What the payload holds, by its schema, without control characters."""
    try:
        found = form.validate_json(payload)
        if _may_hold_controls(payload):
            found = form.validate_python(_without_controls(form.dump_python(found)))
    except ValidationError as error:
        raise GarbageError from error
    return found


def _may_hold_controls(payload: bytes) -> bool:
    """Whether there is a control character as it is, or an escape of JSON's but that of a quotation mark."""
    return any(raw.search(payload) for raw in _RAW)


def _without_controls(data: Any) -> Any:
    if isinstance(data, str):
        return CONTROL.sub("", data)
    if isinstance(data, dict):
        return {key: _without_controls(value) for key, value in data.items()}
    return [_without_controls(item) for item in data] if isinstance(data, list | tuple) else data
