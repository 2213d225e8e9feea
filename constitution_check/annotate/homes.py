"""Under which headings a safeguard is at home: beginnings of words, the likeliest first.

Words for headings and passages as constitutions have them; nothing here bears on a verdict. A safeguard that is not
listed goes by likeness of words alone.
"""

from __future__ import annotations

_CONTRACTS = ("contract", "procure", "provider", "tender", "purchas", "commission", "market", "service")
_OPENNESS = ("transparen", "openness", "open", "confiden", "publi", "information", "access")
_MEETINGS = ("meeting", "public", "openness", "transparen", "proceedings", "quorum", "board", "governing body")
_INVOLVEMENT = ("involve", "engage", "consult", "participat", "patient", "public", "duties", "functions")
_INTERESTS = ("conflict", "interest", "conduct", "register", "integrity")
_MEMBERS = ("composition", "eligib", "disqualif", "appoint", "board", "governing body", "member", "committee")

HOMES: dict[str, tuple[str, ...]] = {
    "tax-avoidance-exclusion": _CONTRACTS,
    "tax-evasion-exclusion": _CONTRACTS,
    "offences-exclusion": _CONTRACTS,
    "reputable-conduct": _CONTRACTS,
    "good-employer": _CONTRACTS,
    "environment": _CONTRACTS,
    "social-value": _CONTRACTS,
    "ethics-not-only-price": _CONTRACTS,
    "competition-only-if-needed": ("tender", "compet", *_CONTRACTS),
    "aqp-not-default": ("tender", "compet", *_CONTRACTS),
    "nhs-default-provider": ("provider", *_CONTRACTS),
    "consult-before-tender": ("consult", "tender", "procure", "involve", "engage", *_CONTRACTS),
    "outsourcing-impact-report": _CONTRACTS,
    "long-contract-limits": _CONTRACTS,
    "financial-resilience": _CONTRACTS,
    "change-of-control-consent": _CONTRACTS,
    "no-blanket-confidentiality": ("confiden", "transparen", "freedom of information", *_OPENNESS),
    "foi-in-contracts": ("freedom of information", "contract", "procure", "provider", *_OPENNESS),
    "contract-register": ("procure", "contract", "register", "transparen", *_OPENNESS),
    "meetings-in-public": _MEETINGS,
    "papers-published": ("paper", "agenda", "minutes", *_MEETINGS),
    "public-questions": ("question", "attend", *_MEETINGS),
    "interests-register": ("register", *_INTERESTS),
    "interests-exclusion": ("managing conflict", "declar", *_INTERESTS),
    "no-provider-interests": ("disqualif", "eligib", *_MEMBERS),
    "lay-and-patient-seats": _MEMBERS,
    "involvement-beyond-statute": _INVOLVEMENT,
    "scrutiny-and-hwb": ("scrutiny", "wellbeing", "local authorit", "partner", "plan", "accountab", "functions"),
    "patient-experience": ("experience", *_INVOLVEMENT),
    "staff-terms": ("transfer", "staff", "employ", "work for", "workforce", *_CONTRACTS),
    "speak-out": ("speak", "press", "media", "whistle", "raising concerns", "openness", "transparen", "conduct",
                  "member"),
    "comprehensive-free-universal": ("purpose", "functions", "duties", "aims", "mission", "area", "principle",
                                     "service"),
    "amendment-protection": ("amend", "variation", "vary", "change", "review of th", "constitution"),
    "safeguards-stay": ("amend", "variation", "status", "merger", "constitution", "interpret", "schedule"),
}
