"""What a paragraph's properties say of it, worked out once for all paragraphs that have the same ones.

A constitution of 3,000 paragraphs has some thirty kinds of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from constitution_check.readers.word_numbering import List, Lists
from constitution_check.readers.word_paragraphs import Mark, heading_level, indent_of, read_mark
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import Styles
from constitution_check.readers.word_xml import W, first, shape_of

_PROPERTIES = W + "pPr"


@dataclass(frozen=True)
class Layout:
    """A paragraph's mark, the list and level it belongs to, its heading level (1-9) and left edge in points."""

    mark: Mark
    place: tuple[List, int] | None = None
    heading: int | None = None
    indent: float = 0.0


class Layouts:
    """The layouts of one text of a file."""

    def __init__(self, styles: Styles, lists: Lists, view: View) -> None:
        self._styles, self._lists, self._view = styles, lists, view
        self._known: dict[object, Layout] = {}

    def of(self, paragraph: etree._Element) -> Layout:
        """The layout of a w:p (or of a block equation, which has no properties)."""
        head = paragraph[0] if len(paragraph) else None
        properties = head if head is not None and head.tag == _PROPERTIES else first(paragraph, _PROPERTIES)
        key = None if properties is None else shape_of(properties)
        found = self._known.get(key)
        if found is None:
            mark = read_mark(paragraph, self._styles, self._view)
            place = self._lists.place(mark.numbering, mark.style)
            found = self._known[key] = Layout(mark, place, heading_level(mark), indent_of(mark, place))
        return found
