"""Clauses of a parsed sentence: each verb with its modal, negation, subject, object, and what the clause is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from constitution_check.lexicon import NEGATORS, Span
from constitution_check.syntax import Parse

_MODALS = frozenset("shall must will may can could should would ought might cannot need wo ca".split())
_DUTY = frozenset("shall must will need wo".split())
_CONDITIONS = frozenset(
    "if unless where wherever when whenever until till save except provided once before after while as because "
    "although though lest insofar".split())
# Relations that open a clause: those of Universal Dependencies, and spaCy's own English ones.
_CLAUSAL = ("acl", "advcl", "ccomp", "csubj", "parataxis", "relcl", "xcomp", "ROOT")
_RELATIVE = ("acl", "relcl")
_SUBJECT = ("nsubj", "csubj", "expl")
_HELPERS = ("aux", "cop", "auxpass")
_FINITE = frozenset("VBD VBZ VBP MD".split())


class Role(StrEnum):
    """What a clause is for in its sentence."""

    MAIN = "main"
    CONDITION = "condition"  # if, unless, where, when, until …
    RELATIVE = "relative"  # says something about a noun
    CONTENT = "content"  # what is said, decided or required: "that …", "to …"


@dataclass(frozen=True)
class Clause:
    """One clause. Places are words of the row; spans run from the first to the last word of a phrase.

    verb: the word that heads it (an adjective or noun where "be" only joins). modal: the place of its modal.
    negated: an odd number of negating words belong to the verb or its subject. tense: "past", "present" or ""
    where nothing finite is in it. sure: its words stand together, so that the parse of it may be relied on.
    """

    verb: int
    role: Role
    modal: int | None
    negated: bool
    subject: Span | None
    object: Span | None
    tense: str
    sure: bool


def head_of_clause(parse: Parse, at: int) -> int:
    """The word that heads the clause in which word `at` stands."""
    for i in parse.upward(at):
        if _heads_clause(parse, i):
            return i
    return parse.root


def _heads_clause(parse: Parse, i: int) -> bool:
    relation = parse.relations[i]
    if relation.startswith(_CLAUSAL) or parse.heads[i] == i:
        return True
    verbal = parse.tags[i].startswith("VB") or any(parse.relations[j].startswith(_HELPERS) for j in parse.children[i])
    return relation in ("conj", "pcomp") and verbal


def chain_of_clauses(parse: Parse, at: int) -> Iterator[Clause]:
    """The clause of word `at` and those that it hangs in, up to the main clause."""
    last = -1
    for i in parse.upward(at):
        verb = head_of_clause(parse, i)
        if verb != last:
            yield clause_at(parse, verb)
            last = verb


def clauses(parse: Parse) -> list[Clause]:
    """Every clause of the sentence, in the order of their verbs."""
    return [clause_at(parse, i) for i in range(len(parse.heads)) if _heads_clause(parse, i)]


def clause_at(parse: Parse, verb: int) -> Clause:
    """The clause that the word heads; what it shares with one it is joined to ("shall meet and vote") is its own."""
    helpers = _helpers(parse, verb)
    modal = next((i for i in helpers if parse.words[i].lower() in _MODALS or parse.tags[i] == "MD"), None)
    subject = _subject(parse, verb)
    of_subject = [] if subject is None else [i for i in range(*subject) if head_of_clause(parse, i) == verb]
    own = [*parse.children[verb], *of_subject]
    negators = {i for i in own if parse.words[i].lower() in NEGATORS and parse.words[i].lower() != "without"}
    return Clause(verb=verb, role=_role(parse, verb), modal=modal, negated=len(negators) % 2 == 1, subject=subject,
                  object=_phrase(parse, verb, ("obj", "dobj")), tense=_tense(parse, verb, helpers),
                  sure=_together(parse, verb))


def _helpers(parse: Parse, verb: int) -> list[int]:
    """Its auxiliaries, or where it has none those of the verb that it is joined to."""
    for i in _joined(parse, verb):
        own = [j for j in parse.children[i] if parse.relations[j].startswith(_HELPERS)]
        if own:
            return own
        if _finite(parse, i) or any(parse.relations[j].startswith(_SUBJECT) for j in parse.children[i]):
            break
    return []


def _joined(parse: Parse, verb: int) -> Iterator[int]:
    """The verb, and those it is joined to by "and" or "or"."""
    for i in parse.upward(verb):
        yield i
        if parse.relations[i] != "conj":
            return


def _subject(parse: Parse, verb: int) -> Span | None:
    for i in _joined(parse, verb):
        found = _phrase(parse, i, _SUBJECT)
        if found:
            return found
    if parse.relations[verb] == "xcomp":  # "requires the Group to publish": what is required acts
        above = parse.heads[verb]
        return _phrase(parse, above, ("obj", "dobj")) or _subject(parse, above)
    return None


def _phrase(parse: Parse, verb: int, relations: tuple[str, ...]) -> Span | None:
    for i in parse.children[verb]:
        if parse.relations[i].startswith(relations):
            inside = parse.below(i)
            return inside[0], inside[-1] + 1
    return None


def _role(parse: Parse, verb: int) -> Role:
    relation = parse.relations[verb]
    if relation == "conj":
        return _role(parse, parse.heads[verb]) if parse.heads[verb] != verb else Role.MAIN
    if relation.startswith(_RELATIVE):
        return Role.RELATIVE
    marks = {parse.words[i].lower() for i in parse.children[verb] if parse.relations[i] in ("mark", "advmod", "case")}
    if relation.startswith("advcl") and marks & _CONDITIONS:
        return Role.CONDITION
    if relation.startswith("parataxis") or parse.heads[verb] == verb:
        return Role.MAIN
    return Role.CONTENT


def _finite(parse: Parse, i: int) -> bool:
    return parse.tags[i] in _FINITE


def _tense(parse: Parse, verb: int, helpers: list[int]) -> str:
    first = next((i for i in [*helpers, verb] if _finite(parse, i)), None)
    if first is None:
        return ""
    return "past" if parse.tags[first] == "VBD" else "present"


def _together(parse: Parse, verb: int) -> bool:
    """Whether the words that hang from the verb stand in one stretch of the row."""
    inside = parse.below(verb)
    return len(inside) <= 60 and inside[-1] - inside[0] + 1 == len(inside)


def binds(parse: Parse, at: int) -> bool:
    """Whether a duty stands over word `at`: its clause, or one that it hangs in, has shall, must, "is to" or such."""
    for clause in chain_of_clauses(parse, at):
        if clause.modal is not None and parse.words[clause.modal].lower() in _DUTY:
            return True
        if any(_is_to(parse, i) for i in (clause.verb, *parse.children[clause.verb])):
            return True
    return False


def _is_to(parse: Parse, i: int) -> bool:
    """Whether "is to", "are to" or "is not to" stands at word i."""
    after = [word.lower() for word in parse.words[i + 1:i + 3]]
    return parse.words[i].lower() in ("is", "are") and (after[:1] == ["to"] or after == ["not", "to"])
