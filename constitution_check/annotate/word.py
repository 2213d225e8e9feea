"""An annotated copy of a Word file: comments on weak words, tracked insertions of wording to ask for."""

from __future__ import annotations

from lxml import etree

from constitution_check.annotate.records import Notes, Written
from constitution_check.annotate.word_comments import Comments
from constitution_check.annotate.word_ids import Ids
from constitution_check.annotate.word_insert import Inserter
from constitution_check.annotate.word_marks import Marker
from constitution_check.annotate.word_trace import Traced, trace
from constitution_check.annotate.word_verify import verify
from constitution_check.annotate.word_write import comments_part, copy_package, serialised, with_comments_part
from constitution_check.readers.word_package import Package, too_large
from constitution_check.readers.word_xml import W

_PROTECTIONS = {"readOnly": "against changes", "comments": "against all changes but comments",
                "trackedChanges": "so that every change is tracked", "forms": "against changes outside its form fields"}
_OFF = ("0", "false", "off")


def annotate_word(data: bytes, package: Package, notes: Notes) -> tuple[Written, bytes]:
    """The annotated copy of a .docx and what was written into it.

    data: the file; package: the same, opened. Raises CheckError where the file cannot be read, is ISO Strict, or where
    the copy does not pass its own check.
    """
    try:
        return _annotate(data, package, notes)
    except (RecursionError, MemoryError) as error:
        raise too_large(package.name) from error


def _annotate(data: bytes, package: Package, notes: Notes) -> tuple[Written, bytes]:
    traced = trace(package)
    existing = comments_part(package)
    ids = Ids(_parts_with_ids(package, existing))
    comments = Comments(package.xml(existing) if existing else None, package.related("styles"), ids, notes.date)
    inserter = Inserter(traced, comments, ids, notes.date)
    marker = Marker(traced, comments, ids)
    marker.title(notes.summary)
    inserter.insert(notes.asks)
    marker.mark(notes.remarks)
    name, written = (existing, {}) if existing else with_comments_part(package)
    written = {**written, package.main: serialised(traced.document), name: serialised(comments.root)}
    copy = copy_package(data, package.name, written)
    verify(copy, data, traced, marker.tied, comments.made, {part.lower() for part in written})
    return _told(traced, notes, marker, inserter), copy


def _parts_with_ids(package: Package, comments: str) -> list[bytes]:
    """The parts in which revisions, bookmarks and comments are numbered together."""
    kinds = ("footnotes", "endnotes", "header", "footer", "comments")
    names = [package.main, *(r.target for r in package.main_relations.values() if r.kind in kinds and not r.external)]
    return [part for name in dict.fromkeys([*names, comments]) if name and (part := package.part(name)) is not None]


def _told(traced: Traced, notes: Notes, marker: Marker, inserter: Inserter) -> Written:
    loose = sum(not tied.words for tied in marker.tied) - 1
    told = [*_protection(traced.package.related("settings"))]
    if inserter.unplaced:
        titles = ", ".join(f"“{ask.title}”" for ask in inserter.unplaced)
        told.append(f"No place was found for the wording of {titles}; it is in the other reports.")
    if any(relation.kind == "origin" for relation in traced.package.relations("").values()):
        told.append("The document was signed digitally; the copy differs from what was signed, and Word will say so.")
    return Written(comments=len(notes.remarks), asks=len(notes.asks) - len(inserter.unplaced),
                   paragraphs=len(inserter.inserted), loose=max(loose, 0), notes=tuple(told))


def _protection(settings: etree._Element | None) -> list[str]:
    found = None if settings is None else settings.find(W + "documentProtection")
    if found is None or found.get(W + "enforcement", "0") in _OFF:
        return []
    how = _PROTECTIONS.get(found.get(W + "edit", ""), "against changes")
    return [f"The document is protected {how}: to accept or reject the insertions, stop the protection in Word first "
            "(Review, Restrict Editing)."]


