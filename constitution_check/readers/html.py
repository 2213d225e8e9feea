"""Web pages: headings, paragraphs, lists with the numbers a browser shows, tables; `ins` and `del` both ways."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from constitution_check.errors import CheckError
from constitution_check.model import Block, BlockKind, Change, Reading, Unread
from constitution_check.numbers import split_label
from constitution_check.readers.common import clean, digest
from constitution_check.readers.html_elements import (
    BLOCKS,
    DELETED,
    INSERTED,
    LIST_INDENT,
    holds_data,
    is_all_hidden,
    is_contents,
    is_hidden,
    is_left_out,
    margin,
    spaced,
    upwards,
    words,
)
from constitution_check.readers.html_lists import OpenList, is_numbered, opened
from constitution_check.readers.html_notes import NOTE, notes_moved
from constitution_check.readers.html_office import Numbering, counts_through, is_by_office
from constitution_check.readers.text import decoded, paragraphs_of

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_EMBEDDED = {
    "iframe": "a page shown inside the page",
    "object": "an embedded document",
    "embed": "an embedded document",
}


def read_html(path: Path) -> Reading:
    """The blocks of a web page. Raises CheckError where it cannot be parsed or its encoding read.

    Text in `ins` counts as proposed, text in `del`, `s` and `strike` as taken out; both forms are given.
    """
    root = _parsed(path)
    notes_moved(root)
    blocks = _Walker(DELETED, _numbering(root)).walk(root)
    changes = tuple(_change(e) for e in root.iter(*INSERTED, *DELETED) if words(e))
    current = tuple(_Walker(INSERTED, _numbering(root)).walk(root)) if changes else None
    embedded = tuple(Unread(what=_EMBEDDED[e.tag], why="only the text of the page itself is read")
                     for e in root.iter(*_EMBEDDED) if isinstance(e.tag, str))
    return Reading(
        name=path.name,
        format="html",
        sha256=digest(path),
        blocks=tuple(blocks),
        current=current,
        changes=changes,
        unread=embedded,
    )


def _parsed(path: Path) -> _Element:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _source(path)).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise CheckError(
            f"{path.name} is too deeply nested to be read whole; copy its text into a Word file (.docx) and check that."
        )
    if root is None:
        raise CheckError(f"{path.name} is not a readable web page; save the page again, complete, and check that.")
    return root


def _source(path: Path) -> str:
    """The page's text: by its mark, by the encoding that it declares, else as any text file."""
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    if declared is not None and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and data[:3] != b"\xef\xbb\xbf":
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data, path.name)


def _change(element: _Element) -> Change:
    return Change(
        kind="insertion" if element.tag in INSERTED else "deletion",
        author=clean(element.get("data-author") or ""),
        date=clean(element.get("datetime") or ""),
        text=words(element),
    )


def _numbering(root: _Element) -> Numbering | None:
    """How list items are numbered through, None where each list's items have a number of their own."""
    by_office = is_by_office(root)
    return Numbering(goes_on=by_office) if by_office or counts_through(root) else None


