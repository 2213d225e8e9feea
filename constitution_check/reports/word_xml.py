"""WordprocessingML elements that python-docx has no call for, made in one line each."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **attributes: str) -> Any:
    """An element such as `element("shd", val="clear", fill="FFE58A")`; names are in the w: namespace.

    Typed loosely, as python-docx types its own elements.
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def shading(colour: str) -> Any:
    """A plain background of that colour, RRGGBB, for a run, a paragraph or a cell."""
    return element("shd", val="clear", color="auto", fill=colour)


def field_char(kind: str) -> Any:
    """One of the three marks of a complex field: begin, separate, end."""
    return element("fldChar", fldCharType=kind)


def instruction(code: str) -> Any:
    """The code of a complex field."""
    made = element("instrText")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = f" {code} "
    return made
