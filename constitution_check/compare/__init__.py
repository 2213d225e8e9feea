"""Two versions of a constitution compared: which safeguards were lost, weakened, strengthened or gained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from constitution_check.clause_records import Library
from constitution_check.compare.passages import change_of
from constitution_check.compare.records import Comparison, Side, in_order
from constitution_check.compare.versions import Version, Versions
from constitution_check.document_set import DocumentSet
from constitution_check.errors import CheckError
from constitution_check.model import Change, Finding, Report
from constitution_check.pipeline import Checked, check_fully
from constitution_check.progress import Progress, no_progress
from constitution_check.readers.common import Ocr

__all__ = ["Comparison", "compare_documents", "compare_tracked"]


def compare_documents(old: Path | str, new: Path | str, library: Library | None = None,
                      safeguards: Sequence[str] | None = None, *, old_beside: Sequence[Path | str] = (),
                      new_beside: Sequence[Path | str] = (), as_of: date | None = None, pipeline: str | None = None,
                      ocr: Ocr = "auto", progress: Progress = no_progress) -> Comparison:
    """Compare the earlier version `old` with the later `new`, each with the handbooks read beside it.

    Both are read beside the law of one day, `as_of` or the newer document's: a clause that stayed word for word is
    then no better or worse for a law that came between. Raises CheckError where either cannot be read.
    """
    now = check_fully(new, library, safeguards, beside=new_beside, as_of=as_of, pipeline=pipeline, ocr=ocr,
                      progress=progress)
    day = now.report.law.day if now.report.law else as_of
    was = check_fully(old, library, safeguards, beside=old_beside, as_of=day, pipeline=pipeline, ocr=ocr,
                      progress=progress, like=now)
    return _compared(now.report, was.report.findings, was.documents, now.documents, _side(was.report))


def compare_tracked(path: Path | str, library: Library | None = None, safeguards: Sequence[str] | None = None, *,
                    beside: Sequence[Path | str] = (), as_of: date | None = None, pipeline: str | None = None,
                    ocr: Ocr = "auto", progress: Progress = no_progress) -> Comparison:
    """Compare a Word file as it stands with itself as proposed, its tracked changes accepted.

    Raises CheckError where it cannot be read, or has no tracked changes.
    """
    done = check_fully(path, library, safeguards, beside=beside, as_of=as_of, pipeline=pipeline, ocr=ocr,
                       progress=progress)
    if done.current is None:
        raise CheckError(f"{Path(path).name} has no tracked changes. To compare two versions, name both files and "
                         "leave out --tracked.")
    return _compared(done.report, done.findings_on_current, done.current, done.documents, _side(done.report),
                     _tracked(done))


def _tracked(done: Checked) -> list[Change]:
    return [change for reading in done.readings for change in reading.changes]


def _side(report: Report) -> Side:
    return Side(sources=report.sources, body=report.body)


def _compared(report: Report, was: Sequence[Finding], before: DocumentSet, after: DocumentSet, old: Side,
              tracked: Sequence[Change] | None = None) -> Comparison:
    versions = Versions(_version(before), _version(after))
    changes = [change_of(one, two, versions, tracked or ()) for one, two in zip(was, report.findings, strict=True)]
    return Comparison(tool=report.tool, library=report.library, compared_at=report.checked_at, law=report.law,
                      tracked=tracked is not None, old=old, new=_side(report), text=versions.changes(),
                      changes=in_order(changes))


def _version(documents: DocumentSet) -> Version:
    return Version([document.constitution for document in (documents.main, *documents.others)])
