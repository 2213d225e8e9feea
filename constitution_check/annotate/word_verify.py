"""The annotated copy read again by the code that wrote it: nothing lost, every comment tied, all to be taken back."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from lxml import etree

from constitution_check.annotate.records import AUTHOR
from constitution_check.annotate.word_marks import Tied
from constitution_check.annotate.word_trace import Traced
from constitution_check.errors import CheckError
from constitution_check.model import Block
from constitution_check.readers.word_blocks import BlockReader
from constitution_check.readers.word_inline import folded
from constitution_check.readers.word_package import Package
from constitution_check.readers.word_parts import Parts, load_parts
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_xml import W

_MARKS = {W + "commentRangeStart": 0, W + "commentRangeEnd": 1, W + "commentReference": 2}
_REVISIONS = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
_TEXT = {W + "t", W + "noBreakHyphen", W + "sym"}
_SPACES = {W + "tab", W + "br", W + "cr", W + "ptab", W + "p"}


def verify(copy: bytes, original: bytes, before: Traced, tied: Iterable[Tied], comments: Collection[str],
           rewritten: Collection[str]) -> None:
    """Raises CheckError, and names what failed, unless the copy is sound."""
    _opens(copy, before.package.name)
    package = Package(Path(before.package.name), copy)
    parts = load_parts(package)
    _same_members(copy, original, rewritten, package.name)
    _same_text(parts, before)
    _tied(parts.body, tied, comments, package.name)
    _ids(parts.body, before.package, package.name)


def _fail(name: str, what: str) -> CheckError:
    return CheckError(f"The annotated copy of {name} was made and did not pass its own check ({what}), so it was not "
                      "written. Ask for another format of report, and tell the makers of this program.")


def _opens(copy: bytes, name: str) -> None:
    import docx

    try:
        docx.Document(io.BytesIO(copy))
    except Exception as error:  # whatever another reader says of it, the copy is not fit to hand out
        raise _fail(name, "it does not open again") from error


def _same_members(copy: bytes, original: bytes, rewritten: Collection[str], name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(copy)) as now, zipfile.ZipFile(io.BytesIO(original)) as then:
        sums = {info.filename: (info.CRC, info.file_size) for info in now.infolist()}
        for info in then.infolist():
            kept = sums.get(info.filename)
            if kept is None or (info.filename.lower() not in rewritten and kept != (info.CRC, info.file_size)):
                raise _fail(name, f"the part {info.filename} is not what it was")


def _same_text(parts: Parts, before: Traced) -> None:
    """The text without our insertions, and the text with all changes rejected, are what they were."""
    reader = BlockReader(parts, View.ACCEPTED, keep_origins=True)
    blocks = reader.read()
    kept = [block for block, line in zip(blocks, reader.origins, strict=True)
            if not all(_is_ours(paragraph) for paragraph in line.paragraphs)]
    if kept != before.reader.blocks:
        raise _fail(parts.name, f"its text is not the original's {_first_difference(kept, before.reader.blocks)}")
    current = BlockReader(parts, View.CURRENT).read()
    if current != before.current:
        raise _fail(parts.name, "rejecting all changes does not give the original text")


def _is_ours(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}ins")
    return mark is not None and mark.get(W + "author") == AUTHOR


def _first_difference(now: list[Block], then: list[Block]) -> str:
    place = next((i for i, (a, b) in enumerate(zip(now, then, strict=False)) if a != b), min(len(now), len(then)))
    shown = then[place].text if place < len(then) else "the end"
    return f"at “{shown[:60]}”"


def _tied(body: etree._Element, tied: Iterable[Tied], comments: Collection[str], name: str) -> None:
    """Every comment of ours begins, ends and is referred to once, in this order, around the words that it is about."""
    texts: dict[str, list[str]] = {}
    open_now: set[str] = set()
    met: Counter[tuple[str, int]] = Counter()
    ours = set(comments)
    for element in body.iter():
        rank = _MARKS.get(str(element.tag))
        if rank is not None:
            number = element.get(W + "id", "")
            met[number, rank] += 1
            if number in ours and any(met[number, lower] != 1 for lower in range(rank)):
                raise _fail(name, "a comment's marks are out of order")
            if rank == 0:
                open_now.add(number)
                texts[number] = []
            else:
                open_now.discard(number)
        elif open_now and (element.tag in _TEXT or element.tag in _SPACES):
            for number in open_now:
                texts[number].append(" " if element.tag in _SPACES else element.text or "")
    if any(met[number, rank] != 1 for number in ours for rank in range(3)):
        raise _fail(name, "a comment is not tied to the text")
    for one in tied:
        if _bare(one.words) not in _bare("".join(texts[one.number])):
            raise _fail(name, f"a comment is not on the words “{one.words[:60]}”")


def _bare(text: str) -> str:
    """Letters and digits alone: symbols may be stored otherwise than they are shown."""
    return "".join(character for character in folded(text) if character.isalnum())


def _ids(body: etree._Element, before: Package, name: str) -> None:
    """No revision of ours has the id of another."""
    found: Counter[str] = Counter()
    ours: set[str] = set()
    for element in body.iter(*_REVISIONS):
        number = element.get(W + "id", "")
        found[number] += 1
        if element.get(W + "author") == AUTHOR:
            ours.add(number)
    if any(found[number] > 1 for number in ours):
        raise _fail(name, "two tracked changes have one number")
