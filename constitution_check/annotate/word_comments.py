"""Comments: the part that holds them, and the marks that tie them to words (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from lxml.builder import ElementMaker

from constitution_check.annotate.records import AUTHOR, INITIALS, Line
from constitution_check.annotate.word_ids import Ids
from constitution_check.readers.word_xml import MAIN, VAL, W
from constitution_check.reports.clean import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
make = ElementMaker(namespace=MAIN, nsmap={"w": MAIN})


def text_run(text: str, properties: etree._Element | None = None) -> etree._Element:
    """A run with this text; `properties` is a w:rPr that it takes over."""
    run = make.r()
    if properties is not None:
        run.append(properties)
    written = make.t(clean(text))
    written.set(SPACE, "preserve")
    run.append(written)
    return run


class Comments:
    """The comments of one file: those that are there, and ours after them."""

    def __init__(self, root: etree._Element | None, styles: etree._Element | None, ids: Ids, date: str) -> None:
        self.root = make.comments() if root is None else root
        self._ids, self._date = ids, date
        self._text_style = _style_id(styles, "annotation text")
        self._mark_style = _style_id(styles, "annotation reference")
        self.made: list[str] = []

    def add(self, lines: Iterable[Line]) -> str:
        """A new comment; gives its id."""
        number = self._ids.new()
        comment = make.comment({W + "id": number, W + "author": AUTHOR, W + "date": self._date,
                                W + "initials": INITIALS})
        for place, line in enumerate(lines):
            comment.append(self._paragraph(line, first=place == 0))
        self.root.append(comment)
        self.made.append(number)
        return number

    def _paragraph(self, line: Line, first: bool) -> etree._Element:
        paragraph = make.p()
        if self._text_style:
            paragraph.append(make.pPr(make.pStyle({VAL: self._text_style})))
        if first:
            run = make.r(make.annotationRef())
            self._styled(run)
            paragraph.append(run)
        if line.label:
            paragraph.append(text_run(f"{line.label} " if line.text else line.label, make.rPr(make.b())))
        if line.text:
            paragraph.append(text_run(line.text))
        return paragraph

    def _styled(self, run: etree._Element) -> None:
        if self._mark_style:
            run.insert(0, make.rPr(make.rStyle({VAL: self._mark_style})))

    def marks(self, number: str) -> tuple[etree._Element, etree._Element, etree._Element]:
        """Where a comment begins, where it ends, and the run that refers to it."""
        reference = make.r(make.commentReference({W + "id": number}))
        self._styled(reference)
        return make.commentRangeStart({W + "id": number}), make.commentRangeEnd({W + "id": number}), reference


def _style_id(styles: etree._Element | None, name: str) -> str:
    """The id of the style of this name, "" where the file has none."""
    for style in styles.iterchildren(W + "style") if styles is not None else ():
        named = style.find(W + "name")
        if named is not None and named.get(VAL, "").casefold() == name:
            return style.get(W + "styleId", "")
    return ""
