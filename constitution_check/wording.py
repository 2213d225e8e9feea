"""What does it do? Modality, polarity, qualifiers and weak verbs of a unit, seen from one act in it.

The same for every safeguard. The words themselves are in `clauses/words/strength.md`, so that their keepers
can mend them; here is only how they bear on an act. Bound by position (segments, nearest modal); a parser
can take the place of `govern` without a change to the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from constitution_check.lexicon import Span
from constitution_check.model import Kind

MODALS = frozenset("shall must will may can could should would ought might cannot need".split())
_POWER = frozenset("may can could might".split())
_HOPE = frozenset("should ought would".split())
_AUXILIARIES = frozenset("is are was were has have had do does did be".split())
_NEGATORS = frozenset("not n't no never nothing nobody none neither nor without".split())
_SUBJECT_NEGATORS = frozenset("no nobody none nothing neither".split())
_FLIPS = frozenset("unless until except save".split())
_SUBORDINATORS = frozenset("who which that whose whom where if when because as unless although though while whether".split())
_BREAKS = frozenset((";", ":", ".", "but", "whereas", "however"))


class Modality(StrEnum):
    """How the act is put."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    POWER = "power"
    ASPIRATION = "aspiration"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Flag:
    """Words that weaken: the kind of weakness and their span in the row."""

    kind: Kind
    span: Span


@dataclass
class Wording:
    """How the unit puts one act. positive: it is to be done; flags: what weakens it."""

    positive: bool
    modality: Modality
    flags: list[Flag] = field(default_factory=list)
    why: str = ""


Lists = Callable[[str], list[Span]]


def segment(words: list[str], at: int) -> Span:
    """The stretch of the row that holds word `at` and shares its governing verb."""
    start = 0
    for i in range(at - 1, -1, -1):
        if words[i] in _BREAKS or _new_clause(words, i):
            start = i + 1 if words[i] in _BREAKS else i
            break
    end = len(words)
    for i in range(at + 1, len(words)):
        if words[i] in _BREAKS or _new_clause(words, i):
            end = i
            break
    return start, end


def _new_clause(words: list[str], i: int) -> bool:
    """Whether a clause with a subject and modal of its own starts at word i ("…, and no bid may …").

    "and shall", "and must" carry the subject on and start nothing; "nor" always starts one.
    """
    if words[i] == "nor" and (i == 0 or words[i - 1] in (",", ".", ";")):
        return True
    if words[i] not in ("and", "or", "so", "nor", "yet") or i + 2 >= len(words):
        return False
    ahead = words[i + 1:i + 9]
    for n, word in enumerate(ahead):
        if word in _SUBORDINATORS or word in (",", ";", ":"):
            return False
        if word in MODALS or word in ("is", "are"):
            return n > 0
    return False


def _modal_left(words: list[str], start: int, at: int, among: frozenset[str]) -> int | None:
    """The nearest word of `among` before `at`; a modal inside an earlier relative clause only if no other."""
    for i in range(at - 1, start - 1, -1):
        if words[i] in among:
            return i
    return None


def wording_of(words: list[str], act: Span, lists: Lists, right: bool = False) -> Wording:
    """How the row puts the act at span `act`.

    lists: gives the spans in this row of a strength list. right: the demand is a right, so that a power
    is no weakness.
    """
    start, end = segment(words, act[0])
    left = _modal_left(words, start, act[0] + 1, MODALS)
    governing = left
    if governing is None:
        governing = next((i for i in range(act[0], end) if words[i] in MODALS), None)
    denials = [s for s in lists("denial") if start <= s[0] < end]
    positive = _parity(words, (start, end), act, left, governing, denials, lists)
    modality = _modality(words, (start, end), governing, positive, lists)
    flags = _flags(words, (start, end), act, governing, modality, lists, right)
    return Wording(positive, modality, flags)


