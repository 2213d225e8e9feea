"""Dates as people write them, and the day at which the law is stated."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from constitution_check.errors import CheckError
from constitution_check.model import BodyKind, DocumentDate, LawDate

LAST_DAY_OF_CCGS = date(2022, 6, 30)

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(re.compile(form, re.I) for form in (
    rf"(?<!\d){_DAY}\s+(?:day\s+)?(?:of\s+)?{_MONTH},?\s+{_YEAR}",  # 1st July 2022
    rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # July 1, 2022
    rf"\b{_MONTH},?\s+{_YEAR}",  # July 2022
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",  # 2022-07-01
    r"(?<![\d./])(?P<day>\d{1,2})(?P<by>[/.-])(?P<number>\d{1,2})(?P=by)(?P<year>(?:19|20)\d\d)(?!\d)",  # 01/07/2022
    r"(?<![\d./])(?P<day>\d\d)(?P<by>[/.])(?P<number>\d\d)(?P=by)(?P<year>\d\d)(?![\d./])",  # 01/07/22
))


class Found(NamedTuple):
    """A date in a text: the day (a month's last where only the month is given) and the characters it stands at."""

    day: date
    month_only: bool
    start: int
    end: int


def dates_in(text: str) -> list[Found]:
    """Every date in a text, in order; day before month, as dates are written in Britain."""
    found: list[Found] = []
    for form in _FORMS:
        for match in form.finditer(text):
            made = _made(match)
            if made and not any(made.start < f.end and f.start < made.end for f in found):
                found.append(made)
    return sorted(found, key=lambda f: f.start)


def _made(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
    day = int(parts["day"]) if parts.get("day") else None
    if month > 12 and day is not None and day <= 12:
        day, month = month, day
    try:
        when = date(year, month, day or monthrange(year, month)[1])
    except ValueError:  # 31 June, month 14: also raised by monthrange, whose error is a ValueError
        return None
    return Found(when, day is None, *match.span())


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def parse_date(written: str) -> date:
    """The one date that someone typed. Raises CheckError, with the form to write, where it is none."""
    found = [f for f in dates_in(written) if not written[:f.start].strip() and not written[f.end:].strip()]
    if not found:
        raise CheckError(f'"{written}" is not a date that can be read. Write it as 2022-07-01 or 1 July 2022.')
    return found[0].day


def law_date(body: BodyKind, dated: DocumentDate | None, given: date | None, today: date) -> LawDate:
    """The day at which the law is stated: the one asked for, the document's own, else one that is assumed.

    Without any date an ICB's text (or one of an unknown body) is read beside the law of today, a CCG's beside that of
    the last day on which there were CCGs: the law of a time when the text could not be in force tells no one anything.
    """
    if given is not None:
        return LawDate(day=given, basis="given")
    if dated is not None:
        return LawDate(day=dated.day, basis="document")
    return LawDate(day=min(today, LAST_DAY_OF_CCGS) if body == "ccg" else today, basis="assumed")
