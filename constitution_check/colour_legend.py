"""Text in colour: a draft may set options in green and notes in red, and may say so in a legend.

A colour means something only where the document says what: a legend that calls text of a colour notes, guidance or
options takes that text out of what binds. Without a legend coloured text is read like the rest, and the report says
that it is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from colorsys import rgb_to_hls
from typing import Literal, NamedTuple

from constitution_check.model import Block

FEWEST = 3  # paragraphs of one colour: one or two are a warning or a motto, not a way of marking text
_LONGEST = 90  # words of a paragraph that may be a legend
_LEAST_STRENGTH = 0.25  # saturation below which a colour is a grey; and lightness within which it is one at all
_DARKEST, _LIGHTEST = 0.16, 0.93
_HUES = ((12, "red"), (46, "orange"), (70, "yellow"), (165, "green"), (195, "turquoise"), (255, "blue"),
         (290, "purple"), (340, "pink"), (361, "red"))  # up to these degrees of the circle of colours
_SYNONYMS = {"amber": "orange", "teal": "turquoise", "violet": "purple", "magenta": "pink", "navy": "blue"}

Meaning = Literal["note", "placeholder"]


class Entry(NamedTuple):
    """What a legend says of one colour, and its words."""

    meaning: Meaning
    words: str


_COLOURS = "red|orange|amber|yellow|green|turquoise|teal|blue|navy|purple|violet|pink|magenta"
_NOUN = (r"(?:text|wording|words|type|fonts?|italics?|print|paragraphs?|clauses?|provisions?|passages?|sections?|"
         r"sentences?|notes?|guidance|instructions?|options?|content|anything|everything|parts?|comments?)")
# A colour as a way of marking text: "text in green", "notes are shown in red", "blue italics", "Green: optional".
_MARKS_TEXT = re.compile(
    rf"\b{_NOUN}\b[^.;]{{0,60}}?\b(?:in|is|are|be|as|shown|marked|coloured|printed|set|written)\s+"
    rf"(?:(?:in|light|dark|bright|bold)\s+)*(?:{_COLOURS})\b(?!\s+(?:book|paper|plan|list))"
    rf"|\b(?:{_COLOURS})\s*(?:(?:italic\s+|bold\s+)?{_NOUN}\b|[=:–—-])", re.I)
_NAMED = re.compile(rf"\b(?:{_COLOURS})\b", re.I)
_IS_NOTE = re.compile(
    r"\b(?:notes?|guidance|instructions?|commentary|comments?|explanat\w+|explains?|advice|advisory|"
    r"(?:to|must|should|will|can)\s+(?:then\s+)?be\s+(?:deleted|removed|taken\s+out)|"
    r"(?:is|are|do(?:es)?)\s+not\s+(?:form\s+)?(?:a\s+)?part)\b", re.I)
_IS_OPTION = re.compile(
    r"\b(?:optional|options?|alternatives?|if\s+(?:applicable|wanted|required|needed)|delete\s+(?:as|if)\w*|"
    r"may\s+be\s+(?:left\s+out|omitted|deleted|amended|changed|adapted)|(?:to|must|should)\s+be\s+(?:completed|inserted|added|"
    r"confirmed|agreed|populated|filled\s+in)|local(?:ly)?\s+(?:determin\w+|choice|discretion|agreed)|not\s+yet\s+agreed|"
    r"proposed|for\s+discussion)\b", re.I)
# What is said of one colour ends where another is named: "options are green, notes red and questions blue".
_APART = re.compile(rf"[.;\n]|(?:,|\band\b)(?=[^,.;]*\b(?:{_COLOURS})\b)", re.I)


def colour_name(colour: str) -> str:
    """The everyday name of an RRGGBB colour; "" for black, white and greys, and for what is no colour."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return ""
    red, green, blue = (int(colour[at:at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, strength = rgb_to_hls(red, green, blue)
    if strength < _LEAST_STRENGTH or not _DARKEST <= lightness <= _LIGHTEST:
        return ""
    return next(name for end, name in _HUES if hue * 360 < end)


def legend_in(texts: Iterable[str]) -> dict[str, Entry]:
    """What the document says that its colours mean, by the colour's name; the first word on each colour counts."""
    found: dict[str, Entry] = {}
    for text in texts:
        if len(text.split()) > _LONGEST or not _NAMED.search(text) or not _MARKS_TEXT.search(text):
            continue
        for part in _APART.split(text):
            meaning = _meaning(part)
            if meaning is None:
                continue
            for name in (match[0].lower() for match in _NAMED.finditer(part)):
                found.setdefault(_SYNONYMS.get(name, name), Entry(meaning, " ".join(text.split())))
    return found


def _meaning(part: str) -> Meaning | None:
    if _IS_OPTION.search(part):
        return "placeholder"
    return "note" if _IS_NOTE.search(part) else None


def colour_notes(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What a report says of a text's colours: how many paragraphs are in each, and how they were read."""
    counts = Counter(name for block in blocks
                     if block.kind != "heading" and block.text and (name := colour_name(block.colour)))
    legend = legend_in(block.text for block in blocks if block.text) if counts else {}
    notes = [_explained(name, counts[name], legend[name]) for name in counts if name in legend]
    plain = [(name, number) for name, number in counts.most_common() if name not in legend and number >= FEWEST]
    if plain:
        listed = _listed([f"{_paragraphs(number, first=not n)} in {name}" for n, (name, number) in enumerate(plain)])
        notes.append(f"{listed}. The document does not say what that means, so they were read like the rest; ask "
                     "whether any of them is a note or only an option.")
    return tuple(notes)


def _explained(name: str, number: int, entry: Entry) -> str:
    what = "notes, which bind" if entry.meaning == "note" else "wording that is not settled, which binds"
    return (f"{_paragraphs(number, first=True)} in {name}. The document says of that colour: “{entry.words}” Text in "
            f"{name} was therefore taken for {what} no one.")


def _paragraphs(number: int, first: bool) -> str:
    if not first:
        return f"{number}"
    return f"{number} paragraph is" if number == 1 else f"{number} paragraphs are"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
