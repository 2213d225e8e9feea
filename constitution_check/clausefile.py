"""One clause file (Markdown) into a Safeguard, with every fault named by file and line.

markdown-it-py gives the blocks and their lines; this module gives them their meaning. The shape is
taught in `clauses/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import ValidationError

from constitution_check.clause_lines import LineError, dated_text, parse_line
from constitution_check.clause_records import Example, Expected, Limb, Line, Phrase, Safeguard, SourceNote
from constitution_check.clause_sayings import sayings
from constitution_check.model import LawNote
from constitution_check.phrases import PhraseError, parse_phrase

_FIELDS = {"demand": "demand", "ccg wording": "ccg_wording", "icb wording": "icb_wording"}
_LINES = {"met by": "met", "falls short by": "short", "narrowed by": "narrowed", "opposed by": "opposed",
          "not about": "not_about", "floor": "floor", "accepts": "accepts"}
_TEXTS = {"why it matters": "why", "floor": "floor", "counter-clauses": "counter_clauses",
          "known false alarms": "false_alarms"}
_SECTIONS = {*_TEXTS, "limbs", "words", "law", "sources", "examples"}
_EXPECTED = re.compile(r"^(?P<limb>[\w-]+): (?P<status>met|weakened|contradicted|absent)"
                       r"(?: \((?P<kinds>[a-z_, ]+)\))?(?: at (?P<at>[\d, ]+))?$")


@dataclass
class Part:
    """A heading, a paragraph, a quotation or a list item: its text and its line (from 1)."""

    kind: str
    text: str
    row: int
    level: int = 0


@dataclass
class Reader:
    """Collects the faults of one file while its parts are read."""

    name: str
    faults: list[str] = field(default_factory=list)

    def fault(self, row: int, what: str) -> None:
        """Note a fault at a line of the file."""
        self.faults.append(f"{self.name}:{row}: {what}")


@cache
def _markdown() -> MarkdownIt:
    """A reader of blocks only: what stands inside a line is read by us, as it is written."""
    return MarkdownIt().disable("inline")


def list_parts(text: str, first_row: int = 1) -> Iterator[Part]:
    """The headings and "- phrase" lines of a word list: one a line, so that no reader of Markdown is needed.

    A long library holds tens of thousands of phrases; read as Markdown they would take most of a check's time.
    """
    for row, line in enumerate(text.split("\n"), first_row):
        if line.startswith("- "):
            yield Part("item", line[2:].strip(), row)
        elif line.startswith("#"):
            marks, _, name = line.partition(" ")
            yield Part("heading", name.strip(), row, len(marks))


def parts_of(text: str, first_row: int = 1) -> Iterator[Part]:
    """The headings, paragraphs, quotations and list items of a Markdown text."""
    quoted = items = 0
    level = 0
    lines = text.split("\n")
    for token in _markdown().parse(text):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            kind = "quote" if quoted else "item" if items else "heading" if level else "paragraph"
            row = (token.map or [0])[0]
            # "- # days" is a heading in a list item to Markdown, a phrase that begins with a number to us.
            written = lines[row].strip().removeprefix("- ") if items and level else token.content
            yield Part(kind, written, row + first_row, level)
        elif token.type in ("fence", "code_block", "html_block"):
            yield Part("paragraph", token.content, (token.map or [0])[0] + first_row)


def _head(text: str, reader: Reader) -> tuple[dict[str, str], str, int]:
    """The "key: value" lines between the two --- lines, the rest, and the rest's first row."""
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        reader.fault(1, "the file must begin with a head between two lines of ---")
        return {}, text, 1
    end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---")
    head: dict[str, str] = {}
    for row, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            reader.fault(row, f'"{line.strip()}" is not of the form "name: value"')
        elif line.strip():
            head[key.strip()] = value.strip()
    for key in sorted({"id", "title", "theme", "eras", "reviewed"} ^ set(head)):
        reader.fault(1, f'the head {"has an unknown" if key in head else "lacks its"} "{key}"')
    return head, "\n".join(lines[end + 1:]), end + 2


def _sections_apart(text: str, row: int) -> Iterator[tuple[str, int]]:
    """The text from each "## " line to the next, and the row of its first line."""
    start, lines = 0, text.split("\n")
    for n in [i for i, line in enumerate(lines) if line.startswith("## ") and i] + [len(lines)]:
        yield "\n".join(lines[start:n]), row + start
        start = n


