"""The styles of the sample documents, as the XML of a styles part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BLUE, GREY, RED = "005EB8", "595959", "C00000"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True)
class Style:
    """A paragraph style. size: half points; left, hanging, before, after: twentieths of a point."""

    id: str
    name: str
    size: int = 22
    bold: bool = False
    italic: bool = False
    colour: str = ""
    left: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 120
    outline: int | None = None
    keep: bool = False
    new_page: bool = False
    centred: bool = False
    tabs: str = ""


_NUMBERED = (
    Style("Clause1", "heading 1", 28, bold=True, colour=BLUE, left=851, hanging=851, before=360, after=160, outline=0, keep=True),
    Style("Clause2Heading", "heading 2", 24, bold=True, left=851, hanging=851, before=240, outline=1, keep=True),
    Style("Clause2", "Clause level 2", left=851, hanging=851),
    Style("Clause3", "Clause level 3", left=851, hanging=851),
    Style("ClauseLetter", "Clause letter", left=1418, hanging=567),
    Style("ClauseRoman", "Clause roman", left=1985, hanging=567),
    Style("ItemLetter", "Item letter", left=1418, hanging=567),
    Style("ItemRoman", "Item roman", left=1985, hanging=567),
    Style("AppendixHeading", "Appendix heading", 28, bold=True, colour=BLUE, before=120, after=240, outline=0, keep=True,
          new_page=True),
    Style("Appendix1", "Appendix section", 24, bold=True, left=851, hanging=851, before=240, outline=1, keep=True),
    Style("Appendix2Heading", "Appendix subsection", 22, bold=True, left=851, hanging=851, before=120, outline=2, keep=True),
    Style("Appendix2", "Appendix level 2", left=851, hanging=851),
    Style("Appendix3", "Appendix level 3", left=851, hanging=851),
    Style("AppendixLetter", "Appendix letter", left=1418, hanging=567),
    Style("AppendixRoman", "Appendix roman", left=1985, hanging=567),
)
_PLAIN = (
    Style("Title", "Title", 56, bold=True, colour=BLUE, before=3600, after=360),
    Style("Subtitle", "Subtitle", 28, colour=GREY, after=200),
    Style("FrontHeading", "Front heading", 28, bold=True, colour=BLUE, before=240, after=160, outline=0, keep=True),
    Style("ContentsHeading", "TOC Heading", 28, bold=True, colour=BLUE, before=240, after=160, keep=True, new_page=True),
    Style("TOC1", "toc 1", 22, bold=True, before=60, after=40, left=0, tabs="850 9016"),
    Style("TOC2", "toc 2", 20, after=20, left=284, tabs="1134 9016"),
    Style("BodyText", "Body Text"),
    Style("Bullet", "List Bullet", left=1418, hanging=425, after=80),
    Style("DraftingNote", "Drafting note", italic=True, colour=RED, left=851),
    Style("TableHead", "Table head", 20, bold=True, colour="FFFFFF", before=40, after=40, keep=True),
    Style("TableText", "Table text", 20, before=40, after=40),
    Style("Header", "header", 18, colour=GREY, after=0),
    Style("Footer", "footer", 18, colour=GREY, after=0, tabs="9016"),
    Style("FootnoteText", "footnote text", 18, after=0),
)
STYLES = (*_NUMBERED, *_PLAIN)


def styles_xml(levels: dict[str, tuple[int, int]]) -> str:
    """The styles part. levels: for a style tied to a list, the list's number and the level (from 0)."""
    defaults = ('<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
                '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
                '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>')
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    table = ('<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" '
             'w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>')
    mark = ('<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr>'
            '<w:vertAlign w:val="superscript"/></w:rPr></w:style>')
    made = "".join(_style(style, levels.get(style.id)) for style in STYLES)
    return f'<w:styles {_NS}>{defaults}{normal}{made}{mark}{table}</w:styles>'


def _style(style: Style, level: tuple[int, int] | None) -> str:
    return (f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
            f'<w:qFormat/><w:pPr>{"".join(_paragraph(style, level))}</w:pPr><w:rPr>{"".join(_letters(style))}</w:rPr></w:style>')


def _paragraph(style: Style, level: tuple[int, int] | None) -> Iterator[str]:
    """The children of w:pPr, in the order that the schema demands."""
    if style.keep:
        yield "<w:keepNext/>"
    if style.new_page:
        yield "<w:pageBreakBefore/>"
    if level is not None:
        yield f'<w:numPr><w:ilvl w:val="{level[1]}"/><w:numId w:val="{level[0]}"/></w:numPr>'
    if style.tabs:
        *left, right = style.tabs.split()
        stops = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in left)
        leader = ' w:leader="dot"' if style.id.startswith("TOC") else ""
        yield f'<w:tabs>{stops}<w:tab w:val="right"{leader} w:pos="{right}"/></w:tabs>'
    yield f'<w:spacing w:before="{style.before}" w:after="{style.after}"/>'
    yield f'<w:ind w:left="{style.left}" w:hanging="{style.hanging}"/>'
    if style.outline is not None:
        yield f'<w:outlineLvl w:val="{style.outline}"/>'


def _letters(style: Style) -> Iterator[str]:
    if style.bold:
        yield "<w:b/>"
    if style.italic:
        yield "<w:i/>"
    if style.colour:
        yield f'<w:color w:val="{style.colour}"/>'
    yield f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
