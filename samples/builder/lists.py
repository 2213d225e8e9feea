"""The numbering part of a sample: multilevel lists tied to styles, and restarted lists of their own."""

from __future__ import annotations

from collections.abc import Sequence

from samples.builder.shapes import Level, Shape
from samples.builder.styles import STYLES
from samples.builder.xml import part, w

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
    bullets = (Level("•", "bullet", "Bullet"),)
    abstract = [_abstract(BODY, shape.body), _abstract(APPENDIX, shape.appendix), _abstract(BULLETS, bullets)]
    nums = [w("num", w("abstractNumId", val=n), numId=n) for n in (BODY, APPENDIX, BULLETS)]
    if own_lists:
        abstract.append(_abstract(ITEMS, shape.lettered))
    for number in range(ITEMS + 1, ITEMS + 1 + own_lists):
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        nums.append(w("num", w("abstractNumId", val=ITEMS), restart, numId=number))
    return part("numbering", *abstract, *nums)


def _abstract(number: int, levels: Sequence[Level]) -> str:
    inside = (_level(depth, level) for depth, level in enumerate(levels))
    return w("abstractNum", w("multiLevelType", val="multilevel"), *inside, abstractNumId=number)


def _level(depth: int, level: Level) -> str:
    left, hanging = _INDENT[level.style]
    tied = () if level.style.startswith("Item") else (w("pStyle", val=level.style),)
    spaced = level.style == "AppendixHeading" or level.text.startswith("Article")
    gap = (w("suff", val="space"),) if spaced else ()
    return w("lvl", w("start", val=1), w("numFmt", val=level.how), *tied, *gap,
             w("lvlText", val=level.text), w("lvlJc", val="left"), w("pPr", w("ind", left=left, hanging=hanging)),
             ilvl=depth)
