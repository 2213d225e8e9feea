"""A sample as a Word file: paragraphs, tables, contents, footnotes, running heads and tracked changes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from samples.builder import furniture
from samples.builder.lists import list_number, numbering_xml, style_levels
from samples.builder.markup import Piece, Source, pieces
from samples.builder.numbers import Numbered, numbered
from samples.builder.shapes import SHAPES
from samples.builder.styles import styles_xml
from samples.builder.xml import FIELD_END, field, field_begin, paragraph, part, run, w

_STYLE = {"#": "Clause1", "##": "Clause2Heading", "2": "Clause2", "3": "Clause3", "a": "ClauseLetter",
          "i": "ClauseRoman", "-": "Bullet", "@": "AppendixHeading", "!": "FrontHeading", ">": "BodyText",
          "~": "DraftingNote", "C1": "Title", "C2": "Subtitle", "C3": "CoverTitle"}
_IN_APPENDIX = {"#": "Appendix1", "##": "Appendix2Heading", "2": "Appendix2", "3": "Appendix3", "a": "AppendixLetter",
                "i": "AppendixRoman"}
_MOMENT = (2026, 1, 1, 0, 0, 0)
"""The time stamped on every member, so that the same text always gives the same file."""


def word_parts(source: Source, pages: Mapping[str, int]) -> dict[str, str]:
    """The members of the .docx by name. pages: for the contents page, the page of each numbered heading."""
    shape = SHAPES[source.head["shape"]]
    found = tuple(numbered(source.lines, shape))
    writer = _Writer(source, found, pages)
    body = "".join(writer.blocks())
    own = sum(1 for name in {n.list_id for n in found} if name.startswith("items "))
    return furniture.package(source.head) | {
        "word/document.xml": part("document", w("body", body, furniture.section())),
        "word/styles.xml": styles_xml(style_levels(shape)),
        "word/numbering.xml": numbering_xml(shape, own),
        "word/footnotes.xml": furniture.footnotes(writer.notes),
    }


def write_word(parts: Mapping[str, str], path: Path) -> None:
    """Write the members as a .docx."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode("utf-8"))


class _Writer:
    """Writes the body; `notes` are the footnotes met on the way."""

    def __init__(self, source: Source, found: Sequence[Numbered], pages: Mapping[str, int]) -> None:
        self._head = source.head
        self._found = found
        self._pages = pages
        self._cited = {n.line.anchor: n.cited for n in found if n.line.anchor}
        self._ids = count(100)
        self._in_appendix = False
        self.notes: list[str] = []

    def blocks(self) -> Iterator[str]:
        """The paragraphs and tables, in order."""
        rows: list[Numbered] = []
        for one in self._found:
            if one.line.mark == "|":
                rows.append(one)
                continue
            if rows:
                yield self._table(rows)
                rows = []
            yield from self._block(one)
        if rows:
            yield self._table(rows)

    def _block(self, one: Numbered) -> Iterator[str]:
        line = one.line
        self._in_appendix = self._in_appendix or line.mark == "@"
        if line.mark == "toc":
            yield from self._contents()
        elif line.mark == "page":
            yield w("p", w("r", w("br", type="page")))
        else:
            yield w("p", w("pPr", *self._properties(one)), self._bookmarked(one))

    def _properties(self, one: Numbered) -> Iterator[str]:
        """The children of w:pPr, in the order that the schema demands."""
        line = one.line
        style = (_IN_APPENDIX if self._in_appendix else {}).get(line.mark) or _STYLE[line.mark]
        own = one.list_id.startswith("items ")
        if own:
            style = "ItemLetter" if line.mark == "a" else "ItemRoman"
        yield w("pStyle", val=style)
        if own or style.endswith("2Heading"):  # no level is tied to these styles: the paragraph itself names its list
            yield w("numPr", w("ilvl", val=one.level), w("numId", val=list_number(one.list_id)))
        if line.tracked:
            yield w("rPr", self._tracked(line.tracked))

    def _bookmarked(self, one: Numbered) -> str:
        text = self._runs(one.line.text, one.line.tracked)
        if not one.line.anchor:
            return text
        number = next(self._ids)
        start = w("bookmarkStart", id=number, name=_bookmark(one.line.anchor))
        return start + text + w("bookmarkEnd", id=number)

    def _runs(self, text: str, tracked: str) -> str:
        return "".join(self._piece(piece, tracked) for piece in pieces(text))

    def _piece(self, piece: Piece, tracked: str) -> str:
        if piece.kind == "ref":
            shown = self._cited[piece.text].rpartition(", ")[2]
            return field(f"REF {_bookmark(piece.text)} \\w \\h", shown)
        if piece.kind == "note":
            self.notes.append(piece.text)
            mark = w("rPr", w("rStyle", val="FootnoteReference"))
            return w("r", mark, w("footnoteReference", id=len(self.notes)))
        change = piece.kind if piece.kind in ("ins", "del") else tracked
        if not change:
            return run(piece.text)
        return self._tracked(change, run(piece.text, "delText" if change == "del" else "t"))

    def _tracked(self, change: str, *inside: str) -> str:
        return w(change, *inside, id=next(self._ids), author=self._head["author"], date=self._head["changed"])

    def _table(self, rows: Sequence[Numbered]) -> str:
        return furniture.table([[self._runs(cell, "") for cell in row.line.cells] for row in rows])

    def _contents(self) -> Iterator[str]:
        """A contents field as Word leaves it: heading, number, tab, page."""
        yield paragraph("ContentsHeading", run("Contents"))
        shown = [n for n in self._found if n.line.mark in ("#", "@")]
        for at, one in enumerate(shown):
            begin = field_begin('TOC \\o "1-1" \\h \\z') if at == 0 else ""
            end = FIELD_END if at == len(shown) - 1 else ""
            style = "TOC2" if one.line.mark == "#" and one.list_id == "appendix" else "TOC1"
            words = "".join(piece.text for piece in pieces(one.line.text))
            tab = w("r", w("tab"))
            page = str(self._pages.get(one.cited, 1))
            yield paragraph(style, begin, run(one.label), tab, run(words), tab, run(page), end)


def _bookmark(anchor: str) -> str:
    return f"_Ref_{anchor.replace('-', '_')}"
