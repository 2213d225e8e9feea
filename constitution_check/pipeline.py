"""The one way through: a file in, a Report out. The command line and every page call this and hold no rule."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from constitution_check import __version__
from constitution_check.clause_records import Library
from constitution_check.findings import finding_of
from constitution_check.judge import judge
from constitution_check.lexicon import Lexicon
from constitution_check.library import load_library
from constitution_check.match import Finder
from constitution_check.model import (
    Block,
    Constitution,
    Finding,
    LibraryStamp,
    Reading,
    Report,
    Revisions,
    Source,
    Tool,
)
from constitution_check.sweep import Sweep
from constitution_check.tracked import beside
from constitution_check.units import read_units


def check_document(path: Path | str, library: Library | None = None,
                   safeguards: Sequence[str] | None = None) -> Report:
    """Check one document against the library (or the safeguards named) and report.

    Raises CheckError, with a sentence for the reader, where the file cannot be checked or a safeguard is unknown.
    """
    with _collector_at_rest():
        return _checked(Path(path), library, safeguards)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python's cycle collector is put to rest for the length of a check.

    A check makes many small lasting objects and few cycles; walking them again and again took a fifth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _checked(path: Path, library: Library | None, safeguards: Sequence[str] | None) -> Report:
    from constitution_check.outline import build, require_provisions
    from constitution_check.readers import read

    held = library or load_library(examples=False)
    wanted = [held.get(i).id for i in safeguards] if safeguards else [s.id for s in held.safeguards]
    reading = read(path)
    constitution = build(reading.blocks, reading.name)
    require_provisions(constitution)
    findings = check_constitution(constitution, held, wanted)
    if reading.current is not None:
        before = check_constitution(build(reading.current, reading.name), held, wanted)
        findings = [beside(now, then, reading.changes) for now, then in zip(findings, before, strict=True)]
    return Report(tool=Tool(version=__version__), checked_at=datetime.now(UTC).replace(microsecond=0),
                  library=LibraryStamp(version=held.version, safeguards=len(held.safeguards)),
                  sources=(_source(reading),), body=constitution.body, findings=tuple(findings))


def check_constitution(constitution: Constitution, library: Library, wanted: Sequence[str]) -> list[Finding]:
    """One finding for each safeguard wanted, in the library's order."""
    finder = Finder(read_units(constitution, lexicon_of(library)))
    sweep = Sweep(finder)
    return [finding_of(s, judge(s, finder, sweep), finder, constitution.body.kind)
            for s in library.safeguards if s.id in wanted]


@lru_cache(maxsize=4)
def _compiled(version: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    return Lexicon(dict(lists))


def lexicon_of(library: Library) -> Lexicon:
    """The library's lists ready to find; compiled once for each library."""
    return _compiled(library.version, tuple(library.lists.items()))


def _source(reading: Reading) -> Source:
    kinds = [change.kind for change in reading.changes]
    return Source(name=reading.name, sha256=reading.sha256, format=reading.format, pages=reading.pages,
                  words=_words(reading.blocks), unread=reading.unread,
                  revisions=Revisions(insertions=kinds.count("insertion"), deletions=kinds.count("deletion"),
                                      authors=tuple(sorted({c.author for c in reading.changes if c.author}))))


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