class _Walker:
    """One pass over the tree; `without` are the revision elements left out in this form of the text."""

    def __init__(self, without: frozenset[str], numbering: Numbering | None = None) -> None:
        self.without = without
        self.numbering = numbering
        self.notes = 0
        self.out: list[Block] = []
        self.buffer: list[str] = []
        self.lists: list[OpenList] = []
        self.marker = ""
        self.skipped = 0
        self.heading: int | None = None
        self.hidden = 0
        self.contents = 0
        self.margin = 0.0
        self.cells: list[tuple[int, int, int] | None] = [None]
        self.tables: list[bool] = []
        self.count = -1

    def walk(self, root: _Element) -> list[Block]:
        """All blocks, in document order."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                self._start(element)
            else:
                self._end(element)
                if not self.skipped and element.tail:
                    self.buffer.append(spaced(element.tail))
        self._flush()
        return self.out

    def _leaves_out(self, element: _Element) -> bool:
        return element.tag in self.without or is_left_out(element)

    def _start(self, element: _Element) -> None:
        if self.skipped or self._leaves_out(element):
            self.skipped += 1
            return
        if element.tag in BLOCKS:
            self._flush()
            self._open_block(element)
        elif element.tag == "br":
            self.buffer.append("\n")
        self.hidden += is_hidden(element)
        self.notes += element.get(NOTE) is not None
        self.contents += is_contents(element)
        self.margin += margin(element)
        if element.text:
            self.buffer.append(element.text if element.tag == "pre" else spaced(element.text))

    def _open_block(self, element: _Element) -> None:
        tag = element.tag
        if tag in ("ol", "ul", "menu"):
            self.lists.append(opened(element))
        elif tag == "li":
            self.marker = self._marker(element) if self.lists and not self._is_gone(element) else ""
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heading = int(tag[1])
        elif tag == "table":
            data = holds_data(element)
            self.tables.append(data)
            self.count += data
            self.cells.append((self.count, -1, -1) if data else self.cells[-1])
        elif tag == "tr" and self._in_data():
            table, row, _ = self.cells[-1] or (0, 0, 0)
            self.cells[-1] = (table, row + 1, -1)
        elif tag in ("td", "th") and self._in_data():
            table, row, column = self.cells[-1] or (0, 0, 0)
            self.cells[-1] = (table, row, column + 1)

    def _marker(self, item: _Element) -> str:
        inner = self.lists[-1]
        given = is_numbered(item) or inner.is_started
        if self.numbering is not None and self.numbering.goes_on and is_all_hidden(item):
            return ""  # LibreOffice does not count it
        label = inner.label(item)
        if self.numbering is None or inner.is_bulleted or not label:
            return label
        return self.numbering.label([one for one in self.lists if not one.is_bulleted], inner.last, given=given)

    def _in_data(self) -> bool:
        return bool(self.tables) and self.tables[-1]

    def _is_gone(self, item: _Element) -> bool:
        """Whether nothing of a list item is left in this form: it then takes no number."""
        kept = any(
            text.strip() and not any(a.tag in self.without for a in upwards(text.getparent(), text.is_tail, item))
            for text in item.xpath(".//text()")
        )
        return not kept and bool(item.xpath(".//text()[normalize-space()]"))

    def _end(self, element: _Element) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        if element.tag in BLOCKS:
            self._flush()
        self.hidden -= is_hidden(element)
        self.notes -= element.get(NOTE) is not None
        self.contents -= is_contents(element)
        self.margin -= margin(element)
        if element.tag in ("ol", "ul", "menu"):
            self.lists.pop()
        elif element.tag == "li":
            self.marker = ""
        elif element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heading = None
        elif element.tag == "table":
            self.tables.pop()
            self.cells.pop()

    def _flush(self) -> None:
        text, self.buffer = "".join(self.buffer), []
        for lines in paragraphs_of(text.split("\n"), None):
            words = clean(" ".join(lines))
            if words:
                self._add(words)

    def _add(self, words: str) -> None:
        if self.notes:
            self.out.append(Block(text=words, kind="footnote", hidden=self.hidden > 0))
            return
        label, self.marker = self.marker, ""
        if self.numbering is not None:
            numbered = [one for one in self.lists if not one.is_bulleted]
            if label and label != "•" and numbered:
                label = self.numbering.named(numbered, words, label, heading=self.heading is not None)
            elif not label:
                self.numbering.heard(words)
        typed = split_label(words)
        if label and typed is not None and not typed[0].is_bullet and not typed[0].weak:
            label = ""  # the page's style sheet takes the marker away where the author typed one
        cell = self.cells[-1] if self._in_data() and (self.cells[-1] or (0, 0, -1))[2] >= 0 else None
        kind: BlockKind = (
            "contents" if self.contents else "cell" if cell else "heading" if self.heading else "paragraph"
        )
        self.out.append(Block(text=words, kind=kind, label=label, level=len(self.lists) - 1 if label else None,
                              heading_level=self.heading, cell=cell, hidden=self.hidden > 0,
                              indent=self.margin + LIST_INDENT * len(self.lists)))
