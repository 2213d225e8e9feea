"""The numbering part of a sample: multilevel lists tied to styles, and restarted lists of their own."""

from __future__ import annotations

from collections.abc import Sequence

from samples.builder.shapes import Level, Shape
from samples.builder.styles import STYLES

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY, APPENDIX, BULLETS, ITEMS = 1, 2, 3, 4
_INDENT = {style.id: (style.left, style.hanging) for style in STYLES}


def list_number(list_id: str) -> int:
    """The w:numId of a list by the name that counting gave it."""
    if list_id.startswith("items "):
        return ITEMS + int(list_id.removeprefix("items "))
    return {"body": BODY, "appendix": APPENDIX}[list_id]


def style_levels(shape: Shape) -> dict[str, tuple[int, int]]:
    """For each style tied to a list: the list's number and the level. A level can be tied to one style only."""
    tied = {level.style: (BODY, depth) for depth, level in enumerate(shape.body)}
    tied |= {level.style: (APPENDIX, depth) for depth, level in enumerate(shape.appendix)}
    return tied | {"Bullet": (BULLETS, 0)}


def numbering_xml(shape: Shape, own_lists: int) -> str:
    """The numbering part; own_lists: how many lettered lists of their own there are, each restarted by an override."""
    bullet = (f'<w:abstractNum w:abstractNumId="{BULLETS}"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
              '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1418" '
              'w:hanging="425"/></w:pPr></w:lvl></w:abstractNum>')
    abstract = _abstract(BODY, shape.body) + _abstract(APPENDIX, shape.appendix) + bullet
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (BODY, APPENDIX, BULLETS))
    if own_lists:
        abstract += _abstract(ITEMS, shape.lettered)
        nums += "".join(
            f'<w:num w:numId="{ITEMS + k}"><w:abstractNumId w:val="{ITEMS}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
            '</w:lvlOverride></w:num>' for k in range(1, own_lists + 1))
    return f"<w:numbering {_NS}>{abstract}{nums}</w:numbering>"


def _abstract(number: int, levels: Sequence[Level]) -> str:
    inside = "".join(_level(depth, level) for depth, level in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'


def _level(depth: int, level: Level) -> str:
    left, hanging = _INDENT[level.style]
    tied = "" if level.style.startswith("Item") else f'<w:pStyle w:val="{level.style}"/>'
    gap = '<w:suff w:val="space"/>' if level.style == "AppendixHeading" or level.text.startswith("Article") else ""
    return (f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.how}"/>{tied}{gap}<w:lvlText w:val="{level.text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>')