def _parts(text: str, row: int, examples: bool) -> Iterator[Part]:
    for section, first in _sections_apart(text, row):
        if section.startswith("## Words"):
            yield from list_parts(section, first)
        elif examples or not section.startswith("## Examples"):
            yield from parts_of(section, first)


def read_clause_file(path: Path, examples: bool = True) -> tuple[Safeguard | None, list[str]]:
    """The safeguard written in a file, or None, with every fault found as "file:line: what".

    examples: read them too; a check needs none.
    """
    reader = Reader(path.name)
    head, rest, row = _head(path.read_text(encoding="utf-8"), reader)
    sections: dict[str, list[Part]] = {}
    now: list[Part] | None = None
    for part in _parts(rest, row, examples):
        if part.kind == "heading" and part.level <= 2:
            name = part.text.lower()
            if name not in _SECTIONS:
                reader.fault(part.row, f'there is no section "{part.text}"; use one of {", ".join(sorted(_SECTIONS))}')
            now = sections.setdefault(name, [])
        elif now is None:
            reader.fault(part.row, "text before the first section")
        else:
            now.append(part)
    if head.get("id") and head["id"] != path.stem:
        reader.fault(1, f'the id "{head["id"]}" must be the file\'s name')
    fields: dict[str, Any] = {
        **{key: value for key, value in head.items() if key != "eras"},
        "eras": tuple(e.strip() for e in head.get("eras", "").split(",") if e.strip()),
        **{_TEXTS[name]: "\n\n".join(p.text.replace("\n", " ") for p in parts)
           for name, parts in sections.items() if name in _TEXTS},
        "limbs": tuple(_limbs(sections.get("limbs", []), reader, head.get("id", ""))),
        "words": word_lists(sections.get("words", []), 3, reader),
        "law": tuple(_law(sections.get("law", []), reader)),
        "sources": tuple(_sources(sections.get("sources", []), reader)),
        "said": tuple(said for section, _ in _sections_apart(rest, row) if section.startswith("## Examples")
                      for said in sayings(section)),
        "examples": tuple(_examples(sections.get("examples", []), reader)),
    }
    return _validated(fields, reader), reader.faults


def _validated(fields: dict[str, Any], reader: Reader) -> Safeguard | None:
    try:
        return Safeguard(**fields)
    except ValidationError as error:
        for fault in error.errors():
            reader.fault(1, f"{'.'.join(str(p) for p in fault['loc'])}: {fault['msg']}")
        return None


def _groups(parts: list[Part], reader: Reader, what: str) -> Iterator[tuple[Part, list[Part]]]:
    """Each level-3 heading with what stands under it."""
    now: tuple[Part, list[Part]] | None = None
    for part in parts:
        if part.kind == "heading":
            if now:
                yield now
            now = (part, [])
        elif now is None:
            reader.fault(part.row, f"this stands before the first {what} (a line that begins with ###)")
        else:
            now[1].append(part)
    if now:
        yield now


def word_lists(parts: Iterable[Part], level: int, reader: Reader) -> dict[str, tuple[Phrase, ...]]:
    """The lists of phrases, each under a heading of that level; other headings end a list."""
    found: dict[str, tuple[Phrase, ...]] = {}
    name = ""
    for part in parts:
        if part.kind == "heading":
            name = part.text if part.level == level else ""
            if name in found:
                reader.fault(part.row, f'the list "{name}" stands twice')
            if name:
                found[name] = ()
        elif part.kind == "item" and name:
            found[name] = (*found[name], Phrase(text=part.text, file=reader.name, row=part.row))
            _phrase_faults(found[name], name, reader)
        elif part.kind == "item":
            reader.fault(part.row, "a phrase before the first list")
    for name in (n for n, phrases in found.items() if not phrases):
        reader.fault(1, f'the list "{name}" is empty')
    return found


def _phrase_faults(phrases: tuple[Phrase, ...], name: str, reader: Reader) -> None:
    last = phrases[-1]
    if last.text in (p.text for p in phrases[:-1]):
        reader.fault(last.row, f'"{last.text}" stands twice in "{name}"')
    try:
        parse_phrase(last.text)
    except PhraseError as error:
        reader.fault(last.row, str(error))


