"""The labels that stand before a provision: "8.6.3", "(g)", "iv.", "Schedule 2, para 4(1)(a)", "•".

A leaf module: it knows the grammar of one label and nothing of the document around it. What a
label means beside its neighbours ((i) after (h), or the first of a roman list) is for the outline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

DIVISIONS = ("Schedule", "Appendix", "Annex", "Annexe", "Attachment")
"""Words that open a part of the document with numbers of its own."""

CONTAINERS = ("Part", "Chapter")
"""Words that group sections without entering their citations."""

_SHORT_FORMS = {"s.o": "SO", "so": "SO", "sfi": "SFI", "pfp": "PFP", "para": "", "paragraph": "", "paras": ""}

_ROMAN = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_DOUBLED = "|".join(letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz")
_ITEM = rf"(?:{_ROMAN}|{_ROMAN.upper()}|{_DOUBLED}|[a-zA-Z]|\d{{1,3}}[A-Z]?)"
_BRACKETS = r"(?:\s?\((?:[ivxl]{1,6}|[a-z]{1,2}|[IVXL]{1,5}|[A-Z]{1,2}|\d{1,3}[A-Z]?)\))"
_PART = r"\d{1,3}[A-Z]{0,2}"
_AFTER = r"(?=\s|$|[A-Z“‘\"'][a-z])"

_DECIMAL = re.compile(
    rf"(?P<parts>(?:[A-Z]{{1,2}}\.?)?{_PART}(?:\.{_PART})+(?:[a-h](?=\.?\s))?|[A-Z]\.?\d{{1,2}})(?:\.(?!\d))?"
    rf"(?P<tail>{_BRACKETS}*)(?:\s(?P<closed>[a-z]|[ivx]{{1,4}})\))?:?{_AFTER}")
_NUMBER = re.compile(rf"(?P<parts>\d{{1,3}}[A-Z]?)(?:\.(?P<tail>{_BRACKETS}*)|(?P<tail2>{_BRACKETS}+)[.:]?|:){_AFTER}")
_BARE = re.compile(r"(?P<parts>\d{1,3}[A-Z]?)(?=\s+[A-Z“‘\"'(\[]|$)")
_BRACKETED = re.compile(rf"\((?P<first>{_ITEM})\)(?P<tail>{_BRACKETS}*)\.?(?=\s|$|[A-Za-z“‘\"'])")
_CLOSED = re.compile(rf"(?P<first>{_ITEM})(?P<mark>\)|\.)(?=\s|$)")
_BULLET = re.compile(r"(?P<mark>[•◦▪▫●○■□◆‣⁃∙·➢➤►✓✔❖\uf000-\uf8ff])\s*|(?P<dash>[-–—*o§])(?:\s+|$)")
_WORD = re.compile(
    r"(?P<word>schedule|appendix|annexe?|attachment|part|chapter|section|article|clause|rule|paragraph|paras?|"
    r"standing\s+order|s\.?o\.?|sfi|pfp)\s+"
    r"(?P<parts>[A-Z]{0,2}\d{1,3}[A-Z]?(?:\.\d{1,3}[A-Z]?)*|[A-Z]\b|[IVXL]{1,6}\b|one|two|three|four|five|six|seven|eight|nine|ten)"
    rf"(?P<tail>{_BRACKETS}*)(?P<stop>\s*[:.–—]|\s+[-–—](?=\s)|,|(?=\s|$))(?=\s|$)", re.IGNORECASE)
_INNER = re.compile(r"\s+(?:paragraphs?|paras?\.?)\s+\d", re.IGNORECASE)
_MONTH = re.compile(r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_QUANTITY = re.compile(
    r"\s*(?:%|[ap]\.?m\b|(?:per\s?cent|million|billion|hours?|days?|weeks?|months?|years?|WTE|times|miles?|percent)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """One label, taken apart.

    shown: as the document shows it. word: "Schedule", "Article", "SO" … or "".
    parts: the decimal parts ("8", "6", "3"). items: bracketed or lettered parts ("g", "i").
    shape: the punctuation of the last element ("(x)", "x)", "x.", "x"), or the bullet itself.
    within: the division that the label itself names ("Schedule 2" in "Schedule 2, para 4").
    weak: the words could also be ordinary text ("12 Members of"), so the neighbours must agree.
    """

    shown: str
    word: str = ""
    parts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    shape: str = "x"
    within: str = ""
    weak: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether it marks an item without numbering it."""
        return not (self.parts or self.items)

    @property
    def is_division(self) -> bool:
        """Whether it opens a schedule, appendix or annex."""
        return self.word in DIVISIONS and not self.items

    @property
    def is_container(self) -> bool:
        """Whether it groups sections without entering their citations."""
        return self.word in CONTAINERS

    @property
    def citation(self) -> str:
        """The label by itself as one would cite it: no trailing dot, items in brackets."""
        base = " ".join(filter(None, (self.word, ".".join(self.parts))))
        return base + "".join(f"({item})" for item in self.items)


