"""The numbers printed on a PDF's pages, where they are not those of a viewer: a cover counts as a page, a contents page
may be "iv"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from constitution_check.numbers import readings
from constitution_check.readers.pdf_lines import Line

_NUMBER = r"(\d{1,4}|[ivxl]{1,7})"
_SAID = re.compile(rf"\bpage\s*{_NUMBER}\b|[-–—|\s]*{_NUMBER}(?:\s*(?:of|/)\s*\d{{1,4}})?[-–—|\s]*$", re.IGNORECASE)


def printed_numbers(document: Any, pages: Sequence[Sequence[Line]], kept: Sequence[Sequence[Line]]) -> dict[int, str]:
    """What is printed as the number of each page (from 1), for the pages where it is not the physical one.

    document: pypdfium2's. pages, kept: the lines of each page with its running heads and feet, and without. A number
    counts where the page before or after it bears the one before or after; else the file's own page labels do.
    """
    said = [_said(lines, rest) for lines, rest in zip(pages, kept, strict=True)]
    out = {}
    for index, found in enumerate(said):
        known = [one for one in found if _next(one, said, index, 1) or _next(one, said, index, -1)]
        number = known[-1] if known else document.get_page_label(index) or ""
        if number and number != str(index + 1) and len(number) < 12:
            out[index + 1] = number
    return out


def _said(lines: Sequence[Line], kept: Sequence[Line]) -> list[str]:
    """The numbers in a page's running head and foot, from the top down."""
    held = {id(line) for line in kept}
    return [one for line in lines if id(line) not in held for found in _SAID.finditer(line.text)
            if (one := found[1] or found[2])]


def _next(number: str, said: Sequence[Sequence[str]], index: int, step: int) -> bool:
    """Whether the page `step` away bears the number that is `step` away."""
    beside = said[index + step] if 0 <= index + step < len(said) else ()
    wanted = {(alphabet, value + step) for alphabet, value in readings(number)}
    return any(reading in wanted for one in beside for reading in readings(one))
