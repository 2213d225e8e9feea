"""Tables: their cells in order, each once, with its place in the grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from constitution_check.readers.word_objects import chosen_branch
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_xml import MC, VAL, W, first, number

MAX_SPAN = 64  # Word allows 63 columns
_PROPERTIES = frozenset(W + name for name in (
    "tblPr", "tblGrid", "trPr", "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr"))
_ROW, _CELL, _ROW_PROPERTIES, _CELL_PROPERTIES = W + "tr", W + "tc", W + "trPr", W + "tcPr"
_MERGES = (W + "vMerge", W + "hMerge")


class Cell(NamedTuple):
    """A cell: its table, row and column from 0 (columns of the grid, so that spans keep their place).

    continues: the cell is the lower or right part of a merged one.
    """

    element: etree._Element
    table: int
    row: int
    column: int
    continues: bool = False


def table_cells(table: etree._Element, index: int, view: View) -> Iterator[Cell]:
    """The cells of one table in one text, row by row; tracked rows and cells as that text has them."""
    rows = (row for row in _inside(table, _ROW, view) if not view.drops_row(row))
    for row_number, row in enumerate(rows):
        column = _span(number(first(row, _ROW_PROPERTIES), "gridBefore"), least=0)
        for element in _inside(row, _CELL, view):
            given = first(element, _CELL_PROPERTIES)
            properties = [] if given is None else given[:]
            if view.drops_cell(properties):
                continue
            yield Cell(element, index, row_number, column, _continues(properties))
            column += _span(number(properties, "gridSpan"), least=1)


def _inside(parent: etree._Element, tag: str, view: View) -> Iterator[etree._Element]:
    """The rows or cells below an element, through content controls and custom XML."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == MC + "AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                yield from _inside(branch, tag, view)
        elif child.tag not in _PROPERTIES and child.tag not in view.dropped:
            yield from _inside(child, tag, view)


def _span(count: int | None, least: int) -> int:
    return min(max(count or 0, least), MAX_SPAN)


def _continues(properties: list[etree._Element]) -> bool:
    for tag in _MERGES:
        merge = first(properties, tag)
        if merge is not None and merge.get(VAL, "continue") == "continue":
            return True
    return False
