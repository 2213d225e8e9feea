"""Text fit to be shown: no character that a terminal obeys or that XML cannot hold."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and line feed (a terminal obeys them, Word files may not hold them),
# lone surrogates and non-characters (neither UTF-8 nor XML can carry them), and the marks that turn
# the direction of text round (they can make a quotation read otherwise than it stands).
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text with every unshowable character turned into U+FFFD, one for one.

    The length stays the same, so that positions in a quotation still hold. A carriage return,
    vertical tab and form feed become spaces, since they only ever part words.
    """
    return _UNSHOWABLE.sub("\ufffd", re.sub("[\r\x0b\x0c\x85]", " ", text))
