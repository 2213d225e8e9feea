"""The numbers that a browser shows before list items: type, start, reversed, value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

_STYLE_TYPE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|lower-alpha|lower-latin|upper-alpha|upper-latin|"
    r"lower-roman|upper-roman|disc|circle|square)\b",
    re.IGNORECASE,
)
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "none": "none",
}
_MOST = 100_000
"""Largest item number believed; HTML allows any integer."""


@dataclass(slots=True)
class OpenList:
    """A list whose items are going by: `next` is the number of the next item, `last` that of the last."""

    kind: str
    next: int = 1
    step: int = 1
    last: int = 0
    is_started: bool = False
    """Whether the list says where it starts, and no item has gone by."""

    @property
    def is_bulleted(self) -> bool:
        """Whether its items have no numbers."""
        return self.kind in ("disc", "circle", "square", "none")

    def label(self, item: _Element) -> str:
        """The label of this item as a browser shows it, "" where it shows none; counts it."""
        kind = _kind(item) or self.kind
        value = _whole(item.get("value"))
        if value is not None:
            self.next = value
        shown = self.last = self.next
        self.next += self.step
        self.is_started = False
        if kind == "none":
            return ""
        return "•" if kind in ("disc", "circle", "square") else f"{numeral(shown, kind)}."


def is_numbered(item: _Element) -> bool:
    """Whether a list item says its number itself."""
    return _whole(item.get("value")) is not None


def opened(element: _Element) -> OpenList:
    """The state of a list element (ol, ul, menu) at its start."""
    if element.tag != "ol":
        return OpenList(_kind(element) or "disc")
    start = _whole(element.get("start"))
    if element.get("reversed") is None:
        return OpenList(_kind(element) or "decimal", 1 if start is None else start, is_started=start is not None)
    return OpenList(_kind(element) or "decimal", len(element.findall("li")) if start is None else start, -1)


def numeral(value: int, kind: str) -> str:
    """A number as a browser writes it in this style; outside a style's range, in decimals."""
    if "alpha" in kind or "latin" in kind:
        shown = _letters(value) if value > 0 else str(value)
    elif "roman" in kind:
        shown = _roman(value) if 0 < value < 4000 else str(value)
    else:
        return str(value)
    return shown.upper() if kind.startswith("upper") else shown


def _kind(element: _Element) -> str:
    match = _STYLE_TYPE.search(element.get("style") or "")
    if match is not None:
        return match[1].lower()
    return _TYPES.get((element.get("type") or "").strip(), "") if element.tag in ("ol", "li") else ""


def _whole(text: str | None) -> int | None:
    match = re.fullmatch(r"\s*(-?\d{1,9})\s*", text or "")
    return max(-_MOST, min(_MOST, int(match[1]))) if match is not None else None


def _letters(value: int) -> str:
    out = ""
    while value:
        value, rest = divmod(value - 1, 26)
        out = chr(97 + rest) + out
    return out


def _roman(value: int) -> str:
    out = ""
    for worth, numeral_ in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        out += numeral_ * (value // worth)
        value %= worth
    return out
