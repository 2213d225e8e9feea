"""What every sample's Word file has beside its text: package parts, running heads, footnotes, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from samples.builder.styles import BLUE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("document", "styles", "numbering", "footnotes", "settings", "header", "footer")
SECTION = ('<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
           '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1304" w:left="1440" w:header="709" '
           'w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>')
CONTENTS_FIELD = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z '
                  '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
_TEXT_WIDTH = 9026


def part(xml: str) -> str:
    """A part's XML with its declaration."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'


def package(head: Mapping[str, str]) -> dict[str, str]:
    """The parts that hold no text of the constitution itself."""
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}{".main" * (kind == "document")}+xml"/>'
                        for kind in _KINDS)
    related = "".join(f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(_KINDS[1:], 1))
    rels = f'xmlns="{_PACKAGE}/relationships"'
    return {
        "[Content_Types].xml": part(
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}<Override '
            'PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
        "_rels/.rels": part(
            f'<Relationships {rels}><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
            f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'),
        "docProps/core.xml": part(
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(head['name'])}: Constitution</dc:title><dc:creator>An invented body</dc:creator></cp:coreProperties>"),
        "word/_rels/document.xml.rels": part(f"<Relationships {rels}>{related}</Relationships>"),
        "word/settings.xml": part(
            f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
            '</w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            'w:val="15"/></w:compat></w:settings>'),
        "word/header.xml": part(f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
                                f"{_run(head['name'] + ': Constitution')}</w:p></w:hdr>"),
        "word/footer.xml": part(f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run(head["version"])}'
                                f'<w:r><w:tab/></w:r>{_run("Page ")}{_field("PAGE")}{_run(" of ")}{_field("NUMPAGES")}</w:p></w:ftr>'),
    }


def footnotes(texts: Sequence[str]) -> str:
    """The footnotes part: the two rules that Word draws, then the notes from 1."""
    rules = "".join(f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
                    for kind, at, mark in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator")))
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle '
        f'w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>{_run(" " + text)}</w:p></w:footnote>'
        for number, text in enumerate(texts, 1))
    return f'<w:footnotes xmlns:w="{W}">{rules}{notes}</w:footnotes>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A ruled table whose first row is its head; each cell is runs of XML."""
    columns = max(len(row) for row in rows)
    widths = _widths(rows, columns)
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A8A8A"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = "".join(_row(row, widths, first=at == 0) for at, row in enumerate(rows))
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f'</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>')


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Widths in twentieths of a point, wider where the cells are longer, none below an eighth."""
    longest = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(columns)]
    shares = [max(length, sum(longest) // 6) for length in longest]
    return [_TEXT_WIDTH * share // sum(shares) for share in shares]


def _row(cells: Sequence[str], widths: Sequence[int], *, first: bool) -> str:
    head = '<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>' if first else "<w:trPr><w:cantSplit/></w:trPr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{BLUE}"/>' if first else ""
    style = "TableHead" if first else "TableText"
    made = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
                   f"{cell}</w:p></w:tc>" for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr>{head}{made}</w:tr>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r>'
            f'<w:fldChar w:fldCharType="separate"/></w:r>{_run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>')
