"""Which provisions bind: text that is not operative never meets a demand, but it is never dropped either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from constitution_check.colour_legend import colour_name, legend_in
from constitution_check.model import Provision, Standing
from constitution_check.outline_headings import states_something

_ABOUT_ITSELF = re.compile(
    r"\b(?:approved|adopted|ratified|version|review\w*|supersedes?|updated|amended|effective|printed|copyright|©)\b|https?:|www\.",
    re.I,
)


class Flags(NamedTuple):
    """What the file says of a provision's text: contents page, hidden text, table cell, colour, unfilled prompt."""

    contents: bool = False
    hidden: bool = False
    cell: tuple[int, int, int] | None = None
    colour: str = ""
    prompt: bool = False


_NOTE_WORDS = (
    r"(?:(?:internal\s+|external\s+)?DN(?=\s*[:–—-]|[^\])]{3})|(?:internal\s+|external\s+)?drafting\s+notes?|"
    r"drafter['’]?s?\s+notes?|note\s+(?:to|for)\s+(?:draft\w*|editors?|authors?)|"
    r"(?:guidance|editor(?:ial|['’]s)?)\s+notes?(?=\s*[:–—-]))"
)
_NOTE = re.compile(rf"[\[({{<]\s*{_NOTE_WORDS}\b[^\]]*", re.I)
_BARE_NOTE = re.compile(rf"\s*{_NOTE_WORDS}\s*[:–—-]", re.I)
_PLACEHOLDER = re.compile(
    r"[\[<]\s*(?:(?:insert|please\s+(?:insert|add|complete)|to\s+be\s+(?:confirmed|inserted|added|agreed|completed|determined|advised)|"
    r"tb[cda]|add|enter|complete|delete\s+as|name\s+of|date\s+(?:of|to)|specify|number|date|name|details?)\b[^\]>]*|"
    r"[\sxX_.…?•*#-]*)[\]>]|\b(?:TBC|TBA|TBD)\b|"
    # Word's own prompts in content controls and forms that nobody has filled in.
    r"[\[<]?\b(?:click(?:\s+or\s+tap)?\s+(?:here\s+)?(?:to\s+)?(?:enter|add|insert|select|choose)\s+"
    r"(?:text|an?\s+\w+|your\s+\w+|the\s+\w+)|choose\s+(?:an\s+item|a\s+building\s+block)(?=\s*[.\]]|\s*$)|type\s+text(?=\s*[\].])|"
    r"enter\s+any\s+content\s+that\s+you\s+want\s+to\s+repeat[^.\]]*)\.?[\]>]?", re.I)
_WHOLE_PLACEHOLDER = re.compile(r"(?:to\s+be\s+(?:confirmed|agreed|inserted|determined)|x{2,}|[_.…\s]+)\.?", re.I)
_DUTY = re.compile(
    r"\b(?:shall|must|will|may\s+not|may\s+only|cannot|(?:is|are)\s+(?:to\b(?!\s+be\s+(?:a|an|the)\b)|required|obliged|bound|prohibited|"
    r"not\s+permitted|forbidden)|undertakes?\s+to)\b", re.I)
_FIRM = re.compile(
    r"\b(?:shall|must|may\s+not|may\s+only|(?:is|are)\s+(?:required|prohibited|not\s+permitted|obliged))\b", re.I
)

_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$|…{2,}\s*\d+\s*$")
_FOREWORD = re.compile(
    r"(?:chair['’]?s?\s+|chair(?:man|person|woman)['’]s\s+|joint\s+)?(?:background\s*/\s*)?(?:foreword|preface|preamble)\b|"
    r"(?:introduction|welcome|message|statement|letter)\s+(?:by|from)\b", re.I)
_DESCRIBES = re.compile(
    r"(?:about\s+(?:this|the|your)\s+\w+|introduction|executive\s+summary|summary|background(?:\s+and\s+context)?|welcome|context|"
    r"how\s+to\s+(?:use|read)\s+this\s+\w+|purpose\s+of\s+this\s+document|acknowledgements?)[.:]?", re.I)
_AIMS = re.compile(
    r"(?:our\s+|the\s+)?(?:\w+\s+)?(?:vision|mission|aims?|values|aspirations?|ambitions?|aims\s+and\s+\w+|vision\b.*|"
    r"mission\b.*|values\s+and\s+\w+|goals|objectives)(?:\s+(?:of|for)\s+the\s+\w+)?[.:]?",
    re.I,
)
_CONTROL = re.compile(
    r"(?:document|version|change|amendment|revision|review|publication)\s+(?:control|history|record|log|sheet|details|information)\b.*|"
    r"(?:history|record|table|schedule|list)\s+of\s+(?:changes|amendments|revisions|versions)\b.*|distribution(?:\s+list)?|approvals?\s+history",
    re.I,
)
_VERSION_CELLS = re.compile(
    r"(?:version(?:\s+(?:no|number))?|date(?:\s+\w+)?|author|reviewer|change|changes|amendments?|status|"
    r"summary(?:\s+of\s+\w+)?|description(?:\s+of\s+\w+)?|approved\s+by|page)[.:]?",
    re.I,
)


def standings(provisions: Sequence[Provision], flags: Sequence[Flags]) -> tuple[Provision, ...]:
    """The provisions with the standing each has; nothing else is changed.

    flags: one for each provision, in the same order.
    """
    found: list[Standing] = ["operative"] * len(provisions)
    _mark_sections(provisions, found)
    _mark_cover(provisions, found)
    _mark_version_tables(provisions, flags, found)
    _mark_notes(provisions, found)
    _mark_colours(provisions, flags, found)
    for i, flag in enumerate(flags):
        if flag.contents or _LEADERS.search(provisions[i].text):
            found[i] = "contents"
        elif flag.hidden:
            found[i] = "note"
        elif flag.prompt:
            found[i] = "placeholder"
    return tuple(p if s == p.standing else p.model_copy(update={"standing": s})
                 for p, s in zip(provisions, found, strict=True))


