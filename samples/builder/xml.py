"""WordprocessingML in short: elements and runs as strings."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_URI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def w(element: str, /, *inside: str, **attributes: str | int) -> str:
    """An element of the w: namespace; its attributes are of that namespace too."""
    said = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{element}{said}>{''.join(inside)}</w:{element}>" if inside else f"<w:{element}{said}/>"


def part(name: str, *inside: str) -> str:
    """A whole part of the package, with its declaration."""
    spaces = f'xmlns:w="{W_URI}" xmlns:r="{R_URI}"'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} {spaces}>{"".join(inside)}</w:{name}>'


def run(text: str, tag: str = "t") -> str:
    """A run of text. tag: "delText" for text that a tracked change deletes."""
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def paragraph(style: str, *inside: str) -> str:
    """A paragraph of this style."""
    return w("p", w("pPr", w("pStyle", val=style)), *inside)


def field_begin(code: str) -> str:
    """The runs that open a field and part its code from what it shows."""
    said = f'<w:instrText xml:space="preserve"> {code} </w:instrText>'
    return _mark("begin") + w("r", said) + _mark("separate")


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, shown: str) -> str:
    """A field, with what it last showed."""
    return field_begin(code) + run(shown) + FIELD_END


def _mark(kind: str) -> str:
    return w("r", w("fldChar", fldCharType=kind))