def _limbs(parts: list[Part], reader: Reader, safeguard: str) -> Iterator[Limb]:
    for heading, below in _groups(parts, reader, "limb"):
        limb_id, _, rest = heading.text.partition(" ")
        if rest not in ("", "(supporting)"):
            reader.fault(heading.row, f'after a limb\'s id only "(supporting)" may stand, not "{rest}"')
        fields: dict[str, Any] = {"id": limb_id, "essential": not rest}
        lines: list[Line] = []
        group = ""
        for part in below:
            if part.kind == "item":
                if not group:
                    reader.fault(part.row, 'a line before its "Met by:"')
                    continue
                line = _line(part, group, reader)
                if line:
                    lines = [*fields.get(_LINES[group], ()), line]
                    fields[_LINES[group]] = tuple(lines)
                continue
            group = _limb_field(part, fields, reader)
        try:
            yield Limb(**fields)
        except ValidationError as error:
            for fault in error.errors():
                reader.fault(heading.row, f"limb {limb_id}: {'.'.join(str(p) for p in fault['loc'])}: {fault['msg']}")


def _line(part: Part, group: str, reader: Reader) -> Line | None:
    try:
        return parse_line(part.text.replace("\n", " "), reader.name, part.row, with_kind=group in ("falls short by",
                                                                                                "accepts"))
    except LineError as error:
        reader.fault(part.row, str(error))
        return None


def _limb_field(part: Part, fields: dict[str, Any], reader: Reader) -> str:
    """Take a "Name: value" paragraph into `fields`; the name, where a list of lines must follow."""
    name, colon, value = part.text.replace("\n", " ").partition(":")
    key, value = name.strip().lower(), value.strip()
    if key in _FIELDS and value:
        fields[_FIELDS[key]] = value
    elif key == "right" and value == "yes":
        fields["right"] = True
    elif key in ("rides on", "needs") and value:
        fields[key.replace(" ", "_")] = tuple(v.strip() for v in value.split(","))
    elif key in _LINES and colon and not value:
        return key
    else:
        reader.fault(part.row, f'"{part.text[:40]}" is none of: Demand, CCG wording, ICB wording, Right, Rides on, '
                               "Needs, Met by, Falls short by, Narrowed by, Opposed by, Not about, Floor, Accepts")
    return ""


def _law(parts: list[Part], reader: Reader) -> Iterator[LawNote]:
    """What the law was, and when: "- from 2013-04-01 until 2023-12-31: what it said (where it stands)"."""
    for part in parts:
        try:
            since, until, text = dated_text(part.text.replace("\n", " "))
            if since is None and until is None:
                raise LineError('a note on the law begins with its days, as in "- from 2013-04-01 until 2023-12-31: …"')
            yield LawNote(since=since, until=until, text=text.strip())
        except LineError as error:
            reader.fault(part.row, str(error))
        except ValidationError:
            reader.fault(part.row, f'a note on the law must say what it was, not "{part.text[:40]}"')


def _sources(parts: list[Part], reader: Reader) -> Iterator[SourceNote]:
    for part in parts:
        when, _, text = part.text.replace("\n", " ").partition(": ")
        try:
            yield SourceNote(date=when.strip(), text=text.strip())
        except ValidationError:
            reader.fault(part.row, f'a source is written "- 2016-05: who said it, where", not "{part.text[:40]}"')


def _examples(parts: list[Part], reader: Reader) -> Iterator[Example]:
    for heading, below in _groups(parts, reader, "example"):
        verdict, _, name = heading.text.partition(":")
        lines = [line for part in below if part.kind == "quote" for line in part.text.split("\n")]
        split = [(line.partition(":")[0].strip(), line.partition(":")[2].strip()) for line in lines]
        expected: dict[str, Expected] = {}
        for part in (p for p in below if p.kind == "item"):
            found = _EXPECTED.match(part.text)
            if not found:
                reader.fault(part.row, f'"{part.text}" is not of the form "limb: weakened (narrowed) at 2"')
                continue
            try:
                expected[found["limb"]] = Expected(
                    status=found["status"], kinds=tuple(k.strip() for k in (found["kinds"] or "").split(",") if k),
                    at=tuple(int(n) for n in (found["at"] or "").split(",") if n.strip()))
            except ValidationError as error:
                reader.fault(part.row, str(error.errors()[0]["msg"]))
        try:
            yield Example(name=name.strip() or heading.text, lines=tuple(split), verdict=verdict.strip(),
                          limbs=expected, file=reader.name, row=heading.row)
        except ValidationError as error:
            reader.fault(heading.row, f"example: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}")
