"""Quotations: each passage of a finding once, where it stands, and the weak words in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from constitution_check.model import Evidence, LimbResult, Near, Weakness
from constitution_check.reports.clean import clean


@dataclass(frozen=True)
class Passage:
    """One quotation of a finding: where it stands, its words, and the weak words in it.

    marks: spans of the weak words, as positions in `quote`.
    whys: why it falls short, where it is only the nearest passage; empty where it counts.
    """

    place: str
    heading: str
    quote: str
    marks: tuple[tuple[int, int], ...] = ()
    whys: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[tuple[str, bool], ...]:
        """The quotation cut at its marks: (text, whether these are weak words)."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            pieces += [(self.quote[at:start], False), (self.quote[start:end], True)]
            at = end
        pieces.append((self.quote[at:], False))
        return tuple((text, weak) for text, weak in pieces if text)


@dataclass
class _Group:
    """Spans of one provision that touch, joined: the widest quotation and every reason."""

    evidence: Evidence
    whys: list[str] = field(default_factory=list)
    counts: bool = False


def paragraph_words(number: str) -> str:
    """A paragraph number as it is cited: "paragraph 8.6.3(g)", "unnumbered text after 4.2"."""
    number = clean(number).strip()
    if not number:
        return "unnumbered text"
    if number.startswith(("after ", "before ")):
        return f"unnumbered text {number}"
    if number.startswith("note "):
        text = number.removeprefix("note ").removeprefix("to ")
        return f"the note to {paragraph_words(text)}"
    return f"paragraph {number}" if re.match(r"[\d(]|[A-Za-z]\d", number) else number


def place(evidence: Evidence, several: bool = False) -> str:
    """Where a passage stands: "paragraph 8.6.3(g), page 12", with the document where there are several."""
    parts = [paragraph_words(evidence.paragraph)]
    if evidence.page is not None:
        printed = f" (printed {clean(evidence.printed_page)})" if evidence.printed_page else ""
        parts.append(f"page {evidence.page}{printed}")
    if several:
        parts.append(clean(evidence.source))
    return ", ".join(parts)


def passages(limbs: Iterable[LimbResult], several: bool = False) -> tuple[Passage, ...]:
    """Every passage that the limbs rest on or come near, each once, with its weak words marked.

    A weakness whose words stand in no such passage (an override elsewhere) gets one of its own.
    """
    limbs = tuple(limbs)
    groups: list[_Group] = []
    for limb in limbs:
        for evidence in limb.evidence:
            _join(groups, evidence)
        for near in limb.nearest:
            _join(groups, near)
    weaknesses = [w for limb in limbs for w in limb.weaknesses if w.quote.strip()]
    told = tuple(_told(group, weaknesses, several) for group in groups)
    return told + tuple(_apart(w, several) for w in weaknesses if not any(_holds(g.evidence, w) for g in groups))


def _join(groups: list[_Group], span: Evidence) -> None:
    group = next((g for g in groups if _touches(g.evidence, span)), None)
    if group is None:
        group = _Group(span)
        groups.append(group)
    elif len(span.quote) > len(group.evidence.quote):
        group.evidence = span
    if not isinstance(span, Near):
        group.counts = True
    elif span.why not in group.whys:
        group.whys.append(span.why)


def _touches(one: Evidence, other: Evidence) -> bool:
    """Whether one span lies within the other; spans that only overlap are quoted apart, verbatim."""
    same = (one.source, one.paragraph) == (other.source, other.paragraph)
    return same and (other.quote in one.quote or one.quote in other.quote)


def _holds(evidence: Evidence, weakness: Weakness) -> bool:
    same = evidence.paragraph == weakness.paragraph and weakness.source in ("", evidence.source)
    return same and weakness.quote in evidence.quote


def _told(group: _Group, weaknesses: list[Weakness], several: bool) -> Passage:
    """The passage with its marks; a weakness that is the whole quotation marks nothing apart in it."""
    quote = group.evidence.quote
    spans = [(m.start(), m.end()) for w in weaknesses if _holds(group.evidence, w)
             for m in re.finditer(_whole_words(w.quote), quote) if len(w.quote) < 0.9 * len(quote)]
    return Passage(place=place(group.evidence, several), heading=clean(group.evidence.heading), quote=clean(quote),
                   marks=_merged(spans), whys=() if group.counts else tuple(clean(why) for why in group.whys))


def _whole_words(words: str) -> str:
    """A pattern that finds the words as words: "may" is not marked in "dismay"."""
    return (r"\b" if words[0].isalnum() else "") + re.escape(words) + (r"\b" if words[-1].isalnum() else "")


def _apart(weakness: Weakness, several: bool) -> Passage:
    quote = clean(weakness.quote)
    where = paragraph_words(weakness.paragraph)
    if several and weakness.source:
        where += f", {clean(weakness.source)}"
    return Passage(place=where, heading="", quote=quote, marks=((0, len(quote)),))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
