"""Open ancestors, and how a label is matched to them: shape, alphabet and value decide, looks break ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constitution_check.model import Block
from constitution_check.numbers import Label, readings

MOST_MISSED = 3
"""A number may follow another that is this much lower: some are deleted, some not recognised."""
_NEAR = 7.0
"""Points by which two indents may differ and still be the same column."""


@dataclass(slots=True)
class Entry:
    """An open ancestor. `alphabet` and `value` are those of its last element; `parts` its decimals."""

    index: int
    level: int
    citation: str
    block: Block
    alphabet: str = ""
    value: int = 0
    shape: str = ""
    parts: tuple[str, ...] = ()
    kind: str = "item"  # division, container, section or item
    parent: int | None = None

    @property
    def is_item(self) -> bool:
        """Whether it is a list item: lettered, bulleted, or numbered inside a section."""
        return self.kind == "item"


def sibling_of(stack: Sequence[Entry], element: str, label: Label, block: Block,
             ahead: Sequence[Label | None]) -> tuple[Entry | None, str, int]:
    """The open item that this label follows, with what the label counts as."""
    options = readings(element)
    if len(options) > 1 and element in ("i", "I"):
        options = by_what_follows(options, label, ahead)
    close: list[tuple[tuple[int, ...], Entry, str, int]] = []
    for depth, entry in enumerate(stack):
        for alphabet, value in options:
            if entry.alphabet != alphabet or not same_shape(entry, label) or entry.value >= value:
                continue
            gap = value - entry.value
            rank = (gap == 1, likeness(entry.block, block), depth, -gap)
            close.append((rank, entry, alphabet, value))
    if close:
        _, entry, alphabet, value = max(close, key=lambda found: found[0])
        return entry, alphabet, value
    first = next((option for option in options if option[1] == 1), None)
    alphabet, value = first or (options[0] if options else ("1", 0))
    return None, alphabet, value


def expects(stack: Sequence[Entry], running: int, label: Label) -> bool:
    """Whether a doubtful label fits what is open: the next number, or the first of a new run."""
    element = label.items[-1] if label.items else label.parts[-1]
    for alphabet, value in readings(element):
        if len(label.parts) > 1:
            under = [e for e in stack if e.kind == "section" and is_prefix(e.parts, label.parts)]
            beside = [e for e in under if e.parts[:-1] == label.parts[:-1] and len(e.parts) == len(label.parts)]
            return (
                (any(e.parts == label.parts[:-1] for e in under) and value == 1)
                or bool(beside)
                or any(
                    e.kind == "section" and e.parts[:-1] == label.parts[:-1] and e.value + 1 == value
                    for e in stack
                )
            )
        if any(
            e.alphabet == alphabet and 0 < value - e.value <= MOST_MISSED and same_shape(e, label)
            for e in stack
        ):
            return True
        if alphabet == "1" and not label.items and running and 0 < value - running <= MOST_MISSED:
            return True
        if value == 1 and not any(e.alphabet == alphabet and same_shape(e, label) for e in stack):
            return True
    return False


def ends(entry: Entry, block: Block) -> bool:
    """Whether a paragraph stands outside this list item: not set in as far as the item's words are."""
    if not entry.is_item or block.indent is None or entry.block.indent is None:
        return entry.is_item
    return not (block.indent > _NEAR and block.indent >= entry.block.indent - 1)


def is_plain(label: Label) -> bool:
    """Whether a single number is one that may also be an item of a list: "3.", "3", never "A1"."""
    return label.parts[0][0].isdigit() and not label.items


def is_prefix(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not short or len(short) > len(long):
        return False
    return short == long[:len(short)] or (len(short) == 1 and short[0].isalpha() and long[0].startswith(short[0]))


def last_reading(element: str) -> tuple[str, int]:
    options = readings(element)
    return options[-1] if element in ("i", "I") and options else options[0] if options else ("", 0)


def same_shape(entry: Entry, label: Label) -> bool:
    if entry.kind == "section":
        return len(entry.parts) == 1 and entry.shape == "x" and not label.items
    return entry.shape == label.shape


def by_what_follows(options: tuple[tuple[str, int], ...], label: Label,
                     ahead: Sequence[Label | None]) -> tuple[tuple[str, int], ...]:
    """Letter i or roman one: the first "(ii)" or "(j)" that comes next decides; else both stay."""
    for coming in ahead:
        if coming is None or coming.shape != label.shape or not coming.items:
            continue
        if coming.items[0].lower() == "ii":
            return options[1:]
        if coming.items[0].lower() == "j":
            return options[:1]
    return options


def likeness(one: Block, other: Block) -> int:
    """How much two blocks look like items of one list: level, style, indent, heading level."""
    score = 2 * (one.level is not None and one.level == other.level)
    score += one.style == other.style and bool(one.style)
    score += one.heading_level == other.heading_level
    score += 4 * ((one.cell is None) == (other.cell is None))
    return score + 2 * same_column(one, other)


def same_column(one: Block, other: Block) -> bool:
    if one.level is not None and other.level is not None and one.style == other.style:
        return one.level == other.level
    if one.indent is None or other.indent is None:
        return True
    return abs(one.indent - other.indent) <= _NEAR


def deeper(block: Block, than: Block) -> bool:
    if block.indent is not None and than.indent is not None and abs(block.indent - than.indent) > _NEAR:
        return block.indent > than.indent
    return block.level is not None and than.level is not None and block.level > than.level