def _parity(words: list[str], seg: Span, act: Span, left: int | None, governing: int | None,
            denials: list[Span], lists: Lists) -> bool:
    start, end = seg
    covered = {i for a, b in denials for i in range(a, b)} | set(range(*act))
    for a, b in lists("no negation"):
        covered |= set(range(a, b))
    turns = len([d for d in denials if not (d[0] >= act[0] and d[1] <= act[1])])
    anchor = left if left is not None else _modal_left(words, start, act[0] + 1, _AUXILIARIES)
    last = act[0]
    if left is None and governing is not None:  # the act is the subject of its modal: "Publication is not to …"
        last = min(end, governing + 3)
    negated = False
    for i in range(start, last):
        if i in covered:
            continue
        word = words[i]
        if word in _NEGATORS and not _closed_off(words, start, i, anchor, act[0]):
            turns += 1
            negated = True
        elif (word in _FLIPS and negated) or (word == "other" and negated and words[i + 1:i + 2] == ["than"]):
            turns += 1
    for a, b in lists("negative verb"):
        if start <= a and b <= act[0] and not set(range(a, b)) & covered and (anchor is None or a >= anchor):
            turns += 1
    return turns % 2 == 0


def _closed_off(words: list[str], start: int, i: int, anchor: int | None, act: int) -> bool:
    """Whether the negator at i belongs to a subordinate clause that does not hold the act."""
    if anchor is not None and i < anchor:
        if i > start and words[i] in _SUBJECT_NEGATORS and words[i - 1] in _SUBORDINATORS:
            return False  # "terms under which no supplier may …": the negator is the subject of the act's own clause
        return any(words[j] in _SUBORDINATORS for j in range(start, i))
    first = anchor if anchor is not None else start
    subordinate = next((j for j in range(i - 1, first, -1) if words[j] in _SUBORDINATORS), None)
    return subordinate is not None and any(words[j] == "," for j in range(i, act))


def _modality(words: list[str], seg: Span, governing: int | None, positive: bool, lists: Lists) -> Modality:
    if governing is None:
        return Modality.STATEMENT
    word = words[governing]
    following = words[governing + 1:governing + 3]
    negated = "not" in following or "n't" in following or word == "cannot"
    only = "only" in words[governing:seg[1]] or "only" in words[max(seg[0], governing - 8):governing]
    subject_negated = any(w in ("no", "neither", "nobody", "none", "nothing", "nor") for w in words[seg[0]:governing])
    if word in _POWER or word == "cannot":
        if negated or only or subject_negated:
            return Modality.PROHIBITION
        return Modality.POWER
    if word in _HOPE:
        return Modality.ASPIRATION
    return Modality.DUTY


def _flags(words: list[str], seg: Span, act: Span, governing: int | None, modality: Modality, lists: Lists,
           right: bool) -> list[Flag]:
    start, end = seg
    flags: list[Flag] = []
    if governing is not None and modality in (Modality.POWER, Modality.ASPIRATION) and not (
            right and modality is Modality.POWER):
        flags.append(Flag(Kind.NO_DUTY, (governing, governing + 1)))
    accepted = lists("lawful caveat")
    firm = lists("firm")

    def free(span: Span, among: list[Span]) -> bool:
        return not any(a < span[1] and span[0] < b for a, b in among)

    for name, kind in (("hope", Kind.NO_DUTY), ("weak verb", Kind.WEAK_VERB)):
        for span in lists(name):
            if start <= span[0] < end and free(span, firm) and _governs(span, act, governing):
                if not (right and name == "hope" and lists("liberty") and not free(span, lists("liberty"))):
                    flags.append(Flag(kind, span))
    if not right:
        flags += [Flag(Kind.NO_DUTY, s) for s in lists("liberty")
                  if start <= s[0] < end and s[1] <= act[0] + 1 and not _negated(words, s, start)]
    part = _sentence_part(words, act[0])
    opinions = lists("opinion")
    flags += [Flag(Kind.SUBJECTIVE, s) for s in opinions if part[0] <= s[0] < part[1]]
    flags += [Flag(Kind.QUALIFIED, s) for s in lists("qualifier")
              if part[0] <= s[0] < part[1] and free(s, accepted) and free(s, opinions)]
    return flags


def _negated(words: list[str], span: Span, start: int) -> bool:
    return any(w in _NEGATORS for w in words[max(start, span[0] - 6):span[1]])


def _governs(span: Span, act: Span, governing: int | None) -> bool:
    """Whether weak words bear on the act: before it in its segment, or after it as its passive verb."""
    if span[0] <= act[0]:
        return True
    return governing is not None and governing >= act[1] - 1 and span[0] >= governing


def _sentence_part(words: list[str], at: int) -> Span:
    """The part of the sentence between semicolons that holds word `at`."""
    start = max((i + 1 for i in range(at) if words[i] == ";"), default=0)
    end = next((i for i in range(at, len(words)) if words[i] == ";"), len(words))
    return start, end
