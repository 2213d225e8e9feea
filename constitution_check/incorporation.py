"""Whether the constitution makes another document part of itself, and by what words.

"The Governance Handbook forms part of this Constitution" does, unless the document may change without the
constitution ("as amended from time to time"), or says itself that it is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from constitution_check.model import Constitution, Evidence
from constitution_check.units import Units

_WHOLE = r"(?:this|the|its|our)\s+(?:[\w’'-]+\s+){0,6}?constitution"
_JOINS = re.compile(
    rf"\b(?:form|forms|forming|constitutes?|is|are|as|be|becomes?)\s+(?:an?\s+)?(?:integral\s+|essential\s+)?"
    rf"part\s+of\s+{_WHOLE}|"
    rf"\b(?:incorporated|included)\s+(?:by\s+reference\s+)?(?:in|into|within)\s+{_WHOLE}|"
    r"\bas\s+if\s+(?:(?:it|they|these|the\s+same)\s+)?(?:(?:was|were|had\s+been)\s+)?(?:fully\s+)?"
    r"(?:incorporated|set\s+out|written)\s+(?:in|into|within|here)", re.I)
_LEFT_OPEN = re.compile(
    r"\b(?:not|n['’]t|neither|nor|no|never|may|might|could|should|intend\w*|unless|if|until|from\s+time\s+to\s+time|"
    r"as\s+(?:may\s+be\s+)?(?:amended|revised|updated)|current|latest|in\s+force\s+at|without)\b", re.I)
_NO_PART = re.compile(
    rf"\b(?:not|n['’]t|neither|nor|no|never)\b[^.;]{{0,40}}\bpart\s+of\s+{_WHOLE}|\bsubordinate\s+to\s+{_WHOLE}|"
    rf"\boutside\s+{_WHOLE}", re.I)
_PARENS = re.compile(r"\([^()]*\)")
_KINDS = ("handbook", "policy", "policies", "orders", "instructions", "scheme", "code", "protocol", "procedure",
          "procedures", "strategy", "manual", "charter", "framework", "guide", "rules", "plan")
_ENOUGH = ("handbook", "orders", "instructions", "manual")  # a body has one of these; of policies it has many
_NO_NAME = frozenset("the a an of and on for to in nhs icb ccg group board integrated care clinical commissioning "
                     "version draft final new our its this constitution".split())
_WORDS = re.compile(r"[a-z]+")
_NEAR = 6  # words on either side of "policy" that may say which policy


def words_that_join(constitution: Units, other: Constitution) -> Evidence | None:
    """The constitution's sentence that makes the other document part of itself, None where none does."""
    if any(_NO_PART.search(p.text) for p in other.provisions if p.standing != "note"):
        return None
    names = set(_names_of(other))
    for unit in constitution.units:
        text = unit.provision.text[slice(*unit.span)]
        stems = unit.stem_provisions if unit.stem_provisions and unit.span[0] == 0 else ()
        whole = " ".join([*(p.text for p in stems), text])
        if not unit.operative or not _JOINS.search(whole):
            continue
        if not _LEFT_OPEN.search(_PARENS.sub(" ", whole)) and _named(text, names):
            where = unit.provision if _JOINS.search(text) or not stems else stems[-1]
            return Evidence.of(constitution.constitution.source, where, *(unit.span if where is unit.provision else ()))
    return None


def _names_of(other: Constitution) -> Iterator[tuple[str, frozenset[str]]]:
    """What the document may be called: its kind ("policy") and what else its title or file name says of it."""
    front = [p.text for p in other.provisions[:6] if len(p.text) <= 120 and (p.is_heading or p.standing == "cover")]
    for title in (other.title, PurePath(other.source).stem, *front):
        words = _WORDS.findall(title.lower())
        for kind in (word for word in words if word in _KINDS):
            yield kind, frozenset(words) - _NO_NAME - {kind}


def _named(text: str, names: Iterable[tuple[str, frozenset[str]]]) -> bool:
    words = _WORDS.findall(text.lower())
    for kind, others in names:
        for at in (i for i, word in enumerate(words) if word == kind):
            around = set(words[max(0, at - _NEAR):at + _NEAR + 1])
            if kind in _ENOUGH or others & around:
                return True
    return False
