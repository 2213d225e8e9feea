"""The styles of the sample documents, as the XML of a styles part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samples.builder.xml import part, w

BLUE, GREY, RED = "005EB8", "595959", "C00000"


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
    Style("Clause1", "heading 1", 28, bold=True, colour=BLUE, left=851, hanging=851, before=360, after=160,
          outline=0, keep=True),
    Style("Clause2Heading", "heading 2", 24, bold=True, left=851, hanging=851, before=240, outline=1, keep=True),
    Style("Clause2", "Clause level 2", left=851, hanging=851),
    Style("Clause3", "Clause level 3", left=851, hanging=851),
    Style("ClauseLetter", "Clause letter", left=1418, hanging=567),
    Style("ClauseRoman", "Clause roman", left=1985, hanging=567),
    Style("ItemLetter", "Item letter", left=1418, hanging=567),
    Style("ItemRoman", "Item roman", left=1985, hanging=567),
    Style("AppendixHeading", "Appendix heading", 28, bold=True, colour=BLUE, before=120, after=240, outline=0,
          keep=True, new_page=True),
    Style("Appendix1", "Appendix section", 24, bold=True, left=851, hanging=851, before=240, outline=1, keep=True),
    Style("Appendix2Heading", "Appendix subsection", 22, bold=True, left=851, hanging=851, before=120, outline=2,
          keep=True),
    Style("Appendix2", "Appendix level 2", left=851, hanging=851),
    Style("Appendix3", "Appendix level 3", left=851, hanging=851),
    Style("AppendixLetter", "Appendix letter", left=1418, hanging=567),
    Style("AppendixRoman", "Appendix roman", left=1985, hanging=567),
)
_PLAIN = (
    Style("Title", "Title", 56, bold=True, colour=BLUE, before=3600, after=360),
    Style("CoverTitle", "Cover title", 48, bold=True, after=360),
    Style("Subtitle", "Subtitle", 28, colour=GREY, after=200),
    Style("FrontHeading", "Front heading", 28, bold=True, colour=BLUE, before=240, after=160, outline=0, keep=True),
    Style("ContentsHeading", "TOC Heading", 28, bold=True, colour=BLUE, before=240, after=160, keep=True,
          new_page=True),
    Style("TOC1", "toc 1", 22, bold=True, before=60, after=40, left=0, tabs="1418 9016"),
    Style("TOC2", "toc 2", 20, after=20, left=284, tabs="1418 9016"),
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
    fonts = w("rFonts", ascii="Arial", hAnsi="Arial", eastAsia="Arial", cs="Arial")
    letters = w("rPr", fonts, w("sz", val=22), w("szCs", val=22), w("lang", val="en-GB"))
    spacing = w("pPr", w("spacing", after=120, line=264, lineRule="auto"))
    defaults = w("docDefaults", w("rPrDefault", letters), w("pPrDefault", spacing))
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    mark = w("style", w("name", val="footnote reference"), w("rPr", w("vertAlign", val="superscript")),
             type="character", styleId="FootnoteReference")
    margins = w("tblCellMar", w("left", w=108, type="dxa"), w("right", w=108, type="dxa"))
    table = w("style", w("name", val="Normal Table"), w("tblPr", w("tblInd", w=0, type="dxa"), margins),
              type="table", default=1, styleId="TableNormal")
    return part("styles", defaults, normal, *(_style(style, levels.get(style.id)) for style in STYLES), mark, table)


def _style(style: Style, level: tuple[int, int] | None) -> str:
    return w("style", w("name", val=style.name), w("basedOn", val="Normal"), w("qFormat"),
             w("pPr", *_paragraph(style, level)), w("rPr", *_letters(style)), type="paragraph", styleId=style.id)


def _paragraph(style: Style, level: tuple[int, int] | None) -> Iterator[str]:
    """The children of w:pPr, in the order that the schema demands."""
    if style.keep:
        yield w("keepNext")
    if style.new_page:
        yield w("pageBreakBefore")
    if level is not None:
        yield w("numPr", w("ilvl", val=level[1]), w("numId", val=level[0]))
    if style.tabs:
        *left, right = style.tabs.split()
        stops = (w("tab", val="left", pos=stop) for stop in left)
        leader = "dot" if style.id.startswith("TOC") else "none"
        yield w("tabs", *stops, w("tab", val="right", leader=leader, pos=right))
    yield w("spacing", before=style.before, after=style.after)
    yield w("ind", left=style.left, hanging=style.hanging)
    if style.outline is not None:
        yield w("outlineLvl", val=style.outline)


def _letters(style: Style) -> Iterator[str]:
    if style.bold:
        yield w("b")
    if style.italic:
        yield w("i")
    if style.colour:
        yield w("color", val=style.colour)
    yield w("sz", val=style.size)
    yield w("szCs", val=style.size)
