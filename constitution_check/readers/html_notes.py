"""Footnotes of web pages: put beside the words they belong to, by the links that lead there and back."""

from __future__ import annotations

import re

from lxml.etree import _Element

from constitution_check.readers.html_elements import words

NOTE = "data-note-read"
"""Set on the elements that were moved: the reader's own mark, no attribute of HTML."""

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[ivxl]{1,5}|[a-z]|[*†‡§]{1,3})[\])]?")
_HOLDERS = ("p", "li", "div", "dd", "td", "aside")


def notes_moved(root: _Element) -> None:
    """Moves each note of a page to the paragraph of its first mark, and takes away mark and number.

    A note is known by two short links that lead to each other, the second of which begins its paragraph.
    """
    named: dict[str, _Element] = {}
    for element in root.iter("a", "sup", "p", "li", "div", "span", "aside"):
        for name in (element.get("id"), element.get("name")):
            if name:
                named.setdefault(name, element)
    for mark in list(root.iter("a")):
        target = named.get((mark.get("href") or "")[1:]) if (mark.get("href") or "").startswith("#") else None
        if target is None or not _MARK.fullmatch(words(mark)) or _is_note(mark):
            continue
        back = _back(target, mark)
        note = _holder(back if back is not None else target)
        place = _holder(mark)
        if back is None or note is None or place is None or note is place or _is_note(note):
            continue
        if not words(note).startswith(words(back)) or any(one is note for one in place.iterancestors()):
            continue
        _emptied(back)
        _emptied(mark)
        _moved(_whole(note), place)


def _back(target: _Element, mark: _Element) -> _Element | None:
    """The link of a note that leads back to its mark: the target itself or one within it."""
    names = {f"#{name}" for element in (mark, mark.getparent()) if element is not None
             for name in (element.get("id"), element.get("name")) if name}
    within = target if target.tag in (*_HOLDERS, "a") else target.getparent()
    return next((a for a in (within.iter("a") if within is not None else ()) if a.get("href") in names), None)


def _holder(element: _Element) -> _Element | None:
    return next((one for one in (element, *element.iterancestors()) if one.tag in _HOLDERS), None)


def _whole(note: _Element) -> _Element:
    """The element that holds all of a note's paragraphs: its `div` where it has one to itself."""
    parent = note.getparent()
    alone = parent is not None and parent.tag in ("div", "li", "aside") and parent[0] is note
    return parent if alone and parent is not None and parent.get("id") else note


def _is_note(element: _Element) -> bool:
    return any(one.get(NOTE) for one in (element, *element.iterancestors()))


def _emptied(link: _Element) -> None:
    """Takes the link's words out and leaves what follows it."""
    for child in list(link):
        link.remove(child)
    link.text = None


def _moved(note: _Element, place: _Element) -> None:
    tail, note.tail = note.tail, None
    parent = note.getparent()
    if parent is not None and tail:
        before = note.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    if note.tag == "li":
        note.tag = "div"
    note.set(NOTE, "footnote")
    if place.tag == "p":
        place_tail, place.tail = place.tail, None
        place.addnext(note)
        note.tail = place_tail
    else:
        place.append(note)
