"""Names of files that come from outside, made safe to write and to send."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from constitution_check.reports.clean import clean

MAX_NAME_BYTES = 120
"""Longest name taken, in bytes of UTF-8: file systems allow 255, and reports put words after it."""

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ufffd]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # device names of Windows


def safe_name(given: str, otherwise: str = "document") -> str:
    """The last part of a name as a browser sent it, fit for every file system, with its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given.encode("utf-8", "replace").decode("utf-8")))[-1]
    name = _UNFIT.sub("_", clean(last)).strip(" .")
    if not name or _RESERVED.fullmatch(name):
        return otherwise
    ending = PurePosixPath(name).suffix
    if len(ending.encode("utf-8")) > 20:
        ending = ""
    stem = name[: len(name) - len(ending)]
    room = MAX_NAME_BYTES - len(ending.encode("utf-8"))
    return stem.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(" .") + ending or otherwise


def attachment(name: str) -> str:
    """The value of a Content-Disposition header that has a browser save a file under this name (RFC 6266)."""
    safe = safe_name(name)
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode("ascii").replace("%", "_")
    return f"attachment; filename=\"{plain or 'report'}\"; filename*=UTF-8''{quote(safe, safe='')}"
