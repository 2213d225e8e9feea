"""Phrases that say something else than they seem to: "shall|is to|are to be" chooses between single words.

Only what is almost always a slip is named: two alternations side by side whose inner words make a fixed pair ("is to",
"other than", "taken up") where the second goes on with a word that cannot follow the first's others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from constitution_check.clause_records import Library
from constitution_check.lint_places import Note, Places, all_phrases

_PAIRS = frozenset({
    ("is", "to"), ("are", "to"), ("ought", "to"), ("has", "to"), ("have", "to"), ("other", "than"), ("apart", "from"),
    ("subject", "to"), ("taken", "up"), ("set", "aside"), ("struck", "off"), ("carried", "out"), ("less", "than"),
    ("more", "than"), ("laid", "down"), ("short", "of"), ("free", "to"), ("able", "to")})
_SMALL = frozenset(
    "be to than from up aside off out down of in on at by for with over under as into upon about after before above "
    "beyond against through towards within".split())


def traps(library: Library, places: Places) -> Iterator[Note]:
    """Every such phrase, with where it is written."""
    for phrases in all_phrases(library.safeguards, places.shared_lists()).values():
        for phrase in phrases:
            pair = split_pair(phrase.text)
            if pair:
                yield Note(phrase.file, phrase.row, f'"{phrase.text}" does not mean "{pair}" as one alternative: a|b '
                           "chooses between single words; write two phrases")


def split_pair(phrase: str) -> str:
    """The fixed pair of words that two alternations side by side tear apart; "" where there is none."""
    words = [word.replace("!", "") for word in phrase.lower().split()]
    for first, second in pairwise(words):
        if "{" in first + second or "|" not in first or "|" not in second:
            continue
        last, (head, *rest) = first.split("|")[-1], second.split("|")
        if (last, head) in _PAIRS and not set(rest) <= _SMALL:
            return f"{last} {head}"
    return ""
