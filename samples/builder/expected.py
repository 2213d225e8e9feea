"""What is expected of a sample, as its keeper wrote it beside the text, with the numbers that its paragraphs have.

A line reads `limb = "weakened: narrowed qualified @register @handbook"`: the status, the kinds of weakness, and the
names of the paragraphs that must be among the evidence.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from samples.builder.markup import Source
from samples.builder.numbers import numbered
from samples.builder.shapes import SHAPES


def expected_of(path: Path, source: Source) -> dict[str, Any]:
    """The expectations in this file as expected.json has them. Raises KeyError for a paragraph that is not there."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    cited = {n.line.anchor: n.cited for n in numbered(source.lines, SHAPES[source.head["shape"]]) if n.line.anchor}
    return {"shows": read.pop("shows"), "body": {"kind": source.head["kind"], "name": source.head["name"]},
            "safeguards": {name: _safeguard(rows, cited) for name, rows in read.items()}}


def _safeguard(rows: dict[str, str], cited: dict[str, str]) -> dict[str, Any]:
    verdict, _, contradicted = rows.pop("verdict").partition(", ")
    made: dict[str, Any] = {"verdict": verdict, "contradicted": contradicted == "contradicted"}
    if "as_current" in rows:
        made["as_current"] = rows.pop("as_current")
    return made | {"limbs": {limb: _limb(text, cited) for limb, text in rows.items()}}


def _limb(text: str, cited: dict[str, str]) -> dict[str, Any]:
    status, *words = text.replace(":", "").split()
    return {"status": status, "kinds": sorted(word for word in words if not word.startswith("@")),
            "paragraphs": [cited[word[1:]] for word in words if word.startswith("@")]}
