"""A sample as a Word file: paragraphs, tables, contents, footnotes, running heads and tracked changes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from samples.builder import furniture
from samples.builder.lists import list_number, numbering_xml, style_levels
from samples.builder.markup import Piece, Source, pieces
from samples.builder.numbers import Numbered, numbered
from samples.builder.shapes import SHAPES
from samples.builder.styles import styles_xml

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLE = {"#": "Clause1", "##": "Clause2Heading", "2": "Clause2", "3": "Clause3", "a": "ClauseLetter", "i": "ClauseRoman",
          "-": "Bullet", "@": "AppendixHeading", "!": "FrontHeading", ">": "BodyText", "~": "DraftingNote", "C1": "Title",
          "C2": "Subtitle"}
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
        "word/document.xml": furniture.part(f'<w:document xmlns:w="{_W}" xmlns:r="{furniture.R}"><w:body>{body}'
                                            f"{furniture.SECTION}</w:body></w:document>"),
        "word/styles.xml": furniture.part(styles_xml(style_levels(shape))),
        "word/numbering.xml": furniture.part(numbering_xml(shape, own)),
        "word/footnotes.xml": furniture.part(furniture.footnotes(writer.notes)),
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
            yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        else:
            yield f"<w:p><w:pPr>{self._properties(one)}</w:pPr>{self._bookmarked(one)}</w:p>"

    def _properties(self, one: Numbered) -> str:
        line = one.line
        style = (_IN_APPENDIX if self._in_appendix else {}).get(line.mark) or _STYLE[line.mark]
        own = one.list_id.startswith("items ")
        if own:
            style = "ItemLetter" if line.mark == "a" else "ItemRoman"
        made = f'<w:pStyle w:val="{style}"/>'
        if own or style.endswith("2Heading"):  # no level is tied to these styles, so the paragraph itself names its list
            made += f'<w:numPr><w:ilvl w:val="{one.level}"/><w:numId w:val="{list_number(one.list_id)}"/></w:numPr>'
        if line.tracked:
            made += f"<w:rPr><w:{line.tracked} {self._revision()}/></w:rPr>"
        return made

    def _bookmarked(self, one: Numbered) -> str:
        text = self._runs(one.line.text, one.line.tracked)
        if not one.line.anchor:
            return text
        number = next(self._ids)
        name = f"_Ref_{one.line.anchor.replace('-', '_')}"
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>'

    def _runs(self, text: str, tracked: str) -> str:
        made = (self._piece(piece, tracked) for piece in pieces(text))
        return "".join(made)

    def _piece(self, piece: Piece, tracked: str) -> str:
        if piece.kind == "ref":
            return self._reference(piece.text)
        if piece.kind == "note":
            self.notes.append(piece.text)
            return ('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                    f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>')
        change = piece.kind if piece.kind in ("ins", "del") else tracked
        run = _run(piece.text, "w:delText" if change == "del" else "w:t")
        return f"<w:{change} {self._revision()}>{run}</w:{change}>" if change else run

    def _reference(self, anchor: str) -> str:
        """A cross-reference field, with what Word last showed for it."""
        shown = self._cited[anchor].rpartition(", ")[2]
        name = f"_Ref_{anchor.replace('-', '_')}"
        return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF {name} \\w \\h </w:instrText>'
                f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    def _revision(self) -> str:
        author, date = self._head["author"], self._head["changed"]
        return f'w:id="{next(self._ids)}" w:author={quoteattr(author)} w:date="{date}"'

    def _table(self, rows: Sequence[Numbered]) -> str:
        return furniture.table([[self._runs(cell, "") for cell in row.line.cells] for row in rows])

    def _contents(self) -> Iterator[str]:
        """A contents field as Word leaves it: heading, number, tab, page."""
        yield '<w:p><w:pPr><w:pStyle w:val="ContentsHeading"/></w:pPr><w:r><w:t>Contents</w:t></w:r></w:p>'
        shown = [n for n in self._found if n.line.mark in ("#", "@")]
        for at, one in enumerate(shown):
            begin = furniture.CONTENTS_FIELD if at == 0 else ""
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if at == len(shown) - 1 else ""
            style = "TOC2" if one.line.mark == "#" and one.list_id == "appendix" else "TOC1"
            page = self._pages.get(one.cited, 1)
            words = _run(one.label) + "<w:r><w:tab/></w:r>" + _run("".join(p.text for p in pieces(one.line.text)))
            yield (f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{begin}{words}<w:r><w:tab/></w:r>{_run(str(page))}{end}</w:p>')


def _run(text: str, tag: str = "w:t") -> str:
    return f'<w:r><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'