@lru_cache(maxsize=4096)  # each line of a PDF is looked at several times
def split_label(text: str) -> tuple[Label, str] | None:
    """The typed label at the start of a text and the rest, or None where there is none.

    The rest is a suffix of the text: nothing in it is altered.
    """
    stripped = text.lstrip()
    for parse in (_word_label, _decimal_label, _item_label, _bullet_label):
        found = parse(stripped)
        if found is not None:
            label, end = found
            rest = stripped[end:].lstrip()
            return (label if label.weak or not _doubtful(label, rest) else replace(label, weak=True)), rest
    return None


def parse_label(shown: str) -> Label:
    """An automatic label (a whole string such as "8.6.3." or "Part A –"); never weak.

    A label outside the grammar ("Step 1:") is kept whole as its own citation.
    """
    found = split_label(shown)
    if found is not None and not found[1].strip("-–—:.) "):
        label = found[0]
        return label if label.is_bullet else replace(label, shown=shown, weak=False)
    if re.fullmatch(_ITEM, shown.strip()):
        return Label(shown, items=(shown.strip(),))
    plain = shown.strip().rstrip(".:) ").strip()
    return Label(shown, parts=(plain,)) if any(c.isalnum() for c in plain) else Label(shown, shape=plain or "•")


def pure_label(text: str) -> Label | None:
    """The label that a whole short text consists of ("8.6.3", "(a)", "4"), else None."""
    found = split_label(text) if len(text) < 25 else None
    return replace(found[0], weak=False) if found and not found[1] and not found[0].is_bullet else None


def readings(item: str) -> tuple[tuple[str, int], ...]:
    """What an item can count as: pairs of alphabet ("1", "a", "A", "i", "I") and value from 1, likeliest first."""
    if item[:1].isdigit():
        return (("1", int(re.match(r"\d+", item).group())),)  # type: ignore[union-attr]
    lower, case = item.lower(), "ai" if item.islower() else "AI"
    found = []
    if len(lower) == 1 or (len(set(lower)) == 1 and len(lower) == 2):
        found.append((case[0], ord(lower[0]) - 96 + 26 * (len(lower) - 1)))
    if re.fullmatch(_ROMAN, lower):
        found.insert(len(found) if len(lower) == 1 else 0, (case[1], _roman(lower)))
    return tuple(found)


def follows(before: Label, after: Label) -> bool:
    """Whether one label is the next after the other in one list: 8.6.3 and 8.6.4, (a) and (b), 1. and 2."""
    old, new = (*before.parts, *before.items), (*after.parts, *after.items)
    if (
        len(old) != len(new)
        or not old
        or old[:-1] != new[:-1]
        or (before.word, before.shape) != (after.word, after.shape)
    ):
        return False
    return any((alphabet, value + 1) in readings(new[-1]) for alphabet, value in readings(old[-1]))


