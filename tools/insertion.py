"""Does a passage come out in a long document as it does alone? Labelled passages put into an ordinary constitution.

Each passage becomes a section of its own after the last numbered section, numbered on from it, and the whole is judged
for the passage's safeguard. Both are judged by the law of the same day, so that only the place differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from constitution_check.accuracy import Case
from constitution_check.clause_records import Library
from constitution_check.document_dates import law_of
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.match import Finder
from constitution_check.model import Block, Constitution, Provision
from constitution_check.outline import build
from constitution_check.passages import blocks_of, labels_of
from constitution_check.pipeline import lexicon_of
from constitution_check.readers import read
from constitution_check.sweep import Sweep
from constitution_check.units import read_units

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
HEADING = "Further provisions"
SHOWN = 90
"""Letters of a passage that are quoted in a reason."""


@dataclass(frozen=True)
class Moved:
    """One limb of one passage: what it is alone and what in the long document, and why they differ ("": they do not).

    kinds_too: the weaknesses are the same as well.
    """

    case: str
    limb: str
    alone: str
    inside: str
    why: str = ""
    kinds_too: bool = True

    @property
    def same(self) -> bool:
        """Whether the status is the same in both."""
        return self.alone == self.inside


@lru_cache(maxsize=2)
def ordinary(kind: str) -> tuple[Block, ...]:
    """The blocks of the long sample without safeguards; kind: "ccg" or "icb"."""
    return read(SAMPLES / f"{kind}-ordinary-business.docx").blocks


def kind_of(case: Case) -> str:
    """The kind of body whose constitution the passage imitates."""
    return "icb" if any(re.search(r"\bICBs?\b|integrated care board", text, re.I) for _, text in case.lines) else "ccg"


def put_into(case: Case, long: Sequence[Block]) -> tuple[list[Block], int]:
    """The long document's blocks with the passage as new sections, and the number of the first of them."""
    tops = [(at, int(found[1])) for at, b in enumerate(long)
            if b.heading_level == 1 and (found := re.match(r"(\d+)\.?$", b.label))]
    last = tops[-1][1]
    after = next(at for at, b in enumerate(long) if at > tops[-1][0] and b.heading_level == 1)
    kinds = [kind for kind, _ in case.lines]
    labels = [(_on(label, last), _on(full, last)) for label, full in labels_of(kinds)]
    new = blocks_of(case.lines, case.reference, case.first, labels)
    if kinds[0] != "h":
        new.insert(0, Block(text=HEADING, label=str(last + 1), level=0, heading_level=1))
    return [*long[:after], *new, *long[after:]], last + 1


def _on(label: str, by: int) -> str:
    """The label with the section number that it begins with counted on."""
    return re.sub(r"^\d+", lambda found: str(int(found[0]) + by), label)


def moved(case: Case, library: Library) -> list[Moved]:
    """Every limb of the passage, alone and inside the long sample of its kind of body."""
    alone = build(blocks_of(case.lines, case.reference, case.first), "passage")
    blocks, section = put_into(case, ordinary(kind_of(case)))
    inside = build(blocks, "long")
    day = law_of(alone).day
    safeguard = library.get(case.safeguard).as_of(day)
    pairs = []
    for constitution in (alone, inside):
        finder = Finder(read_units(constitution, lexicon_of(library)))
        pairs.append(judge(safeguard, finder, Sweep(finder)))
    return [_compared(case, a, b, inside, section) for a, b in zip(*pairs, strict=True)]


def _compared(case: Case, alone: Judged, inside: Judged, long: Constitution, section: int) -> Moved:
    same = alone.status is inside.status and alone.kinds == inside.kinds
    return Moved(case.name, alone.limb.id, str(alone.status), str(inside.status),
                 "" if same else _why(alone, inside, section), alone.kinds == inside.kinds)


def _why(alone: Judged, inside: Judged, section: int) -> str:
    """What in the long document makes the difference."""
    told = []
    trial = inside.trial
    if trial and not _own(trial.match.unit.provision, section):
        told.append(f"rests on the document's own {_cited(trial.match.unit.provision)}")
    for fault in inside.faults:
        if fault.kind not in alone.kinds:
            told.append(f"{fault.kind} by {_cited(fault.unit.provision)}: {fault.why}")
    told += [f"no longer {kind}" for kind in sorted(set(alone.kinds) - set(inside.kinds))]
    if not trial and alone.trial:
        told.append(f"not found any more: {_cited(alone.trial.match.unit.provision)}")
    if trial and inside.basis != alone.basis:
        told.append(f"found by the {inside.basis}")
    if inside.doubt and inside.doubt != alone.doubt:
        told.append(inside.doubt)
    return "; ".join(told) or "another passage"


def _own(provision: Provision, section: int) -> bool:
    """Whether the provision is one of the passage's."""
    number = re.match(r"\d+", provision.number)
    return not provision.part and bool(number) and int(number[0] if number else 0) >= section


def _cited(provision: Provision) -> str:
    words = provision.text if len(provision.text) <= SHOWN else provision.text[:SHOWN] + " …"
    return f'{provision.number} "{words}"'


def shares(limbs: Sequence[Moved]) -> tuple[float, float]:
    """The share of limbs whose status is the same, and of those whose weaknesses are the same as well."""
    whole = len(limbs) or 1
    return sum(m.same for m in limbs) / whole, sum(m.same and m.kinds_too for m in limbs) / whole
