"""Paragraphs of a PDF to blocks: words joined, bullets and set-off labels taken off, headings told by their type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from constitution_check.model import Block, BlockKind
from constitution_check.readers.common import clean
from constitution_check.readers.ocr_doubt import doubtful_spans
from constitution_check.readers.pdf_chars import HYPHEN
from constitution_check.readers.pdf_lines import Line
from constitution_check.readers.pdf_notes import NOTE_NUMBER, Notes
from constitution_check.readers.pdf_paragraphs import COLUMN, Paragraph, is_set_off

_NOTE_SIZE = 0.92  # of the text's type size; notes are usually 9 or 10 points beside 11 or 12
_NOTE_NUMBER = re.compile(r"\d{1,3}\s*[A-Z]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLET = re.compile(r"^[\uf000-\uf8ff](?=\s|\w|$)")


def blocks_of(paragraphs: Sequence[Paragraph], notes: Notes,
              printed: Mapping[int, str]) -> Iterator[Block]:
    """One block a paragraph: words joined, bullets taken off, headings told by their type, notes beside their marks.

    notes: from `notes_apart`. printed: the pages' own numbers, from `printed_numbers`.
    """
    words = _vocabulary(paragraphs) if any(_is_broken(line.text) for p in paragraphs for line in p.lines) else Counter()
    body = _body_size(paragraphs)
    looks = sorted({_look(p) for p in paragraphs if _is_heading(p, body)}, reverse=True)
    for paragraph in paragraphs:
        text = _joined(paragraph.lines, words)
        label = ""
        bullet = _BULLET.match(text)
        if bullet is not None:
            text, label = text[1:], "•"
        elif paragraph.label is not None and _hangs(paragraph):
            label = paragraph.lines[0].segments[0].text
            text = text.removeprefix(label)
        text = clean(text if text.isascii() else _PRIVATE.sub("•", text))
        if not text:
            continue
        level = min(9, looks.index(_look(paragraph)) + 1) if _is_heading(paragraph, body) else None
        cell = paragraph.lines[0].cell
        kind: BlockKind = "contents" if paragraph.contents else "cell" if cell else "heading" if level else "paragraph"
        if kind == "paragraph" and _is_footnote(paragraph, body):
            kind, label = "textbox", ""  # no mark was found, so it is not known which paragraph the note is to
        yield Block(
            text=text,
            kind=kind,
            label=label,
            level=0 if label == "•" else None,
            heading_level=None if paragraph.contents else level,
            indent=round(paragraph.text_x - min(line.left for line in paragraph.lines[:1]), 1),
            page=paragraph.lines[0].page,
            printed_page=printed.get(paragraph.lines[0].page, ""),
            cell=cell,
            doubtful=_doubtful(text, paragraph.lines),
        )
        for line in paragraph.lines:
            for mark in line.notes:
                yield _note(notes[line.page, mark], words, printed)


def _note(lines: Sequence[Line], words: Counter[str], printed: Mapping[int, str]) -> Block:
    """A note without its number, which its mark in the text has too."""
    text = _joined(lines, words)
    text = clean(NOTE_NUMBER.sub("", text, count=1))
    page = lines[0].page
    return Block(text=text, kind="footnote", page=page, printed_page=printed.get(page, ""),
                 doubtful=_doubtful(text, lines))


def _doubtful(text: str, lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    return doubtful_spans(text, (segment for line in lines for segment in line.segments))


def _hangs(paragraph: Paragraph) -> bool:
    """Whether the label stands in a margin of its own: the paragraph's further lines begin where its words do."""
    return is_set_off(paragraph.lines[0]) and any(abs(edge - paragraph.text_x) <= COLUMN for edge in paragraph.edges)


def _look(paragraph: Paragraph) -> tuple[int, bool]:
    return round(paragraph.lines[0].size), paragraph.bold


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _is_heading(paragraph: Paragraph, body: float) -> bool:
    text = paragraph.lines[-1].text
    words = sum(len(line.text.split()) for line in paragraph.lines)
    if (
        words > 25
        or paragraph.contents
        or paragraph.lines[0].cell
        or text.endswith((".", ";", ",", ":"))
        or any(_has_columns(line) for line in paragraph.lines)
        or not any(c.isalpha() for c in text)
    ):
        return False
    return paragraph.bold or paragraph.lines[0].size > body * 1.12


def _has_columns(line: Line) -> bool:
    """Whether words are set far apart on one line, as the heads of a table's columns are; a label is no column."""
    parts = line.segments[1:] if is_set_off(line) else line.segments
    return any(after.x0 - before.x1 > 2 * line.size for before, after in pairwise(parts))


def _is_footnote(paragraph: Paragraph, body: float) -> bool:
    """Whether it is set smaller than the text and begins with a note's number, as at the foot of a page."""
    first = paragraph.lines[0]
    return first.size < _NOTE_SIZE * body and bool(_NOTE_NUMBER.match(first.text))


def _vocabulary(paragraphs: Sequence[Paragraph]) -> Counter[str]:
    words: Counter[str] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            words.update(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
    return words


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    out = lines[0].text
    for line in lines[1:]:
        out = _rejoined(out, line.text, words) if _is_broken(out) else f"{out} {line.text}"
    return out.replace(HYPHEN, "-")


def _is_broken(text: str) -> bool:
    """Whether a line ends in a hyphen that may part a word."""
    return text[-1:] in (HYPHEN, "-") and (text[-1:] == HYPHEN or text[-2:-1].isalpha())


def _rejoined(before: str, after: str, words: Counter[str]) -> str:
    """Two halves of a word. The hyphen stays where the document writes the word with one elsewhere, or
    where both halves are words of its own ("decision-making")."""
    stem = before[:-1]
    head, tail = re.search(r"[A-Za-z-]*$", stem), re.match(r"[A-Za-z]*", after)
    first, second = (head.group() if head else "").lower(), (tail.group() if tail else "").lower()
    if not first or not second or after[:1].isupper():
        return f"{stem}-{after}"
    if words[first + second] or (not words[f"{first}-{second}"] and not (words[first] and words[second] > 1)):
        return stem + after
    return f"{stem}-{after}"
