"""Markdown: headings, paragraphs, lists and tables, with the numbers that the author typed.

A renderer would turn "7." after "3." into "4."; a constitution's numbers are what was typed, so the
marker of each item is taken from the source line.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from constitution_check.model import Block, Reading
from constitution_check.readers.common import clean, digest
from constitution_check.readers.text import decoded, paragraphs_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)


def read_markdown(path: Path) -> Reading:
    """The blocks of a Markdown file (CommonMark and tables). Raises CheckError for an unreadable encoding."""
    from markdown_it import MarkdownIt

    source = decoded(path.read_bytes(), path.name).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    source = _HEAD.sub(lambda match: "\n" * match.group().count("\n"), source)
    # Deep indents are how people set sub-paragraphs, not code.
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").disable("code").parse(source)
    return Reading(name=path.name, format="md", sha256=digest(path), blocks=tuple(_Walker(source).blocks(tokens)))


class _Walker:
    """Goes through the tokens once; keeps the open lists and the table."""

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self.out: list[Block] = []
        self.lists: list[str] = []  # "ordered" or "bullet"
        self.marker = ""
        self.table, self.row, self.column = -1, -1, -1

    def blocks(self, tokens: list[Token]) -> list[Block]:
        heading: int | None = None
        for token in tokens:
            if token.type in ("ordered_list_open", "bullet_list_open"):
                self.lists.append(token.type.split("_")[0])
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                self.lists.pop()
            elif token.type == "list_item_open":
                self.marker = f"{token.info}{token.markup}" if self.lists[-1] == "ordered" else "•"
            elif token.type == "heading_open":
                heading = int(token.tag[1])
            elif token.type == "heading_close":
                heading = None
            elif token.type == "inline":
                self._inline(token, heading)
            elif token.type == "fence":
                for paragraph in re.split(r"\n\s*\n", token.content):
                    self._lines(paragraph, None)
            elif token.type == "html_block":
                for paragraph in re.split(r"\n\s*\n|</(?:p|div|li|h\d|td|th)>", token.content):
                    self._add(unescape(_TAG.sub(" ", paragraph)), None)
            else:
                self._table(token.type)
        return self.out

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self.table, self.row = self.table + 1, -1
        elif kind == "tr_open":
            self.row, self.column = self.row + 1, -1
        elif kind in ("td_open", "th_open"):
            self.column += 1
        elif kind == "table_close":
            self.column = -1

    def _inline(self, token: Token, heading: int | None) -> None:
        if self.column >= 0:
            self._add(_words(token), None)
            return
        self._lines(_words(token), heading)

    def _lines(self, text: str, heading: int | None) -> None:
        """One paragraph, or several where its lines begin with typed labels ("(a) …" under "(1) …")."""
        for paragraph in paragraphs_of(text.split("\n"), None):
            self._add(" ".join(paragraph), heading)

    def _add(self, text: str, heading: int | None) -> None:
        words = clean(text)
        label, self.marker = self.marker, ""
        if not words and not label:
            return
        cell = (self.table, self.row, self.column) if self.column >= 0 else None
        depth = len(self.lists)
        self.out.append(
            Block(
                text=words,
                kind="cell" if cell else "heading" if heading else "paragraph",
                label=label,
                level=depth - 1 if label else None,
                heading_level=heading,
                indent=18.0 * depth,
                cell=cell,
            )
        )


def _words(token: Token) -> str:
    """The words of an inline token without its mark-up; struck-out text is left out, as its author struck it."""
    out: list[str] = []
    struck = 0
    for child in token.children or []:
        struck += (child.type == "s_open") - (child.type == "s_close")
        if child.type == "html_inline":
            struck += bool(re.match(r"<(?:del|s|strike)\b", child.content, re.I)) - bool(
                re.match(r"</(?:del|s|strike)\b", child.content, re.I))
        if struck:
            continue
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif child.type == "image":
            out.append(child.content)
        elif child.type == "html_inline" and re.match(r"<br\b", child.content, re.I):
            out.append("\n")
    return "".join(out)
