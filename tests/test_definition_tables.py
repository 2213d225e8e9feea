"""Tables of definitions are read as definitions, whether or not a word such as "means" says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import para, run, style, word_file

from constitution_check.definition_tables import terms_explained
from constitution_check.library import load_library
from constitution_check.model import Block, Constitution
from constitution_check.outline import build
from constitution_check.pipeline import lexicon_of
from constitution_check.readers.word import read_word
from constitution_check.units import read_units


def rows(*cells: tuple[str, str], table: int = 0) -> list[Block]:
    return [Block(text=text, kind="cell", cell=(table, row, column))
            for row, pair in enumerate(cells) for column, text in enumerate(pair)]


@pytest.mark.parametrize(("above", "cells", "terms"), [
    ("Appendix 1 Definitions", [("Area", "the county"), ("Relevant Contract", "one over £5m")],
     ["Area", "Relevant Contract"]),
    ("Meetings", [("Term", "Meaning"), ("“Area”", "the county")], ["Area"]),
    ("Meetings", [("Area", "means the county"), ("Notice", "is given by the secretary")], ["Area"]),
    ("Meetings", [("Role", "Description"), ("Chair", "leads the Board")], []),
    ("Glossary of terms", [("Area", "the county")], ["Area"]),
    ("Definitions of roles are elsewhere, and this paragraph is far too long for a heading.", [("Chair", "leads")], []),
])
def test_terms_are_known_by_heading_row_or_verb(above: str, cells: list[tuple[str, str]], terms: list[str]) -> None:
    assert list(terms_explained([Block(text=above), *rows(*cells)]).values()) == terms


def tree(*blocks: Block) -> Constitution:
    return build(blocks, "x")


def test_a_row_of_a_table_of_definitions_defines_and_demands_nothing() -> None:
    made = tree(Block(text="1. Meetings", heading_level=1), Block(text="1.1 Each Open Meeting shall be in public."),
                Block(text="Definitions", heading_level=1),
                *rows(("Term", "Meaning"), ("Open Meeting", "The annual general meeting. It shall be held in May.")))
    assert [p.defines for p in made.provisions if p.defines] == ["Open Meeting"]
    units = read_units(made, lexicon_of(load_library(examples=False)))
    defining = next(unit for unit in units.units if unit.provision.defines and unit.span[0] == 0)
    assert units.definitions["open meeting"] == [defining.index]
    assert defining.is_definition
    assert [unit.is_definition for unit in units.units if unit.provision.defines] == [True, False]
    clause = next(unit for unit in units.units if unit.provision.number == "1.1")
    assert defining in units.definitions_for(clause)


def test_a_word_file_with_such_a_table(tmp_path: Path) -> None:
    terms = (("Relevant Contract", "a contract worth over £5 million"), ("Area", "the county"))
    table = "".join(f"<w:tr><w:tc>{para(run(term, '<w:b/>'))}</w:tc><w:tc>{para(meaning)}</w:tc></w:tr>"
                    for term, meaning in terms)
    body = para("Appendix 1: Definitions", '<w:pStyle w:val="H"/>') + f"<w:tbl>{table}</w:tbl>"
    path = word_file(tmp_path, body, styles=style("H", '<w:outlineLvl w:val="0"/>', name="heading 1"))
    provisions = build(read_word(path).blocks, "x").provisions
    assert [(p.defines, p.text, p.part) for p in provisions if p.defines] == [
        ("Relevant Contract", "a contract worth over £5 million", "Appendix 1"), ("Area", "the county", "Appendix 1")]
