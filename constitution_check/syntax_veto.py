"""Whether a passage in which a line holds can be a rule at all, by its syntax."""

from __future__ import annotations

from constitution_check.clause_records import Mark
from constitution_check.lexicon import Span
from constitution_check.match import Match
from constitution_check.syntax_rules import bound_by, connected, told
from constitution_check.units import Units

_SHORT = 80  # sentences; in a short passage nothing follows from a body that is not named
_IN_SENTENCE = (Mark.ACT, Mark.BARRED, Mark.PLAIN)  # acts first


def why_no_rule(reading: Units, match: Match) -> str:
    """Why the passage rules nothing, as a sentence; "" where it may.

    Only operative text is asked about: forewords and notes tell by nature, and are judged as what they are. Where
    the text is not known to be the constitution of a commissioning body, or tells more than it rules, plain
    statements are no rules and words must hang together.
    """
    if not match.unit.operative:
        return ""
    groups = [spans for mark in _IN_SENTENCE for term, spans in match.by_term if term.mark is mark]
    acts: list[Span] = groups[0] if groups else match.hits[:1]
    parse = reading.syntax.of(match.unit)
    if acts and all(told(parse, span) for span in acts):
        return "It tells what happened or what someone says; it rules nothing."
    if not (reading.narrates or _no_body_of_ours(reading)):
        return ""
    if acts and all(bound_by(parse, span) != "duty" for span in acts):
        return "It is a statement in a document that is not a body's own rules."
    return "Its words do not belong together." if connected(parse, groups) is False else ""


def _no_body_of_ours(reading: Units) -> bool:
    """Whether a document of some length nowhere shows whose constitution it would be."""
    return reading.constitution.body.kind == "unknown" and len(reading.units) >= _SHORT
