"""Where a label stands in the tree: its parent, its full citation, its part.

Labels decide, not list levels: in Word two lists of level 0 may lie one inside the other, and a PDF
has no levels at all. Style, level and indent only break ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from constitution_check.model import Block
from constitution_check.numbers import Label
from constitution_check.outline_entries import (
    MOST_MISSED,
    Entry,
    deeper,
    ends,
    expects,
    is_plain,
    is_prefix,
    last_reading,
    likeness,
    same_column,
    sibling_of,
)


@dataclass(frozen=True, slots=True)
class Place:
    """What the tree says of one provision."""

    number: str
    parent: int | None
    level: int
    part: str


@dataclass(slots=True)
class Placer:
    """Keeps the open ancestors while the units go by.

    stem: the unnumbered paragraph directly before, if any. last: the citation before.
    running: the last plain number of the outermost run, which may run on through headed sections.
    fresh_heading, detached: an unnumbered heading has gone by since the last number.
    """

    stack: list[Entry] = field(default_factory=list)
    part: str = ""
    last: str = ""
    stem: Entry | None = None
    fresh_heading: str = ""
    fresh_index: int = 0
    detached: bool = False
    running: int = 0
    used: set[str] = field(default_factory=set)
    levels: dict[int, int] = field(default_factory=dict)

    # --- numbered provisions ---------------------------------------------------------------

    def labelled(self, index: int, label: Label, block: Block, ahead: Sequence[Label | None]) -> Place:
        """The place of a provision with this label; `ahead` are the labels of the next units."""
        if label.within and label.within != self.part:
            self._open_division(index, label.within, block)
        if label.is_bullet:
            place = self._bullet(index, label, block)
        elif label.is_division:
            place = self._division(index, label, block)
        elif label.is_container:
            place = self._container(index, label, block)
        elif label.parts and (len(label.parts) > 1 or label.word or label.within or not is_plain(label)):
            place = self._section(index, label, block)
        else:
            place = self._item(index, label, block, ahead)
        self.stem = None
        self.levels[index] = place.level
        if not label.is_bullet:
            self.fresh_heading, self.detached = "", False
            self.last = place.number
            self.used.add(place.number)
        return place

    def _open_division(self, index: int, name: str, block: Block) -> Entry:
        self.part = name
        entry = Entry(index, 0, name, block, kind="division")
        self.stack = [entry]
        return entry

    def _division(self, index: int, label: Label, block: Block) -> Place:
        name = label.citation
        entry = self._open_division(index, name, block)
        entry.parts = label.parts
        return Place(name, None, 0, self.part)

    def _container(self, index: int, label: Label, block: Block) -> Place:
        self._pop(lambda e: e.kind != "division")
        return self._push(index, label.citation, block, kind="container", parts=())

    def _section(self, index: int, label: Label, block: Block) -> Place:
        """A label that holds its ancestors: it hangs from the longest open prefix."""
        if self.fresh_heading and self._cited(label.citation) in self.used:
            self._open_division(self.fresh_index, self.fresh_heading, block)
        outer = [replace(label, items=label.items[:depth]) for depth in range(len(label.items))]
        kept = {self._cited(base.citation) for base in outer}
        self._pop(lambda e: e.citation not in kept and (
            e.is_item or (e.kind == "section" and (e.parts == label.parts or not is_prefix(e.parts, label.parts)))))
        places = []
        for step in (
            *(base for base in outer if all(e.citation != self._cited(base.citation) for e in self.stack)),
            label,
        ):
            alphabet, value = last_reading(step.items[-1] if step.items else step.parts[-1])
            places.append(
                self._push(
                    index,
                    step.citation,
                    block,
                    kind="item" if step.items else "section",
                    alphabet=alphabet,
                    value=value,
                    shape="(x)" if step.items else step.word or "x",
                    parts=step.parts,
                )
            )
        return self._of_many(places)

    def _of_many(self, places: Sequence[Place]) -> Place:
        """One provision may open several ancestors at once ("4.1(a)"): it stands where the outermost does."""
        place = replace(places[-1], parent=places[0].parent, level=places[0].level)
        self.stack[-1].parent = place.parent
        return place

    def _item(self, index: int, label: Label, block: Block, ahead: Sequence[Label | None]) -> Place:
        """A label of one element: a sibling of an open item, or the first of a new list."""
        element = label.items[0] if label.items else label.parts[0]
        entry, alphabet, value = sibling_of(self.stack, element, label, block, ahead)
        if entry is None:
            return self._new_list(index, label, block, alphabet, value)
        del self.stack[self.stack.index(entry):]
        if entry.kind == "section":
            self.running = value
            return self._push(index, label.citation, block, kind="section", alphabet="1", value=value, shape="x",
                              parts=label.parts, parent=entry.parent)
        return self._items(index, label, block, alphabet, value, entry.parent)

    def _new_list(self, index: int, label: Label, block: Block, alphabet: str, value: int) -> Place:
        sections = [e for e in self.stack if e.kind == "section"]
        if label.parts and self._runs_on(value, sections):
            self._pop(lambda e: e.is_item)
            self.running = value
            return self._push(index, label.citation, block, kind="section", alphabet="1", value=value, shape="x",
                              parts=label.parts)
        if label.parts and (not sections or self._is_restart(sections[0], value, block)):
            self.running = value
            if self.fresh_heading and self._cited(label.citation) in self.used:
                self._open_division(self.fresh_index, self.fresh_heading, block)
            self._pop(lambda e: e.kind in ("section", "item"))
            return self._push(index, label.citation, block, kind="section", alphabet="1", value=value, shape="x",
                              parts=label.parts)
        parent = None
        if value > 1:  # the list's beginning is lost: better beside its section than inside another item
            self._pop(lambda e: e.is_item)
        elif self.stem is not None:
            self._leave_lists(self.stem.block)
            parent = self.stem.index
        self._pop_same_list(label.shape, alphabet, block)
        return self._items(index, label, block, alphabet, value, parent)

    def _items(self, index: int, label: Label, block: Block, alphabet: str, value: int, parent: int | None) -> Place:
        places = []
        for depth, element in enumerate((*label.parts, *label.items)):
            if depth:
                alphabet, value, parent = *last_reading(element), None
            places.append(self._push(index, self._under(element), block, kind="item", alphabet=alphabet, value=value,
                                     shape=label.shape, parent=parent))
        return self._of_many(places)

    def _under(self, element: str) -> str:
        """The citation of an item beneath the open numbered ancestors."""
        base = next(
            (e.citation for e in reversed(self.stack) if e.kind in ("section", "item") and e.alphabet != "•"), ""
        )
        bare = base.removeprefix(f"{self.part}, ") if self.part else base
        return f"{bare}({element})"

    # --- unnumbered provisions -------------------------------------------------------------

    def _bullet(self, index: int, label: Label, block: Block) -> Place:
        twins = [e for e in self.stack if e.alphabet == "•" and e.shape == label.shape and same_column(e.block, block)]
        if twins and self.stem is None:
            twin = twins[-1]
            del self.stack[self.stack.index(twin):]
            return self._hang(index, label, block, twin.parent)
        if self.stem is None:
            self._pop(lambda e: e.alphabet == "•" and not deeper(block, e.block))
        parent = self.stem.index if self.stem is not None else None
        return self._hang(index, label, block, parent)

    def _hang(self, index: int, label: Label, block: Block, parent: int | None) -> Place:
        number = self.after()
        self._push(index, "", block, kind="item", alphabet="•", shape=label.shape, parent=parent)
        entry = self.stack[-1]
        return Place(number, entry.parent, entry.level, self.part)

    def unnumbered(self, index: int, block: Block, *, closes: bool) -> Place:
        """An unnumbered paragraph. `closes`: it holds the closing words of the list before it."""
        run = [e for e in self.stack if e.is_item]
        if closes and run:
            parent = run[0].parent
            self._pop(lambda e: e.is_item)
        else:
            above = next((e for e in reversed(self.stack) if not ends(e, block)), None)
            parent = above.index if above is not None and not self.detached else None
        level = self._level_of(parent)
        self.levels[index] = level
        self.stem = Entry(index, level, "", block, parent=parent)
        return Place(self.after(), parent, level, self.part)

    def beside(self, index: int) -> Place:
        """A footnote, text box, cell or contents line: it opens and closes nothing."""
        parent = next((e.index for e in reversed(self.stack) if not e.is_item), None)
        return Place(self.after(), parent, self._level_of(parent), self.part)

    def headed(self, index: int, text: str, *, marked: bool) -> None:
        """An unnumbered heading went by: lists end, and numbers may start again under it."""
        self._pop(lambda e: e.is_item)
        self.stem, self.detached = None, True
        if marked or text.isupper():
            self.fresh_heading, self.fresh_index = text.strip().rstrip(":")[:60], index

    def after(self) -> str:
        """The citation of what has no number of its own."""
        return f"after {self.last}" if self.last else "before 1"

    # --- the stack -------------------------------------------------------------------------

    def _push(self, index: int, citation: str, block: Block, *, kind: str, alphabet: str = "", value: int = 0,
              shape: str = "", parts: tuple[str, ...] = (), parent: int | None = None) -> Place:
        above = self.stack[-1].index if self.stack else None
        hangs = above if parent is None else parent
        if hangs == index:  # a division that this very label names ("Schedule 2, para 4")
            hangs = next((e.parent for e in reversed(self.stack) if e.index == index), None)
            hangs = None if hangs == index else hangs
        level = self._level_of(hangs)
        cited = self._cited(citation) if citation else ""
        if kind == "section" and cited in self.used:  # numbers start again in each Part
            group = next((e.citation for e in self.stack if e.kind == "container"), "")
            cited = f"{group}, {citation}" if group else cited
        self.stack.append(Entry(index, level, cited, block, alphabet, value, shape, parts, kind, hangs))
        return Place(cited, hangs, level, self.part)

    def _cited(self, citation: str) -> str:
        return f"{self.part}, {citation}" if self.part and not citation.startswith(f"{self.part}, ") else citation

    def _level_of(self, parent: int | None) -> int:
        return 0 if parent is None else self.levels.get(parent, 0) + 1

    def _pop(self, leaves: Callable[[Entry], bool]) -> None:
        while self.stack and leaves(self.stack[-1]):
            self.stack.pop()

    def _leave_lists(self, block: Block) -> None:
        """A paragraph ends the lists that it does not stand inside of, by its indent where known."""
        self._pop(lambda entry: ends(entry, block))

    def _pop_same_list(self, shape: str, alphabet: str, block: Block) -> None:
        """A list that starts again replaces the one of its kind, unless it stands deeper."""
        for depth, entry in enumerate(self.stack):
            if entry.is_item and (entry.shape, entry.alphabet) == (shape, alphabet) and not deeper(block, entry.block):
                del self.stack[depth:]
                return

    def _runs_on(self, value: int, sections: Sequence[Entry]) -> bool:
        """Whether paragraph numbers run on through headed sections ("31." then "Section 1", or "B2", then "32.")."""
        return value > 1 and 0 < value - self.running <= MOST_MISSED and all(
            e.shape != "x" or e.parts[0][:1].isalpha() for e in sections)

    def _is_restart(self, top: Entry, value: int, block: Block) -> bool:
        """Whether a single number begins the outermost numbering anew, rather than a list within."""
        same = top.block.heading_level is not None and top.block.heading_level == block.heading_level
        return value == 1 and (same or (bool(self.fresh_heading) and likeness(top.block, block) > 5))

    def expects(self, label: Label) -> bool:
        """Whether a doubtful label fits what is open: the next number, or the first of a new run."""
        return expects(self.stack, self.running, label)
