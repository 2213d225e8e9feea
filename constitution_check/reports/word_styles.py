"""The gap report's styles, set once, so that a reader can restyle the whole from Word's own pane."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.font import Font

from constitution_check.reports import palette
from constitution_check.reports.word_xml import element, shading

FONT = "Arial"
TEXT_WIDTH = 16.4  # cm between the margins of an A4 page
ASK, MUTED, CELL, WEAK, LINK = "Wording to ask for", "Small print", "Table text", "Weak words", "Hyperlink"
NEAREST = "Nearest passage"


def set_styles(document: Document) -> None:
    """Page, language and every style that the report uses; built-in ones keep their names."""
    _drop_unused(document)
    _page(document)
    _defaults(document)
    _paragraph(document, "Normal", 10, after=4, line=1.12)
    _paragraph(document, "Title", 26, bold=True, colour=palette.ACCENT, after=2)
    _paragraph(document, "Subtitle", 13, colour=palette.MUTED, after=10)
    _paragraph(document, "Heading 1", 17, bold=True, colour=palette.ACCENT, before=14, after=6)
    _paragraph(document, "Heading 2", 13, bold=True, colour=palette.ACCENT, before=15, after=3)
    _paragraph(document, "Heading 3", 11, bold=True, colour=palette.INK, before=7, after=2)
    _paragraph(document, "Quote", 10, before=4, after=2, line=1.12, indent=0.5)
    _paragraph(document, "Caption", 9, colour=palette.MUTED, after=8, indent=0.5)
    _paragraph(document, "List Bullet", 10, after=2, line=1.12)
    _paragraph(document, "List Bullet 2", 10, after=2, line=1.12)
    for name, size in (("Header", 8.5), ("Footer", 8.5)):
        _paragraph(document, name, size, colour=palette.MUTED)
    _paragraph(document, "TOC Heading", 18, bold=True, colour=palette.ACCENT, after=8)
    _paragraph(document, "TOC 1", 10, bold=True, before=5, after=1)
    _paragraph(document, "TOC 2", 10, after=1, line=1.05, indent=0.5)
    _paragraph(document, ASK, 10, after=0, line=1.15, indent=0.25)
    _paragraph(document, NEAREST, 9.5, colour=palette.MUTED, after=3, line=1.08, indent=0.5)
    _paragraph(document, MUTED, 9, colour=palette.MUTED, after=4)
    _paragraph(document, CELL, 9.5, before=2, after=2)
    _keep(document)
    _weak_words(document)
    _links(document)
    border(document.styles["Quote"], "left", palette.ACCENT, 24, 8)
    border(document.styles["Caption"], "left", palette.ACCENT, 24, 8)
    _box(document)


def _drop_unused(document: Document) -> None:
    """The template's hundred table styles but the two in use: they only crowd the pane and slow every look-up."""
    for style in [s for s in document.styles if s.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)


def _defaults(document: Document) -> None:
    """British English and the font for everything, also what no style names."""
    fonts = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    for old in fonts.xpath("w:lang | w:rFonts"):
        fonts.remove(old)
    fonts.insert(0, _rfonts())
    fonts.append(element("lang", val="en-GB", eastAsia="en-GB"))


def _rfonts() -> Any:
    return element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)


def _paragraph(document: Document, name: str, size: float, *, bold: bool = False, colour: str = palette.INK,
               before: float = 0, after: float = 0, line: float = 1.1, indent: float = 0) -> None:
    style = _style(document, name)
    _font(style.font, size, bold, colour)
    for old in style.element.xpath("w:rPr/w:rFonts"):
        old.getparent().remove(old)
    style.element.get_or_add_rPr().insert(0, _rfonts())
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, line
    form.widow_control = True
    if indent:
        form.left_indent = Cm(indent)
    for old in style.element.xpath("w:pPr/w:pBdr | w:pPr/w:tabs | w:rPr/w:spacing"):
        old.getparent().remove(old)


def _style(document: Document, name: str) -> ParagraphStyle:
    """The paragraph style of that name; one that the template lacks is made, hung from Normal."""
    if name not in [style.name for style in document.styles]:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("TOC"))
        made.base_style = document.styles["Normal"]
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _font(font: Font, size: float, bold: bool, colour: str) -> None:
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)


def _keep(document: Document) -> None:
    """No heading stands alone at the foot of a page; a quotation stays with the line that places it."""
    for name in ("Heading 1", "Heading 2", "Heading 3", "Quote"):
        _style(document, name).paragraph_format.keep_with_next = True
    _style(document, ASK).paragraph_format.keep_together = True
    _style(document, ASK).paragraph_format.right_indent = Cm(0.25)


def _weak_words(document: Document) -> None:
    """Bold, underlined and shaded: three signs, so that one of them survives any printer."""
    style = document.styles.add_style(WEAK, WD_STYLE_TYPE.CHARACTER)
    style.font.bold, style.font.underline = True, True
    style.element.get_or_add_rPr().append(shading(palette.MARK))


def _links(document: Document) -> None:
    style = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.underline, style.font.color.rgb = True, RGBColor.from_string(palette.ACCENT)


def _box(document: Document) -> None:
    for side in ("top", "left", "bottom", "right"):
        border(document.styles[ASK], side, palette.ACCENT, 6, 6)
    properties = document.styles[ASK].element.get_or_add_pPr()
    properties.xpath("w:pBdr")[0].addnext(shading(palette.PANEL))


def border(style: ParagraphStyle, side: str, colour: str, eighths: int, space: int) -> None:
    """A line on one side of a style's paragraphs: width in eighths of a point, space in points."""
    properties = style.element.get_or_add_pPr()
    found = properties.xpath("w:pBdr")
    box = found[0] if found else element("pBdr")
    if not found:
        properties.insert_element_before(box, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
    box.append(element(side, val="single", sz=str(eighths), space=str(space), color=colour))
