"""Plain text: paragraphs by blank lines or by a label at the start of a line, wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading
from constitution_check.numbers import split_label
from constitution_check.readers.common import clean, digest

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LEADS_TO_NUMBER = re.compile(
    r"\b(?:paragraphs?|sections?|clauses?|schedules?|appendix|and|or|in|to|of|under|with|by|see)$", re.I
)
_TAB = 8
_POINTS_A_COLUMN = 5.0
"""An indent in a text file is counted in columns; five points each is near a page's."""


def read_text(path: Path) -> Reading:
    """The paragraphs of a text file. Raises CheckError where its encoding cannot be read."""
    text = decoded(path.read_bytes(), path.name)
    return Reading(name=path.name, format="txt", sha256=digest(path), blocks=tuple(_blocks(text)))


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 (by its mark, or without) or Windows-1252.

    name: for the message. Raises CheckError where the bytes are no text in any of these.
    """
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), _guess(data))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace") if encoding == "utf-8" else "\x00"
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\r\n\f\v\x1a") for c in text)
    if odd > len(text) // 200:
        raise CheckError(
            f"{name} cannot be read as text; open it in the program that made it and save it as a Word file (.docx) "
            "or as plain text in UTF-8."
        )
    return text


def _guess(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero in nearly every other byte of Latin text."""
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) * 0.4 else "utf-8"


def _blocks(text: str) -> Iterator[Block]:
    paged = "\f" in text.strip("\f\r\n ")
    for number, sheet in enumerate(text.split("\f"), start=1):
        lines = sheet.splitlines()
        for paragraph in paragraphs_of(lines, _full_width(lines)):
            yield _block(paragraph, number if paged else None)


def paragraphs_of(lines: Sequence[str], full: int | None) -> Iterator[list[str]]:
    """Lines in groups, a group a paragraph: split at blank lines and where a line begins with a label.

    full: the column at which the text is wrapped, 0 where it is not wrapped (each line is then a
    paragraph), None where only labels and blank lines may split.
    """
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (not line.strip() or _begins(line, paragraph, full)):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _block(lines: list[str], page: int | None) -> Block:
    words = clean(re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "-", "\n".join(lines)))
    return Block(text=words, indent=_indent(lines[0]) * _POINTS_A_COLUMN, page=page)


def _full_width(lines: list[str]) -> int:
    """The column at which this text is wrapped, 0 where its lines are not wrapped at all.

    Wrapped text has most of its long lines within a few columns of the longest, none beyond 120.
    """
    widths = sorted(len(line.rstrip().expandtabs(_TAB)) for line in lines if line.strip())
    if len(widths) < 2:
        return 0
    widest = widths[int(len(widths) * 0.95)] if len(widths) > 20 else widths[-1]
    return widest if 40 <= widest <= 120 else 0


def _begins(line: str, paragraph: list[str], full: int | None) -> bool:
    """Whether a line begins a paragraph: it has a label that is no accident of wrapping, or the line
    before it stopped well short of the width."""
    before = paragraph[-1].rstrip()
    found = split_label(line)
    if found is not None:
        label, rest = found
        if label.weak or label.shape in "o-–—":
            return (
                before.endswith((".", ":", ";")) or _indent(line) < _indent(before) or len(before) < 0.6 * (full or 0)
            )
        runs_on = _LEADS_TO_NUMBER.search(before) and not re.search(r"[;,:] (?:and|or)$", before)
        return not (runs_on and rest[:1].islower())
    if full is None:
        return False
    if full == 0 or len(before) > full + 20:
        return True
    first_word = line.split()[0]
    return len(before.expandtabs(_TAB)) + 1 + len(first_word) < full * 0.75 and not line.strip()[0].islower()


def _indent(line: str) -> int:
    wide = line.expandtabs(_TAB)
    return len(wide) - len(wide.lstrip())
