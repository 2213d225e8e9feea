"""WordprocessingML names and the one safe way to parse a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from constitution_check.errors import CheckError

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = W + "val"

# "<" and "=" in one part: bounds the nodes that the parser builds, and so its memory (about 100 bytes each).
# A judgment of 45,000 words has 160,000.
MAX_MARKUP = 2_000_000

_OFF = frozenset(("0", "false", "off"))
# ISO/IEC 29500 Strict keeps the element names and moves the namespaces to purl.oclc.org.
_STRICT = re.compile(rb'="http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/relationships|'
                     rb'officeDocument/math|drawingml/\w+)"')
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element of a part, Strict namespaces rewritten to the transitional ones.

    `name` is the file's, for messages. Raises CheckError on damage, on any document type
    declaration (two parsers can read such a file differently) and beyond the size limits.
    """
    if data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise _too_complex(name)
    root = _parse(data, name)
    if b"purl.oclc.org/ooxml/" in data and "purl.oclc.org" in str(root.tag):
        root = _parse(_STRICT.sub(_transitional, etree.tostring(root)), name)
    return root


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
                             huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = str(error)
        # Out of memory shows as "unknown error": the file may be sound, so do not call it damaged.
        if "Excessive depth" in message or "unknown error" in message or "huge" in message.lower():
            raise _too_complex(name) from error
        raise CheckError(f"{name} is damaged and cannot be read; open it in Word, let Word repair it, save it under "
                         "a new name and check that.") from error
    except (MemoryError, ValueError) as error:
        raise _too_complex(name) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None or info.externalDTD is not None:
        raise CheckError(f"{name} holds a document type declaration, which no Word file needs and which can hide "
                         "text; open it in Word, save it under a new name and check that.")
    return root


def _transitional(match: re.Match[bytes]) -> bytes:
    rest = match.group(1)
    if rest.startswith(b"wordprocessingml"):
        return b'="' + MAIN.encode() + b'"'
    family, _, last = rest.partition(b"/")
    return b'="http://schemas.openxmlformats.org/' + family + b"/2006/" + last + b'"'


def _too_complex(name: str) -> CheckError:
    return CheckError(f"{name} is too large or too complex to check safely; save a copy without its pictures, "
                      "attachments and nested tables and check that.")


def first(parent: Iterable[etree._Element], tag: str) -> etree._Element | None:
    """The first child (of an element, or of a list of children) with this tag: `find` without its path language."""
    for child in parent:
        if child.tag == tag:
            return child
    return None


def value(parent: Iterable[etree._Element] | None, tag: str) -> str | None:
    """The w:val of the first child of this local name, or None where there is no such child."""
    child = None if parent is None else first(parent, W + tag)
    return None if child is None else child.get(VAL, "")


def number(parent: Iterable[etree._Element] | None, tag: str) -> int | None:
    """The w:val of a child as a whole number, or None where it is absent or is not one."""
    return to_int(value(parent, tag))


def to_int(text: str | None) -> int | None:
    """A whole number of at most nine digits, or None."""
    if text is None or not re.fullmatch(r"\s*[+-]?\d{1,9}\s*", text, re.ASCII):
        return None
    return int(text)


def is_on(element: etree._Element) -> bool:
    """Whether an on/off property is on: present without a value means on."""
    return element.get(VAL, "1") not in _OFF


def points(text: str | None) -> float | None:
    """A measure in points: bare numbers are twentieths of a point; Strict files write "12pt", "1.5cm"."""
    match = re.fullmatch(r"(-?\d{1,7}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|pi)?", (text or "").strip(), re.ASCII)
    if not match:
        return None
    return float(match[1]) * _UNITS[match[2]] if match[2] else float(match[1]) / 20


def children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a w: local name, in order."""
    return element.iterchildren(W + tag)


def shape_of(element: etree._Element) -> tuple[object, ...]:
    """A key under which two elements are the same: tags, numbers of children and attributes of all within, in order."""
    if len(element) == 1 and not len(element[0]):  # a style and nothing else, as most have
        child = element[0]
        return (child.tag, 0, *child.items())
    found: list[object] = []
    for child in element.iterdescendants():
        found += (child.tag, len(child), *child.items())
    return tuple(found)
