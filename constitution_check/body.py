"""Whose constitution it is: a clinical commissioning group (to June 2022) or an integrated care board."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constitution_check.model import Body, BodyKind, Provision

_LONG = {"ccg": "Clinical Commissioning Group", "icb": "Integrated Care Board"}
_CCG = re.compile(
    r"\b(?:clinical commissioning groups?|CCGs?|the group|council of members|member practices?|governing body)\b", re.I
)
_ICB = re.compile(r"\b(?:integrated care (?:boards?|systems?|partnerships?)|ICBs?)\b", re.I)
_WORD = r"(?:[A-Z][\w’'-]*|and|of|the|in|on|upon|with|&|,)"
_NAME = re.compile(
    rf"\bNHS\s+(?P<place>[A-Z][\w’'-]*,?(?:\s+{_WORD},?){{0,9}}?)\s*\(?(?P<kind>Clinical\s+Commissioning\s+Group|CCG|"
    r"Integrated\s+Care\s+Board|ICB)\b"
)
_COVER = 40
"""Provisions from the front that name the body: cover, contents, section 1."""


def body_of(provisions: Sequence[Provision], title: str) -> Body:
    """The kind and name of the body.

    The first full name on the title, cover or in section 1 decides; without one, which body's words
    are commoner in the whole text, where they are at least twice as common as the other's.
    """
    front = [
        title,
        *(p.text for p in provisions[:_COVER]),
        *(p.text for p in provisions if p.number.split(".")[0] == "1"),
    ]
    for text in front:
        match = _NAME.search(" ".join(text.split()).replace("CLINICAL COMMISSIONING GROUP", _LONG["ccg"])
                             .replace("INTEGRATED CARE BOARD", _LONG["icb"]))
        if match is not None and "name" not in match["place"].lower():
            kind: BodyKind = "ccg" if match["kind"][0] == "C" else "icb"
            return Body(kind=kind, name=f"NHS {_tidy(match['place'])} {_LONG[kind]}")
    return Body(kind=_commoner(provisions, title))


def _tidy(place: str) -> str:
    """A name set in capitals in the case one writes it."""
    if not place.isupper():
        return place
    small = {"And", "Of", "The", "In", "On", "Upon", "With"}
    words = [word.capitalize() for word in place.split()]
    return " ".join(word.lower() if i and word in small else word for i, word in enumerate(words))


def _commoner(provisions: Sequence[Provision], title: str) -> BodyKind:
    text = "\n".join((title, *(p.text for p in provisions)))
    ccg, icb = len(_CCG.findall(text)), len(_ICB.findall(text))
    if max(ccg, icb) < 2 or min(ccg, icb) * 2 > max(ccg, icb):
        return "unknown"
    return "ccg" if ccg > icb else "icb"


def title_of(provisions: Sequence[Provision]) -> str:
    """The document's title: the first short front line that says "constitution", else its first heading, else ""."""
    front = [p for p in provisions[:_COVER] if 0 < len(p.text) <= 150 and p.number != "contents"]
    named = next(
        (p.text for p in front if re.search(r"\bconstitution\b", p.text, re.I) and not p.text.endswith(".")), ""
    )
    return named or next((p.text for p in front if p.is_heading and not p.label), "")
