"""Which texts are headings. A paragraph that states something never is, whatever its style.

Word's heading styles are often used for whole clauses (the CCG model of 2012 sets "8.6.3 The Group
shall …" in a heading style to have it numbered), so the style proposes and the wording decides.
"""

from __future__ import annotations

import re

_MODAL = r"shall|must|will|may|can|cannot|should|would|could|might|ought"
_COPULA = r"is|are|was|were|be|been|has|have|had|does|do|did|isn't|aren't|won't"
_VERB = (
    "accepts|acts|adopts|agrees|allows|applies|appoints|asks|becomes|begins|belongs|carries|ceases|comes|commits|complies|"
    "comprises|considers|consists|consults|decides|declares|delegates|determines|draws|elects|ensures|enters|excludes|expects|"
    "fails|follows|forbids|forms part|gives|goes|governs|holds|includes|informs|invites|keeps|lays down|lets|"
    "maintains|makes|meets|needs to|notifies|obtains|owes|oversees|owns|pays|permits|prepares|presides|prevents|"
    "prevails|prohibits|promotes|protects|provides|publishes|raises|reads|receives|refuses|relates|remains|removes|requires|reserves|resolves|retains|"
    "secures|seeks|sends|serves|sets|sits|speaks|stands|states|takes|tells|treats|undertakes|upholds|weighs|welcomes"
)
_STATES = re.compile(rf"\b(?:{_MODAL}|{_COPULA}|{_VERB})\b")
_STATES_ANY_CASE = re.compile(r"\b(?:shall|must|will|may not|is|are)\b", re.IGNORECASE)
_ASIDE = re.compile(r"[\[<{]|(?:drafting|guidance)? ?note\b.*:|DN\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:who|what|how|when|where|why|which)\b", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:(?:chair['’]?s? )?foreword|preface|preamble|introduction|welcome|glossary|definitions|interpretation|"
    r"background|summary|"
    r"(?:our )?(?:vision|mission|aims|values|vision and values|mission and values)|document control|version control|"
    r"standing orders|prime financial policies|standing financial instructions|scheme of reservation and delegation)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:which|that|who|whom|where|when|whose|as)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:the|each|every|no|any|all|an?|this|members|nothing|nobody|papers|meetings)\b.*\b\w+(?:ed|en)\b", re.IGNORECASE
)
LONGEST_HEADING = 20
"""Words in the longest text that is taken for a heading (model constitutions stay under 15)."""


def states_something(text: str) -> bool:
    """Whether a text has a verb that rules or asserts, so that it cannot be a mere heading.

    Words after "which", "that", "as" … are left out of a short text: "Matters which are reserved".
    """
    words = text.split()
    if len(words) > LONGEST_HEADING:
        return True
    if _QUESTION.match(text) and not text.endswith((".", ";")):
        return False
    tested = text
    if len(words) <= 12 and not text.endswith((".", ";")):
        tested = _RELATIVE.split(text, maxsplit=1)[0]
    if _STATES.search(tested) or (text.isupper() and _STATES_ANY_CASE.search(tested)):
        return True
    return text.endswith((".", ";")) and len(words) > 4 and bool(_SUBJECT.match(text))


def is_marked_heading(text: str, heading_level: int | None) -> bool:
    """Whether a text that its style or mark-up calls a heading is one."""
    if heading_level is None or not text or text.endswith(";") or _ASIDE.match(text):
        return False
    return not (text.endswith(".") and len(text.split()) > 6) and not states_something(text)


def looks_like_heading(text: str) -> bool:
    """Whether an unmarked text reads as a heading: short, no final stop, no verb, capital first.

    Only necessary conditions: whether something stands beneath it is for the outline to see.
    """
    words = text.split()
    if (
        not words
        or len(words) > 10
        or _ASIDE.match(text)
        or text[-1] in '.;:,—–-!"”'
        or re.search(r"\b(?:and|or|the|of|to|by)$", text)
    ):
        return False
    first = next((c for c in text if c.isalpha()), "")
    return bool(first) and first.isupper() and not states_something(text)


def is_known_heading(text: str) -> bool:
    """Whether a whole text is a heading that constitutions have ("Foreword", "Standing Orders")."""
    return bool(_KNOWN.fullmatch(text.strip(" :")))


def is_capitalised(text: str) -> bool:
    """Whether every word of weight has a capital ("Standing Financial Instructions")."""
    words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", text) if len(w) > 3]
    return bool(words) and all(w[0].isupper() for w in words)
