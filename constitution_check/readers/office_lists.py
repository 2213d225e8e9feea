"""One list of an old Word file that LibreOffice takes for two, made one again.

Where headings and clauses of a .doc share a list (1, 1.1 by headings, 1.1.1 by clauses), LibreOffice (7.4 at least)
turns the headings' part into its chapter numbering and leaves the clauses a list of their own, whose upper levels are
never counted: the clauses under 1.2 go on with "1.1.4". Both lists have the same levels, so that it shows. From .odt
and .rtf it comes out right.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile

from lxml import etree

from constitution_check.readers.word_xml import VAL, W, children, number, to_int, value

_SHARED_LEVELS = 3
_APPLICATION = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"
_Levels = tuple[tuple[str, ...], ...]


def rejoin_split_lists(made_by: etree._Element | None, document: etree._Element,
                       numbering: etree._Element | None) -> None:
    """Change the numbering part in place, in files that LibreOffice has written (made_by: docProps/app.xml)."""
    if made_by is None or numbering is None or not (made_by.findtext(_APPLICATION) or "").startswith("LibreOffice"):
        return
    abstracts = {key: _levels(one) for one in children(numbering, "abstractNum")
                 if (key := to_int(one.get(W + "abstractNumId"))) is not None}
    chapters = next((to_int(one.get(W + "abstractNumId")) for one in children(numbering, "abstractNum")
                     if value(one.find(W + "lvl"), "pStyle") == "Heading1"), None)
    if chapters is None or len(abstracts[chapters]) < _SHARED_LEVELS:
        return
    used = _used(document)
    for num in children(numbering, "num"):
        link = num.find(W + "abstractNumId")
        own = number(num, "abstractNumId")
        levels = used.get(to_int(num.get(W + "numId")) or 0)
        if link is not None and own is not None and own != chapters and levels and min(levels) > 0 \
                and abstracts.get(own) == abstracts[chapters] and _counts_above(abstracts[own], min(levels)):
            link.set(VAL, str(chapters))


def _levels(abstract: etree._Element) -> _Levels:
    """What the levels show, down to the last that shows more than its own number."""
    found = [tuple(value(level, name) or "" for name in ("start", "numFmt", "lvlText"))
             for level in children(abstract, "lvl")]
    deep = list(takewhile(lambda level: level[1] != "bullet", found))
    return tuple(deep)


def _counts_above(levels: _Levels, ilvl: int) -> bool:
    """Whether a level shows the numbers of all levels above it."""
    return ilvl < len(levels) and all(f"%{above}" in levels[ilvl][2] for above in range(1, ilvl + 2))


def _used(document: etree._Element) -> dict[int, set[int]]:
    """The levels in use, by numId."""
    used: dict[int, set[int]] = defaultdict(set)
    for place in document.iter(W + "numPr"):
        used[number(place, "numId") or 0].add(number(place, "ilvl") or 0)
    return used
