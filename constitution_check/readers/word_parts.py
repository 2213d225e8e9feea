"""The parts of a Word file that both texts (changes accepted, rejected) are read from."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from constitution_check.errors import CheckError
from constitution_check.readers.office_lists import rejoin_split_lists
from constitution_check.readers.word_numbering import Lists
from constitution_check.readers.word_package import Package
from constitution_check.readers.word_styles import Styles
from constitution_check.readers.word_xml import W, children


@dataclass(frozen=True)
class Parts:
    """A Word file taken apart: its body, styles and lists, and its notes by kind and id."""

    name: str
    body: etree._Element
    styles: Styles
    lists: Lists
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    roots: tuple[etree._Element, ...] = ()


def load_parts(package: Package) -> Parts:
    """Take the file apart. Raises CheckError where the main part has no body or a part is damaged."""
    document = package.xml(package.main)
    body = None if document is None else document.find(W + "body")
    if document is None or body is None:
        raise CheckError(f"{package.name} has no Word text in it; open it in Word, save it as .docx and check that.")
    styles = Styles(package.related("styles"))
    notes: dict[tuple[str, str], etree._Element] = {}
    roots = [document]
    for kind in ("footnote", "endnote"):
        root = package.related(f"{kind}s")
        if root is not None:
            roots.append(root)
            notes.update({(kind, note.get(W + "id", "")): note for note in children(root, kind)})
    numbering = package.related("numbering")
    rejoin_split_lists(package.xml("docProps/app.xml"), document, numbering)
    return Parts(package.name, body, styles, Lists(numbering, styles), notes, tuple(roots))
