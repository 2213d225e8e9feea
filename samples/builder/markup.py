"""The mark-up of the sample texts: one paragraph a line, a mark before it that says what it is.

The head of a file (`name = value` lines up to `---`) gives what `$name` stands for in the text; `include PATH` takes
in a text that several samples share. The marks:

    #     section heading          ##    heading of the second level
    2 3   numbered clause of the second or third level
    a i   item of a list, and item of a list within it           -   bullet
    @     heading of an appendix, whose sections count anew
    !     unnumbered heading       >     unnumbered paragraph    ~   drafting note
    |     a row of a table, the cells between bars               toc a contents page
    C1 C3 C2 title, second title and lines of the cover          page a page break

Within a line: `{#x}` names the paragraph x, `{@x}` is a reference to it, `{^text^}` a footnote, `{+text+}` and
`{-text-}` a tracked insertion and deletion; `{+}` or `{-}` at the front tracks the whole paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

MARKS = frozenset(("#", "##", "2", "3", "a", "i", "-", "@", "!", ">", "~", "|", "toc", "C1", "C2", "C3", "page"))
_ANCHOR = re.compile(r"\{#([a-z0-9-]+)\}")
_INLINE = re.compile(r"\{\^(?P<note>.+?)\^\}|\{\+(?P<ins>.+?)\+\}|\{-(?P<del>.+?)-\}|\{@(?P<ref>[a-z0-9-]+)\}")


@dataclass(frozen=True)
class Line:
    """One paragraph of the text. tracked: "" or "ins" or "del" for the paragraph as a whole."""

    mark: str
    text: str
    anchor: str = ""
    tracked: str = ""

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return [cell.strip() for cell in self.text.strip().strip("|").split("|")]


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph. kind: text, note (a footnote), ins, del, or ref (an anchor's name)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Source:
    """A sample's head and its lines."""

    head: dict[str, str]
    lines: tuple[Line, ...]


def read_source(path: Path) -> Source:
    """The sample written in this file. Raises ValueError, naming file and line, where its mark-up is wrong."""
    head_text, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = (line.partition("=") for line in head_text.splitlines() if line.strip())
    head = {name.strip(): value.strip() for name, _, value in pairs}
    return Source(head, tuple(_lines(body, path, head, 1 + head_text.count("\n") + 1)))


def _lines(text: str, path: Path, head: dict[str, str], first: int) -> Iterator[Line]:
    for row, raw in enumerate(text.splitlines(), first + 1):
        if not raw.strip():
            continue
        mark, _, rest = raw.strip().partition(" ")
        if mark == "include":
            shared = path.parent / rest.strip()
            yield from _lines(shared.read_text(encoding="utf-8"), shared, head, 0)
        elif mark in MARKS:
            yield _line(mark, Template(rest).substitute(head).strip())
        else:
            raise ValueError(f"{path.name}:{row}: {mark!r} is no mark")


def _line(mark: str, text: str) -> Line:
    anchor = _ANCHOR.search(text)
    text = _ANCHOR.sub("", text).strip()
    tracked = {"{+}": "ins", "{-}": "del"}.get(text[:3], "")
    return Line(mark, text[3:].strip() if tracked else text, anchor[1] if anchor else "", tracked)


def pieces(text: str) -> Iterator[Piece]:
    """The stretches of a line's text, in order."""
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            yield Piece("text", text[at:match.start()])
        kind = match.lastgroup or "text"
        yield Piece(kind, match[kind])
        at = match.end()
    if at < len(text):
        yield Piece("text", text[at:])
