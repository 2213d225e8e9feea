"""The annotated PDF read again by the code that wrote it: the same pages and words, and every note there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from ctypes import POINTER, c_ushort, cast, create_string_buffer

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from constitution_check.annotate.pdf_places import text_of
from constitution_check.errors import CheckError


def verify(copy: bytes, original: bytes, name: str, added: Mapping[int, Sequence[str]]) -> None:
    """Raises CheckError, and names what failed, unless the copy is sound.

    added: for each page (from 0) the texts that were put there.
    """
    try:
        now, then = pdfium.PdfDocument(copy), pdfium.PdfDocument(original)
    except pdfium.PdfiumError as error:
        raise _fail(name, "it does not open again") from error
    try:
        if len(now) != len(then):
            raise _fail(name, "it has lost pages")
        for page in range(len(then)):
            _same_page(now, then, page, name, added.get(page, ()))
    finally:
        now.close()
        then.close()


def _fail(name: str, what: str) -> CheckError:
    return CheckError(f"The annotated copy of {name} was made and did not pass its own check ({what}), so it was not "
                      "written. Ask for another format of report, and tell the makers of this program.")


def _same_page(now: pdfium.PdfDocument, then: pdfium.PdfDocument, page: int, name: str, added: Sequence[str]) -> None:
    here, there = now[page], then[page]
    words, before = here.get_textpage(), there.get_textpage()
    if text_of(words) != text_of(before):
        raise _fail(name, f"the text of page {page + 1} is not the original's")
    old = pdfium_c.FPDFPage_GetAnnotCount(there.raw)
    found = [_contents(here, place) for place in range(old, pdfium_c.FPDFPage_GetAnnotCount(here.raw))]
    if Counter(found) != Counter(added):
        raise _fail(name, f"a note on page {page + 1} is not there")
    for one in (words, before, here, there):
        one.close()


def _contents(page: pdfium.PdfPage, place: int) -> str:
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, place)
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = create_string_buffer(length)
    pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", cast(buffer, POINTER(c_ushort)), length)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return buffer.raw[:max(length - 2, 0)].decode("utf-16-le", "replace")
