"""Words that tesseract made out, to segments as a printed PDF has them: noise out, lines straightened, sizes evened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from constitution_check.readers.ocr_ink import Ink, Stretch, is_inked, weight_of
from constitution_check.readers.ocr_tesseract import Word
from constitution_check.readers.pdf_chars import Segment

SURE = 65
"""Below this a word is marked as uncertain. On a printed and scanned sample (5,000 words) three in five words below
were wrong, one in a hundred above, and those almost all figures and dots of contents lines."""
_SURE_OF_SMALL_WORDS = 30
_SMALL_WORDS = frozenset("a an and as at by each for her his in is it its of on or that the their there these this "
                         "those to we with".split())
"""Words that tesseract is often unsure of after a label's gap, and that hide nothing where they are right."""

_BREAK_GAP = 0.9  # of the type size, as in printed PDFs
_TALL = set("bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()[]{}!?&/'’“”\"")
_MIDDLING = set("ijt")
_DEEP = set("gjpqyQ,;()[]{}/")
_LEADERS = "........"
_BRACKETED = re.compile(r"[(\[{|]?([A-Za-z]{1,5}|\d{1,3})[)\]}]")
_SAME_IN_BOTH_CASES = "COSVWXZ"
_TYPED_NUMBER = re.compile(r"(\d{1,2}(?:[.,]\d{1,2}){1,4})[.,]?")
_STOPPED = re.compile(r"\d{1,2}[,:;]")
_FEW_LETTERS = 15
_BOLD = 1.28  # times the usual thickness of strokes; bold faces have 1.4 and more


@dataclass(slots=True)
class Recognised(Segment):
    """A segment read from a picture. words: each with whether it is uncertain."""

    words: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class _Line:
    """One line: its words from left to right, its foot (dots from the top, straightened), its type size."""

    words: list[Word]
    base: float
    size: float
    leader: Stretch | None = None


def by_line(words: Iterable[Word]) -> list[list[Word]]:
    """The words line by line as tesseract saw them, noise left out."""
    lines = [_with_i(list(held)) for _, held in groupby(words, key=lambda word: word.line)]
    return [kept for line in lines if (kept := _without_noise(line))]


def _with_i(line: list[Word]) -> list[Word]:
    """An upright stroke between words, as tall as a capital and apart from the edge of a table, is the word "I"."""
    tall = median(word.foot - word.top for word in line)
    return [replace(word, text="I") if word.text == "|" and 0 < n < len(line) - 1 and line[n + 1].text[:1].islower()
            and 0.6 * tall < word.foot - word.top < 1.3 * tall and word.x0 - line[n - 1].x1 < 0.8 * tall
            and line[n + 1].x0 - word.x1 < 0.8 * tall else word for n, word in enumerate(line)]


def _without_noise(line: list[Word]) -> list[Word]:
    """Specks and pieces of rules that came out as signs; what has a letter or a figure stays, however uncertain."""
    line = [replace(word, text=word.text.lstrip("|") or "|") for word in line]
    tall = median(word.foot - word.top for word in line)
    return [word for word in line if any(c.isalnum() for c in word.text)
            or word.text == "I"
            or (word.sure >= SURE and word.text not in "|_~—–-=.:,;" and 0.2 * tall < word.foot - word.top < 2 * tall)
            or (word.text in "•*" and word is line[0])]


def _plain(text: str) -> str:
    return text.lower().strip(".,;:()“”‘’'\"")


def _after_label(line: _Line) -> bool:
    """Whether a gap parts the first word from the rest: tesseract is then unsure of the next two, without reason."""
    return len(line.words) > 1 and line.words[1].x0 - line.words[0].x1 > 0.8 * line.size


def is_unsure(word: Word) -> bool:
    """Whether a reader should look at the page before relying on the word."""
    small = word.text.lower().strip(".,;:") in _SMALL_WORDS
    return word.sure < (_SURE_OF_SMALL_WORDS if small else SURE)


def slope_of(lines: Sequence[Sequence[Word]]) -> float:
    """How many dots a line falls for each dot to the right; 0 where the page gives no measure."""
    slopes = []
    for line in lines:
        if len(line) >= 5 and line[-1].x0 - line[0].x0 > 400:
            xs, feet = np.array([w.x0 for w in line]), np.array([_base(w) for w in line])
            slopes.append(float(np.polyfit(xs, feet, 1)[0]))
    return median(slopes) if len(slopes) >= 3 else 0.0


def _base(word: Word) -> float:
    """The line that a word stands on, from its box and its letters."""
    tall, deep = any(c in _TALL for c in word.text), any(c in _DEEP for c in word.text)
    below = (0.19 if all(c not in "gjpqy()" for c in word.text) else 0.225 if tall else 0.29) if deep else 0.0
    return word.foot - below * (word.foot - word.top)


def _size(word: Word) -> float:
    """The type size (times a capital's height over its own) by the shares that letters usually have."""
    tall, deep = any(c in _TALL for c in word.text), any(c in _DEEP for c in word.text)
    middling = not tall and any(c in _MIDDLING for c in word.text)
    return 0.936 * (word.foot - word.top) / (0.52 + 0.2 * tall + 0.14 * middling + 0.21 * deep)


