"""What tesseract runs together, parted by the ink ("apanel" is "a panel"), and labels that it could not make out.

It sees the gap after a label or a single letter as part of a word, and takes a lone "2." in the margin for letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from constitution_check.numbers import pure_label
from constitution_check.readers.ocr_ink import Ink, runs_of
from constitution_check.readers.ocr_tesseract import Grey, OcrFaultError, Word, labels_of

_GAP = 0.2  # of the height of a capital: between letters there is less, between words more
_UNSURE_LABEL = 80
_LABEL_LIKE = re.compile(r"[(\[{]?\w{1,4}[)\]}.,:;]*|\d{1,2}(?:[.,]\d{1,2}){1,4}[.,]?")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}[.,;:]?")
_AIR = 24
"""Dots of white round each label on the sheet that is asked again."""


def parted(line: Sequence[Word], ink: Ink) -> Iterator[Word]:
    """The words of a line, those that hold a word's gap cut in two there."""
    for word in line:
        yield from _cut(word, ink)


def _cut(word: Word, ink: Ink) -> Iterator[Word]:
    at = _place(word, ink) if word.sure < 90 and _WORD.fullmatch(word.text) else None
    if at is None:
        yield word
        return
    letters, x = at
    yield replace(word, text=word.text[:letters], x1=x)
    yield replace(word, text=word.text[letters:], x0=x)


def _place(word: Word, ink: Ink) -> tuple[int, float] | None:
    """After how many letters, and where, a word's gap stands; only near its front, where letters can be counted."""
    part = ink[int(word.top):int(word.foot), int(word.x0):int(word.x1)].any(axis=0)
    runs = runs_of(part)
    gaps = [(after[0] - before[1], n) for n, (before, after) in enumerate(pairwise(runs), 1)]
    if not gaps:
        return None
    widest, n = max(gaps)
    others = max((gap for gap, m in gaps if m != n), default=0)
    if widest < _GAP * (word.foot - word.top) or widest < 1.8 * others or n > 3 or n >= len(word.text) - 1:
        return None
    if n > 1 and (len(runs) != len(word.text) or not word.text.isalpha()):
        return None  # letters that touch cannot be counted
    return n, word.x0 + runs[n - 1][1] + widest / 2


def asked_again(lines: list[list[Word]], picture: Grey) -> list[list[Word]]:
    """The lines with their doubtful labels as tesseract reads them alone, figures and letters only."""
    doubtful = [n for n, line in enumerate(lines) if _has_doubtful_label(line)]
    if not doubtful:
        return lines
    try:
        answers = labels_of(_sheet([lines[n][0] for n in doubtful], picture), len(doubtful))
    except OcrFaultError:
        return lines
    out = list(lines)
    for n, answer in zip(doubtful, answers, strict=True):
        if answer and pure_label(answer):
            out[n] = [replace(lines[n][0], text=answer), *lines[n][1:]]
    return out


def _has_doubtful_label(line: Sequence[Word]) -> bool:
    """Whether a line begins with something like a label before a gap, and tesseract was not sure of it."""
    if len(line) < 2 or not _LABEL_LIKE.fullmatch(line[0].text):
        return False
    tall = line[1].foot - line[1].top
    known = pure_label(line[0].text) is not None and line[0].sure >= _UNSURE_LABEL
    return not known and line[1].x0 - line[0].x1 > 0.8 * tall


def _sheet(words: Sequence[Word], picture: Grey) -> Grey:
    """The labels one below the other on white paper."""
    tall = max(int(w.foot - w.top) for w in words) + 2 * _AIR
    wide = max(int(w.x1 - w.x0) for w in words) + 2 * _AIR
    sheet = np.full((tall * len(words), wide), 255, dtype=np.uint8)
    for n, word in enumerate(words):
        part = picture[int(word.top) - 3:int(word.foot) + 3, max(0, int(word.x0) - 3):int(word.x1) + 3]
        sheet[n * tall + _AIR:n * tall + _AIR + part.shape[0], _AIR:_AIR + part.shape[1]] = part
    return sheet
