"""Wording to ask for, put into a Word file as tracked insertions of whole paragraphs.

The mark of an inserted paragraph is an insertion too (w:ins in its w:pPr/w:rPr), so rejecting it leaves nothing behind.
Numbers are typed and the paragraph is taken out of its list (numId 0): one that Word counted would move later ones.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from constitution_check.annotate.labels import labels_after, labels_under, next_label
from constitution_check.annotate.places import Places, Slot
from constitution_check.annotate.records import AUTHOR, Ask, Line
from constitution_check.annotate.word_comments import Comments, make, text_run
from constitution_check.annotate.word_ids import Ids
from constitution_check.annotate.word_looks import Looks, looks_of
from constitution_check.annotate.word_trace import Traced, paragraphs
from constitution_check.model import Provision
from constitution_check.readers.word_xml import W

SECTION_TITLE = "Safeguards"
_BLOCKS = frozenset(W + name for name in ("body", "sdtContent", "customXml"))
_FREE = frozenset(W + name for name in ("rPr", "alias", "tag", "id", "placeholder", "richText", "label", "tabIndex",
                                        "showingPlcHdr", "temporary"))


@dataclass
class _Run:
    """New paragraphs at one place: where the next one goes, what its number is and how it looks."""

    last: etree._Element
    labels: Iterator[str]
    looks: Looks


class Inserter:
    """Puts wording into one file."""

    def __init__(self, traced: Traced, comments: Comments, ids: Ids, date: str) -> None:
        self._traced, self._comments, self._ids, self._date = traced, comments, ids, date
        self._numbering = traced.package.related("numbering")
        self._places = Places(traced.outlined)
        self._runs: dict[tuple[int, bool], _Run] = {}
        self._numbers = {provision.number for provision in traced.outlined.provisions}
        self.inserted: list[etree._Element] = []
        self.unplaced: list[Ask] = []

    def insert(self, asks: Iterable[Ask]) -> None:
        """Put in the wording of each; those for which the document has no place are kept in `unplaced`."""
        for ask in asks:
            slot = self._places.slot(ask)
            run = None if slot is None else self._run(slot)
            if run is None:
                self.unplaced.append(ask)
                continue
            for place, wording in enumerate(ask.wordings):
                self._add(run, next(run.labels), wording, ask.lines if place == 0 else ())

    # --- places ---

    def _run(self, slot: Slot) -> _Run | None:
        key = (slot.anchor.index, slot.heading)
        if key not in self._runs:
            made = self._new_section(slot.anchor) if slot.heading else self._beside(slot.anchor)
            if made is None:
                return None
            self._runs[key] = made
        return self._runs[key]

    def _beside(self, anchor: Provision) -> _Run | None:
        own, last = self._paragraph(anchor), self._last_paragraph(anchor)
        if own is None or last is None:
            return None
        labels = labels_after(anchor.label, anchor.number, self._numbers)
        return _Run(last, labels, self._looks(own, anchor))

    def _new_section(self, anchor: Provision) -> _Run | None:
        """A section of its own behind the last of the body, with a heading like that one's."""
        provisions = self._traced.outlined.provisions
        last, body = self._last_paragraph(anchor), anchor
        inside = provisions[anchor.index:self._traced.outlined.subtree_end(anchor) + 1]
        body = next((p for p in reversed(inside) if not p.is_heading and self._paragraph(p) is not None), anchor)
        own = self._paragraph(body)
        if last is None or own is None:
            return None
        label = next_label(anchor.label)
        run = _Run(last, labels_under(label, body.label), self._looks(own, body))
        title = self._paragraph(anchor) if anchor.is_heading else None
        if title is not None:
            self._add(_Run(last, iter(()), self._looks(title, anchor)), label, SECTION_TITLE, ())
            run.last = self.inserted[-1]
        return run

    def _looks(self, paragraph: etree._Element, provision: Provision) -> Looks:
        return looks_of(paragraph, self._traced.parts, self._numbering, self._typed_gap(provision))

    def _typed_gap(self, provision: Provision) -> str:
        """What follows the paragraph's typed number: a tab, where it has one near its beginning."""
        place = self._traced.outlined.block_of[provision.index]
        pieces = [] if place is None else self._traced.reader.origins[place].pieces[:6]
        return "\t" if any(p.origin is not None and p.origin.tag == W + "tab" for p in pieces) else " "

    def _paragraph(self, provision: Provision) -> etree._Element | None:
        place = self._traced.outlined.block_of[provision.index]
        held = paragraphs(self._traced, place) if place is not None else []
        return held[-1] if held else None

    def _last_paragraph(self, anchor: Provision) -> etree._Element | None:
        """The element behind which new paragraphs go: the last of all that hangs from the anchor.

        One that ends a section is passed over, since what follows it has other pages and columns.
        """
        found = list(self._ends(anchor))
        return next((one for one in found if one.find(f"{W}pPr/{W}sectPr") is None), found[0] if found else None)

    def _ends(self, anchor: Provision) -> Iterator[etree._Element]:
        outlined = self._traced.outlined
        for index in range(outlined.subtree_end(anchor), anchor.index - 1, -1):
            place = outlined.block_of[index]
            if place is None or outlined.blocks[place].kind not in ("paragraph", "heading", "cell"):
                continue
            held = paragraphs(self._traced, place)
            outer = _outer(held[-1]) if held else None
            if outer is not None:
                yield outer

    # --- paragraphs ---

    def _add(self, run: _Run, label: str, wording: str, lines: Iterable[Line]) -> None:
        paragraph = make.p(self._properties(run.looks))
        inserted = self._insertion()
        if label:
            inserted.append(self._label(label, run.looks))
        inserted.append(text_run(wording, copy.deepcopy(run.looks.type)))
        told = list(lines)
        if told:
            start, end, reference = self._comments.marks(self._comments.add(told))
            paragraph.extend([start, inserted, end])
            paragraph.append(self._insertion(reference))
        else:
            paragraph.append(inserted)
        run.last.addnext(paragraph)
        run.last = paragraph
        self.inserted.append(paragraph)

    def _label(self, label: str, looks: Looks) -> etree._Element:
        run = text_run(label if looks.gap == "\t" else f"{label}{looks.gap}", copy.deepcopy(looks.label_type))
        if looks.gap == "\t":
            run.append(make.tab())
        return run

    def _properties(self, looks: Looks) -> etree._Element:
        properties = copy.deepcopy(looks.properties)
        properties.append(make.rPr(self._insertion(), *copy.deepcopy(looks.type)))
        return properties

    def _insertion(self, *content: etree._Element) -> etree._Element:
        return make.ins({W + "id": self._ids.new(), W + "author": AUTHOR, W + "date": self._date}, *content)


def _outer(paragraph: etree._Element) -> etree._Element | None:
    """The element beside which a paragraph may stand: out of tables and of content controls that are not free text."""
    outer = paragraph
    for above in paragraph.iterancestors():
        if above.tag == W + "body":
            break
        if above.tag not in _BLOCKS and above.tag != W + "sdt":
            outer = above
        elif above.tag == W + "sdt":
            properties = above.find(W + "sdtPr")
            if properties is not None and any(child.tag not in _FREE for child in properties):
                outer = above
    parent = outer.getparent()
    return outer if parent is not None and parent.tag in _BLOCKS else None
