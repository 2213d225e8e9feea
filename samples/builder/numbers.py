"""What number each paragraph of a sample has: counted here apart from any reader, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samples.builder.markup import Line
from samples.builder.shapes import Level, Shape

_DEPTH = {"#": 0, "##": 1, "2": 1, "3": 2, "a": 3, "i": 4}


@dataclass(frozen=True)
class Numbered:
    """A line with the list level it stands at, what Word shows before it, and how it is cited
    ("after 4.2" where it has no number).

    list_id: which list it belongs to: "body", "appendix", or "items K" for the K-th list of its own; "" for none.
    """

    line: Line
    level: int = -1
    label: str = ""
    cited: str = ""
    list_id: str = ""


def numbered(lines: Iterable[Line], shape: Shape) -> Iterator[Numbered]:
    """Every line with its number. Raises ValueError where a level is skipped, as that would be numbered by accident."""
    counter = _Counter(shape)
    for line in lines:
        yield counter.next(line)


class _Counter:
    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._counts: dict[str, list[int]] = {"body": [], "appendix": []}
        self._list = "body"
        self._lists = 0
        self._in_items = False
        self._unseen = False  # items stand under a clause of the second level, so Word has counted a third in passing
        self._last = ""  # the last citation that is no list item's
        self._before = "before 1"

    def next(self, line: Line) -> Numbered:
        if line.mark == "@":
            self._list, self._in_items = "appendix", False
            return self._counted(line, "appendix", self._shape.appendix, 0)
        if line.mark not in _DEPTH or line.tracked == "del":
            self._in_items = self._in_items and line.mark in (">", "~", "-")
            return Numbered(line, cited=self._before)
        depth = _DEPTH[line.mark]
        if self._shape.own_lists and depth > 2:
            return self._item(line, depth - 3)
        self._in_items = False
        levels = self._shape.body if self._list == "body" else self._shape.appendix
        return self._counted(line, self._list, levels, depth + (self._list == "appendix"))

    def _item(self, line: Line, level: int) -> Numbered:
        if not self._in_items:
            self._lists += 1
            self._in_items = True
        name = f"items {self._lists}"
        return self._counted(line, name, self._shape.lettered, level)

    def _counted(self, line: Line, name: str, levels: tuple[Level, ...], level: int) -> Numbered:
        counts = self._counts.setdefault(name, [])
        is_item = line.mark in ("a", "i")
        if len(counts) < level and not (is_item and len(counts) >= level - 1):
            raise ValueError(f"a level is skipped before: {line.text[:60]}")
        if line.mark == "3" and self._unseen:
            raise ValueError(f"a third level begins after items of the second: {line.text[:60]}")
        self._unseen = is_item and (self._unseen or len(counts) < level)
        while len(counts) < level:
            counts.append(1)
        del counts[level + 1:]
        counts[level:] = [counts[level] + 1 if len(counts) > level else 1]
        label = levels[level].text
        for place, count in enumerate(counts, 1):
            label = label.replace(f"%{place}", shown(count, levels[place - 1].how))
        cited = self._cited(line, name, levels, level, label)
        if not is_item:
            self._last = cited
        self._before = f"after {cited}"
        return Numbered(line, level, label, cited, name)

    def _cited(self, line: Line, name: str, levels: tuple[Level, ...], level: int, label: str) -> str:
        counts = self._counts[name]
        part = ""
        if self._list == "appendix":
            part = f"{levels[0].text.split()[0]} {shown(self._counts['appendix'][0], self._shape.appendix[0].how)}" \
                if name == "appendix" else self._last.split(",")[0]
        if line.mark == "@":
            return part
        if line.mark in ("a", "i"):
            depth = 1 if line.mark == "a" else 2
            items = "".join(f"({shown(count, levels[len(counts) - depth + at].how)})"
                            for at, count in enumerate(counts[-depth:]))
            return self._last + items
        if line.mark == "#" and label.startswith("Article "):
            return label
        decimals = ".".join(str(count) for count in counts[name == "appendix":level + 1])
        return f"{part}, {decimals}" if part else decimals


def shown(count: int, how: str) -> str:
    """A number as a list shows it (up to 26 letters, roman numbers to 39)."""
    if how == "upperLetter":
        return chr(ord("A") + count - 1)
    if how == "lowerLetter":
        return chr(ord("a") + count - 1)
    if how == "lowerRoman":
        return "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
    return str(count)
