"""Drawings, pictures and embedded objects: their text boxes, and a plain name for what has no text to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from constitution_check.readers.word_xml import MC, W, is_on, points

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
EMU_PER_POINT = 12_700
# A picture of this area (square points, about 100 cm²) may be a scanned page or a chart of who answers to whom;
# a logo is smaller.
LARGE_AREA = 80_000.0
# Half of an A4 page: a scanned page, cropped or not.
PAGE_AREA = 250_000.0
PAGE_PICTURE = "A picture as large as a page, perhaps a scan"
# Drawing extensions whose Choice holds the same text as its Fallback; others (ink, 3D, new charts) fall back.
_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16du", "w16cex", "a14",
                         "v", "o", "w10", "wne", "am3d", "cx", "aink", "lc", "p14"))
_KINDS = {"chart": "A chart", "chartex": "A chart", "diagram": "A diagram (SmartArt)"}


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    """The one branch of mc:AlternateContent to read: the first Choice understood, else the Fallback.

    A Choice without words gives way to a Fallback with words: rather shown twice than lost.
    """
    fallback = alternate.find(MC + "Fallback")
    for choice in alternate.iterchildren(MC + "Choice"):
        if set(choice.get("Requires", "").split()) <= _UNDERSTOOD and len(choice):
            return choice if fallback is None or _has_words(choice) or not _has_words(fallback) else fallback
    return fallback if fallback is not None else alternate.find(MC + "Choice")


def shows_prompt(control: etree._Element) -> bool:
    """Whether a content control (w:sdt) shows its prompt ("Click here to enter text") because nobody has filled it."""
    prompt = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return prompt is not None and is_on(prompt)


def _has_words(element: etree._Element) -> bool:
    return next(element.iter(W + "t"), None) is not None


def _own(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The descendants of these tags that are not inside a text box: those are met again when the box is read."""
    for found in element.iter(*tags):
        for above in found.iterancestors():
            if above is element:
                yield found
                break
            if above.tag == W + "txbxContent":
                break


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost w:txbxContent inside a drawing, in order, taking one branch of each alternative."""
    for child in element:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                yield from text_boxes(branch)
        else:
            yield from text_boxes(child)


def has_pictures(element: etree._Element) -> bool:
    """Whether any picture, large or small, is in this part of the document."""
    return next(element.iter(_A + "blip", _V + "imagedata"), None) is not None


def picture_or_object(element: etree._Element) -> str:
    """What a drawing or object is, where it may hold words that are not read; "" for small pictures and lines."""
    if element.tag == W + "control":
        return "A form control (ActiveX)"
    if element.tag == W + "contentPart":
        return "Handwriting (ink)"
    embedded = next(_own(element, _O + "OLEObject"), None)
    if embedded is not None:
        program = embedded.get("ProgID", "")
        linked = embedded.get("Type") == "Link"
        return f"{'A linked' if linked else 'An embedded'} object" + (f" ({program})" if program else "")
    for data in _own(element, _A + "graphicData"):
        kind = data.get("uri", "").rsplit("/", 1)[-1]
        if kind in _KINDS:
            return _KINDS[kind]
        if kind == "lockedCanvas":
            return "A drawing"
    pictured = next(_own(element, _A + "blip", _V + "imagedata"), None) is not None
    area = _area(element) if pictured else 0.0
    return PAGE_PICTURE if area >= PAGE_AREA else "A large picture" if area >= LARGE_AREA else ""


def _area(element: etree._Element) -> float:
    """The largest area in square points that the drawing or its shapes take up."""
    areas = [0.0]
    for extent in _own(element, _WP + "extent"):
        sides = [extent.get("cx", ""), extent.get("cy", "")]
        if all(re.fullmatch(r"\d{1,12}", side, re.ASCII) for side in sides):
            areas.append(int(sides[0]) / EMU_PER_POINT * int(sides[1]) / EMU_PER_POINT)
    for shape in _own(element, _V + "shape", _V + "rect", _V + "group"):
        style = dict(part.split(":", 1) for part in shape.get("style", "").split(";") if ":" in part)
        width, height = (_length(style.get(side, "")) for side in ("width", "height"))
        areas.append(width * height)
    return max(areas)


def _length(text: str) -> float:
    text = text.strip()
    return 0.0 if not text or text[-1:].isdigit() else points(text) or 0.0
