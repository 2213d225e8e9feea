"""What does it do? Modality, polarity, qualifiers and weak verbs of a unit, seen from one act in it.

The same for every safeguard. The words themselves are in `clauses/words/strength.md`, so that their keepers
can mend them; here is only how they bear on an act. They are bound by position: the clause, the nearest modal,
subordinate clauses closed off; a parse that can be relied on corrects it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from constitution_check.clauses_of_row import (
    AUXILIARIES,
    MODALS,
    SUBJECT_NEGATORS,
    SUBORDINATORS,
    auxiliary_left,
    closed_off,
    double_negatives,
    governing_modal,
    in_fronted_condition,
    modal_left,
    of_infinitive,
    segment,
    shut_out_without,
)
from constitution_check.lexicon import NEGATORS, Span
from constitution_check.model import Kind
from constitution_check.syntax import Parse
from constitution_check.syntax_binding import in_condition_before

_POWER = frozenset("may can could might".split())
_HOPE = frozenset("should ought would".split())
_OTHER_THAN = (["other", "than"], ["otherwise", "than"], ["any", "but"])
_ENDS_OBJECT = frozenset(("and", "or", ",", "nor", "for", "about"))
_AFTER_MODAL = frozenset("not n't neither never".split())
_NO_MORE_THAN = tuple([much, "than"] for much in ("more", "less", "fewer", "later", "longer"))
_ONLY = frozenset("only alone solely exclusively".split())
_FLIPS = frozenset("unless until except save before till".split())
# "have regard to", "due regard", "well regarded": the verb before makes another sense of an opinion word.
_NO_OPINION_AFTER = frozenset("have has having had give gives giving due well highly".split())


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
    """How the unit puts one act.

    positive: it is to be done. denied: a duty to do it is denied ("need not"), which leaves it free. condition:
    it is only what must be so for something else to follow. flags: what weakens it.
    """

    positive: bool
    modality: Modality
    denied: bool = False
    condition: bool = False
    flags: list[Flag] = field(default_factory=list)


Lists = Callable[[str], list[Span]]
Ends = Callable[[str, int], Sequence[int]]


def wording_of(words: Sequence[str], act: Span, lists: Lists, ends: Ends, right: bool = False, own: int = 0,
               written: frozenset[str] = frozenset(), parse: Parse | None = None) -> Wording:
    """How the row puts the act at span `act`.

    lists: gives the spans in this row of a strength list; ends: every end of such a list from one word. right: the
    demand is a right, so that a power is no
    weakness. own: where the stem ends and the sentence begins. written: negating words that the act's own
    phrases write and that therefore turn nothing round. parse: the row's parse; where it can be relied on, a
    condition before the main verb is known by its tree. Where there is none, or it is in doubt, position decides alone.
    """
    row = list(words)
    parse = parse if parse is not None and parse.sure else None
    seg = segment(row, act[0])
    left = modal_left(row, seg[0], act[0] + 1, MODALS, own)
    governing = governing_modal(row, seg, act, left)
    denials = apart(s for s in lists("denial")
                    if seg[0] <= s[0] < seg[1] and not (s[0] >= act[0] and s[1] <= act[1]))
    turned = _negated(row, seg, act, left, governing, denials, lists, written)
    denied = len(denials) % 2 == 1
    modality = _modality(row, seg, governing, act)
    flags = _flags(row, seg, act, governing, modality, lists, ends, right)
    flags = [flag for flag in flags if not flag.span[0] < own < flag.span[1]]
    return Wording(positive=turned == denied, modality=modality, denied=denied and not turned,
                   condition=in_fronted_condition(row, seg, act) or in_condition_before(parse, act), flags=flags)


def _negated(row: list[str], seg: Span, act: Span, left: int | None, governing: int | None, denials: list[Span],
             lists: Lists, written: frozenset[str]) -> bool:
    """Whether an odd number of negating words bears on the act (denials of a duty apart)."""
    covered = {i for a, b in (*denials, *lists("no negation")) for i in range(a, b)}
    covered |= {i for i in range(*act) if row[i] in written}
    anchor = left if left is not None else auxiliary_left(row, seg[0], act[0] + 1)
    covered |= double_negatives(row, seg) | {i for i in range(seg[0], seg[1] - 1) if of_infinitive(row, i, anchor)}
    turns, negated = 0, False
    for i in [*range(seg[0], act[1]), *_after(row, seg, act, left, governing)]:
        if i in covered or (row[i] == "nor" and negated):  # "neither … nor" denies once
            continue
        if left is not None and seg[0] < i < left and row[i] in ("not", "n't", "never") and row[i - 1] in MODALS:
            continue  # "must not discriminate, and must give them decent pay": it denies its own verb only
        if row[i] in NEGATORS and not closed_off(row, seg[0], i, anchor, act[0]):
            # "No member, and no partner of a member, shall …" denies once.
            turns += not (negated and row[i] in SUBJECT_NEGATORS and anchor is not None and i < anchor)
            negated = True
        elif row[i - 1:i] in (["and"], ["or"]) and row[i] in _FLIPS:
            continue  # "unless X, and unless Y": one exception in two parts
        elif negated and i < act[0] and (row[i] in _FLIPS or row[i:i + 2] in _OTHER_THAN):
            turns += 1
    for a, b in apart(lists("negative verb")):
        if seg[0] <= a and b <= act[0] and not covered & set(range(a, b)) and (anchor is None or a >= anchor):
            turns += 1
    return turns % 2 == 1 and not shut_out_without(row, seg, act, lists("exclusion"))


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, one of each group that overlap: "is void" and "void if" turn an act round once."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _after(row: list[str], seg: Span, act: Span, left: int | None, governing: int | None) -> list[int]:
    """Places after the act where a negator still bears on it.

    Its object ("deals with no contractor"), or, where the act is the subject, its verb ("publication is not
    required", "publication shall not …").
    """
    places = []
    for i in range(act[1], min(act[1] + 4, seg[1])):
        if row[i:i + 1] == ["no"] and ["other", "than"] in (row[j:j + 2] for j in range(i + 1, i + 4)):
            break  # "for no reason other than that": two words that cancel each other
        if row[i] in SUBORDINATORS or row[i] in MODALS or row[i] in AUXILIARIES or row[i] in _ENDS_OBJECT:
            break
        if row[i] != "without":  # "without more", "without charge" denies what follows it, not the act
            places.append(i)
    if left is not None:
        return places
    verb = governing
    if verb is None:
        verb = next((i for i in range(act[1], seg[1]) if row[i] in ("is", "are", "was", "were")), None)
        if verb is None or any(row[i] in SUBORDINATORS for i in range(act[1], verb)):
            return places
    return [*places, *range(max(verb, act[1]), min(seg[1], verb + 3))]


def _modality(row: list[str], seg: Span, governing: int | None, act: Span) -> Modality:
    if governing is None:
        return Modality.STATEMENT
    word = row[governing]
    if word in ("is", "are"):  # "is to", "are to"
        return Modality.DUTY
    if word in _POWER or word == "cannot":
        following = row[governing + 1:governing + 3]
        only = bool(_ONLY & set(row[seg[0]:seg[1]]))
        subject = row[seg[0]:governing]
        denied = bool(_AFTER_MODAL & set(following) or {*SUBJECT_NEGATORS, "nor"} & set(subject)
                      or any(row[i] in ("no", "not") and row[i + 1:i + 3] in _NO_MORE_THAN
                             for i in range(governing, min(governing + 6, len(row)))))
        if only or denied or word == "cannot":
            return Modality.PROHIBITION
        return Modality.POWER
    return Modality.ASPIRATION if word in _HOPE else Modality.DUTY


def _flags(row: list[str], seg: Span, act: Span, governing: int | None, modality: Modality, lists: Lists,
           ends: Ends, right: bool) -> list[Flag]:
    flags: list[Flag] = []
    firm = lists("firm")
    if governing is not None and (modality is Modality.ASPIRATION or (modality is Modality.POWER and not right)):
        span = (governing, governing + 1)
        # "give thought to whether it ought to": what weakens is the thinking, which its own list names.
        if _free(span, firm) and "whether" not in row[seg[0]:governing]:
            flags.append(Flag(Kind.NO_DUTY, span))
    for name, kind in (("hope", Kind.NO_DUTY), ("weak verb", Kind.WEAK_VERB)):
        flags += [Flag(kind, s) for s in lists(name)
                  if seg[0] <= s[0] < seg[1] and _free(s, firm) and _governs(row, s, act, governing)
                  and not _in_condition(row, seg, s, governing)
                  and not (kind is Kind.WEAK_VERB and NEGATORS & set(row[max(seg[0], s[0] - 3):s[0]]))
                  and not (kind is Kind.NO_DUTY and row[s[0] - 1:s[0]] in (["not"], ["never"], ["nor"]))]
    if not right:
        flags += [Flag(Kind.NO_DUTY, s) for s in lists("liberty")
                  if seg[0] <= s[0] < seg[1] and s[1] <= act[0] + 1 and not _denied_liberty(row, s, seg[0])
                  and not {"which", "who", "that", "having"} & set(row[max(seg[0], s[0] - 2):s[0] + 1])]
    part = _sentence_part(row, act[0])
    opinions = [s for s in lists("opinion") if part[0] <= s[0] < part[1] and _is_opinion(row, s)]
    flags += [Flag(Kind.SUBJECTIVE, s) for s in opinions if _free(s, lists("finding of a court"))]
    accepted = lists("lawful caveat")
    escapes = [_before_act(row, s, act, ends) for s in lists("qualifier") if part[0] <= s[0] < part[1]]
    flags += [Flag(Kind.QUALIFIED, s) for s in escapes if s and _free(s, accepted) and _free(s, opinions)]
    return flags


def _before_act(row: list[str], span: Span, act: Span, ends: Ends) -> Span | None:
    """An escape's words, cut back to before the act where a longer reading ran over it; None where nothing is left.

    "Unless this is impracticable, the Board decides …" is an escape by its first clause; "unless the Board has
    decided" is none where deciding is the act.
    """
    if not span[0] < act[0] < span[1]:
        return span
    comma = next((i for i in range(span[0], act[0]) if row[i] == ","), span[0])
    shorter = [end for end in ends("qualifier", span[0]) if end <= comma]
    return (span[0], shorter[-1]) if shorter else None


def _free(span: Span, among: Sequence[Span]) -> bool:
    return not any(a < span[1] and span[0] < b for a, b in among)


def _is_opinion(row: list[str], span: Span) -> bool:
    """Whether the words are an opinion that triggers: no modal between the person and the verb of thinking."""
    inside = row[span[0]:span[1]]
    return row[span[1] - 2] not in _NO_OPINION_AFTER and not MODALS & set(inside[:-1])


def _in_condition(row: list[str], seg: Span, span: Span, governing: int | None) -> bool:
    """Whether the words stand in a condition before the main verb ("if it is desirable, the contract shall …")."""
    if row[seg[0]] in ("if", "where", "when", "whenever") and span[0] <= seg[0] + 4:
        return True  # "If we want to change the constitution we publish the change"
    if governing is None or span[0] > governing:
        return False
    opened = any(row[i] in SUBORDINATORS for i in range(seg[0], span[0] + 1))
    return opened and "," in row[span[1]:governing]


def _denied_liberty(row: list[str], span: Span, start: int) -> bool:
    return bool(NEGATORS & set(row[max(start, span[0] - 6):span[1]]))


def _governs(row: list[str], span: Span, act: Span, governing: int | None) -> bool:
    """Whether weak words bear on the act: before it in its clause, or after it as its passive verb."""
    if span[0] <= act[0]:
        return True
    if governing is None:  # "a weight of ten per cent is recommended"
        return row[span[0]] in ("is", "are") and not any(row[i] in SUBORDINATORS for i in range(act[1], span[0]))
    return governing >= act[1] - 1 and span[0] >= governing


def _sentence_part(row: list[str], at: int) -> Span:
    """The part of the sentence between semicolons that holds word `at`."""
    start = max((i + 1 for i in range(at) if row[i] == ";"), default=0)
    end = next((i for i in range(at, len(row)) if row[i] == ";"), len(row))
    return start, end
