"""What every reader shares: clean text, the digest, the limits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from constitution_check.progress import Progress, no_progress

MAX_FILE_BYTES = 60_000_000
"""Largest file taken: a constitution of 125 pages with pictures stays under 20 MB."""

MAX_PAGES = 2_000
"""Most pages read from one PDF."""

MAX_TEXT_CHARS = 8_000_000
"""Most characters of text taken from one file: the longest constitution known has 300,000."""

Ocr = Literal["auto", "never", "always"]


class MustConvertError(Exception):
    """The file is of a kind ("doc", "odt", "rtf") that another program must convert first, and none may be started
    here."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


def _no_more_time() -> None:
    """Nobody limits the time of a reading in the same process."""


@dataclass(frozen=True)
class ReadOptions:
    """How a file is to be read.

    ocr: whether pages that are pictures are read by OCR: where tesseract is installed, never, or always (an error
    where it is not). progress: told of each page. convert: whether a program that writes files (LibreOffice) may be
    started here; where not, a file that needs one raises MustConvertError. more_time: called before each page that goes
    to OCR, so that whoever limits the time of the reading can allow for it.
    """

    ocr: Ocr = "auto"
    progress: Progress = no_progress
    convert: bool = True
    more_time: Callable[[], None] = _no_more_time


AS_USUAL = ReadOptions()
"""OCR where it is installed, and no word of how far it is."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff\u00ad]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The words as a person reads them: control and zero-width characters and soft hyphens out,
    white space (no-break spaces too) folded to single spaces."""
    return _SPACE.sub(" ", CONTROL.sub("", text)).strip()


def digest(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
