"""Which words of a paragraph went and which came: difflib of the standard library, on words.

difflib looks for the longest runs that stayed; of two ways to tell a change it so finds the one that people find too,
where the shortest edit would keep stray words ("the", "of") between the changed ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from constitution_check.compare.records import Op, Piece

_WORD = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_STRAY = 4  # letters: a single shorter word between two changes is told as changed too


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in reading order; the words that went before those that came in their place."""
    if old == new:
        return (Piece(op=Op.SAME, text=old),) if old else ()
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs: list[tuple[Op, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            runs.append((Op.SAME, "".join(before[a:b])))
        else:
            runs += [(Op.REMOVED, "".join(before[a:b])), (Op.ADDED, "".join(after[c:d]))]
    return tuple(_joined(_without_strays([run for run in runs if run[1]])))


def _without_strays(runs: list[tuple[Op, str]]) -> Iterator[tuple[Op, str]]:
    """A lone small word or space that stayed between two changes goes with them: "will exclude" for "may exclude"
    is one change, a comma kept in the midst of a new sentence is none."""
    for n, (op, text) in enumerate(runs):
        inside = 0 < n < len(runs) - 1
        if op is Op.SAME and inside and len(text.split()) <= 1 and len(text.strip()) < _STRAY:
            yield Op.REMOVED, text
            yield Op.ADDED, text
        else:
            yield op, text


def _joined(runs: Iterable[tuple[Op, str]]) -> Iterator[Piece]:
    """Neighbouring changes as one: all that went, then all that came."""
    gone, come = "", ""
    for op, text in runs:
        if op is Op.REMOVED:
            gone += text
        elif op is Op.ADDED:
            come += text
        else:
            yield from _change(gone, come)
            gone, come = "", ""
            yield Piece(op=Op.SAME, text=text)
    yield from _change(gone, come)


def _change(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(op=Op.REMOVED, text=gone)
    if come:
        yield Piece(op=Op.ADDED, text=come)
