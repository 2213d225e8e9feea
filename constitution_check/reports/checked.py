"""Every report is opened again after it was written, and checked, before anyone is told that it is there.

What is checked: that it opens, that nothing in it leads nowhere, and that all is in it that should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from json import loads

from pydantic import BaseModel

from constitution_check.reports.clean import clean


class UnsoundError(Exception):
    """A report that was written is not what it should be; the message says what is wrong with it."""


def word(content: bytes, said: Iterable[str]) -> None:
    """A .docx: it opens, its links lead to bookmarks, and each of these texts stands in it. Raises UnsoundError."""
    from docx import Document

    try:
        document = Document(BytesIO(content))
    except Exception as error:  # whatever it is that does not open it
        raise UnsoundError(f"it does not open as a Word file ({type(error).__name__})") from error
    body = document.element
    names = body.xpath("//w:bookmarkStart/@w:name")
    if len(names) != len(set(names)) or not set(body.xpath("//w:hyperlink/@w:anchor")) <= set(names):
        raise UnsoundError("a link in it leads nowhere")
    links = set(body.xpath("//@r:embed | //@r:id"))
    if not links <= set(document.part.rels):
        raise UnsoundError("a part of it is missing")
    _require("\n".join("".join(p.itertext("{*}t")) for p in body.iter("{*}p")), said)


def html(content: bytes, said: Iterable[str]) -> None:
    """A page: it parses, its links lead to what has that id, and each of these texts stands in it."""
    from lxml import html as parser

    page = parser.document_fromstring(content.decode("utf-8"))
    ids = [str(one) for one in page.xpath("//@id")]
    inside = {str(href)[1:] for href in page.xpath("//a/@href") if str(href).startswith("#")}
    if len(ids) != len(set(ids)) or not inside <= set(ids):
        raise UnsoundError("a link in it leads nowhere")
    _require(str(page.text_content()), said)


def json(records: Sequence[BaseModel], content: bytes, several: bool = False) -> None:
    """JSON: read back, it gives the very records that were written. Raises UnsoundError."""
    try:
        held = loads(content)
        back = [type(record).model_validate(one) for record, one in
                zip(records, held if several or len(records) != 1 else [held], strict=True)]
    except ValueError as error:
        raise UnsoundError("it is not the JSON that it should be") from error
    if back != list(records):
        raise UnsoundError("read back, it says something else")


def text(content: bytes) -> None:
    """Plain text: there is some, and it is UTF-8. Raises UnsoundError."""
    try:
        if content.decode("utf-8").strip():
            return
    except UnicodeDecodeError as error:
        raise UnsoundError("it is not UTF-8") from error
    raise UnsoundError("it is empty")


def _require(held: str, said: Iterable[str]) -> None:
    folded = " ".join(held.split())
    for one in said:
        if " ".join(clean(one).split()).rstrip(".") not in folded:
            raise UnsoundError(f"“{clean(one)}” is not in it")