def segments_of(lines: Sequence[Sequence[Word]], ink: Ink, slope: float, scale: float,
                leaders: dict[int, Stretch]) -> list[Segment]:
    """The segments of a page in points, y upwards. scale: dots a point. leaders: by number of line."""
    held = {_plain(w.text) for line in lines for w in line if w.sure >= SURE}
    made = _evened([_Line(list(words), median(_base(w) - slope * w.x0 for w in words), median(map(_size, words)),
                          leaders.get(n)) for n, words in enumerate(lines)])
    usual = median([weight_of(ink, w) / line.size for line in made for w in line.words] or [1.0])
    height = ink.shape[0]
    out: list[Segment] = []
    for line in made:
        for words, passed in _runs(line, ink, slope):
            bold = median(weight_of(ink, w) / line.size for w in words) > _BOLD * usual
            out.append(Recognised(
                text=" ".join(w.text for w in words), x0=(words[0].x0 + slope * words[0].foot) / scale,
                x1=(words[-1].x1 + slope * words[-1].foot) / scale, y=(height - line.base) / scale,
                size=round(2 * line.size / scale) / 2, bold=bold,
                words=tuple((w.text, w in passed or (is_unsure(w) and not (
                    any(w is early for early in line.words[1:3]) and _after_label(line) and _plain(w.text) in held)))
                    for w in words)))
        if line.leader:
            out.append(Recognised(text=_LEADERS, x0=line.leader.x0 / scale, x1=line.leader.x1 / scale,
                                  y=(height - line.base) / scale, size=round(2 * line.size / scale) / 2, bold=False))
    return _cased(out)


def _evened(lines: list[_Line]) -> list[_Line]:
    """Sizes measured from a few letters scatter: those near the page's usual one are it."""
    usual = median([line.size for line in lines for _ in line.words] or [1.0])
    for line in lines:
        few = sum(len(word.text) for word in line.words) < _FEW_LETTERS
        if abs(line.size - usual) < (0.17 if few else 0.13) * usual:
            line.size = usual
    return lines


def _runs(line: _Line, ink: Ink, slope: float) -> Iterator[tuple[list[Word], list[Word]]]:
    """The words between wide gaps, and those of them beside ink that no word accounts for."""
    passed: list[Word] = []
    run = [line.words[0]]
    for before, after in pairwise(line.words):
        inked = not _led(line, before, after) and is_inked(ink, _between(before, after))
        if inked:
            passed += [before, after]
        if after.x0 - before.x1 > _BREAK_GAP * line.size or after.x0 < before.x0:
            yield run, passed
            run = []
        run.append(after)
    yield run, passed


def _led(line: _Line, before: Word, after: Word) -> bool:
    return line.leader is not None and before.x0 < line.leader.x1 and after.x1 > line.leader.x0


def _between(before: Word, after: Word) -> Stretch:
    """The space between two words, above the foot of the line, where no rule or underlining counts."""
    tall = min(before.foot - before.top, after.foot - after.top)
    edge = int(0.12 * tall)
    return Stretch(int(before.x1) + edge, int(after.x0) - edge, int(max(before.top, after.top)),
                   int(min(_base(before), _base(after)) - 0.2 * tall))


def _cased(segments: list[Segment]) -> list[Segment]:
    """Labels as they were printed: "C)" among "a)" and "b)" is "c)", "3.5.3." among "3.5.2" and "3.5.4" is "3.5.3"."""
    labels = [m for s in segments if (m := _label(s))]
    capitals = any(m.isupper() and m not in _SAME_IN_BOTH_CASES for m in labels)
    numbers = [s.text.split(" ", 1)[0] for s in segments]
    dotted = sum(bool(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.", n)) for n in numbers)
    bare = sum(bool(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", n)) for n in numbers)
    for segment in segments:
        first, *rest = segment.text.split(" ", 1)
        letter = _label(segment)
        if letter and letter in _SAME_IN_BOTH_CASES and not capitals:
            first = first.replace(letter, letter.lower())
        if letter and first[0] in "[{|" and first[-1] in ")]}":
            first = f"({first[1:]}"
        if letter and first[-1] in "]}" and first[0] == "(":
            first = f"{first[:-1]})"
        number = _TYPED_NUMBER.fullmatch(first)
        if number and number.group(1).count(".") >= 2 and bare > 2 * dotted:
            first = number.group(1)
        if _STOPPED.fullmatch(first) and (not rest or segment.x1 - segment.x0 < 3 * segment.size):
            first = f"{first[:-1]}."
        _retext(segment, " ".join((first, *rest)), first)
    return segments


def _label(segment: Segment) -> str:
    """The letter of a bracketed label at the front, "" where there is none."""
    found = _BRACKETED.fullmatch(segment.text.split(" ", 1)[0])
    return found.group(1) if found and len(found.group(1)) == 1 and found.group(1).isalpha() else ""


def _retext(segment: Segment, text: str, first: str) -> None:
    if text != segment.text and isinstance(segment, Recognised):
        segment.text = text
        segment.words = ((first, segment.words[0][1]), *segment.words[1:])


def doubted(lines: list[list[Word]], loose: Sequence[Stretch]) -> list[list[Word]]:
    """The lines with the words next to loose ink made uncertain: something there was not made out."""
    spoilt: set[int] = set()
    words = [word for line in lines for word in line]
    for stretch in loose:
        near = [w for w in words if w.x0 < stretch.x1 + 80 and w.x1 > stretch.x0 - 80]
        above = max((w for w in near if w.foot <= stretch.foot), key=lambda w: (w.foot, w.x1), default=None)
        below = min((w for w in near if w.top >= stretch.top), key=lambda w: (w.top, w.x0), default=None)
        spoilt.update(id(w) for w in (above, below) if w is not None)
    return [[replace(w, sure=0.0) if id(w) in spoilt else w for w in line] for line in lines]
