"""When a document took effect, and its version, as it says itself: cover, version table, commencement sentence.

A safeguard's floor is what statute demanded at that time, so the date decides which law is read beside the text.
Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from constitution_check.dates import Found, dates_in, law_date
from constitution_check.model import Constitution, DateKind, DocumentDate, Evidence, LawDate, Provision

EARLIEST = date(2012, 1, 1)  # no body of these kinds is older; an earlier date on a cover is of something else
_EFFECTIVE = re.compile(
    r"\b(?:effective|with\s+effect|in\s+force|into\s+(?:force|effect|operation)|takes?\s+effect|(?:has|have)\s+effect|"
    r"commencement|commences?|operative)\b", re.I)
_APPROVED = re.compile(r"\b(?:approv\w+|adopt\w+|ratif\w+|agreed|amended|revised|varied|variation|issued?|published|"
                       r"publication|dated?|version|edition|final)\b", re.I)
_NOT_ITS_DATE = re.compile(
    r"\b(?:reviewed\s+by|review(?:\s+date|\s+due|\s+by)?|expir\w+|supersed\w+|replac\w+|printed|previous\w*|established|"
    r"establishment|draft|Act|Regulations|Order)\b", re.I)
_COMMENCES = re.compile(
    r"\b(?:this|the)\s+(?:(?:revised|amended|new|version\s+of\s+(?:this|the))\s+)?(?:constitution|version|document|handbook|"
    r"policy|instrument)\b[^.;]{0,80}?\b(?:has|have|takes?|shall\s+(?:have|take|come)|will\s+(?:have|take|come)|comes?|came|"
    r"took|is|was|be|becomes?|commences?|approved|adopted)\b[^.;]{0,80}", re.I)
_VERSION = re.compile(
    r"\b(?:version|ver\.?|v\.?)\s*(?:no\.?|number)?\s*[:.]?\s*\[?(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})\b", re.I)
_VERSION_CELL = re.compile(
    r"(?:version\s*|v\.?\s*)?(?P<number>\d{1,2}(?:\.\d{1,3}){0,2})(?:\s*\(?(?:final|draft)\)?)?", re.I)
_DATE_HEAD = re.compile(r"\bdate|effective|approved|adopted|when\b", re.I)
_LABEL = 60  # characters: a longer cell is no label of the date in the next
_FRONT = 3  # headings at the very front may carry the date where there is no cover


class _Candidate(NamedTuple):
    kind: DateKind
    found: Found
    provision: Provision
    rank: int  # 0 says outright when the text takes effect; 1 says when it was made; 2 only stands on the cover


def read_date(constitution: Constitution) -> DocumentDate | None:
    """The document's date, None where it gives none that can be read.

    An effective date on the cover or in the version table comes first. Else the latest of what the version table,
    the cover and a commencement sentence say, because a sentence of commencement often outlives several revisions.
    """
    candidates = [c for c in (*_on_the_front(_front(constitution.provisions)), *_commencing(constitution.provisions))
                  if c.found.day >= EARLIEST]
    if not candidates:
        return None
    rank = min(c.rank for c in candidates)
    best = max((c for c in candidates if c.rank == rank), key=lambda c: c.found.day)
    found, provision = best.found, best.provision
    start, end = _clause(provision.text, found) if len(provision.text) > 160 else (0, len(provision.text))
    return DocumentDate(day=found.day, month_only=found.month_only, kind=best.kind,
                        evidence=Evidence.of(constitution.source, provision, start, end))


def _clause(text: str, found: Found) -> tuple[int, int]:
    """The sentence that holds the date, for quoting."""
    start = max(text.rfind(". ", 0, found.start) + 2, 0) if ". " in text[:found.start] else 0
    stop = text.find(". ", found.end)
    return start, len(text) if stop < 0 else stop + 1


def _front(provisions: Sequence[Provision]) -> list[Provision]:
    """Cover, document control wherever it stands, and the first headings."""
    return [p for p in provisions if p.standing == "cover" or (p.index < _FRONT and p.is_heading)]


def _on_the_front(front: Sequence[Provision]) -> Iterator[_Candidate]:
    in_table = {p.index: rows for rows in _version_rows(front) for p in rows.cells}
    for rows in {id(rows): rows for rows in in_table.values()}.values():
        yield from rows.candidates()
    for at, provision in enumerate(front):
        if provision.index in in_table:
            continue
        last = 0
        for found in dates_in(provision.text):
            before = provision.text[last:found.start]
            last = found.end
            label = before if before.strip(" :,–—-(") else _label_of(front, at)
            if _NOT_ITS_DATE.search(_nearest_part(label)):
                continue
            if _EFFECTIVE.search(label):
                yield _Candidate("effective", found, provision, 0)
            elif _APPROVED.search(label) or _APPROVED.search(provision.text):
                yield _Candidate("approved", found, provision, 1)
            else:
                yield _Candidate("cover", found, provision, 2)


def _label_of(front: Sequence[Provision], at: int) -> str:
    """The words just before a cell that holds only a date ("Effective date" | "1 July 2022")."""
    before = front[at - 1] if at else None
    if before is None or before.index != front[at].index - 1 or len(before.text) > _LABEL or dates_in(before.text):
        return ""
    return before.text


def _nearest_part(label: str) -> str:
    """The last part of what stands before a date: in "Reviewed by the Board, approved on" the approval."""
    parts = [part for part in re.split(r"[,;|]", label) if part.strip()]
    return parts[-1] if parts else ""


class _Rows(NamedTuple):
    """A version table: its heading cells, and each row's cells from its version number on."""

    heads: list[Provision]
    rows: list[list[Provision]]

    @property
    def cells(self) -> list[Provision]:
        return [*self.heads, *(cell for row in self.rows for cell in row)]

    def last(self) -> list[Provision]:
        """The row of the highest version."""
        return max(self.rows, key=lambda row: _number(row[0].text))

    def candidates(self) -> Iterator[_Candidate]:
        """The date of the last version: the effective one where a column gives it."""
        heads = [h.text for h in self.heads if _DATE_HEAD.search(h.text)]
        cells = [(cell, found) for cell in self.last()[1:] for found in dates_in(cell.text)[:1]
                 if len(cell.text) <= _LABEL]
        for n, (cell, found) in enumerate(cells):
            head = heads[n] if len(heads) == len(cells) else ""
            if _NOT_ITS_DATE.search(head):
                continue
            effective = bool(_EFFECTIVE.search(head))
            yield _Candidate("effective" if effective else "version", found, cell, 0 if effective else 1)


