"""Whose constitution it is."""

from __future__ import annotations

import pytest

from constitution_check.model import Block
from constitution_check.outline import build


@pytest.mark.parametrize(
    ("lines", "kind", "name"),
    [
        (
            ["NHS Bristol Clinical Commissioning Group", "Constitution"],
            "ccg",
            "NHS Bristol Clinical Commissioning Group",
        ),
        (
            [
                "Constitution",
                "1. Name",
                "1.1 The name of this body is NHS North East and North Cumbria Integrated Care Board (the ICB).",
            ],
            "icb",
            "NHS North East and North Cumbria Integrated Care Board",
        ),
        (
            ["NHS CITY AND HACKNEY CLINICAL COMMISSIONING GROUP"],
            "ccg",
            "NHS City and Hackney Clinical Commissioning Group",
        ),
        (["NHS Merton CCG Constitution", "1. Name"], "ccg", "NHS Merton Clinical Commissioning Group"),
        (
            ["Constitution", "1. NHS [Name] Clinical Commissioning Group", "2. The CCG and its Governing Body meet."],
            "ccg",
            "",
        ),
        (["Rules", "1. The ICB meets.", "2. The integrated care board decides."], "icb", ""),
        (["Rules", "1. The club meets."], "unknown", ""),
    ],
)
def test_the_kind_and_name_of_the_body(lines: list[str], kind: str, name: str) -> None:
    body = build([Block(text=line) for line in lines], "x").body
    assert (body.kind, body.name) == (kind, name)


def test_an_icb_that_names_its_predecessors_is_an_icb() -> None:
    lines = [
        "NHS Sussex Integrated Care Board",
        "1. It succeeds NHS Brighton and Hove Clinical Commissioning Group and other CCGs, CCGs.",
    ]
    assert build([Block(text=line) for line in lines], "x").body.kind == "icb"


def test_the_title_is_the_line_that_says_constitution() -> None:
    lines = ["NHS Bristol Clinical Commissioning Group", "The Constitution", "1. Name"]
    assert build([Block(text=line) for line in lines], "x").title == "The Constitution"
