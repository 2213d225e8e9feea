"""Harmless neighbours of a present example: other words, numbers or signs that change nothing that is demanded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constitution_check.passages import labels_of
from constitution_check.perturb_base import Base, Lines, Wanted
from constitution_check.perturb_text import (
    NEGATORS,
    excepts,
    fronted,
    governing,
    inserted,
    modals,
    one_clause,
    replaced,
)
from constitution_check.perturb_weaken import Neighbour, items_of, seats

_SAME_DUTY = {"shall": "must", "must": "shall", "will": "shall"}
_ITEM_END = re.compile(r"[,;]?\s*(?:\band|\bor)?\s*[,;.]?$")
_POINTS_BACK = re.compile(
    r"\b(?:such|those|them|this|these|same|above|latter|former|either|other|further|also)\b|^it\b", re.I)
_TO_ITEM = re.compile(r"\([a-z]\)")
_BEFORE: Lines = [("h", "Name"), ("p", "This body is called NHS Anywhere."),
                  ("p", "Its head office is at 1 High Street, Anytown."), ("h", "Area"),
                  ("p", "It covers the borough of Anytown.")]


def harmless(base: Base) -> Iterator[Neighbour]:
    """Every harmless neighbour; each limb must stay what it is."""
    same = {limb: base.as_found(limb) for limb in base.limbs}
    for rule, lines in (*_other_modal(base), *_prohibition(base), *_law(base), *_signs(base), *_reordered(base)):
        yield Neighbour(rule, lines, same)
    yield from _renumbered(base, same)


def _other_modal(base: Base) -> Iterator[tuple[str, Lines]]:
    """Every "shall" to "must", every "must" or "will" to "shall"."""
    lines = [(kind, text if kind == "h" else re.sub(
        r"\b(shall|must|will)\b", lambda m: _SAME_DUTY[m[1]], text)) for kind, text in base.lines]
    if lines != base.lines:
        yield "shall for must", lines


def _prohibition(base: Base) -> Iterator[tuple[str, Lines]]:
    """ "No contract shall" to "no contract may", "shall not" to "may not"."""
    for seat in seats(base):
        at = governing(seat.sentence)
        if at is None or excepts(seat.sentence):
            continue
        words = seat.sentence.words
        denied = words[0] in ("no", "none", "neither") or words[at + 1:at + 2] == ("not",)
        if denied and sum(word in NEGATORS for word in words) == 1 and not any(modals(s) for s in items_of(seat)):
            text = replaced(seat.sentence.text, seat.sentence.spans[at], "may")
            yield "may not for shall not", _with(base, seat.line, text)


def _law(base: Base) -> Iterator[tuple[str, Lines]]:
    """A caveat of lawfulness, after the modal or in front."""
    for seat in seats(base):
        at = governing(seat.sentence)
        if at is not None and not excepts(seat.sentence):
            text = inserted(seat.sentence.text, seat.sentence.end(at), ", in so far as the law allows,")
            yield "as the law allows", _with(base, seat.line, text)
        sound = not seat.unit.stems and one_clause(seat.sentence) and not excepts(seat.sentence)
        first = fronted(seat.sentence, "So far as the law allows, ") if sound else None
        if first:
            yield "as the law allows, in front", _with(base, seat.line, first)


def _signs(base: Base) -> Iterator[tuple[str, Lines]]:
    """Quotation marks, dashes and spaces as a word processor puts them."""
    def curly(text: str) -> str:
        text = re.sub(r'"([^"]*)"', r"“\1”", text)
        return text.replace("'", "’").replace(" - ", " – ")

    def hard_spaces(text: str) -> str:
        return re.sub(r" (?=\S+ \S+ )(\S+) ", " \\1\u00a0", text)

    for rule, change in (("curly quotes", curly), ("hard spaces", hard_spaces)):
        lines = [(kind, change(text)) for kind, text in base.lines]
        if lines != base.lines:
            yield rule, lines
    dashed = [(kind, re.sub(r"(\w), (who|which) ([^,]{5,60}), ", r"\1 – \2 \3 – ", text)) for kind, text in base.lines]
    if dashed != base.lines:
        yield "dashes for commas", dashed


def _reordered(base: Base) -> Iterator[tuple[str, Lines]]:
    """The items of a list the other way round."""
    if any(_TO_ITEM.search(text) for _, text in base.lines):
        return
    for first in (n for n, (kind, _) in enumerate(base.lines) if kind == "a" and base.lines[n - 1][0] != "a"):
        last = next((n for n in range(first, len(base.lines)) if base.lines[n][0] != "a"), len(base.lines))
        items = [text for _, text in base.lines[first:last]]
        deep = last < len(base.lines) and base.lines[last][0] == "i"
        if len(items) < 2 or deep or any(_POINTS_BACK.search(item) for item in items):
            continue
        ends = [_ITEM_END.search(item) for item in items]
        bare = [item[:end.start()] for item, end in zip(items, ends, strict=True) if end]
        signs = [end.group() for end in ends if end]
        turned = [("a", text + sign) for text, sign in zip(reversed(bare), signs, strict=True)]
        yield "items the other way round", [*base.lines[:first], *turned, *base.lines[last:]]


def _renumbered(base: Base, same: dict[str, Wanted]) -> Iterator[Neighbour]:
    """Two sections set before it, which every number then follows; items numbered instead of lettered."""
    raw = list(base.example.lines)
    moved = [(kind, re.sub(r"\{line (\d+)\}", lambda m: f"{{line {int(m[1]) + len(_BEFORE)}}}", text))
             for kind, text in (raw if raw[0][0] == "h" else [("h", "Rules"), *raw])]
    if raw[0][0] == "h":
        yield Neighbour("other sections before it", [*_BEFORE, *moved], same)
    kinds = [kind for kind, _ in base.lines]
    if "a" in kinds and "i" not in kinds and not any(_TO_ITEM.search(text) for _, text in base.lines):
        labels = [(f"({ord(label[1]) - 96})", number) if kind == "a" else (label, number)
                  for kind, (label, number) in zip(kinds, labels_of(kinds), strict=True)]
        yield Neighbour("items in figures", base.lines, same, labels=tuple(labels))


def _with(base: Base, line: int, text: str) -> Lines:
    return [(kind, text if n == line else old) for n, (kind, old) in enumerate(base.lines)]
