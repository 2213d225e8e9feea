"""Sentences as strings: where their one governing modal stands, and what can be changed without breaking them.

These rules know nothing of the checker's own reading. They pass over every sentence of which they are not sure:
a neighbour that is not made proves nothing, one that is badly made proves something false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[;:,.()]|\S")
DUTY = frozenset("shall must will".split())
_MODALS = DUTY | frozenset("may can could should would ought might cannot need".split())
_FINITE = frozenset("is are was were has have does do holds goes".split())
NEGATORS = frozenset("not no never none nothing nobody neither nor without cannot".split())
_EXCEPTIONS = frozenset("only unless except save until till alone solely exclusively otherwise other but".split())
_SUBORDINATORS = frozenset(
    "who which that whose whom where wherever when whenever if what whatever whoever whether how as because so once "
    "than".split())
_OPENS = _SUBORDINATORS | {"before", "after", "until", "while", "unless", "although", "though"}
_SUBJECTS = frozenset("they it he she we the a an its their any each every this these".split())
_ACTORS = frozenset(
    "group ccg icb board body committee committees we it they provider providers contractor contractors panel members "
    "member officer officers secretary chair council supplier suppliers everyone anyone bidder bidders tenderer "
    "tenderers employer employers person persons practice practices executive organisation organisations company "
    "companies trust authority director directors whoever commissioners buyers".split())
_NO_VERB = frozenset(
    "be not only also always never so then at in by before after when where if on within for as each first either both "
    "to itself themselves and or have need normally".split())
_BROAD = frozenset("whatever regardless irrespective however size sizes value matter".split())


@dataclass(frozen=True)
class Sentence:
    """A sentence's words, in lower case, each with where it starts and ends in the line's text."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def has(self, *among: frozenset[str]) -> bool:
        """Whether any of the words stands in the sentence ("isn't" holds "not")."""
        return any(word in group or (word.endswith(("n't", "n’t")) and "not" in group)
                   for word in self.words for group in among)

    def start(self, n: int) -> int:
        """Where word n starts."""
        return self.spans[n][0]

    def end(self, n: int) -> int:
        """Where word n ends."""
        return self.spans[n][1]


def sentence_of(text: str, start: int, end: int) -> Sentence:
    """The sentence at characters start to end of a line."""
    found = list(_TOKEN.finditer(text, start, end))
    return Sentence(text, tuple(t.group().lower().replace("’", "'") for t in found), tuple(t.span() for t in found))


def modals(sentence: Sentence) -> list[int]:
    """Every modal, "is to" and "are to" included, by its word's number."""
    words = sentence.words
    return [n for n, word in enumerate(words)
            if word in _MODALS or (word in ("is", "are") and words[n + 1:n + 2] == ("to",))]


def one_clause(sentence: Sentence) -> bool:
    """Whether a single main verb governs the sentence: no second clause that stands by itself."""
    if ";" in sentence.words or {"but", "whereas", "and", "or", "nor"} & set(sentence.words[:1]):
        return False
    if sentence.words[-1:] in ((":",), (",",)) and not modals(sentence):
        return False
    return all(set(sentence.words[max(0, n - 10):n]) & _OPENS for n in _finite(sentence))


def _finite(sentence: Sentence) -> list[int]:
    """Verbs that may open a clause of their own; not "shall have", not "is to"."""
    return [n for n, word in enumerate(sentence.words)
            if word in _FINITE and not set(sentence.words[max(0, n - 3):n]) & _MODALS
            and sentence.words[n + 1:n + 2] != ("to",)]


def governing(sentence: Sentence) -> int | None:
    """The sentence's one modal, where it is a duty and governs the whole; None where that is not sure."""
    found = modals(sentence)
    if len(found) != 1 or sentence.words[found[0]] not in DUTY or not one_clause(sentence):
        return None
    at = found[0]
    before = sentence.words[:at]
    if at < 2 and before[-1:] and before[0] in NEGATORS | {"nor", "so", "only"}:
        return None  # "Never shall the weight be less": the subject follows
    for n in range(max(0, at - 5), at):
        if before[n] in _SUBORDINATORS and before[n + 1:n + 2] and before[n + 1] in _SUBJECTS:
            return None  # "the meeting at which they will be considered"
    return None if before[-1:] and before[-1] in _SUBORDINATORS else at


def plain(sentence: Sentence) -> bool:
    """Whether nothing denies, excepts or limits in it."""
    return not sentence.has(NEGATORS, _EXCEPTIONS)


def excepts(sentence: Sentence) -> bool:
    """Whether it names an exception, so that another would make it hard to read."""
    return sentence.has(_EXCEPTIONS)


def takes_regard(sentence: Sentence, modal: int) -> bool:
    """Whether "shall X" can become "shall have regard to the need to X": someone acts, and the verb follows."""
    after = sentence.words[modal + 1:modal + 2]
    return (bool(after) and after[0].isalpha() and after[0] not in _NO_VERB and not after[0].endswith("ly")
            and modal > 0 and sentence.words[modal - 1] in _ACTORS)


def speaks_of_people(sentence: Sentence) -> bool:
    """Whether its subject are people to whom a right is given ("Members of the public may ask")."""
    return bool(re.match(r"(?:the |any |every |each |all |an? )?(?:members? of the public|public\b|anyone|anybody|"
                         r"everyone|people|residents?|citizens?|members?\b(?! of the (?:board|governing))|practices?\b|"
                         r"persons?\b|staff\b|employees?|whoever|observers?)", sentence.text[sentence.start(0):], re.I))


def all_covered(sentence: Sentence) -> bool:
    """Whether it says that size or value makes no difference."""
    return sentence.has(_BROAD)


def inserted(text: str, at: int, words: str) -> str:
    """The text with words put in at a character."""
    return text[:at] + words + text[at:]


def replaced(text: str, span: tuple[int, int], words: str) -> str:
    """The text with other words for a span; a capital stays a capital."""
    old = text[span[0]:span[1]]
    return text[:span[0]] + (words.capitalize() if old[:1].isupper() and len(old) > 1 else words) + text[span[1]:]


def fronted(sentence: Sentence, words: str) -> str | None:
    """The line with "Words, " before the sentence; None where its first word may be a name or opens a condition."""
    first, at = sentence.words[0], sentence.start(0)
    if first not in _SUBJECTS | frozenset("no all both our members providers contractors contracts bidders bids "
                                          "meetings papers changes companies".split()):
        return None
    text = sentence.text
    return text[:at] + words + text[at].lower() + text[at + 1:]
