"""What single elements of a web page are: blocks, revisions, hidden, contents, margins, data tables."""

from __future__ import annotations

import re

from lxml.etree import _Element

from constitution_check.readers.common import clean

LEFT_OUT = frozenset(
    (
        "script",
        "style",
        "nav",
        "head",
        "noscript",
        "template",
        "svg",
        "select",
        "button",
        "textarea",
        "object",
        "iframe",
        "embed",
        "canvas",
        "audio",
        "video",
        "math",
    )
)
BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "li",
        "ul",
        "ol",
        "menu",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "center",
        "fieldset",
        "legend",
        "body",
        "form",
        "hr",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
INSERTED, DELETED = frozenset(("ins",)), frozenset(("del", "s", "strike"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:^|[\s_-])(?:toc|contents|table-of-contents|tableofcontents)(?:$|[\s_-])", re.IGNORECASE)
_COOKIES = re.compile(r"(?:^|\s)(?:site-|global-|govuk-)?(?:cookies?|gdpr)[-_]?(?:notice|banner|bar|consent|message|"
                      r"popup|warning|law|overlay|prompt|modal)(?![\w-]*(?:open|shown|active))", re.IGNORECASE)
_ROLES = ("navigation", "search", "dialog", "alertdialog")
_LONGEST_NOTICE = 3_000
"""Characters; what is longer is a policy on cookies, or a page whose frame is named after them."""
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*([\d.]+)\s*(pt|px|em|rem|cm|in)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "cm": 28.35, "in": 72.0}
LIST_INDENT = 30.0


def words(element: _Element) -> str:
    return clean(" ".join(str(text) for text in element.itertext()))


def upwards(element: _Element | None, is_tail: bool, top: _Element) -> list[_Element]:
    found = []
    element = element.getparent() if is_tail and element is not None else element
    while element is not None and element is not top:
        found.append(element)
        element = element.getparent()
    return found


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def is_left_out(element: _Element) -> bool:
    """Whether an element is of the site and not of the text: a menu, a search box, a notice about cookies."""
    if element.tag in LEFT_OUT or element.get("role") in _ROLES:
        return True
    if element.tag not in ("div", "section", "aside", "form", "dialog"):
        return False
    if not _COOKIES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return False
    text = words(element)
    return "cookie" in text.lower() and len(text) < _LONGEST_NOTICE


def is_all_hidden(element: _Element) -> bool:
    """Whether an element holds nothing but one that is hidden."""
    return len(element) == 1 and is_hidden(element[0]) and not (element.text or "").strip()


def is_contents(element: _Element) -> bool:
    """Whether an element is a list of contents: named so, and nearly all links ("contents" is also a
    common name for the main part of a page)."""
    if element.tag not in ("ul", "ol", "div", "section", "table", "p"):
        return False
    if not _CONTENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return False
    linked = sum(len(words(link)) for link in element.iter("a"))
    return linked > 0.6 * len(words(element))


def margin(element: _Element) -> float:
    match = _MARGIN.search(element.get("style") or "") if element.tag in BLOCKS else None
    return min(float(match[1].strip(".") or 0), 1000.0) * _POINTS[match[2].lower()] if match is not None else 0.0


def holds_data(table: _Element) -> bool:
    """Whether a table is one of data: more than one column, and not the frame of the whole page."""
    rows = list(table.iter("tr"))
    most = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    return most > 1 and not any(True for _ in table.iter("h1", "h2", "h3")) and sum(1 for _ in table.iter("table")) == 1
