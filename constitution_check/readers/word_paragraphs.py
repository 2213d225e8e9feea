"""What a paragraph's mark says of it: style, list, heading level, indent, and whether it ends the paragraph at all."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from constitution_check.readers.word_numbering import List
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import ParagraphStyle, Styles, left_indent
from constitution_check.readers.word_xml import W, is_on, number, value


@dataclass(frozen=True)
class Mark:
    """A paragraph mark in one text.

    properties, numbering: its w:pPr and w:numPr as that text has them.
    ends_section: a section break hangs from it. hidden: the mark itself is hidden text.
    joins_next: it does not end the paragraph (tracked away, or a drop capital's).
    leads: it is a style separator (specVanish; ECMA-376 part 1, 17.3.2.36): the next paragraph goes on in the same
    line, under this one's number and style.
    old_label: the number that the paragraph showed before a tracked change of its list, "" where none is recorded.
    """

    properties: etree._Element | None
    style: ParagraphStyle
    numbering: etree._Element | None = None
    ends_section: bool = False
    hidden: bool = False
    joins_next: bool = False
    leads: bool = False
    old_label: str = ""


def read_mark(paragraph: etree._Element, styles: Styles, view: View) -> Mark:
    """The mark of a w:p (or of a block equation, which has none)."""
    written = paragraph.find(W + "pPr")
    properties = view.properties(written)
    style = styles.paragraph(value(properties, "pStyle"))
    if written is None:
        return Mark(None, style, hidden=bool(style.look.vanish))
    look = view.properties(written.find(W + "rPr"))
    separator = None if look is None else look.find(W + "specVanish")
    numbering = view.numbering(properties)
    return Mark(
        properties, style, numbering,
        ends_section=written.find(W + "sectPr") is not None,
        hidden=bool(styles.look(style, look).vanish),
        joins_next=view.drops_mark(written) or _is_drop_cap(properties),
        leads=separator is not None and is_on(separator),
        old_label=view.old_label(numbering),
    )


def heading_level(mark: Mark) -> int | None:
    """1-9 for a heading by outline level or style, else None."""
    outline = number(mark.properties, "outlineLvl")
    outline = mark.style.outline if outline is None else outline
    return outline + 1 if outline is not None and 0 <= outline <= 8 else None


def indent_of(mark: Mark, place: tuple[List, int] | None) -> float:
    """The left edge in points: direct formatting, then a list given directly, the style, the style's list."""
    direct = left_indent(mark.properties)
    if direct is not None:
        return direct
    level = place[0].levels.get(place[1]) if place else None
    of_list = level.indent if level else None
    given_directly = number(None if mark.properties is None else mark.properties.find(W + "numPr"), "numId") is not None
    first, second = (of_list, mark.style.indent) if given_directly else (mark.style.indent, of_list)
    return first if first is not None else second if second is not None else 0.0


def is_contents_control(control: etree._Element) -> bool:
    """Whether a block content control is Word's ready-made table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val", "") == "Table of Contents"


def _is_drop_cap(properties: etree._Element | None) -> bool:
    frame = None if properties is None else properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")
