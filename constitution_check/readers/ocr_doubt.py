"""Where in a paragraph's text the words stand that were read from a picture and are uncertain."""

from __future__ import annotations

from collections.abc import Iterable

from constitution_check.readers.pdf_chars import Segment

_ASTRAY = 40
"""Characters within which a word is looked for: labels and hyphens between are few."""


def doubtful_spans(text: str, segments: Iterable[Segment]) -> tuple[tuple[int, int], ...]:
    """The spans (start, end) of `text` that hold uncertain words of the segments it was made of, in order.

    A word that was changed on the way (a hyphen at a line's end, a label taken off) is passed over, but an uncertain
    one that cannot be found again makes the next word uncertain: nothing is lost.
    """
    spans: list[tuple[int, int]] = []
    at, owed = 0, False
    for segment in segments:
        for word, unsure in getattr(segment, "words", ()):
            start = text.find(word, at, at + len(word) + _ASTRAY)
            if start < 0:
                stem = word.rstrip("-\x02")
                start, word = text.find(stem, at, at + len(stem) + _ASTRAY), stem
            if start < 0 or not word:
                owed = owed or (unsure and at > 0)
                continue
            if unsure or owed:
                spans.append((start, start + len(word)))
            at, owed = start + len(word), False
    if owed and text:
        spans.append((max(0, len(text) - 1), len(text)))
    return tuple(spans)
