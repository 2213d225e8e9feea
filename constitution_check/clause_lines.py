"""A line of a limb: `*{exclusion} + {tax avoidance} - ~{own staff} | why it matters`."""

from __future__ import annotations

import re
from datetime import date

from constitution_check.clause_records import Line, Mark, Term
from constitution_check.model import Kind
from constitution_check.phrases import PhraseError, parse_phrase

_TERM = re.compile(r'\s*(?P<sign>[+-])?\s*(?P<mark>[*!~^<])?(?:\{(?P<list>[^{}]+)\}|"(?P<phrase>[^"]+)")')
_KIND = re.compile(r"^([a-z_]+):\s*")
_DATED = re.compile(r"^(?:from (?P<since>\S+))?(?:(?:^|\s+)until (?P<until>[^\s:]+))?:\s*")


class LineError(ValueError):
    """A line that cannot be read; the message says what is wrong with it."""


def parse_line(written: str, file: str, row: int, with_kind: bool = False) -> Line:
    """The line as a record. Raises LineError.

    A phrase in quotation marks becomes a list of one phrase, whose id is the phrase in quotes.
    with_kind: the line begins with the weakness it shows, as in "narrowed: {…}". Before that may stand the days on
    which it applies: "from 2025-02-24: …".
    """
    text, _, why = (part.strip() for part in written.partition("|"))
    while why and text.count("{") > text.count("}"):  # a "|" inside braces separates lists, not the reason
        more, _, why = (part.strip() for part in why.partition("|"))
        text = f"{text}|{more}"
    since, until, text = dated_text(text)
    kind = None
    if with_kind:
        found = _KIND.match(text)
        if not found or found[1] not in list(Kind):
            raise LineError(f'the line must begin with a weakness and a colon, as in "narrowed: …", not "{text[:30]}"')
        kind, text = Kind(found[1]), text[found.end():]
    return Line(terms=tuple(_terms(text)), written=text, why=why, kind=kind, file=file, row=row,
                since=since, until=until)


def dated_text(written: str) -> tuple[date | None, date | None, str]:
    """The first and the last day from "from 2025-02-24 until 2026-03-31: …", and what follows; None where not said.

    Raises LineError where the days cannot be read or stand in the wrong order.
    """
    if not written.startswith(("from ", "until ")):
        return None, None, written
    found = _DATED.match(written)
    days = {name: _day(found[name].rstrip(":")) for name in ("since", "until") if found[name]} if found else {}
    if not found or not days:
        raise LineError(f'a date before a line is written "from 2025-02-24: …", "until 2023-12-31: …" or '
                        f'"from 2013-04-01 until 2023-12-31: …", not "{written[:40]}"')
    since, until = days.get("since"), days.get("until")
    if since and until and until < since:
        raise LineError(f"it would apply until {until}, which is before it begins, on {since}")
    return since, until, written[found.end():]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise LineError(f'"{written}" is not a date; write it as 2025-02-24') from None


def _terms(text: str) -> list[Term]:
    terms, at = [], 0
    while at < len(text.rstrip()):
        found = _TERM.match(text, at)
        if not found or (at and not found["sign"]) or (not at and found["sign"] == "+"):
            raise LineError(f'cannot read "{text[at:].strip()[:40]}"; terms are {{list}} or "phrase", joined by + or -')
        if found["phrase"]:
            try:
                parse_phrase(found["phrase"])
            except PhraseError as error:
                raise LineError(str(error)) from error
            lists: tuple[str, ...] = (f'"{found["phrase"]}"',)
        else:
            lists = tuple(name.strip() for name in found["list"].split("|"))
        terms.append(Term(lists=lists, mark=Mark(found["mark"] or ""), absent=found["sign"] == "-"))
        at = found.end()
    if not any(not term.absent for term in terms):
        raise LineError("a line must ask for something, not only rule things out")
    return terms
