"""Fields: what Word works out and shows, a cross-reference's result, a ticked box, a number within a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from constitution_check.readers.word_symbols import symbol
from constitution_check.readers.word_xml import VAL, W, is_on, number, value

_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_LISTNUM = re.compile(r"\s*LISTNUM\b", re.IGNORECASE)
_SHOWN_CODE = re.compile(r"\s*MACROBUTTON\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL_CODE = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})(?:.*\\f\s+"?([^"\\]+))?', re.IGNORECASE | re.DOTALL)
_ON_SCREEN = re.compile(r"\s*(AUTONUM\w*|EQ)\b", re.IGNORECASE)


@dataclass
class Field:
    """One open field: its code so far, its form data, and whether its result has begun and shown anything."""

    code: list[str] = field(default_factory=list)
    form: etree._Element | None = None
    in_result: bool = False
    has_shown: bool = False
    is_contents: bool = False

    def begin_result(self) -> None:
        """The code is complete: what follows is shown."""
        self.in_result = True
        self.is_contents = bool(_CONTENTS.match("".join(self.code)))


def simple_field(code: str) -> Field:
    """The field of a w:fldSimple, which holds only its result."""
    made = Field([code])
    made.begin_result()
    return made


def is_listnum(code: str) -> bool:
    """Whether the code numbers within a line."""
    return bool(_LISTNUM.match(code))


def shown_without_result(code: str, form: etree._Element | None) -> str:
    """What a field shows though no result is stored: a form's value, a button's words, a symbol."""
    if form is not None:
        return _form_value(form)
    if match := _SHOWN_CODE.match(code):
        return match[1]
    if match := _SYMBOL_CODE.match(code):
        base = 16 if match[1].lower().startswith("0x") else 10
        return symbol(int(match[1], base), (match[2] or "").strip())
    return ""


def unread_field(code: str) -> str:
    """A plain name for a field whose result Word works out only on screen, else ""."""
    match = _ON_SCREEN.match(code)
    return f"A field that Word works out on screen ({match[1].upper()})" if match else ""


def sym_text(element: etree._Element) -> str:
    """The character of a w:sym."""
    try:
        return symbol(int(element.get(W + "char", ""), 16), element.get(W + "font", ""))
    except ValueError:
        return ""


def _form_value(form: etree._Element) -> str:
    """What a legacy form field shows: a ticked box, the chosen entry."""
    box = form.find(W + "checkBox")
    if box is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return "☒" if state is not None and is_on(state) else "☐"
    choices = form.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(W + "listEntry")]
        chosen = number(choices, "result") or number(choices, "default") or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return value(form.find(W + "textInput"), "default") or ""
