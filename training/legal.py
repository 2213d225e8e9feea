"""Legal sentences for training: the hand-corrected ones of `legal.conllu`, each in several wordings.

Usage: python -m training.legal FOLDER [COPIES]

Every sentence keeps its tree; words are exchanged for others of the same kind ("Group" for "Board", "convicted" for
"suspected"), so that what is learned is how such sentences are built and not these very words. Writes
FOLDER/legal.conllu, the same on every run.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

WRITTEN = Path(__file__).parent / "legal.conllu"
COPIES = 12
# Words that may stand for each other, as (form, lemma).
KINDS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("Group", "group"), ("Board", "board"), ("ICB", "icb"), ("CCG", "ccg"), ("Committee", "committee"),
     ("Body", "body"), ("Council", "council")),
    (("bidder", "bidder"), ("company", "company"), ("provider", "provider"), ("firm", "firm"),
     ("contractor", "contractor"), ("supplier", "supplier"), ("tenderer", "tenderer"), ("person", "person")),
    (("bidders", "bidder"), ("companies", "company"), ("providers", "provider"), ("firms", "firm"),
     ("contractors", "contractor"), ("suppliers", "supplier"), ("members", "member"), ("practices", "practice")),
    (("Bidders", "bidder"), ("Companies", "company"), ("Providers", "provider"), ("Firms", "firm"),
     ("Contractors", "contractor"), ("Suppliers", "supplier"), ("Members", "member"), ("Practices", "practice")),
    (("exclude", "exclude"), ("refuse", "refuse"), ("reject", "reject"), ("disqualify", "disqualify"),
     ("debar", "debar")),
    (("excluded", "exclude"), ("refused", "refuse"), ("rejected", "reject"), ("disqualified", "disqualify"),
     ("debarred", "debar")),
    (("publish", "publish"), ("disclose", "disclose"), ("record", "record"), ("display", "display")),
    (("published", "publish"), ("disclosed", "disclose"), ("recorded", "record"), ("displayed", "display")),
    (("convicted", "convict"), ("accused", "accuse"), ("suspected", "suspect")),
    (("fraud", "fraud"), ("bribery", "bribery"), ("corruption", "corruption"), ("theft", "theft"),
     ("tax", "tax")),
    (("avoids", "avoid"), ("evades", "evade"), ("dodges", "dodge"), ("conceals", "conceal")),
    (("owns", "own"), ("controls", "control"), ("directs", "direct")),
    (("consult", "consult"), ("inform", "inform"), ("ask", "ask"), ("hear", "hear")),
    (("register", "register"), ("report", "report"), ("record", "record"), ("list", "list"), ("paper", "paper")),
    (("reasons", "reason"), ("contracts", "contract"), ("papers", "paper"), ("minutes", "minute"),
     ("services", "service")),
    (("allows", "allow"), ("permits", "permit"), ("requires", "require"), ("obliges", "oblige"),
     ("entitles", "entitle")),
    (("shall", "shall"), ("must", "must"), ("will", "will"), ("may", "may")),
    (("two", "two"), ("five", "five"), ("seven", "seven"), ("ten", "ten"), ("28", "28")),
)
_PLACE = {form: (kind, at) for kind, words in enumerate(KINDS) for at, (form, _) in enumerate(words)}


def other_wording(sentence: str, draw: random.Random) -> str:
    """The sentence with its words exchanged: one word of a kind always for the same other one."""
    shift = [draw.randrange(len(words)) for words in KINDS]
    rows = []
    for line in sentence.splitlines():
        cells = line.split("\t")
        if len(cells) == 10 and cells[1] in _PLACE:
            kind, at = _PLACE[cells[1]]
            cells[1], cells[2] = KINDS[kind][(at + shift[kind]) % len(KINDS[kind])]
        if len(cells) == 10:
            rows.append("\t".join(cells))
    return "\n".join(rows) + "\n"


def main(folder: Path, copies: int) -> None:
    """Write every sentence as it is and in `copies` other wordings."""
    draw = random.Random(2026)
    sentences = [part for part in WRITTEN.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    made = [other_wording(s, draw) for s in sentences for _ in range(copies)]
    plain = ["\n".join(line for line in s.splitlines() if not line.startswith("#")) + "\n" for s in sentences]
    (folder / "legal.conllu").write_text("\n".join([*plain, *made]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COPIES)
