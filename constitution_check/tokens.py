"""Words and sentences of a text, by spaCy's blank English pipeline with our own exceptions.

Two things of spaCy's are changed: it would end a sentence after "para." or "No.", and it leaves a
semicolon list as one sentence, which is right here because a list shares its governing verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# Abbreviations of legal prose after which a full stop ends nothing.
_ABBREVIATIONS = ("para.", "paras.", "s.", "ss.", "sch.", "cl.", "art.", "reg.", "regs.", "no.", "nos.", "pt.", "app.",
                  "ltd.", "dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "i.e.", "e.g.", "etc.", "cf.", "v.", "p.", "pp.")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"})
_STOP = re.compile(r"[.?!]['\")\]’”]*\s+(?=[\"'(\[“‘]?[A-Z0-9£])")
_LAST_WORD = re.compile(r"(\S+)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: folded lower-case form, and where it stands (characters of its text)."""

    lower: str
    start: int
    end: int
    capital: bool


@cache
def _language() -> Language:
    import spacy

    language = spacy.blank("en")
    for short in _ABBREVIATIONS:
        for form in (short, short.capitalize()):
            language.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]
    return language


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of `text`; hyphens, dashes and quotation marks are folded to their plain forms.

    Folding maps one character to one, so offsets are those of the text as given.
    """
    folded = text.translate(_FOLD)
    made = []
    for token in _language().make_doc(folded):
        word = token.text
        if not word.strip():
            continue
        made.extend(_pieces(word, token.idx))
    return tuple(made)


def _pieces(word: str, offset: int) -> list[Token]:
    """A token, cut at hyphens and slashes that spaCy left inside it ("sub-committee")."""
    if len(word) < 3 or not ("-" in word or "/" in word) or word[0].isdigit():
        return [Token(word.lower(), offset, offset + len(word), word[:1].isupper())]
    return [Token(m.group().lower(), offset + m.start(), offset + m.end(), m.group()[:1].isupper())
            for m in re.finditer(r"[^-/]+|[-/]", word)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as character spans that together cover it."""
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        before = _LAST_WORD.search(text[: stop.start() + 1])
        if before and before.group(1).lower().lstrip("([\"'“‘") in _ABBREVIATIONS:
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return [(a, a + len(text[a:b].rstrip())) for a, b in spans]