def _version_rows(front: Sequence[Provision]) -> Iterator[_Rows]:
    """Tables of versions: a run of heading cells that begins with "Version", then rows that begin with a number."""
    at = 0
    while at < len(front):
        heads = _heads(front, at)
        at += max(len(heads), 1)
        if len(heads) < 2:
            continue
        rows: list[list[Provision]] = []
        while at < len(front) and front[at].index == front[at - 1].index + 1:
            cell = front[at]
            if _number(cell.text) and not (rows and len(rows[-1]) < 2):
                rows.append([cell])
            elif rows and len(rows[-1]) < len(heads):
                rows[-1].append(cell)
            else:
                break
            at += 1
        if rows:
            yield _Rows(heads, rows)


def _heads(front: Sequence[Provision], at: int) -> list[Provision]:
    if not re.fullmatch(r"(?:version|edition|issue|v)(?:\s+(?:no|number|control))?[.:]?", front[at].text.strip(), re.I):
        return []
    heads = [front[at]]
    for cell in front[at + 1:at + 8]:
        if _number(cell.text) or dates_in(cell.text) or len(cell.text) > _LABEL:
            break
        heads.append(cell)
    return heads


def _number(text: str) -> tuple[int, ...]:
    """A version number as its parts, () where the text is none."""
    found = _VERSION_CELL.fullmatch(text.strip().strip("[]"))
    return tuple(int(part) for part in found["number"].split(".")) if found else ()


def _commencing(provisions: Iterable[Provision]) -> Iterator[_Candidate]:
    """Sentences of the text that say when it, and not the body, begins or was made."""
    for provision in provisions:
        if provision.standing != "operative" or provision.is_heading or "20" not in provision.text:
            continue
        for sentence in _COMMENCES.finditer(provision.text):
            if not (_EFFECTIVE.search(sentence[0]) or _APPROVED.search(sentence[0])):
                continue
            for found in dates_in(provision.text):
                inside = sentence.start() < found.start < sentence.end()
                if inside and not _NOT_ITS_DATE.search(_nearest_part(provision.text[sentence.start():found.start])):
                    yield _Candidate("commencement", found, provision, 1)
                    break


def law_of(constitution: Constitution, given: date | None = None, today: date | None = None) -> LawDate:
    """The day whose law is read beside the constitution: the one given, its own, else the one assumed for its body."""
    return law_date(constitution.body.kind, read_date(constitution), given, today or datetime.now(UTC).date())


def read_version(constitution: Constitution) -> str:
    """The version that the document gives itself ("2.0"), "" where none: from the cover, else the version table."""
    front = _front(constitution.provisions)
    tables = list(_version_rows(front))
    in_table = {cell.index for table in tables for cell in table.cells}
    for provision in front:
        found = _VERSION.search(provision.text) if provision.index not in in_table else None
        if found:
            return found["number"]
    highest = max((_number(table.last()[0].text) for table in tables), default=())
    return ".".join(str(part) for part in highest)
