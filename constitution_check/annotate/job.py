"""The work on the file itself: notes in, the annotated copy out. Nothing else here opens a file that somebody sent."""

from __future__ import annotations

import hashlib
from pathlib import Path

from constitution_check.annotate.records import Notes, Written
from constitution_check.errors import CheckError
from constitution_check.readers.detect import kind_of


def annotate_file(path: Path, payload: bytes) -> bytes:
    """What was written (`Written` as one line of JSON), a line feed, and the annotated copy.

    payload: the `Notes` as JSON. Raises CheckError where the file is neither Word nor PDF, is not the file that was
    checked, or no sound copy can be made.
    """
    notes = Notes.model_validate_json(payload)
    kind = kind_of(path)
    if kind == "docx":
        written, copy = _word(path, notes)
    elif kind == "pdf":
        from constitution_check.annotate.pdf import annotate_pdf

        data = path.read_bytes()
        _refuse_another(path, data, notes)
        written, copy = annotate_pdf(data, notes)
    else:
        raise CheckError(f"An annotated copy is made of Word files (.docx) and PDFs only, and {path.name} is neither. "
                         "Save it as .docx and annotate that, or ask for another format of report.")
    return written.model_dump_json().encode("utf-8") + b"\n" + copy


def _word(path: Path, notes: Notes) -> tuple[Written, bytes]:
    from constitution_check.annotate.word import annotate_word
    from constitution_check.readers.word_package import Package, read_bytes

    data = read_bytes(path)
    _refuse_another(path, data, notes)
    return annotate_word(data, Package(path, data), notes)


def _refuse_another(path: Path, data: bytes, notes: Notes) -> None:
    """The notes are about what was read: a file that changed in between would be marked in the wrong places."""
    if notes.sha256 != hashlib.sha256(data).hexdigest():
        raise CheckError(f"{path.name} was changed while it was checked; save it and check it again.")
