"""Which paragraph of one version is which of the other, by their words and their order.

A score of likeness only says which two passages are put side by side; no verdict rests on it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from constitution_check.model import Provision

# Likeness, 0-100. Unrelated paragraphs of one constitution seldom reach 50.
_IN_PLACE = 57  # between two neighbours that stayed
_SAME_NUMBER = 52  # so too, under the same number
_ANYWHERE = 68
_FEWEST_LETTERS = 25  # a shorter paragraph is known again elsewhere only by its exact words
_TELLING = 4  # letters
_EVERYWHERE = frozenset("""shall will must that this these those with from their they them which each every have been
such other than under into upon when where whose group board governing body""".split())
_WORD = re.compile(r"\w+")
Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Link:
    """Paragraph `old` of the earlier text is paragraph `new` of the later (both indexes of provisions).

    moved: it stands in another place of the order. likeness: 0-100, of their letters.
    """

    old: int
    new: int
    moved: bool = False
    likeness: float = 100


def stating(provisions: Iterable[Provision]) -> list[Provision]:
    """Those that can state something: no headings, no contents page, nothing empty."""
    return [p for p in provisions if not p.is_heading and p.standing != "contents" and p.text.strip()]


def align(old: Sequence[Provision], new: Sequence[Provision]) -> list[Link]:
    """The links, in the earlier text's order; each paragraph in one at most.

    First the longest run of equal paragraphs in the same order; then equal ones elsewhere; then, between what stayed,
    those most alike; last those most alike anywhere.
    """
    before, after = stating(old), stating(new)
    pairs = _equal_in_order(before, after)
    pairs += _equal_anywhere(before, after, pairs)
    for some, others in list(_gaps(pairs, len(before), len(after))):
        pairs += _alike_in_place(before, after, some, others)
    pairs += _alike_anywhere(before, after, pairs)
    stayed = _longest_rising(sorted(pairs))
    return [_link(before[a], after[b], (a, b) not in stayed) for a, b in sorted(pairs)]


def _link(old: Provision, new: Provision, moved: bool) -> Link:
    return Link(old.index, new.index, moved, fuzz.ratio(_key(old), _key(new)))


def align_leftovers(left: Sequence[Provision], others: Sequence[Provision]) -> list[Link]:
    """Which of the paragraphs left over stand in another document: the same words, or very like."""
    before, after = stating(left), stating(others)
    pairs = _equal_anywhere(before, after, [])
    pairs += _alike_anywhere(before, after, pairs)
    return [_link(before[a], after[b], True) for a, b in sorted(pairs)]


def _key(provision: Provision) -> str:
    return " ".join(provision.text.casefold().split())


def telling(key: str) -> str:
    """The words that say what a paragraph is about: no short ones, and none that stand in every paragraph."""
    return " ".join(word for word in _WORD.findall(key) if len(word) >= _TELLING and word not in _EVERYWHERE)


def _equal_in_order(before: Sequence[Provision], after: Sequence[Provision]) -> Pairs:
    numbers: dict[str, int] = {}
    ones, others = ([numbers.setdefault(_key(p), len(numbers)) for p in side] for side in (before, after))
    return [(op.src_start + n, op.dest_start + n) for op in LCSseq.opcodes(ones, others) if op.tag == "equal"
            for n in range(op.src_end - op.src_start)]


def _free(length: int, taken: Iterable[int]) -> list[int]:
    return sorted(set(range(length)) - set(taken))


def _equal_anywhere(before: Sequence[Provision], after: Sequence[Provision], pairs: Pairs) -> Pairs:
    waiting: dict[str, list[int]] = {}
    for b in reversed(_free(len(after), (b for _, b in pairs))):
        waiting.setdefault(_key(after[b]), []).append(b)
    free = _free(len(before), (a for a, _ in pairs))
    return [(a, waiting[key].pop()) for a in free if waiting.get(key := _key(before[a]))]


def _gaps(pairs: Pairs, olds: int, news: int) -> Iterator[tuple[list[int], list[int]]]:
    """The paragraphs without a counterpart between two neighbours that stayed, on both sides."""
    rising = sorted(_longest_rising(sorted(pairs)))
    taken_old, taken_new = {a for a, _ in pairs}, {b for _, b in pairs}
    last_a = last_b = -1
    for a, b in (*rising, (olds, news)):
        some = [n for n in range(last_a + 1, a) if n not in taken_old]
        others = [n for n in range(last_b + 1, b) if n not in taken_new]
        if some and others:
            yield some, others
        last_a, last_b = a, b


def _alike_in_place(before: Sequence[Provision], after: Sequence[Provision], some: list[int],
                    others: list[int]) -> Pairs:
    ones, twos = [_key(before[a]) for a in some], [_key(after[b]) for b in others]
    # The second forgives words put in ("… in public unless the Chair …"), the third looks at what is spoken of.
    scores = (process.cdist(ones, twos, scorer=fuzz.ratio, dtype=np.float32)
              + process.cdist(ones, twos, scorer=fuzz.token_set_ratio, dtype=np.float32)
              + process.cdist([telling(one) for one in ones], [telling(two) for two in twos],
                              scorer=fuzz.token_set_ratio, dtype=np.float32)) / 3
    for n, a in enumerate(some):
        for m, b in enumerate(others):
            if before[a].number == after[b].number and scores[n, m] >= _SAME_NUMBER:
                scores[n, m] += _IN_PLACE - _SAME_NUMBER
    return [(some[n], others[m]) for n, m in _best(scores, _IN_PLACE)]


def _alike_anywhere(before: Sequence[Provision], after: Sequence[Provision], pairs: Pairs) -> Pairs:
    some = [a for a in _free(len(before), (a for a, _ in pairs)) if len(before[a].text) >= _FEWEST_LETTERS]
    others = [b for b in _free(len(after), (b for _, b in pairs)) if len(after[b].text) >= _FEWEST_LETTERS]
    if not some or not others:
        return []
    scores = process.cdist([_key(before[a]) for a in some], [_key(after[b]) for b in others], scorer=fuzz.ratio,
                           score_cutoff=_ANYWHERE, dtype=np.float32)
    return [(some[n], others[m]) for n, m in _best(scores, _ANYWHERE)]


def _best(scores: NDArray[np.float32], least: float) -> Pairs:
    """Best scores first, each row and column once; of equal scores the nearer in order."""
    rows, columns = np.nonzero(scores >= least)
    ranked = sorted(zip(rows.tolist(), columns.tolist(), strict=True), key=lambda at: (-scores[at], abs(at[0] - at[1])))
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for row, column in ranked:
        if row not in taken[0] and column not in taken[1]:
            found.append((row, column))
            taken[0].add(row)
            taken[1].add(column)
    return found


def _longest_rising(pairs: Pairs) -> set[tuple[int, int]]:
    """The greatest number of pairs whose order is the same on both sides; the others have moved."""
    ends: list[int] = []  # the smallest end of a rising row of each length
    at: list[int] = []  # its pair
    before: list[int] = []
    for n, (_, b) in enumerate(pairs):
        length = bisect_left(ends, b)
        ends[length:length + 1] = [b]
        at[length:length + 1] = [n]
        before.append(at[length - 1] if length else -1)
    found: set[tuple[int, int]] = set()
    n = at[-1] if at else -1
    while n >= 0:
        found.add(pairs[n])
        n = before[n]
    return found
