"""Word files (.docx) to blocks: text and numbers as Word shows them, tracked changes read both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.model import Block, Change, Reading, Unread
from constitution_check.readers.word_blocks import BlockReader
from constitution_check.readers.word_objects import PAGE_PICTURE, has_pictures
from constitution_check.readers.word_package import Package, too_large
from constitution_check.readers.word_parts import Parts, load_parts
from constitution_check.readers.word_revisions import View, changes, has_changes

MAX_UNREAD = 20  # of one kind named singly; the rest are counted
# Beside pictures of pages, so few words are captions and page numbers, not a constitution: at least in all, and for
# each picture.
LEAST_WORDS, LEAST_WORDS_A_PICTURE = 60, 15


def read_word(path: Path) -> Reading:
    """Read a .docx (or .docm, .dotx) file.

    Gives the text as proposed in `blocks`, and, where changes are tracked, the text as it
    stands in `current` and the changes with their authors. Headers, footers and comments are
    left out: they are not text of the document. Whatever else holds no readable text is
    named in `unread`. Raises CheckError where the file is not a sound, unprotected Word file
    with text in it, or is beyond the limits.
    """
    package = Package(path)
    try:
        parts = load_parts(package)
        reader = BlockReader(parts, View.ACCEPTED)
        blocks = tuple(reader.read())
        tracked, current = _tracked(parts, blocks)
    except (RecursionError, MemoryError) as error:
        raise too_large(package.name) from error
    if not any(block.text for block in (*blocks, *(current or ()))):
        raise _empty(package.name, bool(reader.unread) or has_pictures(parts.body))
    pictures = sum(item.what.startswith(PAGE_PICTURE) for item in reader.unread)
    if pictures and _words(blocks) < max(LEAST_WORDS, LEAST_WORDS_A_PICTURE * pictures):
        raise _scanned(package.name)
    return Reading(name=path.name, format="docx", sha256=package.sha256, blocks=blocks, current=current,
                   changes=tracked, unread=tuple(_summed(reader.unread)))


def _tracked(parts: Parts, blocks: tuple[Block, ...]) -> tuple[tuple[Change, ...], tuple[Block, ...] | None]:
    """The tracked changes, and the text without them; None where rejecting them alters nothing."""
    if not any(has_changes(root) for root in parts.roots):
        return (), None
    found = tuple(change for root in parts.roots for change in changes(root))
    current = tuple(BlockReader(parts, View.CURRENT).read())
    return found, current if found or current != blocks else None


def _words(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _scanned(name: str) -> CheckError:
    return CheckError(f"{name} holds pictures of pages and almost no text (it is probably a scan); ask for the "
                      "document as text, or save it as PDF, have text recognition (OCR) run on it, and check that.")


def _empty(name: str, pictures: bool) -> CheckError:
    if pictures:
        return CheckError(f"{name} holds no text, only pictures or objects (it may be a scan); ask for the document "
                          "as text, or run text recognition on it, and check that.")
    return CheckError(f"{name} holds no text; check that it is the right file and that it was saved with its text.")


def _summed(unread: list[Unread]) -> Iterator[Unread]:
    """Each thing unread, the many of one kind cut to the first and a count."""
    counts: Counter[str] = Counter()
    for item in unread:
        kind = item.what.split(" after “", 1)[0]
        counts[kind] += 1
        if counts[kind] <= MAX_UNREAD:
            yield item
    for kind, count in counts.items():
        if count > MAX_UNREAD:
            yield Unread(what=f"{kind}, {count - MAX_UNREAD} times more", why=unread[0].why)
