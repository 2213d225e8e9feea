"""Words set apart by commas between a verb's parts, put where they break no phrase.

"Bids shall, in so far as the law allows, not be opened": the caveat says nothing that is judged, and is left out.
"Bids shall, where practicable, not be opened": the escape is read at the end of its part of the sentence, so that
what it breaks in two is found whole and the escape all the same. Every word keeps its own place in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from constitution_check.lexicon import Lexicon, Row
from constitution_check.tokens import Token

_LONGEST = 24  # words of a caveat; a longer stretch between two commas is a clause of its own
# Words of it that its list may leave over ("where practicable and lawful"; "so far as the law of confidence permits").
_SLACK = {"qualifier": 2, "lawful caveat": 8}

_DENYING = frozenset(("not", "never", "nor", "neither"))
_OPENING = frozenset(("if", "where", "when", "while", "whenever", "wherever", "once", "after", "before", "until", "in"))


def set_apart(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The sentence's words in the order in which they are judged: caveats of law left out, escapes put last."""
    words = [t.lower for t in tokens]
    if "," not in words or "lawful caveat" not in lexicon.phrases:
        return list(tokens)
    # A stem keeps its escapes where they are: put last, one would stand between its "shall not" and the item's verb.
    stem = words[-1] == ":"
    row = Row(words, lexicon)
    kept: list[Token] = []
    moved: list[Token] = []
    at = 0
    while at < len(words):
        end = _end_of_aside(words, row, at)
        lawful = end is not None and _is(row, "lawful caveat", at + (words[at] == ","), end)
        if end is None or (stem and not lawful):
            if words[at] in (";", ".") and moved:
                kept, moved = [*kept, *moved], []
            kept.append(tokens[at])
            at += 1
            continue
        if not lawful:
            moved.extend(tokens[at:end])
        at = end + 1  # the comma that closes it goes with it
    return [*kept, *moved]


def _end_of_aside(words: Sequence[str], row: Row, at: int) -> int | None:
    """Where the caveat or escape that begins at word `at` ends (a comma follows); None where none begins."""
    if words[at] != "," and at:
        return None
    first = at + (words[at] == ",")
    end = next((i for i in range(first, min(first + _LONGEST, len(words))) if words[i] in (",", ";", ".")), None)
    if end is None or end == first or words[end] != ",":
        return None
    if words[at - 1] in _DENYING and words[first] in _OPENING:  # "shall not, if X, vote": else the "not" is cut off
        return end
    return end if any(_is(row, name, first, end) for name in _SLACK) else None


def _is(row: Row, name: str, first: int, end: int) -> bool:
    """Whether what the list finds from word `first` fills the stretch up to `end`."""
    return any(end - _SLACK[name] <= found <= end for found in row.ends(name, first))
