"""One module a format; each turns a file into Blocks and never judges."""

from __future__ import annotations

from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.readers.common import AS_USUAL, MAX_TEXT_CHARS, MustConvertError, ReadOptions
from constitution_check.readers.detect import FOREIGN, PICTURES, kind_of

__all__ = ["ReadOptions", "read"]


def read(path: Path, options: ReadOptions = AS_USUAL) -> Reading:
    """The blocks of a .docx, .pdf, .html, .md or .txt file, a picture, or one that LibreOffice converts, with what
    could not be read.

    Raises CheckError, one sentence on what to do, for whatever cannot be read; MustConvertError where a program would
    have to be started that the options do not allow.
    """
    path = Path(path)
    try:
        reading = _read(path, kind_of(path), options)
    except PermissionError:
        raise CheckError(f"{path.name} may not be opened; close it elsewhere, or check who may read it.") from None
    except MemoryError:
        raise CheckError(f"{path.name} is too large to read here; split it and check the parts.") from None
    if not any(block.text.strip() for block in reading.blocks):
        raise CheckError(f"{path.name} holds no text; check that it is the right file.")
    if sum(len(block.text) for block in reading.blocks) > MAX_TEXT_CHARS:
        raise CheckError(
            f"{path.name} is too large (the limit is {MAX_TEXT_CHARS:,} characters of text); "
            "split it and check the parts."
        )
    return reading


def _read(path: Path, kind: str, options: ReadOptions) -> Reading:
    """Readers are imported late: each brings a library of its own."""
    if kind == "docx":
        from constitution_check.readers.word import read_word
        return read_word(path)
    if kind == "pdf":
        from constitution_check.readers.pdf import read_pdf
        return read_pdf(path, options)
    if kind == "html":
        from constitution_check.readers.html import read_html
        return read_html(path)
    if kind == "md":
        from constitution_check.readers.markdown import read_markdown
        return read_markdown(path)
    if kind in PICTURES:
        from constitution_check.readers.picture import read_picture
        return read_picture(path, kind, options)
    if kind in FOREIGN:
        if not options.convert:
            raise MustConvertError(kind)
        from constitution_check.readers.office import read_office
        from constitution_check.readers.word import read_word
        return read_office(path, kind, read_word)
    from constitution_check.readers.text import read_text
    return read_text(path)