def _roman(numeral: str) -> int:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [worth[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _items(tail: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"\((\w+)\)", tail or ""))


def _word_label(text: str) -> tuple[Label, int] | None:
    match = _WORD.match(text)
    if match is None or (text[0].islower() and match["word"].lower() not in ("para", "paragraph")):
        return None
    names_inner = match["word"].title() in DIVISIONS and bool(_INNER.match(text, match.end()))
    if match["stop"].strip() == "" and text[match.end():].lstrip()[:1].islower() and not names_inner:
        return None  # "Section 4 shall apply": a sentence about section 4
    word, value = " ".join(match["word"].split()).title(), match["parts"]
    word = _SHORT_FORMS.get(match["word"].lower().rstrip("."), word)
    if value.isalpha() and len(value) > 1 and not re.fullmatch(r"[IVXL]+", value):
        value = value.title()
    tail = _items(match["tail"])
    parts = tuple(value.split("."))
    stop = match["stop"].strip()
    if stop == "," or (not stop and names_inner):
        return _inner_label(f"{word} {value}", text, match.end()) if word in DIVISIONS else None
    if word in DIVISIONS and len(parts) > 1:
        return None
    rest = text[match.end():]
    weak = not stop and bool(rest.strip())
    return Label(text[:match.end()].strip(), word, parts, tail, "(x)" if tail else "x", weak=weak), match.end()


def _inner_label(division: str, text: str, start: int) -> tuple[Label, int] | None:
    """The rest of "Schedule 2, para 4(1)(a)"."""
    lead = re.match(r"\s*(?:paragraphs?|paras?\.?|section|clause|part)?\s*", text[start:], re.I)
    begin = start + (lead.end() if lead else 0)
    inner = _decimal_label(text[begin:]) or _item_label(text[begin:])
    if inner is None:
        return None
    label, end = inner
    shown = text[:begin + end].strip()
    return replace(label, shown=shown, within=division, weak=False), begin + end


def _decimal_label(text: str) -> tuple[Label, int] | None:
    for pattern in (_DECIMAL, _NUMBER, _BARE):
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        tail = _items(groups.get("tail") or groups.get("tail2"))
        closed = groups.get("closed")
        parts = tuple(part for part in match["parts"].split(".") if part)
        if pattern is _DECIMAL and not parts[-1][-1:].isalnum():
            continue
        bare = pattern is _BARE or (len(parts) == 1 and parts[0][0].isalpha()) or (
            parts[-1][-1].islower() and len(parts) == 2)  # "2.5b" is more often a sum than a paragraph
        shape = "x)" if closed else "(x)" if tail else "x"
        items = (*tail, closed) if closed else tail
        return Label(match.group().strip(), "", parts, items, shape, weak=bare), match.end()
    return None


def _item_label(text: str) -> tuple[Label, int] | None:
    match = _BRACKETED.match(text)
    if match is not None:
        items = (match["first"], *_items(match["tail"]))
        return Label(match.group().strip(), items=items, shape="(x)"), match.end()
    match = _CLOSED.match(text)
    if match is None:
        return None
    item = match["first"]
    weak = match["mark"] == "." and item.isupper()
    return Label(match.group(), items=(item,), shape="x" + match["mark"], weak=weak), match.end()


def _bullet_label(text: str) -> tuple[Label, int] | None:
    match = _BULLET.match(text)
    if match is None:
        return None
    mark = match["mark"] or match["dash"]
    return Label("•" if mark >= "\uf000" else mark, shape=mark), match.end()


def _doubtful(label: Label, rest: str) -> bool:
    """Whether the words after a number make it a date, a quantity or the middle of a sentence."""
    if label.is_bullet or not label.parts or label.word:
        return False
    if label.shown[-1] in ".):" and len(label.parts) == 1 and not _QUANTITY.match(rest):
        return False
    return bool(_MONTH.match(rest) or _QUANTITY.match(rest) or rest[:1].islower())
