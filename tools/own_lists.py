"""A Word file whose restarted lists are lists of their own: the same numbers, without a restart.

LibreOffice (7.4 at least) loses restarts in writing .doc: it puts the paragraph that restarts into a list of its own,
and leaves those after it in the old one, so that the file itself says a, a, b. That is no fault of reading, and a .doc
to measure reading by must hold what the Word file holds.
"""

from __future__ import annotations

import copy
import zipfile
from pathlib import Path

from lxml import etree

from constitution_check.contained import read_contained
from constitution_check.readers.word_xml import VAL, W, children, number, to_int

_NUMBERING = "word/numbering.xml"


def with_own_lists(sample: Path, out: Path) -> Path:
    """Write the sample to `out` with a list of its own for each restart.

    Raises ValueError where that changes a number: lists that share a count cannot be parted.
    """
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _parted(content) if name == _NUMBERING else content)
    if _numbers(out) != _numbers(sample):
        raise ValueError(f"{sample.name} cannot be written without restarts: its numbers change")
    return out


def _parted(content: bytes) -> bytes:
    root = etree.fromstring(content)
    abstracts = {key: one for one in children(root, "abstractNum")
                 if (key := to_int(one.get(W + "abstractNumId"))) is not None}
    for num in children(root, "num"):
        starts = {to_int(one.get(W + "ilvl")): start for one in children(num, "lvlOverride")
                  if (start := number(one, "startOverride")) is not None and one.find(W + "lvl") is None}
        link, shared = num.find(W + "abstractNumId"), abstracts.get(number(num, "abstractNumId") or 0)
        if not starts or link is None or shared is None:
            continue
        key = max(abstracts) + 1
        abstracts[key] = _own(shared, key, starts)
        list(children(root, "abstractNum"))[-1].addnext(abstracts[key])
        link.set(VAL, str(key))
        for one in list(children(num, "lvlOverride")):
            if one.find(W + "lvl") is None:
                num.remove(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _own(shared: etree._Element, key: int, starts: dict[int | None, int]) -> etree._Element:
    """The list again, under another key, with other starts and without what names it."""
    own = copy.deepcopy(shared)
    own.set(W + "abstractNumId", str(key))
    for name in ("nsid", "tmpl", "name", "styleLink"):
        for one in list(children(own, name)):
            own.remove(one)
    for level in children(own, "lvl"):
        start, value = level.find(W + "start"), starts.get(to_int(level.get(W + "ilvl")))
        if value is not None:
            if start is None:
                start = etree.Element(W + "start")
                level.insert(0, start)
            start.set(VAL, str(value))
    return own


def _numbers(path: Path) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in read_contained(path).blocks]
