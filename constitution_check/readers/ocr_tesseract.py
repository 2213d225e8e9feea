"""Tesseract on one picture: words with their places and how sure it is of each.

The picture goes in and the words come out through pipes; nothing is written. The form is tesseract's TSV
(tesseract(1), "Config files and augmenting with user data"; columns level … conf, text).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from constitution_check.readers.common import clean

Grey = npt.NDArray[np.uint8]
"""A picture: rows of dots from the top, 0 black to 255 white."""

PAGE_SECONDS = 60
"""A page of print takes 2 seconds at 300 dots an inch, one full of speckles or of drawings 10."""
_MOST_OUTPUT = 4_000_000
_WORD_LEVEL = "5"
_ONE_COLUMN_OF_ANY_SIZE = "4"  # the usual mode, 3, joins half of all labels to their clauses
_ONE_BLOCK = "6"
_WHICH_WAY_UP = "0"
_SURE_OF_TURN = 2.0  # tesseract's orientation confidence; upright pages of print have 10 and more


class OcrFaultError(Exception):
    """Tesseract is not there, or could not do it. The message says why, as the reason a page was not read."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in dots from the top left; sure: 0-100; line: which of tesseract's lines it stands in."""

    text: str
    sure: float
    x0: float
    x1: float
    top: float
    foot: float
    line: tuple[int, int, int]


def is_there() -> bool:
    """Whether tesseract is installed."""
    return shutil.which("tesseract") is not None


def words_of(picture: Grey, dots_an_inch: int) -> list[Word]:
    """The words of a picture in tesseract's order. Raises OcrFaultError where it cannot be done."""
    table = _run(picture, dots_an_inch, _ONE_COLUMN_OF_ANY_SIZE, "-c", "tessedit_create_tsv=1")
    return list(_words(table))


def labels_of(sheet: Grey, count: int) -> list[str]:
    """The labels on a sheet of `count` strips of one height, "" where none was made out. Raises OcrFaultError."""
    table = _run(sheet, 300, _ONE_BLOCK, "-c", "tessedit_create_tsv=1", "-c",
                 "tessedit_char_whitelist=0123456789.()abcdefghijklmnopqrstuvwxyz")
    answers = [""] * count
    for word in _words(table):
        if word.sure >= 50:
            answers[min(int((word.top + word.foot) / 2 / sheet.shape[0] * count), count - 1)] += word.text
    return answers


def turn_of(picture: Grey, dots_an_inch: int) -> int:
    """By how many quarters of a turn, anti-clockwise, the picture must be turned to stand upright; 0 where unsure."""
    try:
        lines = _run(picture, dots_an_inch, _WHICH_WAY_UP).splitlines()
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        if float(told["Orientation confidence"]) < _SURE_OF_TURN:
            return 0
        return int(told["Orientation in degrees"]) // 90 % 4
    except (OcrFaultError, KeyError, ValueError):
        return 0


def _run(picture: Grey, dots_an_inch: int, mode: str, *more: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise OcrFaultError("tesseract is not installed")
    language = "osd" if mode == _WHICH_WAY_UP else "eng"
    height, width = picture.shape
    feed = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(picture).tobytes()
    try:
        done = subprocess.run([program, "stdin", "stdout", "--dpi", str(dots_an_inch), "--psm", mode, "-l", language,
                               *more], input=feed, capture_output=True, timeout=PAGE_SECONDS, check=False,
                              env=_environment())
    except subprocess.TimeoutExpired:
        raise OcrFaultError(f"recognising its text took more than {PAGE_SECONDS} seconds") from None
    except OSError:
        raise OcrFaultError("tesseract could not be started") from None
    if done.returncode != 0:
        if b"Failed loading language" in done.stderr or b"Error opening data file" in done.stderr:
            raise OcrFaultError("tesseract is installed without its English data (the package tesseract-ocr-eng)")
        raise OcrFaultError("recognising its text failed")
    return done.stdout[:_MOST_OUTPUT].decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """One thread: two pages at once on two cores would each be slower for starting more."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "SystemRoot") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _words(table: str) -> Iterator[Word]:
    for row in table.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != _WORD_LEVEL:
            continue
        text = clean(fields[11])
        try:
            block, part, line = (int(field) for field in fields[2:5])
            left, top, width, height = (float(field) for field in fields[6:10])
            sure = float(fields[10])
        except ValueError:
            continue
        if text and width > 0 and height > 0:
            yield Word(text, max(0.0, min(sure, 100.0)), left, left + width, top, top + height, (block, part, line))
