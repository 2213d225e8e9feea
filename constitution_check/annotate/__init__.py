"""A copy of the document itself with comments on its words and the wording to ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from constitution_check.annotate.records import Written
from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.model import Report

__all__ = ["Annotated", "annotate", "refuse_other_formats"]

ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".pdf")


class Annotated(NamedTuple):
    """An annotated copy, and what was written into it."""

    content: bytes
    written: Written


def refuse_other_formats(path: Path) -> None:
    """Raises CheckError for a set of documents, and a file whose name says that no annotated copy can be made of it."""
    if path.is_dir() or path.suffix.lower() == ".zip":
        what = "a folder" if path.is_dir() else "a set of documents (.zip)"
        raise CheckError(f"An annotated copy is made of one Word file (.docx) or PDF, and {path.resolve().name} is "
                         f"{what}. Give the constitution in it by itself, and the others with --with.")
    if path.suffix.lower() not in ENDINGS:
        raise CheckError(f"An annotated copy is made of Word files (.docx) and PDFs only, and {path.name} is neither. "
                         "Save it as .docx and annotate that, or ask for another format of report.")


def annotate(path: Path, report: Report, library: Library) -> Annotated:
    """The annotated copy of the report's first source, which lies at `path`.

    In Word, comments and tracked insertions; in a PDF, highlights and notes. The copy has been read again and compared
    with the original before it is given. Raises CheckError where the file is of another format, or no sound copy can
    be made.
    """
    from constitution_check.annotate.saying import notes_of

    refuse_other_formats(path)
    answer = in_child(path, notes_of(report, library).model_dump_json().encode("utf-8"))
    head, content = answer.split(b"\n", 1)
    return Annotated(content, Written.model_validate_json(head))


def in_child(path: Path, payload: bytes) -> bytes:
    """The answer of `job.annotate_file`: the file is opened nowhere else."""
    from constitution_check.contained.jobs import work_in_child

    return work_in_child("annotate", path, payload)
