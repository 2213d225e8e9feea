"""The copy of a .docx: every part that is not rewritten goes over byte for byte (ECMA-376 part 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping

from lxml import etree

from constitution_check.annotate.word_comments import CONTENT_TYPE, RELATION
from constitution_check.readers.word_package import MAX_ALL_BYTES, Package, too_large

_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def serialised(root: etree._Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def comments_part(package: Package) -> str:
    """The name of the part that holds the comments, "" where there is none."""
    return next((r.target for r in package.main_relations.values() if r.kind == "comments" and not r.external), "")


def with_comments_part(package: Package) -> tuple[str, dict[str, bytes]]:
    """A name for a new comments part, and the relationships and content types rewritten to tell of it."""
    folder, main = posixpath.split(package.main)
    name = next(n for n in (posixpath.join(folder, f"comments{i or ''}.xml") for i in range(100))
                if package.part(n) is None)
    rels_name = posixpath.join(folder, "_rels", f"{main}.rels")
    rels = package.xml(rels_name)
    assert rels is not None  # the main part has relationships: at least it was found by one of the package's
    used = {child.get("Id") for child in rels}
    free = next(i for i in (f"rIdCC{n}" for n in range(1, 10_000)) if i not in used)
    etree.SubElement(rels, f"{{{_RELATIONSHIPS}}}Relationship",
                     {"Id": free, "Type": RELATION, "Target": posixpath.basename(name)})
    types = package.xml(_TYPES)
    assert types is not None
    etree.SubElement(types, f"{_TYPES_NAMESPACE}Override", {"PartName": f"/{name}", "ContentType": CONTENT_TYPE})
    return name, {rels_name: serialised(rels), _TYPES: serialised(types)}


def copy_package(data: bytes, name: str, written: Mapping[str, bytes]) -> bytes:
    """The zip with these parts (by name, case ignored) rewritten or added, the others as they are, in their order.

    Raises CheckError where it unpacks to more than the limit.
    """
    left = {part.lower(): (part, content) for part, content in written.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        unpacked = 0
        for info in source.infolist():
            replaced = left.pop(info.filename.replace("\\", "/").lower(), None)
            content = replaced[1] if replaced else _member(source, info, name, MAX_ALL_BYTES - unpacked)
            unpacked += len(content)
            kept = zipfile.ZipInfo(info.filename, info.date_time)
            kept.compress_type, kept.external_attr = info.compress_type, info.external_attr
            target.writestr(kept, content)
        for part, content in left.values():
            target.writestr(part, content)
    return out.getvalue()


def _member(source: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, most: int) -> bytes:
    with source.open(info) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise too_large(name)
    return content
