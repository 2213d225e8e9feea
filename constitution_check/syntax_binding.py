"""What the tree adds to the reading of an act by position.

Modals and negations of the act are bound by position even where there is a parse: on labelled passages the parse
bound them no better. It knows conditions better.
"""

from __future__ import annotations

from constitution_check.lexicon import Span
from constitution_check.syntax import Parse
from constitution_check.syntax_clauses import Role, chain_of_clauses

# Conditions that say when the rule applies; "unless" and "until" are how demands are put ("no award unless …").
_WHEN = frozenset("if where wherever when whenever while once after".split())


def in_condition_before(parse: Parse | None, act: Span) -> bool:
    """Whether the act stands in a condition that comes before the main verb ("While a meeting is open, …")."""
    if parse is None or act[1] > len(parse.heads):
        return False
    *under, main = chain_of_clauses(parse, parse.top(*act))
    for clause in under:
        inside = parse.below(clause.verb)
        first = parse.words[inside[0]].lower()
        closed = "," in parse.words[inside[-1]:inside[-1] + 2]
        if clause.role is Role.CONDITION and clause.sure and first in _WHEN and closed and inside[-1] < main.verb:
            return main.subject is not None and main.subject[0] > inside[-1]
    return False

