"""Each remark's comment, tied to its words: to the very words where they are found, else to the paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from constitution_check.annotate.records import Line, Remark
from constitution_check.annotate.word_anchor import Boundary, Side, boundary
from constitution_check.annotate.word_comments import Comments
from constitution_check.annotate.word_ids import Ids
from constitution_check.annotate.word_trace import Character, Traced, characters, paragraphs
from constitution_check.model import BlockKind
from constitution_check.readers.word_xml import W

_NOTES: dict[BlockKind, str] = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
_BODY = ("paragraph", "heading", "cell")
_FRAMES = frozenset((W + "pPr", W + "commentRangeStart"))


@dataclass(frozen=True)
class Tied:
    """A comment and what it is tied to: `words` is "" where it stands on a whole paragraph."""

    number: str
    words: str


@dataclass(frozen=True)
class _Place:
    """A remark and where it belongs: characters start to end of a block.

    words: the first and the last of those characters in the XML; None where they are not to be found there.
    stored: those of them that the XML holds; what a form field shows may be worked out by Word.
    """

    remark: Remark
    block: int
    start: int
    end: int
    words: tuple[Character, Character] | None = None
    stored: str = ""


class Marker:
    """Ties comments to the words of one file."""

    def __init__(self, traced: Traced, comments: Comments, ids: Ids) -> None:
        self._traced, self._comments, self._ids = traced, comments, ids
        self.tied: list[Tied] = []

    def mark(self, remarks: Iterable[Remark]) -> None:
        """Write the remarks, from the end of the document to its beginning, so that places found stay true.

        The comments are numbered in the order of the text.
        """
        places = sorted((self._place(remark) for remark in remarks), key=lambda p: (p.block, p.start, -p.end))
        ends: list[tuple[tuple[int, int, bool], Side, Character, _Place, str]] = []
        for place in places:
            number = self._comments.add(_lines(place))
            if place.words is None:
                self._whole(place, number)
                continue
            self.tied.append(Tied(number, place.stored))
            ends.append(((place.block, place.end, False), "end", place.words[1], place, number))
            ends.append(((place.block, place.start, True), "start", place.words[0], place, number))
        for _, side, character, place, number in sorted(ends, key=lambda one: one[0], reverse=True):
            self._put(side, character, place, number)

    def title(self, lines: Iterable[Line]) -> None:
        """A comment on the first words of the document."""
        first = next((i for i, block in enumerate(self._traced.reader.blocks)
                      if block.text and block.kind in _BODY and paragraphs(self._traced, i)), None)
        if first is not None:
            number = self._comments.add(lines)
            self._around(paragraphs(self._traced, first)[0], number)
            self.tied.append(Tied(number, ""))

    # --- where ---

    def _place(self, remark: Remark) -> _Place:
        outlined = self._traced.outlined
        found = outlined.find(remark.spot)
        block = None if found is None else outlined.block_of[found.provision.index]
        if found is None or block is None:
            return _Place(remark, 0, 0, 0)
        offset = outlined.offset(found.provision)
        if found.start is None or offset is None:
            return _Place(remark, block, 0, 0)
        start, end = offset + found.start, offset + found.end
        inside = self._words(remark.spot.quote, block, start, end)
        if not inside:
            return _Place(remark, block, start, end)
        return _Place(remark, block, start, end, (inside[0][1], inside[-1][1]), "".join(c for c, _ in inside))

    def _words(self, quote: str, place: int, start: int, end: int) -> list[tuple[str, Character]]:
        """The words' characters, each with where it stands in the XML; empty where they take no comment."""
        block = self._traced.reader.blocks[place]
        if block.kind in _NOTES or block.kind == "textbox" or block.text[start:end] != quote:
            return []
        found = (characters(self._traced, place) or [])[start:end]
        return [(c, at) for c, at in zip(quote, found, strict=False) if at.element is not None]

    # --- marks ---

    def _put(self, side: Side, character: Character, place: _Place, number: str) -> None:
        gap = boundary(character, side, self._ids) or self._edge(place, side)
        start, end, reference = self._comments.marks(number)
        if side == "start":
            gap.put(start)
            return
        gap.put(end)
        _top(end).addnext(reference)

    def _edge(self, place: _Place, side: Side) -> Boundary:
        """The edge of the paragraph, where the words themselves take no mark."""
        held = paragraphs(self._traced, place.block)
        paragraph = held[0] if side == "start" else held[-1]
        first = _first_content(paragraph)
        return Boundary(after=first) if side == "start" else Boundary(before=paragraph[-1])

    def _whole(self, place: _Place, number: str) -> None:
        """Tie a comment to the paragraph, or to what stands in it for a note or a text box."""
        self.tied.append(Tied(number, ""))
        block = self._traced.reader.blocks[place.block]
        held = paragraphs(self._traced, place.block)
        stands_for = self._stands_for(held[0], block.kind) if held else None
        if stands_for is not None:
            start, end, reference = self._comments.marks(number)
            stands_for.addprevious(start)
            stands_for.addnext(end)
            end.addnext(reference)
        elif held and block.kind not in _NOTES:
            self._around(held[0], number)
        else:
            self._around(self._paragraph_before(place.block), number)

    def _stands_for(self, paragraph: etree._Element, kind: BlockKind) -> etree._Element | None:
        """The child of a body paragraph that holds the reference to a note, or the drawing with a text box."""
        if kind in _NOTES:
            note = next(paragraph.iterancestors(W + "footnote", W + "endnote"), None)
            number = None if note is None else note.get(W + "id")
            references = self._traced.parts.body.iter(W + _NOTES[kind])
            inside = next((one for one in references if one.get(W + "id") == number), None)
        else:
            inside = paragraph if kind == "textbox" else None
        if inside is None:
            return None
        outer = [inside, *inside.iterancestors()]
        return next((one for one in reversed(outer) if (up := one.getparent()) is not None and up.tag == W + "p"), None)

    def _paragraph_before(self, block: int) -> etree._Element:
        """The nearest paragraph of the body that takes marks."""
        for place in (*range(block, -1, -1), *range(block, len(self._traced.reader.blocks))):
            held = paragraphs(self._traced, place)
            if held and self._traced.reader.blocks[place].kind in _BODY:
                return held[0]
        return next(self._traced.parts.body.iter(W + "p"))

    def _around(self, paragraph: etree._Element, number: str) -> None:
        start, end, reference = self._comments.marks(number)
        first = _first_content(paragraph)
        if first is None:
            paragraph.append(start)
        else:
            first.addprevious(start)
        paragraph.append(end)
        paragraph.append(reference)


def _lines(place: _Place) -> list[Line]:
    """The comment; where it cannot stand on its words it names them."""
    if place.words is not None:
        return list(place.remark.lines)
    return [Line(label=f"About “{place.remark.spot.quote}”:"), *place.remark.lines]


def _first_content(paragraph: etree._Element) -> etree._Element | None:
    return next((child for child in paragraph if child.tag not in _FRAMES), None)


def _top(element: etree._Element) -> etree._Element:
    """The ancestor, or the element itself, that is a child of the paragraph."""
    above = element.getparent()
    while above is not None and above.tag != W + "p":
        element, above = above, above.getparent()
    return element
