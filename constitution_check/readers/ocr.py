"""Pages that are pictures of text, read by tesseract: rendered by pdfium, recognised, and given as a PDF's lines are.

What comes out are segments and rules in points, as `pdf_chars` and `pdf_tables` give them, so that labels, heads and
feet, columns and tables are treated alike. A page is set to what it would be at 300 dots an inch, whatever size it says
it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from constitution_check.readers.common import ReadOptions
from constitution_check.readers.ocr_ink import Bar, Stretch, bars_of, ink_of, leader_in, loose_lines
from constitution_check.readers.ocr_lines import SURE, by_line, doubted, segments_of, slope_of
from constitution_check.readers.ocr_parts import asked_again, parted
from constitution_check.readers.ocr_tesseract import Grey, OcrFaultError, Word, turn_of, words_of
from constitution_check.readers.pdf_chars import Segment
from constitution_check.readers.pdf_tables import Rule

_INCH = 300
"""Dots an inch: below 200 small type suffers, above 300 nothing is gained (tesseract's own advice)."""
_SCALE = _INCH / 72
_LONGEST_POINTS = 1_250
"""The longer side of A3. Larger pages are drawn smaller: a page may say that it is a mile wide."""
_MOST_DOTS_A_SIDE = 5_000
_LEAST_POINTS = 300
"""Smaller than a postcard: such a page says its size wrongly, and is drawn larger."""
_POOR = 60
"""Mean sureness of a page, by letter, below which it is tried turned, and named in the report."""

_BLANK = 0.002  # share of ink; specks and shadows of an empty page have less
_NO_WORDS = "no words could be made out on it (a picture, or too faint)"


@dataclass(frozen=True)
class Page:
    """A page as recognised. height: points as drawn. why: what of it could not be made out, "" where nothing."""

    segments: list[Segment]
    rules: list[Rule]
    height: float
    why: str = ""


def read_page(page: Any, number: int, count: int, options: ReadOptions) -> Page:
    """The page (pypdfium2 PdfPage) as tesseract reads it; number of count, from 1, for the word of progress."""
    options.progress(f"Recognising the text of page {number}", number - 1, count)
    options.more_time()
    try:
        picture = _drawn(page)
        return recognise(picture, options)
    except OcrFaultError as fault:
        return Page([], [], 0.0, f"it is a picture of text, and {fault}")
    except MemoryError:
        return Page([], [], 0.0, "it is a picture too large to be recognised")


def recognise(picture: Grey, options: ReadOptions) -> Page:
    """A picture at 300 dots an inch. Raises OcrFaultError."""
    words = words_of(picture, _INCH)
    if _sureness(words) < _POOR and (turn := turn_of(picture, _INCH)):
        options.more_time()
        turned: Grey = np.rot90(picture, turn)
        again = words_of(turned, _INCH)
        if _sureness(again) > _sureness(words):
            picture, words = turned, again
    ink = ink_of(picture)
    lines = by_line(words)
    leaders = {n: led for n, line in enumerate(lines) if (led := leader_in(ink, line))}
    if len(leaders) >= 3:  # dots confuse tesseract: without them it makes out the words beside them
        options.more_time()
        lines = by_line(words_of(_without(picture, leaders.values()), _INCH))
        found = list(leaders.values())
        leaders = {n: led for n, line in enumerate(lines) for led in found if _beside(line, led)}
    lines = asked_again([list(parted(line, ink)) for line in lines], picture)
    bars = bars_of(picture, _INCH)
    if not lines:
        return Page([], [], 0.0, _NO_WORDS if ink.mean() > _BLANK else "")
    tall = float(np.median([word.foot - word.top for line in lines for word in line]))
    loose = _among(loose_lines(ink, [w for line in lines for w in line], bars, list(leaders.values()), tall), lines)
    slope = slope_of(lines)
    segments = segments_of(doubted(lines, loose), ink, slope, _SCALE, leaders)
    return Page(segments, _rules(bars, slope, ink.shape[0]), ink.shape[0] / _SCALE,
                _why([word for line in lines for word in line]))


def _drawn(page: Any) -> Grey:
    width, height = page.get_size()
    scale, longest = _SCALE, max(width, height)
    if longest > _LONGEST_POINTS or longest < _LEAST_POINTS:
        scale = (_MOST_DOTS_A_SIDE if longest > _LONGEST_POINTS else 3_508) / max(longest, 1.0)
    drawn: Grey = page.render(scale=scale, grayscale=True).to_numpy()
    return drawn[:, :, 0] if drawn.ndim == 3 else drawn


def _sureness(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0


def _without(picture: Grey, stretches: Any) -> Grey:
    out = picture.copy()
    for x0, x1, top, foot in stretches:
        out[top - 4:foot + 4, x0:x1] = 255
    return out


def _beside(line: Sequence[Word], led: Stretch) -> bool:
    """Whether dots stand in this line: at its height, after its first word."""
    top, foot = min(w.top for w in line), max(w.foot for w in line)
    return top < (led.top + led.foot) / 2 < foot and line[0].x0 < led.x0


def _among(loose: Sequence[Stretch], lines: Sequence[Sequence[Word]]) -> list[Stretch]:
    """Loose ink between the first line of print and the last: elsewhere are punch holes, stamps and shadows."""
    top, foot = min(w.top for line in lines for w in line), max(w.foot for line in lines for w in line)
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    return [s for s in loose if s.top >= top and s.foot <= foot and s.x0 >= left - 20 and s.x1 <= right + 20]


def _rules(bars: Sequence[Bar], slope: float, height: int) -> list[Rule]:
    """The rules in points, set straight as the words are."""
    out = []
    for bar in bars:
        middle = (bar.low + bar.high) / 2
        if bar.upright:
            out.append(Rule(True, (bar.at + slope * middle) / _SCALE, (height - bar.high) / _SCALE,
                            (height - bar.low) / _SCALE))
        else:
            out.append(Rule(False, (height - bar.at + slope * middle) / _SCALE, bar.low / _SCALE, bar.high / _SCALE))
    return out


def _why(words: Sequence[Word]) -> str:
    if _sureness(words) >= _POOR:
        return ""
    share = sum(word.sure < SURE for word in words) / len(words)
    return f"much of it could not be made out: {share:.0%} of its words, recognised from a picture, are uncertain"
