"""The lists of a Word file, and which list and level a paragraph belongs to (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from constitution_check.readers.word_styles import PLAIN, ParagraphStyle, RunLook, Styles, left_indent, run_look
from constitution_check.readers.word_xml import VAL, W, children, is_on, number, to_int, value

MAX_LEVEL = 8


@dataclass(frozen=True)
class Level:
    """One level of a list. `restart` is lvlRestart (None: after any higher level)."""

    start: int = 1
    how: str = "decimal"
    custom: str = ""
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""
    indent: float | None = None
    look: RunLook = PLAIN
    picture: bool = False


@dataclass(frozen=True)
class List:
    """A w:num: the abstract numbering whose counters it shares, its levels, its start overrides.

    links: the level that each linked style stands for.
    """

    num_id: int
    abstract: int
    levels: dict[int, Level]
    overrides: dict[int, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)


def _read_level(element: etree._Element) -> Level:
    # A custom format stands in mc:AlternateContent before a plain fallback: the first one met is Word's.
    numfmt = next(element.iter(W + "numFmt"), None)
    start = number(element, "start")
    legal = element.find(W + "isLgl")
    return Level(
        start=1 if start is None and element.find(W + "start") is not None else start or 0,
        how="decimal" if numfmt is None else numfmt.get(VAL, "decimal"),
        custom="" if numfmt is None else numfmt.get(W + "format", ""),
        text=value(element, "lvlText") or "",
        legal=legal is not None and is_on(legal),
        restart=number(element, "lvlRestart"),
        style=value(element, "pStyle") or "",
        indent=left_indent(element.find(W + "pPr")),
        look=run_look(element.find(W + "rPr")),
        picture=element.find(W + "lvlPicBulletId") is not None,
    )


def _read_levels(element: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for child in children(element, "lvl"):
        ilvl = to_int(child.get(W + "ilvl"))
        if ilvl is not None and 0 <= ilvl <= MAX_LEVEL:
            levels[ilvl] = _read_level(child)
    return levels


class Lists:
    """The numbering part: every list by its numId, and the names that LISTNUM fields use."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[int, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._lists: dict[int, List | None] = {}
        self._names: dict[str, int] = {}
        for child in root if root is not None else ():
            if child.tag == W + "abstractNum" and (key := to_int(child.get(W + "abstractNumId"))) is not None:
                self._abstracts[key] = child
            elif child.tag == W + "num" and (key := to_int(child.get(W + "numId"))) is not None:
                self._nums[key] = child
        for num_id, num in self._nums.items():
            name = value(self._abstracts.get(number(num, "abstractNumId") or 0), "name")
            if name:
                self._names.setdefault(name.casefold(), num_id)

    def get(self, num_id: int | None) -> List | None:
        """The list of this numId, or None where there is none; 0 means "no number"."""
        if not num_id:
            return None
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def named(self, name: str) -> List | None:
        """The list that a LISTNUM field names."""
        return self.get(self._names.get(name.casefold()))

    def _read(self, num_id: int) -> List | None:
        num = self._nums.get(num_id)
        abstract_id = self._abstract_of(num_id, set())
        if num is None or abstract_id is None:
            return None
        levels = _read_levels(self._abstracts[abstract_id])
        overrides: dict[int, int] = {}
        for override in children(num, "lvlOverride"):
            ilvl = to_int(override.get(W + "ilvl"))
            if ilvl is None or not 0 <= ilvl <= MAX_LEVEL:
                continue
            whole = override.find(W + "lvl")
            if whole is not None:
                levels[ilvl] = _read_level(whole)
            start = number(override, "startOverride")
            if start is not None:
                overrides[ilvl] = start
        links = {level.style: ilvl for ilvl, level in sorted(levels.items(), reverse=True) if level.style}
        return List(num_id, abstract_id, levels, overrides, links)

    def _abstract_of(self, num_id: int, seen: set[int]) -> int | None:
        """The abstract numbering with the levels: numStyleLink → style → its num → its abstract."""
        abstract_id = number(self._nums.get(num_id), "abstractNumId")
        if abstract_id is None or num_id in seen or abstract_id not in self._abstracts:
            return None
        link = value(self._abstracts[abstract_id], "numStyleLink")
        style = self._styles.element(link) if link else None
        if style is None:
            return abstract_id
        linked = number(style.find(f"{W}pPr/{W}numPr"), "numId")
        if linked is None:
            return abstract_id
        return self._abstract_of(linked, seen | {num_id}) if linked != num_id else abstract_id

    def place(self, direct: etree._Element | None, style: ParagraphStyle) -> tuple[List, int] | None:
        """The list and level of a paragraph with this w:numPr (or None) and style; None: no number."""
        num_id = number(direct, "numId")
        ilvl = number(direct, "ilvl")
        found = self.get(style.num_id if num_id is None else num_id)
        if found is None:
            return None
        if ilvl is None:
            ilvl = self._linked_level(found, style)
        if ilvl is None:
            ilvl = style.ilvl or 0
        return (found, min(max(ilvl, 0), MAX_LEVEL))

    @staticmethod
    def _linked_level(found: List, style: ParagraphStyle) -> int | None:
        """The level that names this style, or the nearest style it is based on up to the one that gives the list."""
        for style_id in style.chain if found.links else ():
            if style_id in found.links:
                return found.links[style_id]
            if style_id == style.num_style:
                break
        return None
