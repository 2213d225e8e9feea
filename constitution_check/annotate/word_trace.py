"""A Word file read by the reader's own walk, with the way back from its text to its XML."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from constitution_check.annotate.provisions import Outlined
from constitution_check.errors import CheckError
from constitution_check.readers import word_inline as inline
from constitution_check.readers.word_blocks import BlockReader
from constitution_check.readers.word_package import Package, Relation
from constitution_check.readers.word_parts import Parts, load_parts
from constitution_check.readers.word_revisions import View, has_changes
from constitution_check.readers.word_xml import W

# Rewritten on reading: written back as they were read they would not go with the file's other parts.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


@dataclass
class Traced:
    """One Word file: its parts, its text as proposed with where each block came from, its text as it stands."""

    package: Package
    parts: Parts
    reader: BlockReader
    outlined: Outlined
    current: list[object] = field(default_factory=list)

    @property
    def document(self) -> etree._Element:
        """The root of the main part."""
        return self.parts.roots[0]

    @property
    def relations(self) -> dict[str, Relation]:
        """The relationships of the main part."""
        return self.package.main_relations


def refuse_strict(package: Package) -> None:
    """Raises CheckError for the ISO Strict form, which can be read but not written back."""
    if _STRICT in (package.part(package.main) or b"")[:20_000]:
        raise CheckError(f"{package.name} is in the ISO Strict form of Word's format, of which no annotated copy can "
                         "be made; save it in Word as “Word Document (.docx)” and annotate that, or ask for another "
                         "format of report.")


def trace(package: Package) -> Traced:
    """Read the file as `read_word` does. Raises CheckError where it cannot be read, or is ISO Strict."""
    refuse_strict(package)
    parts = load_parts(package)
    reader = BlockReader(parts, View.ACCEPTED, keep_origins=True)
    blocks = reader.read()
    tracked = any(has_changes(root) for root in parts.roots)
    current = BlockReader(parts, View.CURRENT).read() if tracked else blocks
    return Traced(package, parts, reader, Outlined(tuple(blocks), package.name), list(current))


@dataclass(frozen=True)
class Character:
    """One character of a block's text in the XML: the element that holds it and its place in that element's text."""

    element: etree._Element | None
    offset: int


def characters(traced: Traced, block: int) -> list[Character] | None:
    """Where each character of the block's text stands; None where the walk and the block do not agree."""
    line, hidden = traced.reader.origins[block], traced.reader.blocks[block].hidden
    places: list[Character] = []
    shown: list[str] = []
    space: Character | None = None
    for piece in line.pieces:
        if piece.hidden is not hidden:
            continue
        for offset, character in enumerate(piece.text):
            kept = character if character.isalnum() else inline.folded(f"a{character}a")[1:-1]
            if not kept:
                continue
            here = Character(piece.origin, offset)
            if kept == " ":
                space = space or here
                continue
            if space is not None and shown:
                shown.append(" ")
                places.append(space)
            space = None
            shown.append(kept)
            places.append(here)
    return places if "".join(shown) == traced.reader.blocks[block].text else None


def paragraphs(traced: Traced, block: int) -> list[etree._Element]:
    """The w:p elements that the block was made of, in order."""
    return [element for element in traced.reader.origins[block].paragraphs if element.tag == W + "p"]
