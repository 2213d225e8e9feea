"""Automatic numbering: counting, and the label that Word shows before a paragraph.

No library computes it (the best of those tried got 84% of the labels of real documents), so
the rules are here: ECMA-376 part 1, 17.9, and what Word does where the standard is silent.
"""

from __future__ import annotations

import re
from functools import lru_cache

from constitution_check.readers.word_formats import format_number
from constitution_check.readers.word_numbering import MAX_LEVEL, Level, List
from constitution_check.readers.word_symbols import bullet

MAX_LABEL = 100  # characters; Word shows no longer ones
_UNSAID = Level()  # a level of which the file says nothing
_PLACE = re.compile(r"%([1-9])")


class Counters:
    """The running numbers of one flow of text; counters belong to the abstract numbering, not to the num."""

    def __init__(self) -> None:
        self._counts: dict[int, dict[int, int]] = {}
        self._fired: set[tuple[int, int]] = set()

    def label(self, found: List, ilvl: int, start: int | None = None) -> str:
        """Count one paragraph at a level of a list and give what Word shows before it, "" for nothing.

        start: set the counter to this value first (the \\s switch of LISTNUM).
        """
        counts = self._counts.setdefault(found.abstract, {})
        level = found.levels.get(ilvl, _UNSAID)
        self._count(found, ilvl, counts, level)
        if start is not None:
            counts[ilvl] = start
        if level.how == "bullet" or level.picture:
            return "" if level.look.vanish else bullet(level.text, level.picture)
        return _shown(found, ilvl, counts, level)

    def _count(self, found: List, ilvl: int, counts: dict[int, int], level: Level) -> None:
        key = (found.num_id, ilvl)
        if ilvl in found.overrides and key not in self._fired:
            counts[ilvl] = found.overrides[ilvl]
        else:
            counts[ilvl] = counts[ilvl] + 1 if ilvl in counts else level.start
        if found.overrides:
            self._fired.update((found.num_id, upper) for upper in range(ilvl + 1))
        for upper in range(ilvl):
            if upper not in counts:
                counts[upper] = found.overrides.get(upper, found.levels.get(upper, _UNSAID).start)
        for deeper in [other for other in counts if other > ilvl]:
            restart = found.levels.get(deeper, _UNSAID).restart
            if restart is None or ilvl < restart:
                del counts[deeper]


def _shown(found: List, ilvl: int, counts: dict[int, int], level: Level) -> str:
    if level.look.vanish:
        return ""
    shown = []
    for between, upper in _places(level.text):
        shown.append(between)
        if upper <= ilvl and upper in counts:
            shape = found.levels.get(upper, _UNSAID)
            how = "decimal" if level.legal and shape.how != "none" else shape.how
            shown.append(format_number(counts[upper], how, shape.custom))
    text = " ".join("".join(shown).split())[:MAX_LABEL]
    return text.upper() if level.look.caps else text


@lru_cache(maxsize=512)
def _places(text: str) -> tuple[tuple[str, int], ...]:
    """The text of a level ("%1.%2 ") in pieces: what stands before each place, and its level; last, the rest."""
    parts = _PLACE.split(text)
    return (*((parts[at], int(parts[at + 1]) - 1) for at in range(0, len(parts) - 1, 2)), (parts[-1], MAX_LEVEL + 1))
