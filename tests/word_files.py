"""Small Word files written part by part, so that a test shows the very mark-up it is about."""

from __future__ import annotations

import zipfile
from pathlib import Path

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
    "w": W_URI,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}.items())
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')


def part(root: str, inside: str) -> str:
    """An XML part with every namespace declared on its root."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_NAMESPACES}>{inside}</w:{root}>'


def parts(body: str, **others: str) -> dict[str, str | bytes]:
    """The members of a .docx with this body; others: styles, numbering, footnotes, endnotes, by their content."""
    relations = "".join(f'<Relationship Id="rId{i}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
                        for i, kind in enumerate(others, start=1))
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
                       f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
    }
    for kind, inside in others.items():
        members[f"word/{kind}.xml"] = part(kind, inside)
    return members


def write(path: Path, members: dict[str, str | bytes]) -> Path:
    """Zip the members into a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def word_file(folder: Path, body: str, **others: str) -> Path:
    """A .docx with this body and these other parts."""
    return write(folder / "test.docx", parts(body, **others))


def run(text: str, properties: str = "") -> str:
    """A run of text with these w:rPr contents."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """A paragraph: plain text, or mark-up where it starts with "<", with these w:pPr contents."""
    inside = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def listed(num: int, level: int = 0) -> str:
    """The w:pPr contents of a numbered paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def level(ilvl: int, text: str, how: str = "decimal", start: int = 1, more: str = "") -> str:
    """A w:lvl."""
    return (f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def numbering(*levels: str, nums: dict[int, str] | None = None) -> str:
    """A numbering part: one abstract list with these levels, and its nums with what each holds (default: num 1)."""
    made = "".join(f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{inside}</w:num>'
                   for num, inside in (nums or {1: ""}).items())
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{made}'


def style(style_id: str, properties: str = "", name: str = "", based_on: str = "", look: str = "") -> str:
    """A paragraph style with these w:pPr and w:rPr contents."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{base}'
            f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>")


def inserted(content: str, author: str = "Ann", kind: str = "ins") -> str:
    """Content in a tracked insertion (or "del", "moveFrom", "moveTo")."""
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="2026-03-01T09:00:00Z">{content}</w:{kind}>'


def deleted(text: str, author: str = "Ann") -> str:
    """Text in a tracked deletion."""
    return inserted(f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>', author, "del")


def tracked_mark(kind: str, author: str = "Ann") -> str:
    """The w:pPr contents of a paragraph whose mark is inserted ("ins") or deleted ("del")."""
    return f'<w:rPr><w:{kind} w:id="2" w:author="{author}" w:date="2026-03-01T09:00:00Z"/></w:rPr>'
