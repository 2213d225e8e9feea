"""Ids that are free in a Word file: one counter for comments, revisions and whatever else has a w:id."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ID = re.compile(rb"""\bw?[\w.-]*:id=["'](\d{1,10})["']""")
_MOST = 2**31 - 1


class Ids:
    """Gives numbers that no part of the file uses as a w:id (ECMA-376 part 1, 17.13: unique in the document)."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        used = {int(found) for part in parts for found in _ID.findall(part)}
        self._used = {number for number in used if number <= _MOST}
        self._next = max((number for number in self._used if number < _MOST // 2), default=0)

    def new(self) -> str:
        """A number not given before."""
        self._next += 1
        while self._next in self._used:
            self._next += 1
        return str(self._next)
