"""Footnotes of a PDF: told from the text by their type, their place and a mark of theirs, and taken out of its way.

A note at the foot of a page would part a paragraph that runs over the page's end, and its mark would be glued to a
word ("the 2006 Act1").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from constitution_check.readers.pdf_chars import Segment
from constitution_check.readers.pdf_lines import Line

Notes = dict[tuple[int, str], list[Line]]
"""The lines of each note by the page of its mark and the mark itself."""

_SMALLER = 0.92
"""Share of the text's type size below which notes are set; usually 9 or 10 points beside 11 or 12."""
_MARK = re.compile(r"\(?(\d{1,3}|[a-z]|[*†‡§]{1,3})\)?")
NOTE_NUMBER = re.compile(r"\(?(\d{1,3}|[a-z](?=\s|\)|\()|[*†‡§]{1,3})\)?\.?\s*(?=\S)")


def notes_apart(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], Notes]:
    """The pages' lines without notes and the marks of these, and the notes.

    A line that held a mark carries it in `notes`. What is small and at the foot but has no mark on its page stays.
    """
    size = body_size(line for lines in pages for line in lines) * _SMALLER
    notes: Notes = {}
    out = []
    before: list[Line] | None = None
    for lines in pages:
        foot = _foot(lines, size)
        held = _held(foot, _marks(lines, foot), before)
        if not held:
            out.append(lines)
            before = None
            continue
        taken = {id(line) for _, note in held for line in note}
        numbers = {mark for mark, _ in held if mark}
        out.append(_without_marks([line for line in lines if id(line) not in taken], numbers))
        for mark, note in held:
            if mark:
                before = notes[lines[0].page, mark] = note
            elif before is not None:
                before.extend(note)
    return out, notes


def body_size(lines: Iterable[Line]) -> float:
    """The type size in which most of the text is set, points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _foot(lines: Sequence[Line], size: float) -> list[Line]:
    """The lines at the foot of a page, from the top down, that are set smaller than this."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: line.y):
        if line.size >= size or line.cell is not None:
            break
        found.append(line)
    return found[::-1]


def _marks(lines: Sequence[Line], foot: Sequence[Line]) -> set[str]:
    below = {id(line) for line in foot}
    return {mark for line in lines if id(line) not in below for s in line.segments if (mark := _mark(s, line))}


def _mark(segment: Segment, line: Line) -> str:
    """What a raised small segment of a line says, where it can be the mark of a note, else ""."""
    found = _MARK.fullmatch(segment.text) if len(segment.text) < 6 and segment is not line.segments[0] else None
    raised = segment.y > line.y + 0.1 * line.size
    return found[1] if found is not None and raised and segment.size < 0.85 * line.size else ""


def _held(foot: Sequence[Line], marks: set[str], before: list[Line] | None) -> list[tuple[str, list[Line]]]:
    """The notes at the foot with their marks; "" for the rest of the page before's last note."""
    out: list[tuple[str, list[Line]]] = []
    for line in foot:
        number = NOTE_NUMBER.match(line.text)
        if number is not None and number[1] in marks and all(number[1] != mark for mark, _ in out):
            out.append((number[1], [line]))
        elif out:
            out[-1][1].append(line)
        elif before is not None:
            out.append(("", [line]))
    return out if any(mark for mark, _ in out) else []


def _without_marks(lines: Sequence[Line], numbers: set[str]) -> list[Line]:
    """The lines without the marks of these notes; each note's first mark is remembered on its line."""
    left = set(numbers)
    out = []
    for line in lines:
        marks = [_mark(segment, line) for segment in line.segments]
        if numbers.isdisjoint(marks):
            out.append(line)
            continue
        kept = [s for s, mark in zip(line.segments, marks, strict=True) if mark not in numbers]
        first = tuple(dict.fromkeys(mark for mark in marks if mark in left))
        left.difference_update(first)
        out.append(replace(line, segments=kept, notes=first))
    return out
