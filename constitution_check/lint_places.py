"""Where things are written: notes with file and line, and the lines of headings and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from constitution_check.clause_records import Phrase, Safeguard
from constitution_check.clausefile import Reader, list_parts, word_lists
from constitution_check.phrases import ListRef, parse_phrase


@dataclass(frozen=True, order=True)
class Note:
    """Something to say about a line (from 1) of a file of the library; "file:line: what" as text."""

    file: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.what}"


@dataclass
class Places:
    """The library's files as lines, and every list's phrases with where each is written."""

    folder: Path
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def lines(self, file: str) -> list[str]:
        """The lines of a file, named as in notes ("speak-out.md", "words/bodies.md"); none where it is not there."""
        if file not in self._lines:
            path = self.folder / file
            self._lines[file] = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
        return self._lines[file]

    def row(self, file: str, *starts: str) -> int:
        """The first line that begins with each text in turn (a section, then what stands in it); 1 where none does."""
        at = 0
        for start in starts:
            at = next((n for n, line in enumerate(self.lines(file)[at:], at + 1) if line.startswith(start)), 1)
        return at

    def limb(self, safeguard: str, limb: str) -> int:
        """The line of a limb's heading."""
        lines = self.lines(f"{safeguard}.md")
        headings = (f"### {limb}", f"### {limb} (supporting)")
        return next((n for n, line in enumerate(lines, 1) if line.rstrip() in headings), 1)

    def shared_files(self) -> list[str]:
        """The shared word files, named as in notes."""
        return [f"words/{path.name}" for path in sorted((self.folder / "words").glob("*.md"))]

    def shared_lists(self) -> dict[str, tuple[Phrase, ...]]:
        """Every shared list with its phrases as written."""
        found: dict[str, tuple[Phrase, ...]] = {}
        for file in self.shared_files():
            found |= word_lists(list_parts("\n".join(self.lines(file))), 2, Reader(file))
        return found


def all_phrases(safeguards: tuple[Safeguard, ...], shared: Mapping[str, tuple[Phrase, ...]]
                ) -> dict[str, tuple[Phrase, ...]]:
    """Every list's phrases, with file and line, under the list's full id; phrases quoted in a limb's line apart."""
    own = {f"{s.id}/{name}": phrases for s in safeguards for name, phrases in s.words.items()}
    return {**shared, **own}


def lists_in(phrase: str) -> set[str]:
    """The lists that a phrase names in braces."""
    return {name for element in parse_phrase(phrase) if isinstance(element, ListRef) for name in element.names}
