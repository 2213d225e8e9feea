"""The passages of a clause file's examples, read line by line: a check needs what they say, and nothing else of them.

Read as Markdown and checked as records the examples would take a third of the time in which the library loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from constitution_check.clause_records import Saying

_EXPECTED = re.compile(r"- (?P<limb>[\w-]+): (?P<status>met|weakened|contradicted|absent)(?P<kinds> \([^)]*\))?"
                       r"(?: at (?P<at>[\d, ]+))?\s*$")
_LINE = re.compile(r"> ?(?P<kind>[hpai]): (?P<text>.+)")
_FEW = 2  # lines of which each may show what an example that names no line shows


def sayings(section: str) -> Iterator[Saying]:
    """What the lines of the examples say, from the text of the section that holds them.

    A line that a faulty example misplaces is left out here; the faults are named where the examples are checked.
    """
    for example in section.split("\n### ")[1:]:
        lines = [found for line in example.split("\n") if (found := _LINE.match(line))]
        limbs = [found for line in example.split("\n") if (found := _EXPECTED.match(line))]
        few = len([line for line in lines if line["kind"] != "h"]) <= _FEW
        for number, line in enumerate(lines, 1):
            if line["kind"] == "h":
                continue
            shows = tuple(limb["limb"] for limb in limbs
                          if limb["status"] in ("met", "weakened") and _stands_at(limb["at"], number, few))
            misses = tuple(limb["limb"] for limb in limbs if limb["status"] == "absent" and not limb["kinds"])
            if shows or misses:
                yield Saying(text=line["text"], shows=shows, misses=misses)


def _stands_at(at: str | None, number: int, few: bool) -> bool:
    return few if at is None else number in [int(n) for n in at.split(",") if n.strip()]
