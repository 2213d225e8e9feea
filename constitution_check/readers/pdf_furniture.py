"""What is on the page and not of the text: running heads and feet, page numbers, contents pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from constitution_check.numbers import split_label
from constitution_check.readers.pdf_lines import Line

_ZONE = 0.14
"""Share of the page's height at head and foot in which running lines stand."""
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page\s*)?(?:\d{1,3}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\s\.){4,}|_{4,}|·{4,})\s*(?:\d{1,3}|[ivxl]+)?\s*$", re.IGNORECASE)
_LED = re.compile(r"[.…_·]\s?[.…_·]")
"""What the lines with leaders have in common, and hardly any other: quicker to see."""
_ENDS_IN_PAGE = re.compile(r"^(?=.*[A-Za-z]{3}).*\s\d{1,3}$")
_CONTENTS_HEADING = re.compile(r"(?:(?:table of )?contents(?: page)?\b.{0,20}|index)", re.IGNORECASE)


def without_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without running heads, feet and page numbers.

    A line is one of them where the same words (digits may differ) stand at the same height, near the
    edge, on at least three pages or on most of a shorter document, or where it is a page number at the edge.
    """
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _at_edge(line, height):
                for bucket in _buckets(line, height):
                    seen[_pattern(line), bucket].add(number)
    enough = 3 if len(pages) > 4 else 2
    out = []
    for lines, height in zip(pages, heights, strict=True):
        outer = _outermost(lines)
        kept = []
        for line in lines:
            running = _at_edge(line, height) and (
                any(len(seen[_pattern(line), bucket]) >= enough for bucket in _buckets(line, height))
                or (id(line) in outer and bool(_PAGE_NUMBER.fullmatch(line.text)) and _is_page_number(line, height)))
            if not running:
                kept.append(line)
        out.append(kept)
    return out


def _at_edge(line: Line, height: float) -> bool:
    return line.y < height * _ZONE or line.y > height * (1 - _ZONE)


def _is_page_number(line: Line, height: float) -> bool:
    """A lone number is one in the foot, or in the head where it is no label of what follows."""
    return line.y < height * 0.1 or line.y > height * 0.94


def _pattern(line: Line) -> str:
    text = " ".join(line.text.split())
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    found = split_label(text)
    if found is None or found[0].weak:
        return re.sub(r"\d+", "#", text.lower())
    # "1. Notice" and "2. Notice" are no running head.
    return f"{found[0].shown} {re.sub(r'[0-9]+', '#', found[1].lower())}"


def _buckets(line: Line, height: float) -> tuple[int, int]:
    """The line's height in steps of six points, and the next step, so that near heights meet."""
    step = int(line.y // 6)
    return step, step + 1 if line.y % 6 > 3 else step - 1


def _outermost(lines: Sequence[Line]) -> set[int]:
    """The first and last line of the page, by identity, and their neighbours."""
    by_height = sorted(lines, key=lambda line: line.y)
    return {id(line) for line in (*by_height[:2], *by_height[-2:])}


def contents_lines(pages: Sequence[list[Line]]) -> set[int]:
    """The identities of the lines that belong to a contents page.

    Lines with dotted leaders, and after a "Contents" heading lines that end in a page number, with
    what lies between such lines on the same page.
    """
    found: set[int] = set()
    after_heading = False
    for lines in pages:
        headings = [i for i, line in enumerate(lines)
                    if len(line.text) < 50 and _CONTENTS_HEADING.fullmatch(line.text.strip())]
        led = [i for i, line in enumerate(lines) if _LED.search(line.text) and _LEADER.search(line.text)]
        numbered = [i for i, line in enumerate(lines) if len(line.segments) > 1 and _ENDS_IN_PAGE.match(line.text)]
        marks = led if len(led) >= 2 else []
        if headings or after_heading:
            numbered = [i for i in numbered if not headings or i > headings[0]]
            if len(numbered) >= max(3, 0.4 * len(lines[headings[0]:] if headings else lines)):
                marks = sorted({*marks, *numbered})
        if not marks:
            after_heading = False
            continue
        first = headings[0] if headings and headings[0] < marks[0] else marks[0]
        first = first if after_heading is False or headings else 0
        found.update(id(line) for line in lines[first:marks[-1] + 1])
        after_heading = marks[-1] >= len(lines) - 3
    return found
