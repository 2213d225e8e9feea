"""What LibreOffice leaves of a document's numbers in a web page, and how they are had back.

Its pages keep how deep a list item lies and what it counts as, but not the format: "1.2.3" comes out as the third item
of a list in a list in a list, "Appendix 2" as a second item. A list that is interrupted goes on counting; one that
begins anew says so by `value`. The words before a number stand in the document's own list of contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element

from constitution_check.numbers import split_label
from constitution_check.readers.html_lists import OpenList, numeral

_PAGE = re.compile(r"[\s.…·_]+\d{1,3}$")
_GENERATOR = re.compile(r"LibreOffice|OpenOffice|StarOffice", re.IGNORECASE)
_COUNTERS = re.compile(r"\bcounters\s*\(")


def is_by_office(root: _Element) -> bool:
    """Whether LibreOffice or one of its kin wrote the page."""
    return any(_GENERATOR.search(meta.get("content") or "") for meta in root.iter("meta")
               if (meta.get("name") or "").lower() == "generator")


def counts_through(root: _Element) -> bool:
    """Whether the page's own style sheet numbers items in a list together with those they lie in (1.1, 1.1.1)."""
    return any(_COUNTERS.search(style.text or "") for style in root.iter("style"))


class Numbering:
    """The labels of list items that are numbered through, "1.2.3".

    goes_on: an interrupted list goes on counting, as in LibreOffice's pages; in others each list counts for itself.
    """

    def __init__(self, *, goes_on: bool) -> None:
        self.goes_on = goes_on
        self.counts: dict[str, list[int]] = {}
        self.titles: dict[str, list[str]] = {}
        self.bases: dict[str, int] = {}
        self.heads: dict[str, dict[int, bool]] = {}

    def label(self, lists: Sequence[OpenList], shown: int, *, given: bool) -> str:
        """The label of an item of the innermost list.

        shown: what the list itself counts it as. given: the item says its number itself.
        """
        kinds = [one.kind for one in lists]
        counts = self.counts.setdefault(kinds[0], [])
        depth = len(kinds) - 1
        before = counts[depth] if len(counts) > depth else 0
        value = before + 1 if self.goes_on and not given else shown
        counts[depth:] = []
        counts.extend([0] * (depth - len(counts)))
        counts.append(value)
        if depth == 0:
            self.bases[kinds[0]] = 0
        heads = self.heads.setdefault(kinds[0], {})
        first = next((i + 1 for i in range(depth - 1, -1, -1)
                      if kinds[i] != "decimal" or not counts[i] or not heads.get(i, True)), 0)
        first = max(first, min(self.bases.get(kinds[0], 0), depth)) if kinds[depth] == "decimal" else depth
        parts = [str(count) for count in counts[first:depth]]
        return ".".join([*parts, numeral(value, kinds[depth])]) + ("" if parts else ".")

    def heard(self, words: str) -> None:
        """Takes note of a line of contents: "Appendix 1: Terms used  19", "4. Meetings  7"."""
        found = split_label(words) if _PAGE.search(words) else None
        if found is not None and len(found[0].parts) == 1 and not found[0].items:
            self.titles.setdefault(_plain(_PAGE.sub("", found[1])), []).append(found[0].shown)

    def named(self, lists: Sequence[OpenList], words: str, label: str, *, heading: bool) -> str:
        """The label of an item with these words: with the word that the contents put before its number, if any."""
        if self.goes_on:  # under a paragraph "13." stand (1) and (2), under a heading 13.1 and 13.2
            self.heads.setdefault(lists[0].kind, {})[len(lists) - 1] = heading or _is_short(words)
        known = self.titles.get(_plain(words), []) if len(lists) == 1 else []
        if not known or label.rstrip(".") in (one.rstrip(".:") for one in known):
            return label
        shown = next((one for one in known if not one[0].isdigit()), label)
        found = split_label(shown)
        if found is not None and found[0].is_division:
            self.bases[lists[0].kind] = 1  # a schedule has numbers of its own
        return shown


def _is_short(words: str) -> bool:
    return len(words.split()) <= 15 and words[-1].isalnum()


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
