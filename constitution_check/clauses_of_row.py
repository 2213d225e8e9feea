"""Clauses of a row of words, found by position: where one begins and ends, and which modal governs a word."""

from __future__ import annotations

from constitution_check.lexicon import Span

MODALS = frozenset("shall must will may can could should would ought might cannot need".split())
AUXILIARIES = frozenset("is are was were has have had do does did be".split())
SUBORDINATORS = frozenset(
    "who which that whose whom where wherever if when whenever because as unless until although though while whether "
    "insofar whoever whatever how what why".split())
SUBJECT_NEGATORS = frozenset("no nobody none nothing neither".split())
_FRONTED = frozenset("unless if where wherever when whenever save although though while until as whatever".split())
_RELATIVE = frozenset("that which who whose".split())
_BREAKS = frozenset((";", ":", ".", "but", "whereas"))
_FINITE = MODALS | AUXILIARIES


def segment(row: list[str], at: int) -> Span:
    """The stretch of the row that holds word `at` and shares its governing verb."""
    start = 0
    for i in range(at - 1, -1, -1):
        if row[i] in _BREAKS:
            start = i + 1
            break
        if _new_clause(row, i):
            start = i
            break
    end = next((i for i in range(at + 1, len(row)) if row[i] in _BREAKS or _new_clause(row, i)), len(row))
    return start, end


def _new_clause(row: list[str], i: int) -> bool:
    """Whether a clause with a subject and modal of its own starts at word i ("…, and no bid may …").

    "and shall" carries the subject on and starts nothing; nor does "the Board and its committees shall", where
    no verb stands before the "and"; "nor" after a stop always starts one.
    """
    if row[i] == "nor" and (i == 0 or row[i - 1] in (",", ".", ";")):
        return True
    if row[i] not in ("and", "or", "so", "nor", "yet") or i + 2 >= len(row):
        return False
    relative = False
    for n, word in enumerate(row[i + 1:i + 13]):
        if word in _RELATIVE and n:  # "and those who speak up are protected": past the first verb to the second
            relative = True
            continue
        if relative and word in _FINITE:
            relative = False
            continue
        if word in SUBORDINATORS or word in (",", ";", ":") or (n > 7 and not relative):
            return False
        if word in MODALS or word in ("is", "are"):
            return n > 0 and _verb_before(row, i)
    return False


def _verb_before(row: list[str], i: int) -> bool:
    """Whether a finite verb stands between word i and the last break or subordinator before it."""
    for j in range(i - 1, -1, -1):
        if row[j] in _FINITE:
            return True
        if row[j] in _BREAKS or row[j] in SUBORDINATORS:
            return False
    return False


def modal_left(row: list[str], start: int, at: int, among: frozenset[str], own: int = 0) -> int | None:
    """The nearest word of `among` before `at` that is not shut into an earlier subordinate clause.

    own: where a stem ends; a clause of the stem is closed there too.
    """
    for i in range(at - 1, start - 1, -1):
        if row[i] in among:
            opened = next((j for j in range(i - 1, start - 1, -1) if row[j] in SUBORDINATORS or row[j] == ","), None)
            shut = opened is not None and row[opened] in SUBORDINATORS and _closed(row, i, at, own)
            if not shut:
                return i
    return None


def auxiliary_left(row: list[str], start: int, at: int) -> int | None:
    """The first word of the nearest chain of auxiliaries before `at` ("is not to be", "has not been")."""
    i = modal_left(row, start, at, AUXILIARIES)
    while i is not None and i > start and (row[i - 1] in AUXILIARIES or row[i - 1] in ("not", "never", "to", "n't")):
        i -= 1
    while i is not None and row[i] not in AUXILIARIES and i < at:
        i += 1
    return i


def double_negatives(row: list[str], seg: Span) -> set[int]:
    """The two negators of "no contract that does not oblige …", which together demand."""
    found: set[int] = set()
    for i in range(seg[0], seg[1]):
        if row[i] not in ("no", "none", "nobody") or i in found:
            continue
        relative = next((j for j in range(i + 1, min(i + 8, seg[1])) if row[j] in _RELATIVE), None)
        if relative is None:
            continue
        for j in range(relative + 1, min(relative + 7, seg[1])):
            if row[j] in ("not", "n't", "without") or row[j] in ("lacks", "fails", "omits"):
                found |= {i, j}
                break
    return found


