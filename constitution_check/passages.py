"""Short labelled passages (the library's examples, files of cases) as constitutions of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constitution_check.model import Block, Constitution
from constitution_check.outline import build

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LEVELS = {"h": 0, "p": 1, "a": 2, "i": 3}


def labels_of(kinds: Sequence[str]) -> list[tuple[str, str]]:
    """For each line's kind its (label, full number): "3", "3.1", "(a)" in "3.1(a)", "(i)" in "3.1(a)(i)".

    A passage that begins without a heading stands in section 1.
    """
    section, para, item, sub = (0 if kinds and kinds[0] == "h" else 1), 0, 0, 0
    made: list[tuple[str, str]] = []
    for kind in kinds:
        if kind == "h":
            section, para, item, sub = section + 1, 0, 0, 0
            made.append((str(section), str(section)))
        elif kind == "p":
            para, item, sub = para + 1, 0, 0
            made.append((f"{section}.{para}",) * 2)
        elif kind == "a":
            item, sub = item + 1, 0
            label = f"({chr(96 + item)})"
            made.append((label, f"{section}.{para}{label}"))
        else:
            sub += 1
            above = f"({chr(96 + item)})" if item else ""
            made.append((f"({_ROMAN[sub - 1]})", f"{section}.{para}{above}({_ROMAN[sub - 1]})"))
    return made


def blocks_of(lines: Sequence[tuple[str, str]], reference: str, first: int = 0,
              labels: Sequence[tuple[str, str]] | None = None) -> list[Block]:
    """The lines as blocks, each with its number and its references filled in; arguments as for `passage`."""
    labels = labels_of([kind for kind, _ in lines]) if labels is None else labels

    def number(found: re.Match[str]) -> str:
        return labels[int(found.group(1)) - first][1]

    return [Block(text=re.sub(reference, number, text), label=label, level=_LEVELS[kind],
                  heading_level=1 if kind == "h" else None)
            for (kind, text), (label, _) in zip(lines, labels, strict=True)]


def passage(lines: Sequence[tuple[str, str]], reference: str, first: int = 0,
            labels: Sequence[tuple[str, str]] | None = None) -> tuple[Constitution, dict[int, int]]:
    """The passage as a constitution, and for each provision's index the line it came from (from 0).

    lines: (kind, text), kinds as in the library's examples. reference: a pattern with one group, the number of
    a line counted from `first`, which the line's own number replaces. labels: other numbers than `labels_of` gives.
    """
    blocks = blocks_of(lines, reference, first, labels)
    constitution = build(blocks, "passage")
    return constitution, _lines_of(constitution, [b.text for b in blocks])


def _lines_of(constitution: Constitution, texts: Sequence[str]) -> dict[int, int]:
    """Which line each provision came from: provisions keep the lines' order and cut no line in two."""
    where, at = {}, 0
    for provision in constitution.provisions:
        while at < len(texts) - 1 and provision.text not in texts[at]:
            at += 1
        where[provision.index] = at
    return where
