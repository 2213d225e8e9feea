"""The library as text for the terminal: the list of safeguards, and one of them in full."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from constitution_check.words import count

if TYPE_CHECKING:
    from constitution_check.clause_records import Library, Safeguard

WIDTH = 80
BODIES = {"ccg": "CCGs", "icb": "ICBs"}


def library_text(library: Library) -> str:
    """Every safeguard by theme: its id and its title."""
    wide = max(len(safeguard.id) for safeguard in library.safeguards)
    lines = [f"{count(len(library.safeguards), 'safeguard')}, library version {library.version}"]
    theme = ""
    for safeguard in library.safeguards:
        if safeguard.theme != theme:
            theme = safeguard.theme
            lines += ["", theme]
        lines.append(_hung(f"  {safeguard.id:<{wide}}  ", safeguard.title))
    return "\n".join(lines) + "\n"


def safeguard_text(safeguard: Safeguard) -> str:
    """One safeguard: why it matters, its limbs with their model wording, its floor and sources."""
    eras = " and ".join(BODIES[era] for era in safeguard.eras)
    lines = [safeguard.title, f"{safeguard.id}. {safeguard.theme}. For {eras}. Reviewed {safeguard.reviewed}.", "",
             "Why it matters", _hung("  ", safeguard.why), ""]
    for limb in safeguard.limbs:
        standing = "essential" if limb.essential else "an improvement"
        lines += [f"{limb.id} ({standing})", _hung("  ", limb.demand)]
        lines += [_hung(f"  {name}: ", text) for name, text in _wordings(limb.ccg_wording, limb.icb_wording)]
        lines.append("")
    for title, text in (("What the law demands anyway", safeguard.floor),
                        ("What contradicts it", safeguard.counter_clauses)):
        if text:
            lines += [title, *(_hung("  ", part) for part in text.splitlines() if part.strip()), ""]
    lines += ["Sources", *(_hung("  ", f"{source.text} ({source.date})") for source in safeguard.sources)]
    return "\n".join(lines) + "\n"


def _wordings(ccg: str, icb: str) -> list[tuple[str, str]]:
    return [("ask for", ccg)] if ccg == icb else [("ask a CCG for", ccg), ("ask an ICB for", icb)]


def _hung(lead: str, text: str) -> str:
    """The text wrapped to the terminal, its further lines under the first."""
    indent = " " * min(len(lead), 24)
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)
