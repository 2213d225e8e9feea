"""What every sample's Word file has beside its text: package parts, running heads, footnotes, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from samples.builder.styles import BLUE
from samples.builder.xml import R_URI, field, paragraph, part, run, w

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-"
_KINDS = ("document", "styles", "numbering", "footnotes", "settings", "header", "footer")
_CORE_TYPE = f"{_PACKAGE}/relationships/metadata/core-properties"
_TEXT_WIDTH = 9026  # twentieths of a point between the margins of an A4 page


def package(head: Mapping[str, str]) -> dict[str, str]:
    """The parts that hold no text of the constitution itself."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([(f"{R_URI}/officeDocument", "word/document.xml"),
                                       (_CORE_TYPE, "docProps/core.xml")]),
        "docProps/core.xml": _core(f"{head['name']}: Constitution"),
        "word/_rels/document.xml.rels": _relationships([(f"{R_URI}/{kind}", f"{kind}.xml") for kind in _KINDS[1:]]),
        "word/settings.xml": part("settings", w("defaultTabStop", val=720),
                                  w("footnotePr", w("footnote", id=-1), w("footnote", id=0)), _modern()),
        "word/header.xml": part("hdr", paragraph("Header", run(f"{head['name']}: Constitution"))),
        "word/footer.xml": part("ftr", paragraph("Footer", run(head["version"]), w("r", w("tab")), run("Page "),
                                                 field("PAGE", "1"), run(" of "), field("NUMPAGES", "1"))),
    }


def _modern() -> str:
    """Says that the file is of today's kind, so that Word does not open it in a mode for old ones."""
    uri = "http://schemas.microsoft.com/office/word"
    return w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15))


def _content_types() -> str:
    word = f"{_MIME}officedocument.wordprocessingml."
    types = {f"/word/{kind}.xml": f"{word}{kind}{'.main' if kind == 'document' else ''}+xml" for kind in _KINDS}
    types["/docProps/core.xml"] = f"{_MIME}package.core-properties+xml"
    defaults = {"rels": f"{_MIME}package.relationships+xml", "xml": "application/xml"}
    inside = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items())
    inside += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">{inside}</Types>'


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
                     for number, (kind, target) in enumerate(targets, 1))
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str) -> str:
    spaces = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    said = f"<dc:title>{escape(title)}</dc:title><dc:creator>An invented body</dc:creator>"
    return f"{_DECLARED}<cp:coreProperties {spaces}>{said}</cp:coreProperties>"


def section() -> str:
    """The page: A4, with a running head and foot on every page but the first."""
    heads = "".join(f'<w:{name}Reference w:type="default" r:id="rId{_KINDS.index(name)}"/>'
                    for name in ("header", "footer"))
    margins = w("pgMar", top=1440, right=1440, bottom=1304, left=1440, header=709, footer=567, gutter=0)
    return w("sectPr", heads, w("pgSz", w=11906, h=16838), margins, w("titlePg"))


def footnotes(texts: Sequence[str]) -> str:
    """The footnotes part: the two rules that Word draws, then the notes from 1."""
    rules = (w("footnote", w("p", w("r", w(kind))), type=kind, id=number)
             for number, kind in ((-1, "separator"), (0, "continuationSeparator")))
    mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    notes = (w("footnote", paragraph("FootnoteText", mark, run(f" {text}")), id=number)
             for number, text in enumerate(texts, 1))
    return part("footnotes", *rules, *notes)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A ruled table whose first row is its head; each cell is runs of XML."""
    columns = max(len(row) for row in rows)
    widths = _widths(rows, columns)
    lines = (w(side, val="single", sz=4, space=0, color="8A8A8A")
             for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    look = w("tblPr", w("tblW", w=_TEXT_WIDTH, type="dxa"), w("tblBorders", *lines), w("tblLayout", type="fixed"))
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    made = (_row(row, widths, first=at == 0) for at, row in enumerate(rows))
    return w("tbl", look, grid, *made) + paragraph("BodyText")


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Widths in twentieths of a point, wider where the cells are longer, none too narrow for a word."""
    longest = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(columns)]
    shares = [max(length, sum(longest) // 6) for length in longest]
    return [_TEXT_WIDTH * share // sum(shares) for share in shares]


def _row(cells: Sequence[str], widths: Sequence[int], *, first: bool) -> str:
    look = w("trPr", w("cantSplit"), *([w("tblHeader")] if first else []))
    shade = [w("shd", val="clear", color="auto", fill=BLUE)] if first else []
    style = "TableHead" if first else "TableText"
    made = (w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *shade), paragraph(style, cell))
            for cell, width in zip(cells, widths, strict=True))
    return w("tr", look, *made)
