"""Styles: what a paragraph or run inherits through basedOn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from constitution_check.readers.word_xml import VAL, W, children, is_on, number, points, value

_CONTENTS_STYLE = re.compile(r"(toc|contents) ?[1-9]|table of figures", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading ([1-9])", re.IGNORECASE)


@dataclass(frozen=True)
class RunLook:
    """What of a run's formatting bears on reading: hidden or not, colour ("" for black); None: not said."""

    vanish: bool | None = None
    colour: str | None = None
    caps: bool | None = None


PLAIN = RunLook()


@dataclass(frozen=True)
class ParagraphStyle:
    """One paragraph style with everything it inherits.

    chain: the ids from the style itself up to its root, for the levels that link to a style.
    num_id, ilvl: the numbering it carries and the id of the style that gave num_id.
    outline: 0-8 for headings, 9 for body text, None where nothing says.
    indent: left edge in points.
    """

    name: str = ""
    chain: tuple[str, ...] = ()
    num_id: int | None = None
    ilvl: int | None = None
    num_style: str = ""
    outline: int | None = None
    indent: float | None = None
    look: RunLook = PLAIN
    is_contents: bool = False


def run_look(properties: etree._Element | None) -> RunLook:
    """The look that a w:rPr itself gives."""
    vanish: bool | None = None
    colour: str | None = None
    caps: bool | None = None
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == W + "vanish":
            vanish = is_on(child)
        elif tag == W + "color":
            colour = _colour(child.get(VAL, ""))
        elif tag == W + "caps":
            caps = is_on(child)
    return RunLook(vanish, colour, caps)


def _colour(text: str) -> str:
    colour = text.upper()
    return colour if re.fullmatch(r"[0-9A-F]{6}", colour) and colour != "000000" else ""


def left_indent(properties: etree._Element | None) -> float | None:
    """The left edge in points that a w:pPr itself gives."""
    indent = None if properties is None else properties.find(W + "ind")
    if indent is None:
        return None
    return points(indent.get(W + "left") or indent.get(W + "start"))


class Styles:
    """The styles part; every lookup is answered once and kept."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._characters: dict[str, RunLook] = {}
        self._default = ""
        self._base_look = RunLook()
        for style in children(root, "style") if root is not None else ():
            style_id = style.get(W + "styleId", "")
            self._styles.setdefault(style_id, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = style_id
        if root is not None:
            self._base_look = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def element(self, style_id: str) -> etree._Element | None:
        """The w:style of this id."""
        return self._styles.get(style_id)

    def _chain(self, style_id: str) -> Iterator[tuple[str, etree._Element]]:
        """The style and the styles it is based on, nearest first; a circle ends the walk."""
        seen: set[str] = set()
        while style_id not in seen and (style := self._styles.get(style_id)) is not None:
            seen.add(style_id)
            yield style_id, style
            style_id = value(style, "basedOn") or ""

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """The paragraph style of this id; the default style where the id is None or unknown."""
        key = style_id if style_id in self._styles else self._default
        if key is None:
            key = self._default
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = self._read_paragraph(key)
        return found

    def _read_paragraph(self, style_id: str) -> ParagraphStyle:
        num_id: int | None = None
        ilvl: int | None = None
        outline: int | None = None
        indent: float | None = None
        num_style = ""
        look = RunLook()
        chain: list[str] = []
        names: list[str] = []
        for current, style in self._chain(style_id):
            chain.append(current)
            names.append(value(style, "name") or current)
            properties = style.find(W + "pPr")
            look = _under(look, run_look(style.find(W + "rPr")))
            if properties is None:
                continue
            numbering = properties.find(W + "numPr")
            ilvl = number(numbering, "ilvl") if ilvl is None else ilvl
            if num_id is None and (given := number(numbering, "numId")) is not None:
                num_id, num_style = given, current
            outline = number(properties, "outlineLvl") if outline is None else outline
            indent = left_indent(properties) if indent is None else indent
        if outline is None:
            levels = (int(match[1]) - 1 for name in names if (match := _HEADING_STYLE.fullmatch(name)))
            outline = next(levels, None)
        return ParagraphStyle(name=names[0] if names else "", chain=tuple(chain), num_id=num_id, ilvl=ilvl,
                              num_style=num_style, outline=outline, indent=indent,
                              look=_under(look, self._base_look),
                              is_contents=bool(names and _CONTENTS_STYLE.fullmatch(names[0])))

    def character(self, style_id: str) -> RunLook:
        """The look of a character style."""
        found = self._characters.get(style_id)
        if found is None:
            found = RunLook()
            for _, style in self._chain(style_id):
                found = _under(found, run_look(style.find(W + "rPr")))
            self._characters[style_id] = found
        return found

    def look(self, paragraph: ParagraphStyle, properties: etree._Element | None) -> RunLook:
        """The whole look of a run with these w:rPr in a paragraph of this style.

        "Hidden" in a paragraph and a character style cancel out, direct formatting decides
        (ECMA-376 part 1, 17.7.3, toggle properties).
        """
        if properties is None:
            return paragraph.look
        look = run_look(properties)
        style_id = value(properties, "rStyle")
        if style_id is None:
            return _under(look, paragraph.look)
        style = self.character(style_id)
        hidden = bool(style.vanish) != bool(paragraph.look.vanish)
        return _under(look, RunLook(hidden, style.colour if style.colour is not None else paragraph.look.colour))


def _under(upper: RunLook, lower: RunLook) -> RunLook:
    """What `upper` says, and what `lower` says where `upper` is silent."""
    return RunLook(
        lower.vanish if upper.vanish is None else upper.vanish,
        lower.colour if upper.colour is None else upper.colour,
        lower.caps if upper.caps is None else upper.caps,
    )