def shut_out_without(row: list[str], seg: Span, act: Span, exclusions: list[Span]) -> bool:
    """Whether who lacks the act is kept out ("a bidder that does not meet X shall not pass", "… is excluded").

    The act then stands in a relative clause, and the main clause after it denies or excludes.
    """
    relative = next((j for j in range(act[0] - 1, seg[0], -1) if row[j] in _RELATIVE), None)
    if relative is None or any(row[j] == "," for j in range(relative, act[0])):
        return False
    main = next((j for j in range(act[1], seg[1]) if row[j] in _FINITE), None)
    if main is None:
        return False
    return row[main + 1:main + 2] in (["not"], ["never"], ["n't"]) or any(main <= a < seg[1] for a, _ in exclusions)


def of_infinitive(row: list[str], i: int, anchor: int | None) -> bool:
    """Whether a "not" before the governing verb belongs to a phrase of the subject ("found not to have paid")."""
    return (row[i] == "not" and anchor is not None and i < anchor
            and row[i + 1] in ("to", "having", "being") and row[i - 1:i] not in (["is"], ["are"]))


def in_fronted_condition(row: list[str], seg: Span, act: Span) -> bool:
    """Whether the act stands in a condition that opens the clause ("Where X is scored, the weight shall be …")."""
    start = seg[0]
    while start < act[0] and row[start] in ("and", ",", "but"):
        start += 1
    if row[start] not in ("where", "when", "if", "whenever", "wherever", "once", "after") or start >= act[0]:
        return False
    comma = next((i for i in range(act[1], seg[1]) if row[i] == ","), None)
    closed_before = any(row[i] == "," and _main_follows(row, i, act[0]) for i in range(start, act[0]))
    return comma is not None and not closed_before and _main_follows(row, comma, seg[1])


def _main_follows(row: list[str], comma: int, end: int) -> bool:
    """Whether a main clause with a verb of its own stands between the comma and `end`."""
    return any(row[i] in _FINITE for i in range(comma + 1, end)) and row[comma + 1:comma + 2] not in (["and"], ["or"])


def _closed(row: list[str], i: int, at: int, own: int) -> bool:
    return "," in row[i:at] or i < own - 2 < at - 3  # the last verb of a stem is the one it hands on


def governing_modal(row: list[str], seg: Span, act: Span, left: int | None) -> int | None:
    """The modal that governs the act: to its left, else "is to"/"are to", else its own verb to the right."""
    if left is not None:
        return left
    for i in range(act[0] - 1, seg[0] - 1, -1):
        if row[i] in ("is", "are") and row[i + 1:i + 2] == ["to"]:
            return i
    if {"is", "are", "was", "were"} & set(row[max(seg[0], act[0] - 3):act[0]]):
        return None  # "bids are assessed for the good they would do": what follows governs something else
    for i in range(act[0], seg[1]):
        if row[i] in MODALS:
            return i
        if i >= act[1] and row[i] in SUBORDINATORS:
            return None
    return None


def closed_off(row: list[str], start: int, i: int, anchor: int | None, act: int) -> bool:
    """Whether the negator at i belongs to a subordinate clause that does not hold the act.

    anchor: the verb that governs the act, where one stands before it.
    """
    if i >= act:
        return False
    if row[i] == "without":  # it denies its own phrase and no more
        return any(word in _FINITE or word in (",", "and", "or") for word in row[i + 1:act])
    if anchor is not None and i < anchor:
        if i > start and row[i] in SUBJECT_NEGATORS and row[i - 1] in SUBORDINATORS:
            return False  # "terms under which no supplier may …": the negator is the subject of the act's own clause
        opened = [j for j in range(start, i) if row[j] in SUBORDINATORS]
        # "Unless the Board agrees, no contract may …": the fronted clause ends at the comma.
        fronted = opened and opened[0] == start and row[start] in _FRONTED and "," in row[start:i]
        return bool(opened) and not fronted
    first = anchor if anchor is not None else start
    subordinate = next((j for j in range(i - 1, first, -1) if row[j] in SUBORDINATORS), None)
    if subordinate is None:
        return False
    # In "that no member, worker or volunteer is harmed" the comma parts nouns of the subject; it ends no clause.
    subject = i == subordinate + 1 and row[i] in SUBJECT_NEGATORS
    return any(row[j] == "," and (not subject or _FINITE & set(row[i:j])) for j in range(i, act))
