"""Tables of definitions: the term stands in one cell, what it means in the next, and often no word says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constitution_check.model import Block

_LONGEST_TERM = 10  # words
_HEADING = re.compile(r"(?:\W|\d|\b(?:appendix|annexe?|schedule|part|section)\s+\w+\b)*(?:table\s+of\s+|list\s+of\s+)?"
                      r"(?:definitions?|defined\s+terms|glossary|interpretation|abbreviations)\b.{0,60}", re.I)
_TERMS = re.compile(r"(?:(?:defined\s+)?terms?|expressions?|words?|phrases?|word\s+or\s+\w+|abbreviations?|acronyms?|"
                    r"definitions?)[.:]?", re.I)
_MEANINGS = re.compile(r"(?:meanings?|definitions?|explanations?|descriptions?|means|in\s+full)[.:]?", re.I)
_MEANS = re.compile(r"(?:means?|has\s+the\s+(?:same\s+)?meaning|shall\s+mean|refers?\s+to)\b", re.I)


def terms_explained(blocks: Sequence[Block]) -> dict[int, str]:
    """The terms that cells explain, by the position of the explaining block.

    A table counts where it stands under a heading such as "Definitions", or its first row reads "Term, Meaning"; a row
    of any other table where its second cell begins with "means".
    """
    explained: dict[int, str] = {}
    heading, of_terms = "", dict[int, bool]()
    for at, block in enumerate(blocks):
        if block.cell is None:
            if block.heading_level is not None or len(block.text.split()) <= _LONGEST_TERM:
                heading = block.text
            continue
        before = blocks[at - 1] if at else block
        table, row, column = block.cell
        if column == 0 or before.cell != (table, row, 0):
            continue
        if table not in of_terms:  # its first row
            headed = bool(_TERMS.fullmatch(before.text.strip()) and _MEANINGS.fullmatch(block.text.strip()))
            of_terms[table] = headed or bool(_HEADING.fullmatch(heading.strip()))
            if headed:
                continue
        term = before.text.strip().strip("“”\"'‘’:* ")
        if term and len(term.split()) <= _LONGEST_TERM and (of_terms[table] or _MEANS.match(block.text.strip())):
            explained[at] = term
    return explained
