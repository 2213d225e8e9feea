"""Is it one rule? Whether what a line found in a sentence hangs together there, and is ruled rather than told.

Words of one limb can stand scattered over a long sentence that is about something else, or in an account of what
someone once did. Both are seen in the parse. Each answer is None where the parse cannot be relied on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from constitution_check.lexicon import Span
from constitution_check.syntax import SURE, Parse
from constitution_check.syntax_clauses import Clause, binds, chain_of_clauses

_NO_STEP = ("conj", "flat", "fixed", "compound", "amod", "prep", "agent", "pcomp", "appos", "list")
_CLAUSAL = ("acl", "advcl", "ccomp", "csubj", "parataxis", "relcl")
_TOLD_BY = frozenset(("i", "he", "she"))
# Past and present of these are written alike: "We put the change on our website" is a rule.
_ALIKE = frozenset("put set let cut cost shut hit read bid quit split spread cast rid".split())
_PLAIN_PAST = frozenset("was were had did".split())
_OBJECTS = ("obj", "dobj", "iobj")
_FIRST_PERSON = frozenset(("I", "my", "My", "me"))
_MARKS = frozenset(("“", "”", '"'))
_QUOTATION = 8
_FICTION = frozenset(("would", "could", "might"))
_STEPS, _GAP = 4, 20  # measured on labelled passages and on real documents about other things
_STEPS_BOUND, _GAP_BOUND = 7, 36  # the same under a duty, which long sentences of rules carry far
_CHOICES = 60


def connected(parse: Parse | None, groups: Sequence[Sequence[Span]]) -> bool | None:
    """Whether one span of each group can be chosen so that all hang together in the sentence.

    groups: for each term of a line the spans (words of the row) that it found, the act's first. None where the
    parse says nothing: no parse, or fewer than two terms.
    """
    found = [[s for s in spans if parse and s[1] <= len(parse.heads)] for spans in groups]
    found = [spans for spans in found if spans]
    if parse is None or len(found) < 2:
        return None
    if any(_near(parse, act, [min(spans, key=lambda s: _distance(parse, act, s)) for spans in found[1:]])
           for act in found[0][:_CHOICES]):
        return True
    return False if len(parse.words) > SURE or parse.sure else None


def _near(parse: Parse, act: Span, others: Sequence[Span]) -> bool:
    bound = binds(parse, parse.top(*act))
    steps, gap = (_STEPS_BOUND, _GAP_BOUND) if bound else (_STEPS, _GAP)
    return all(_distance(parse, act, other)[0] <= steps and words_between(act, other) <= gap for other in others)


def words_between(one: Span, other: Span) -> int:
    """How many words stand between two spans; 0 where they touch or overlap."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def _distance(parse: Parse, one: Span, other: Span) -> tuple[int, int]:
    """How many steps of the tree lie between two spans, and how many words. A step into a list is none."""
    if one[0] < other[1] and other[0] < one[1]:
        return 0, 0
    up, down = parse.upward(parse.top(*one)), parse.upward(parse.top(*other))
    shared = set(down)
    above = next((i for i in up if i in shared), parse.root)
    steps = [i for i in (*_until(up, above), *_until(down, above)) if not parse.relations[i].startswith(_NO_STEP)]
    return len(steps), words_between(one, other)


def _until(chain: Sequence[int], stop: int) -> Sequence[int]:
    return chain[:chain.index(stop)] if stop in chain else chain


def told(parse: Parse | None, span: Span) -> bool | None:
    """Whether the words are part of an account of what happened or might have, or of a quotation, not of a rule.

    So where every clause they stand in is past ("The Committee published its reasons"), where someone says "I" or
    "he" acts, where it would, could or might have been, and between quotation marks that hold a whole statement.
    """
    if parse is None or span[0] >= len(parse.heads):
        return None
    chain = list(chain_of_clauses(parse, parse.top(*span)))
    if _FIRST_PERSON & set(parse.words) or _quoted(parse, span):
        return True
    if any(_speaks(parse, clause) or _imagined(parse, clause) for clause in chain):
        return True
    if any(clause.modal is not None for clause in chain):
        return False
    return _past(parse, chain[-1])


def _past(parse: Parse, clause: Clause) -> bool:
    """Whether a clause with a subject is past, beyond doubt.

    "Bidders convicted of fraud are excluded": a form that may be a participle is past only where it has an object.
    """
    if clause.tense != "past" or clause.subject is None:
        return False
    if any(parse.words[i].lower() in _PLAIN_PAST for i in parse.children[clause.verb]):
        return True
    if parse.words[clause.verb].lower() in _ALIKE:
        return False
    if any(parse.relations[i] in _OBJECTS and i > clause.verb for i in parse.children[clause.verb]):
        return True
    finite = any(tag in ("VBZ", "VBP", "MD") for tag in parse.tags)
    return not finite and not parse.words[clause.verb].lower().endswith("ed")


def _speaks(parse: Parse, clause: Clause) -> bool:
    if clause.subject is None or clause.subject[1] - clause.subject[0] > 1 or clause.modal is not None:
        return False
    return parse.words[clause.subject[0]].lower() in _TOLD_BY


def _imagined(parse: Parse, clause: Clause) -> bool:
    """"Would have", "could have": no rule is put so."""
    if clause.modal is None or parse.words[clause.modal].lower() not in _FICTION:
        return False
    return any(parse.words[i].lower() == "have" for i in parse.children[clause.verb])


def _quoted(parse: Parse, span: Span) -> bool:
    """Whether the span stands inside a quotation of at least _QUOTATION words; terms are quoted in fewer."""
    opened: int | None = None
    for i, word in enumerate(parse.words):
        if word not in _MARKS:
            continue
        if opened is None and word != "”":
            opened = i
        elif opened is not None and word != "“":
            if opened < span[0] < i and i - opened > _QUOTATION:
                return True
            opened = None
    return opened is not None and opened < span[0] and len(parse.words) - opened > _QUOTATION


def bound_by(parse: Parse | None, span: Span) -> str | None:
    """What the words are bound by: "duty" (shall, must, "is to"), "power" (may, can, should), "" for neither.

    A statement ("Papers are published a week ahead") has neither; what is bound is hardly ever an account.
    """
    if parse is None or span[0] >= len(parse.heads):
        return None
    top = parse.top(*span)
    if binds(parse, top):
        return "duty"
    return "power" if any(clause.modal is not None for clause in chain_of_clauses(parse, top)) else ""


_PAST_WORDS = frozenset("was were had did said i".split())
_RULING_WORDS = frozenset("shall must will may".split())
_FEW = 20  # past words; a short passage is no account on the strength of a few


def narrates(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a whole document tells more than it rules: a judgment, a report, minutes.

    rows: its sentences as lower-case words. In such a document a statement that no duty binds is no rule.
    """
    past = ruling = 0
    for row in rows:
        past += sum(word in _PAST_WORDS for word in row)
        ruling += sum(word in _RULING_WORDS for word in row)
    return past >= _FEW and past > 2 * ruling
