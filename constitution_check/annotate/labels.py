"""Typed numbers for new paragraphs: "8.6.3A" behind "8.6.3", so that no later number moves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from constitution_check.readers.word_formats import letters

_LAST = re.compile(r"(?P<number>\d+[A-Z]*)(?P<tail>[^0-9A-Za-z]*)$")


def labels_after(label: str, number: str, taken: Iterable[str]) -> Iterator[str]:
    """Labels for paragraphs that follow one with this label and number: its own with A, B, C … behind its last figure.

    taken: the numbers that the document uses. Empty labels, without end, where the label has no figure.
    """
    match = _LAST.search(label)
    used = set(taken)
    for place in count(1):
        letter = letters(place).upper()
        if match is None:
            yield ""
        elif f"{number}{letter}" not in used:
            yield f"{label[:match.end('number')]}{letter}{match['tail']}"


def next_label(label: str) -> str:
    """The label of the section after the one with this label: "10." after "9."; "" where it cannot be told."""
    match = re.fullmatch(r"(?P<head>(?:[A-Za-z]+ )?)(?P<number>\d{1,3})(?P<tail>[^0-9A-Za-z]*)", label)
    return f"{match['head']}{int(match['number']) + 1}{match['tail']}" if match else ""


def labels_under(section: str, sibling: str) -> Iterator[str]:
    """Labels for the paragraphs of a new section, in the form of a sibling's: "10.1", "10.2" where it has "9.4".

    Empty labels, without end, where the sibling has no such form.
    """
    number = re.search(r"\d+", section)
    form = re.fullmatch(r"\d+(?:\.\d+)+(?P<tail>\.?)", sibling)
    for place in count(1):
        yield f"{number[0]}.{place}{form['tail']}" if number and form else ""
