"""The one way through: a file in, a Report out. The command line and every page call this and hold no rule."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from constitution_check import __version__, tracked
from constitution_check.clause_records import Library
from constitution_check.colour_legend import colour_notes
from constitution_check.dates import law_date
from constitution_check.document_dates import law_of, read_date, read_version
from constitution_check.document_set import Document, DocumentSet
from constitution_check.findings import finding_of
from constitution_check.legibility import ocr_notes
from constitution_check.lexicon import Lexicon
from constitution_check.library import load_library
from constitution_check.missing_parts import MissingPart, as_unread, missing_parts, pointing
from constitution_check.model import (
    Block,
    Constitution,
    DocumentDate,
    Finding,
    LibraryStamp,
    Reading,
    Report,
    Revisions,
    Source,
    Tool,
)
from constitution_check.nearest import Nearest, sayings_of
from constitution_check.progress import Progress, no_progress
from constitution_check.readers.common import Ocr, ReadOptions
from constitution_check.second_opinion import ByWords, Opinion
from constitution_check.syntax import using

if TYPE_CHECKING:
    from constitution_check.semantic import Encode


def check_document(path: Path | str, library: Library | None = None, safeguards: Sequence[str] | None = None, *,
                   beside: Sequence[Path | str] = (), as_of: date | None = None,
                   pipeline: str | None = None, semantic: str | None = None,
                   ocr: Ocr = "auto", progress: Progress = no_progress) -> Report:
    """Check one document against the library (or the safeguards named) and report.

    beside: handbooks and policies to read with it. as_of: the day at which the law is stated, in place of the
    document's own. pipeline: an installed spaCy pipeline to parse with, in place of the one that ships. semantic: an
    installed embedding model to ask for passages near in meaning. ocr: whether pages that are pictures are read by OCR
    ("auto": where tesseract is installed). progress: told of each page read and each safeguard judged.
    Raises CheckError, with a sentence for the reader, where a file cannot be read, a safeguard is unknown, or the
    pipeline or model will not do.
    """
    return check_fully(path, library, safeguards, beside=beside, as_of=as_of, pipeline=pipeline, semantic=semantic,
                       ocr=ocr, progress=progress).report


@dataclass(frozen=True)
class Checked:
    """A report with what it was made from.

    documents: the text as proposed, made ready to be judged. current, findings_on_current: the text without its
    tracked changes, and what it gives; None and empty where nothing is tracked.
    """

    report: Report
    readings: tuple[Reading, ...]
    documents: DocumentSet
    current: DocumentSet | None = None
    findings_on_current: tuple[Finding, ...] = ()


def check_fully(path: Path | str, library: Library | None = None, safeguards: Sequence[str] | None = None, *,
                beside: Sequence[Path | str] = (), as_of: date | None = None,
                pipeline: str | None = None, semantic: str | None = None, ocr: Ocr = "auto",
                progress: Progress = no_progress, like: Checked | None = None) -> Checked:
    """`check_document`, with the text as it was read and the findings on the text without its tracked changes.

    like: another version of the document, checked before. What was found there in a sentence of the same words is
    taken over; it changes no finding and saves most of the time.
    """
    encode = None
    if semantic is not None:
        from constitution_check.semantic import load_model

        encode = load_model(semantic)
    with _collector_at_rest(), using(pipeline):
        return _checked(Path(path), library, safeguards, [Path(other) for other in beside], as_of, encode,
                        ReadOptions(ocr, progress), like.documents if like else None)


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


def _checked(path: Path, library: Library | None, safeguards: Sequence[str] | None, beside: Sequence[Path],
             as_of: date | None, encode: Encode | None, options: ReadOptions, like: DocumentSet | None) -> Checked:
    from constitution_check.outline import build, require_provisions
    from constitution_check.read_set import read_set

    held = library or load_library(examples=False)
    wanted = [held.get(i).id for i in safeguards] if safeguards else [s.id for s in held.safeguards]
    readings = read_set(path, beside, options)
    constitutions = [build(reading.blocks, reading.name) for reading in readings]
    require_provisions(constitutions[0])
    now = datetime.now(UTC).replace(microsecond=0)
    dated = read_date(constitutions[0])
    law = law_date(constitutions[0].body.kind, dated, as_of, now.date())
    documents = _documents(constitutions, held, like)
    findings = _findings(documents, held, wanted, law.day, now.date(), encode, options.progress)
    current, before = None, list[Finding]()
    if any(reading.current is not None for reading in readings):
        current = _documents([c if r.current is None else build(r.current, r.name)
                              for c, r in zip(constitutions, readings, strict=True)], held, documents)
        before = _findings(current, held, wanted, law.day, now.date(), None)
        changes = [change for reading in readings for change in reading.changes]
        findings = [tracked.beside(new, old, changes) for new, old in zip(findings, before, strict=True)]
    missing = [missing_parts(one, [other for other in constitutions if other is not one]) for one in constitutions]
    findings = [pointing(finding, [part for parts in missing for part in parts]) for finding in findings]
    report = Report(tool=Tool(version=__version__), checked_at=now, law=law, body=constitutions[0].body,
                    library=LibraryStamp(version=held.version, safeguards=len(held.safeguards)),
                    sources=tuple(_sources(readings, documents, dated, missing)), findings=tuple(findings))
    return Checked(report, tuple(readings), documents, current, tuple(before))


def check_constitution(constitution: Constitution, library: Library, wanted: Sequence[str]) -> list[Finding]:
    """One finding for each safeguard wanted, in the library's order, by the law of the constitution's own date."""
    today = datetime.now(UTC).date()
    return _findings(_documents([constitution], library), library, wanted, law_of(constitution, None, today).day, today)


def _documents(constitutions: Sequence[Constitution], library: Library,
               like: DocumentSet | None = None) -> DocumentSet:
    """The constitutions made ready; `like`: another version of them, from which is taken over what it found."""
    lexicon = lexicon_of(library)
    main, *others = (Document.ready(constitution, lexicon, like.main.finder if like and n == 0 else None)
                     for n, constitution in enumerate(constitutions))
    return DocumentSet(main, others)


def _findings(documents: DocumentSet, library: Library, wanted: Sequence[str], day: date, today: date,
              encode: Encode | None = None, progress: Progress = no_progress) -> list[Finding]:
    reading = documents.main.finder.reading
    opinions: list[Opinion] = [ByWords(documents.main.finder, Nearest(reading, sayings_of(library)))]
    if encode is not None:
        from constitution_check.semantic import ByMeaning

        opinions.append(ByMeaning(reading.units, encode))
    findings = []
    for done, safeguard in enumerate(asked := [s for s in library.safeguards if s.id in wanted]):
        progress(f"Looking for {safeguard.title}", done, len(asked))
        findings.append(finding_of(safeguard, documents.judge(safeguard.as_of(day)), documents,
                                   safeguard.law_for(day, today), opinions))
    return findings


@lru_cache(maxsize=4)
def _compiled(version: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    return Lexicon(dict(lists))


def lexicon_of(library: Library) -> Lexicon:
    """The library's lists ready to find; compiled once for each library."""
    return _compiled(library.version, tuple(library.lists.items()))


def _sources(readings: Sequence[Reading], documents: DocumentSet, dated: DocumentDate | None,
             missing: Sequence[Sequence[MissingPart]]) -> Iterator[Source]:
    """Every document read: the constitution, then those read beside it; missing: what each refers to in vain."""
    for reading, document, parts in zip(readings, (documents.main, *documents.others), missing, strict=True):
        main = document is documents.main
        yield _source(reading).model_copy(update={
            "role": "constitution" if main else "part" if document.joined_by else "handbook",
            "unread": (*reading.unread, *as_unread(parts)),
            "joined_by": document.joined_by, "version": read_version(document.constitution),
            "dated": dated if main else read_date(document.constitution)})


def _source(reading: Reading) -> Source:
    kinds = [change.kind for change in reading.changes]
    return Source(name=reading.name, sha256=reading.sha256, format=reading.format, pages=reading.pages,
                  words=_words(reading.blocks), unread=reading.unread,
                  notes=(*colour_notes(reading.blocks), *ocr_notes(reading)),
                  revisions=Revisions(insertions=kinds.count("insertion"), deletions=kinds.count("deletion"),
                                      authors=tuple(sorted({c.author for c in reading.changes if c.author}))))


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
