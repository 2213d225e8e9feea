"""Two versions side by side: every paragraph of either with its counterpart, in whatever document it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from constitution_check.compare.align import Link, align, align_leftovers, stating
from constitution_check.compare.records import Pair, Place, TextChanges
from constitution_check.compare.wording import pieces_of
from constitution_check.model import Constitution, Evidence, Provision, Weakness

Key = tuple[int, int]
"""A paragraph of one version: the number of its document (0 the constitution), and its index there."""

_SURE = 70  # likeness from which two paragraphs are taken for one, whatever else speaks for another


@dataclass
class Version:
    """One version: the constitution, then the documents read beside it."""

    documents: Sequence[Constitution]
    _by_number: dict[tuple[str, str], list[Key]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_number = {}
        for n, document in enumerate(self.documents):
            for provision in document.provisions:
                self._by_number.setdefault((document.source, provision.number), []).append((n, provision.index))

    def provision(self, key: Key) -> Provision:
        """The paragraph itself."""
        return self.documents[key[0]].provisions[key[1]]

    def place(self, key: Key) -> Place:
        """Where it stands."""
        provision = self.provision(key)
        return Place(source=self.documents[key[0]].source, paragraph=provision.number, heading=provision.heading,
                     page=provision.page)

    def key_of(self, span: Evidence | Weakness) -> Key | None:
        """The paragraph in which a quotation stands; None where it has no words."""
        if not span.quote.strip():
            return None
        source = span.source or self.documents[0].source
        return next((key for key in self._by_number.get((source, span.paragraph), ())
                     if span.quote in self.provision(key).text), None)


@dataclass
class Versions:
    """Both versions, and which paragraph of one is which of the other."""

    old: Version
    new: Version

    def __post_init__(self) -> None:
        links = align(self.old.documents[0].provisions, self.new.documents[0].provisions)
        self._moved = {(0, link.old) for link in links if link.moved}
        self._unsure = {(0, link.old) for link in links if link.likeness < _SURE}
        self._forth: dict[Key, Key] = {(0, link.old): (0, link.new) for link in links}
        self._beside(self.old, self.new, [link.old for link in links], forth=True)
        self._beside(self.new, self.old, [link.new for link in links], forth=False)
        self._both_beside()
        self._back = {new: old for old, new in self._forth.items()}

    def _beside(self, one: Version, other: Version, linked: Iterable[int], forth: bool) -> None:
        """Link what is in one constitution alone with what is in the other version's handbooks."""
        held = set(linked)
        left = [p for p in stating(one.documents[0].provisions) if p.index not in held]
        for n, document in enumerate(other.documents[1:], 1):
            for link in align_leftovers(left, document.provisions):
                old, new = ((0, link.old), (n, link.new)) if forth else ((n, link.new), (0, link.old))
                self._forth.setdefault(old, new)
            left = [p for p in left if (0, p.index) not in (self._forth if forth else self._forth.values())]

    def _both_beside(self) -> None:
        """Link the handbooks' own paragraphs: first with first, second with second."""
        taken = set(self._forth.values())
        for n, (old, new) in enumerate(zip(self.old.documents[1:], self.new.documents[1:], strict=False), 1):
            for link in align(old.provisions, new.provisions):
                if (n, link.old) not in self._forth and (n, link.new) not in taken:
                    self._forth[(n, link.old)] = (n, link.new)

    def forth(self, old: Key) -> Key | None:
        """The later counterpart of an earlier paragraph."""
        return self._forth.get(old)

    def back(self, new: Key) -> Key | None:
        """The earlier counterpart of a later paragraph."""
        return self._back.get(new)

    def is_sure(self, old: Key) -> bool:
        """Whether an earlier paragraph is so like its counterpart that it must be the same."""
        return old in self._forth and old not in self._unsure

    def pair(self, old: Key | None, new: Key | None) -> Pair:
        """The two paragraphs side by side, with the words that changed."""
        linked = old is not None and new is not None and self._forth.get(old) == new
        before = self.old.provision(old).text if old else ""
        after = self.new.provision(new).text if new else ""
        pieces = pieces_of(before, after) if linked else (*pieces_of(before, ""), *pieces_of("", after))
        return Pair(old=self.old.place(old) if old else None, new=self.new.place(new) if new else None, pieces=pieces,
                    moved=linked and old in self._moved, by_meaning=bool(old and new) and not linked,
                    outside=_outside(old[0], new[0]) if linked and old and new else "")

    def changes(self) -> TextChanges:
        """What became of the constitution's paragraphs, in numbers."""
        links = [Link(old[1], new[1], old in self._moved) for old, new in self._forth.items() if old[0] == new[0] == 0]
        before, after = self.old.documents[0].provisions, self.new.documents[0].provisions
        held_old = {old[1] for old in self._forth if old[0] == 0}
        held_new = {new[1] for new in self._forth.values() if new[0] == 0}
        same = [link for link in links if before[link.old].text == after[link.new].text and not link.moved]
        renumbered = [link for link in same if before[link.old].number != after[link.new].number]
        moved = [link for link in links if link.moved]
        return TextChanges(
            same=len(same) - len(renumbered), renumbered=len(renumbered), moved=len(moved),
            reworded=len(links) - len(same) - len(moved),
            outside=sum(old[0] == 0 and new[0] > 0 for old, new in self._forth.items()),
            removed=sum(p.index not in held_old for p in stating(before)),
            added=sum(p.index not in held_new for p in stating(after)))


def _outside(old: int, new: int) -> Literal["", "left", "came"]:
    """Whether a paragraph left the constitution (document 0) or came into it."""
    if (old == 0) == (new == 0):
        return ""
    return "left" if old == 0 else "came"