def note_spans(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of drafting notes and unfilled placeholders in a text, in order.

    For a paragraph that is operative as a whole: what lies in these spans is not.
    """
    spans = [(m.start(), _closing(text, m.start())) for m in _NOTE.finditer(text)]
    notes = tuple(spans)
    spans += [m.span() for m in _PLACEHOLDER.finditer(text) if not any(a <= m.start() < b for a, b in notes)]
    return sorted(spans)


def _closing(text: str, start: int) -> int:
    """The end of a bracket that opens at `start`, inner brackets counted; the text's end where it never closes."""
    pairs = {"[": "]", "(": ")", "{": "}", "<": ">"}
    opening, closing = text[start], pairs[text[start]]
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == opening) - (text[i] == closing)
        if depth == 0:
            return i + 1
    return len(text)


def _mark_notes(provisions: Sequence[Provision], found: list[Standing]) -> None:
    open_for = 0  # paragraphs that an unclosed note may still run over
    for i, provision in enumerate(provisions):
        text = provision.text
        if open_for:
            found[i] = "note"
            open_for = 0 if "]" in text else open_for - 1
            continue
        spans = note_spans(text)
        left = _without(text, spans)
        if _BARE_NOTE.match(text):
            found[i] = "note"
        elif spans and not any(c.isalnum() for c in left):
            found[i] = "note" if _NOTE.match(text.lstrip()) else "placeholder"
            if _NOTE.match(text.lstrip()) and text.lstrip()[0] == "[" and text.count("[") > text.count("]"):
                open_for = 6 if any("]" in p.text for p in provisions[i + 1:i + 7]) else 0
        elif text.strip() and _WHOLE_PLACEHOLDER.fullmatch(text.strip()):
            found[i] = "placeholder"


def _mark_colours(provisions: Sequence[Provision], flags: Sequence[Flags], found: list[Standing]) -> None:
    """Text in a colour that the document's own legend calls notes or options."""
    if not any(flag.colour for flag in flags):
        return
    legend = legend_in(provision.text for provision in provisions)
    for i, flag in enumerate(flags):
        entry = legend.get(colour_name(flag.colour)) if flag.colour and legend else None
        if entry is not None and found[i] == "operative" and not provisions[i].is_heading:
            found[i] = entry.meaning


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = max(at, end)
    return "".join((*kept, text[at:]))


def _mark_sections(provisions: Sequence[Provision], found: list[Standing]) -> None:
    """Forewords and what only describes, by heading; each ends at the next heading of its rank."""
    for i, provision in enumerate(provisions):
        if not provision.is_heading or provision.number == "contents":
            continue
        title = provision.text.strip()
        span = range(i, _section_end(provisions, i))
        words = [provisions[k].text for k in span if k != i]
        if _CONTROL.fullmatch(title):
            _fill(found, span, "cover")
        elif (
            _FOREWORD.match(title)  # it binds no one, whatever verbs it uses
            or (_DESCRIBES.fullmatch(title) and not provision.label and not any(_FIRM.search(w) for w in words))
            or (_AIMS.fullmatch(title) and not any(_DUTY.search(w) for w in words))
        ):
            _fill(found, span, "foreword")


def _section_end(provisions: Sequence[Provision], start: int) -> int:
    head = provisions[start]
    for k in range(start + 1, len(provisions)):
        other = provisions[k]
        if head.label:
            if other.level <= head.level and (other.label or other.is_heading) and not other.label.startswith("•"):
                return k
        elif other.is_heading or (other.label[:1].isalnum() and other.parent is None):
            return k
    return len(provisions)


def _fill(found: list[Standing], span: range, standing: Standing) -> None:
    for k in span:
        if found[k] == "operative":
            found[k] = standing


def _mark_cover(provisions: Sequence[Provision], found: list[Standing]) -> None:
    """The titles, dates and names at the front: what stands before the first number or the first statement."""
    first = next((i for i, p in enumerate(provisions) if _numbered(p)), 0)
    past_foreword = False
    for i in range(first):
        if found[i] != "operative":
            past_foreword = True
            continue
        if past_foreword:
            return
        text = provisions[i].text
        if _DUTY.search(text) or (len(text.split()) >= 8 and states_something(text) and not _ABOUT_ITSELF.search(text)):
            return
        found[i] = "cover"


def _numbered(provision: Provision) -> bool:
    return provision.label != "" and any(c.isalnum() for c in provision.label) and provision.number != "contents"


def _mark_version_tables(provisions: Sequence[Provision], flags: Sequence[Flags], found: list[Standing]) -> None:
    """A table whose first row reads Version, Date, Author … is document control."""
    heads: dict[int, list[str]] = {}
    for provision, flag in zip(provisions, flags, strict=True):
        if flag.cell is not None and flag.cell[1] == 0:
            heads.setdefault(flag.cell[0], []).append(provision.text.strip())
    control = {
        table
        for table, row in heads.items()
        if sum(bool(_VERSION_CELLS.fullmatch(c)) for c in row) >= 2
        and any(c.lower().startswith("version") for c in row)
    }
    for i, flag in enumerate(flags):
        if flag.cell is not None and flag.cell[0] in control:
            found[i] = "cover"
