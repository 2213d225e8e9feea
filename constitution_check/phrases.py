"""Phrases of the word lists, and finding them in a row of tokens.

A phrase is a row of elements: a word (any of its forms), `a|b` (either), `word!` (that form only),
`word*` (any word that starts so), `#` (a number), `...` (up to eight words between), `{list}` (anything
that another list finds). Articles and other determiners between the words need not be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from constitution_check.inflect import forms

GAP = 8
# Passed over between two words of a phrase, because they say nothing about what is done.
SKIPPED = frozenset("a an the its their his her our any such said that this those these 's ' \" - ( ) [ ]".split())
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand half third quarter fifth tenth twelve eighth sixth "
    "twenty-eight twenty-one".split()
)
_ELEMENT = re.compile(r"\{[^}]+\}|\S+")
_DIGITS = re.compile(r"^[£]?\d[\d,.]*%?$")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Word:
    """Any of these forms."""

    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that starts so."""

    start: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits or words."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int = GAP


@dataclass(frozen=True, slots=True)
class ListRef:
    """Anything that one of these lists finds."""

    names: tuple[str, ...]


Element = Word | Prefix | Number | Gap | ListRef


def _element(written: str) -> Element:
    if written == "...":
        return Gap()
    if written == "#":
        return Number()
    if written.startswith("{") and written.endswith("}"):
        return ListRef(tuple(name.strip() for name in written[1:-1].split("|")))
    if written.endswith("*") and len(written) > 3:
        return Prefix(written[:-1].lower())
    if re.search(r"[{}*#\"]", written):
        raise PhraseError(f'"{written}" cannot be read: use words, a|b, word!, word*, #, ... or {{list}}')
    found: set[str] = set()
    for choice in written.lower().split("|"):
        if not choice:
            raise PhraseError(f'"{written}" has an empty choice')
        found |= {choice[:-1]} if choice.endswith("!") else forms(choice)
    return Word(frozenset(found))


@cache
def parse_phrase(written: str) -> tuple[Element, ...]:
    """The elements of one phrase. Raises PhraseError where it cannot be read."""
    text = written.strip().replace("’", "'").replace("'s ", " 's ")
    parts = [part for found in _ELEMENT.findall(text)
             for part in ([found] if found.startswith("{") else re.sub(r"(?<=\w)[-/](?=\w)", " ", found).split())]
    elements = tuple(_element(part) for part in parts)
    solid = [e for e in elements if not isinstance(e, Gap)]
    if not solid:
        raise PhraseError("an empty phrase")
    if isinstance(elements[0], Gap) or isinstance(elements[-1], Gap):
        raise PhraseError(f'"{written}" begins or ends with "...", which says nothing')
    return elements


class Spans(Protocol):
    """Where a list starts and ends in the tokens at hand."""

    def ends(self, name: str, at: int) -> Sequence[int]:
        """The ends (exclusive) of what the list finds starting at token `at`."""


def match_at(elements: tuple[Element, ...], words: Sequence[str], at: int, lists: Spans) -> Iterator[int]:
    """Every end (exclusive) of the phrase where it starts at token `at` of `words`."""
    if len(elements) == 1:
        return iter(_one(elements[0], words, at, lists) if at < len(words) else ())
    return _walk(elements, 0, words, at, lists)


def _walk(elements: tuple[Element, ...], i: int, words: Sequence[str], at: int, lists: Spans) -> Iterator[int]:
    if i == len(elements):
        yield at
        return
    element = elements[i]
    if isinstance(element, Gap):
        after = elements[i + 1]
        forms = after.forms if isinstance(after, Word) else None
        for step in range(min(element.most, len(words) - at) + 1):
            if step and words[at + step - 1] == ";":
                return
            here = at + step
            # A word after the gap either stands here, or behind an article, or the walk is in vain.
            if forms is None or (here < len(words) and (words[here] in forms or words[here] in SKIPPED)):
                yield from _walk(elements, i + 1, words, here, lists)
        return
    if at >= len(words):
        return
    ended = False
    for end in _one(element, words, at, lists):
        ended = True
        yield from _walk(elements, i + 1, words, end, lists)
    if not ended and i and words[at] in SKIPPED:
        yield from _walk(elements, i, words, at + 1, lists)


def _one(element: Element, words: Sequence[str], at: int, lists: Spans) -> Sequence[int]:
    word = words[at]
    if isinstance(element, Word):
        return (at + 1,) if word in element.forms else ()
    if isinstance(element, Prefix):
        return (at + 1,) if word.startswith(element.start) else ()
    if isinstance(element, Number):
        return (at + 1,) if is_number(word) else ()
    if isinstance(element, ListRef):
        if len(element.names) == 1:
            return lists.ends(element.names[0], at)
        return sorted({end for name in element.names for end in lists.ends(name, at)})
    return ()


def is_number(word: str) -> bool:
    """Whether a token is a number, in digits ("28", "£5,000", "10%") or in words."""
    return word in NUMBERS or bool(_DIGITS.match(word))
