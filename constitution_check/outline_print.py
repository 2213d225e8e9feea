"""The tree of provisions as a person or a program reads it."""

from __future__ import annotations

from typing import Any

from constitution_check.model import Constitution, Provision


def outline_json(constitution: Constitution) -> list[dict[str, Any]]:
    """One record a provision, in document order: number, label, level, heading, text, page."""
    return [
        {"number": p.number, "label": p.label, "level": p.level, "heading": p.heading, "text": p.text, "page": p.page,
         "printed_page": p.printed_page}
        for p in constitution.provisions
    ]


def outline_text(constitution: Constitution) -> str:
    """An indented tree for the terminal: citation, words, and why a text binds no one where it does not."""
    lines = [constitution.title or constitution.source, ""]
    lines.extend(_line(provision) for provision in constitution.provisions)
    return "\n".join(lines) + "\n"


def _line(provision: Provision) -> str:
    words = provision.text if len(provision.text) <= 100 else provision.text[:99].rstrip() + "…"
    words = words.upper() if provision.is_heading else words
    standing = "" if provision.standing == "operative" else f"  [{provision.standing}]"
    printed = f", printed {provision.printed_page}" if provision.printed_page else ""
    page = "" if provision.page is None else f"  (p. {provision.page}{printed})"
    return f"{'  ' * provision.level}{provision.number}  {words}{standing}{page}"
