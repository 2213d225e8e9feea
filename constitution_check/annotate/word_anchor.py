"""Where in the XML of a paragraph a comment begins and ends: runs are split without a change to how they look.

Marks are put at the boundary of a run. Inside tracked insertions, links and rich content controls they may stand; of
everything else that wraps a run (fields, plain or bound content controls, equations, ruby) they stand outside, since
Word makes such content anew and would lose them. Sources: ECMA-376 part 1, 17.13.4 (comments), 17.16
(fields), 17.5.2 (content controls).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from constitution_check.annotate.word_ids import Ids
from constitution_check.annotate.word_trace import Character
from constitution_check.readers.word_xml import W

_OPEN = frozenset(W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo"))
_RUN = W + "r"
_RICH = frozenset(W + name for name in (
    "rPr", "alias", "tag", "id", "placeholder", "temporary", "richText", "showingPlcHdr", "lock", "label", "tabIndex"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Side = Literal["start", "end"]


@dataclass(frozen=True)
class Boundary:
    """A gap between two elements: after `before`, or, where that is None, in front of `after`."""

    before: etree._Element | None = None
    after: etree._Element | None = None

    def put(self, element: etree._Element) -> None:
        """Put an element into the gap."""
        if self.before is not None:
            self.before.addnext(element)
        elif self.after is not None:
            self.after.addprevious(element)


def boundary(character: Character, side: Side, ids: Ids) -> Boundary | None:
    """The gap in front of a character (side "start") or behind it ("end"), splitting its run where it stands within.

    None where the character is not in the file (a field's unstored result) or not in a paragraph.
    """
    element = character.element
    whole = None if element is None else _unsplittable(element)
    if element is None or whole is None:
        return None
    in_field = _field_around(whole, side)
    if in_field is not None:
        whole = in_field
    if whole is not element:
        return Boundary(before=whole) if side == "end" else Boundary(after=whole)
    if side == "end":
        return Boundary(before=_head(element, character.offset + 1, ids))
    return _front(element, character.offset, ids)


def _unsplittable(element: etree._Element) -> etree._Element | None:
    """The outermost thing around an element that must not be cut, or the element itself; None: in no paragraph."""
    run = element.getparent()
    whole = element
    above = run if run is not None and run.tag == _RUN else element
    while above.tag != W + "p":
        outer = above.getparent()
        if outer is None:
            return None
        if outer.tag != W + "p" and outer.tag not in _OPEN and not _is_rich(outer):
            whole = outer
        above = outer
    return whole


def _is_rich(element: etree._Element) -> bool:
    """Whether it is a content control whose content is free text, or the content of one."""
    control = element.getparent() if element.tag == W + "sdtContent" else element
    if control is None or control.tag != W + "sdt":
        return False
    properties = control.find(W + "sdtPr")
    return properties is None or all(child.tag in _RICH for child in properties)


def _field_around(element: etree._Element, side: Side) -> etree._Element | None:
    """The run that begins (ends) the outermost field around an element; None unless both its ends are at hand.

    A field that runs on into other paragraphs is left alone: its marks are too far away to be of use.
    """
    found, node = None, element
    while node.tag != W + "p":
        begin, end = _edge(node, "begin"), _edge(node, "end")
        if begin is not None and end is not None:
            found = begin if side == "start" else end
        above = node.getparent()
        if above is None:
            break
        node = above
    return found


def _edge(element: etree._Element, wanted: Literal["begin", "end"]) -> etree._Element | None:
    """The sibling run with the mark that begins (ends) the outermost field that is open at this element."""
    preceding = wanted == "begin"
    other = "end" if preceding else "begin"
    depth, outermost = 0, None
    for sibling in element.itersiblings(_RUN, preceding=preceding):
        marks = list(sibling.iterchildren(W + "fldChar"))
        for mark in reversed(marks) if preceding else marks:
            kind = mark.get(W + "fldCharType")
            if kind == other:
                depth += 1
            elif kind == wanted:
                if depth == 0:
                    outermost = sibling
                else:
                    depth -= 1
    return outermost


# --- splitting -----------------------------------------------------------------------------


def _head(element: etree._Element, length: int, ids: Ids) -> etree._Element:
    """The run that ends with the first `length` characters of the element; what follows goes into a run of its own."""
    run = element.getparent()
    assert run is not None
    _text_split(element, length)
    following = list(element.itersiblings())
    if following:
        run.addnext(_run_like(run, following, ids))
    return run


def _front(element: etree._Element, offset: int, ids: Ids) -> Boundary:
    """The gap in front of the element's character at `offset`."""
    run = element.getparent()
    assert run is not None
    if offset > 0:
        return Boundary(before=_head(element, offset, ids))
    previous = element.getprevious()
    if previous is None or previous.tag == W + "rPr":
        return Boundary(after=run)
    return Boundary(before=_head(previous, len(previous.text or ""), ids))


def _text_split(element: etree._Element, length: int) -> None:
    """Cut a w:t after `length` characters, the rest in an element of its own behind it."""
    text = element.text or ""
    if element.tag not in (W + "t", W + "delText") or length >= len(text):
        return
    rest = etree.Element(element.tag, nsmap=element.nsmap)
    element.text, rest.text = text[:length], text[length:]
    for part in (element, rest):
        part.set(_SPACE, "preserve")
    element.addnext(rest)


def _run_like(run: etree._Element, content: list[etree._Element], ids: Ids) -> etree._Element:
    """A run that looks like this one, with the content moved into it."""
    made = etree.Element(run.tag, attrib=dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(W + "rPr")
    if properties is not None:
        same = copy.deepcopy(properties)
        for change in same.iter(W + "rPrChange"):
            change.set(W + "id", ids.new())
        made.append(same)
    made.extend(content)
    return made
