"""How a paragraph looks, copied from a neighbour: its style, indent and type, but not its number.

A number that Word counts brings an indent and a type of its own. Taken off, both are written out in the copy, so that
it lines up with its neighbours. Order of children: ECMA-376 part 1, 17.3.1.26 (w:pPr) and 17.9.6 (w:lvl).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from constitution_check.annotate.word_comments import make
from constitution_check.readers.word_numbering import List
from constitution_check.readers.word_paragraphs import read_mark
from constitution_check.readers.word_parts import Parts
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_xml import VAL, W, to_int, value


def _tags(names: str) -> tuple[str, ...]:
    return tuple(W + name for name in names.split())


# What belongs to the neighbour alone: its number, frame, page break, section, and the record of changes to it.
_OWN = frozenset(_tags("numPr framePr pageBreakBefore sectPr pPrChange cnfStyle rPr divId ind"))
_OWN_TYPE = frozenset(_tags(
    "ins del moveFrom moveTo rPrChange rStyle vanish webHidden specVanish highlight strike dstrike shd bdr effect "
    "vertAlign position fitText"))
_ORDER = _tags(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange")
_TYPE_ORDER = _tags(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath")
_EITHER = {"hanging": ("firstLine", "firstLineChars"), "firstLine": ("hanging", "hangingChars")}
_RANK = {tag: rank for rank, tag in enumerate(_ORDER)}
_TYPE_RANK = {tag: rank for rank, tag in enumerate(_TYPE_ORDER)}
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}


@dataclass(frozen=True)
class Looks:
    """A neighbour's looks. gap: what parts its number from its text ("\\t", " " or "")."""

    properties: etree._Element
    type: etree._Element
    label_type: etree._Element
    gap: str


def looks_of(paragraph: etree._Element, parts: Parts, numbering: etree._Element | None, typed_gap: str = "\t") -> Looks:
    """The looks of a paragraph. numbering: the numbering part. typed_gap: what follows a number that is typed."""
    mark = read_mark(paragraph, parts.styles, View.ACCEPTED)
    place = parts.lists.place(mark.numbering, mark.style)
    level = None if place is None else _level(numbering, *place)
    written = mark.properties
    given = written is not None and written.find(f"{W}numPr/{W}numId") is not None
    properties = make.pPr()
    for child in written if written is not None else ():
        if child.tag not in _OWN:
            properties.append(copy.deepcopy(child))
    if mark.numbering is not None or mark.style.num_id:  # the neighbour may itself be taken out of its style's list
        _put(properties, make.numPr(make.ilvl({VAL: "0"}), make.numId({VAL: "0"})))
    if indent := _indent(list(_styled_indents(parts, mark.style.chain)), level, written, given):
        _put(properties, make.ind({W + name: amount for name, amount in indent.items()}))
    tabs = None if level is None else level.find(f"{W}pPr/{W}tabs")
    if tabs is not None and properties.find(W + "tabs") is None:
        _put(properties, copy.deepcopy(tabs))
    type_of_text = _type(_widest_run(paragraph))
    type_of_label = _label_type(level, type_of_text)
    suffix = None if level is None else value(level, "suff")
    gap = typed_gap if level is None else {"space": " ", "nothing": " "}.get(suffix or "tab", "\t")
    return Looks(properties, type_of_text, type_of_label, gap)


def _put(properties: etree._Element, child: etree._Element) -> None:
    """Put a child of w:pPr where the schema wants it."""
    after = [one for one in properties if _RANK.get(str(one.tag), 99) <= _RANK[str(child.tag)]]
    properties.insert(len(after), child)


def _level(numbering: etree._Element | None, found: List, level: int) -> etree._Element | None:
    """The w:lvl of a list, an override's where there is one."""
    if numbering is None:
        return None
    num = next((n for n in numbering.iterchildren(W + "num") if to_int(n.get(W + "numId")) == found.num_id), None)
    for override in num.iterchildren(W + "lvlOverride") if num is not None else ():
        if to_int(override.get(W + "ilvl")) == level and (whole := override.find(W + "lvl")) is not None:
            return whole
    for abstract in numbering.iterchildren(W + "abstractNum"):
        if to_int(abstract.get(W + "abstractNumId")) == found.abstract:
            return next((one for one in abstract.iterchildren(W + "lvl") if to_int(one.get(W + "ilvl")) == level), None)
    return None


def _styled_indents(parts: Parts, chain: tuple[str, ...]) -> Iterator[etree._Element]:
    """The w:ind of each style in the chain, from the root down."""
    for style_id in reversed(chain):
        style = parts.styles.element(style_id)
        indent = None if style is None else style.find(f"{W}pPr/{W}ind")
        if indent is not None:
            yield indent


def _indent(styled: list[etree._Element], level: etree._Element | None, written: etree._Element | None,
            given: bool) -> dict[str, str]:
    """The whole indent. A list given directly goes over the style's indent, one from a style goes under it."""
    of_list = [] if level is None or (found := level.find(f"{W}pPr/{W}ind")) is None else [found]
    direct = [] if written is None or (found := written.find(W + "ind")) is None else [found]
    if not of_list and not direct:
        return {}
    merged: dict[str, str] = {}
    for indent in [*styled, *of_list, *direct] if given else [*of_list, *styled, *direct]:
        for name, amount in indent.attrib.items():
            plain = etree.QName(name).localname
            plain = _SIDES.get(plain, plain)
            for other in _EITHER.get(plain, ()):
                merged.pop(other, None)
            merged[plain] = str(amount)
    return merged


def _widest_run(paragraph: etree._Element) -> etree._Element | None:
    runs = [(sum(len(t.text or "") for t in run.iterchildren(W + "t")), run) for run in paragraph.iter(W + "r")]
    return max(runs, key=lambda one: one[0], default=(0, None))[1]


def _type(run: etree._Element | None) -> etree._Element:
    """The w:rPr of a run without what marks these very words."""
    made = make.rPr()
    properties = None if run is None else run.find(W + "rPr")
    for child in properties if properties is not None else ():
        if child.tag not in _OWN_TYPE:
            made.append(copy.deepcopy(child))
    return made


def _label_type(level: etree._Element | None, text: etree._Element) -> etree._Element:
    """The type of the number: the list's where it says one, else the text's."""
    of_list = None if level is None else level.find(W + "rPr")
    if of_list is None or not len(of_list):
        return text
    made = make.rPr()
    said = {child.tag for child in of_list}
    both = [*of_list, *(child for child in text if child.tag not in said)]
    for child in sorted(both, key=lambda c: _TYPE_RANK.get(str(c.tag), 99)):
        if child.tag not in _OWN_TYPE:
            made.append(copy.deepcopy(child))
    return made

