"""LISTNUM fields: automatic numbers inside a paragraph, as in "1.—(1) These Regulations …"."""

from __future__ import annotations

import re

from constitution_check.readers.word_counters import Counters
from constitution_check.readers.word_numbering import MAX_LEVEL, Level, List, Lists

_CODE = re.compile(r'LISTNUM\s+(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]\S*))?', re.IGNORECASE)
_SWITCH = re.compile(r"\\([ls])\s+(\d{1,6})", re.IGNORECASE)

# The three lists that Word has ready for this field (Word help, "LISTNUM field").
_READY = {
    "numberdefault": (("decimal", "%1)"), ("lowerLetter", "%2)"), ("lowerRoman", "%3)"), ("decimal", "(%4)"),
                      ("lowerLetter", "(%5)"), ("lowerRoman", "(%6)"), ("decimal", "%7."), ("lowerLetter", "%8."),
                      ("lowerRoman", "%9.")),
    "outlinedefault": (("upperRoman", "%1."), ("upperLetter", "%2."), ("decimal", "%3."), ("lowerLetter", "%4)"),
                       ("decimal", "(%5)"), ("lowerLetter", "(%6)"), ("lowerRoman", "(%7)"), ("lowerLetter", "(%8)"),
                       ("lowerRoman", "(%9)")),
    "legaldefault": tuple(("decimal", "".join(f"%{place}." for place in range(1, level + 2))) for level in range(9)),
}
_BUILT_IN = {
    name: List(-place, -place, {i: Level(how=how, text=text) for i, (how, text) in enumerate(levels)})
    for place, (name, levels) in enumerate(_READY.items(), start=1)
}


def listnum_label(code: str, lists: Lists, place: tuple[List, int] | None, counters: Counters) -> str:
    """Count one LISTNUM field and give the number that it shows.

    place: the list and level of the paragraph it stands in; a field that names no list goes on
    one level below, or in NumberDefault where the paragraph has no number.
    """
    match = _CODE.match(code)
    name = (match["quoted"] or match["bare"] or "") if match else ""
    switches = {letter.lower(): int(digits) for letter, digits in _SWITCH.findall(code)}
    found = lists.named(name) or _BUILT_IN.get(name.casefold()) if name else None
    level = 0
    if found is None:
        found, level = (place[0], place[1] + 1) if place else (_BUILT_IN["numberdefault"], 0)
    if "l" in switches:
        level = switches["l"] - 1
    return counters.label(found, min(max(level, 0), MAX_LEVEL), switches.get("s"))
