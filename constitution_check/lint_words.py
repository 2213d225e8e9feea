"""Word lists that nothing uses, concepts that no example makes fire, and phrases that no example proves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from constitution_check.clause_records import Library, Limb, Line, Phrase, Safeguard
from constitution_check.lexicon import Lexicon
from constitution_check.lint_places import Note, Places, all_phrases, lists_in
from constitution_check.match import Finder
from constitution_check.model import Constitution
from constitution_check.passages import passage
from constitution_check.units import Unit, Units, read_units

# The lists that the program itself reads for every safeguard; everything else must be named by a clause file.
READ_BY_THE_PROGRAM = frozenset({
    "denial", "empties", "exclusion", "finding of a court", "firm", "harmless override", "hope", "lawful caveat",
    "liberty", "loses force", "negative verb", "no effect", "no negation", "opinion", "other document", "outside",
    "override", "override named", "override wholesale", "qualifier", "takes effect", "this section", "weak verb",
    "whole constitution"})
_BRACES = re.compile(r"\{([^{}]+)\}")
_GROUPS = ("met", "short", "narrowed", "opposed", "not_about", "floor", "accepts")


def lines_of(limb: Limb) -> list[Line]:
    """Every line of a limb."""
    return [line for group in _GROUPS for line in getattr(limb, group)]


def unused_lists(library: Library, places: Places) -> Iterator[Note]:
    """Word lists that no line, no list in use and no draft names."""
    used = {name for s in library.safeguards for limb in s.limbs for line in lines_of(limb)
            for term in line.terms for name in term.lists}
    waiting = [*used, *(READ_BY_THE_PROGRAM & library.lists.keys()), *(_named_by_drafts(places) & library.lists.keys())]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(other for phrase in library.lists[name] for other in lists_in(phrase))
    for file in places.shared_files():
        yield from _unused_in(file, "## ", "", reached, places)
    for safeguard in library.safeguards:
        yield from (note for note in _unused_in(f"{safeguard.id}.md", "### ", f"{safeguard.id}/", reached, places)
                    if note.row > places.row(note.file, "## Words") and _name_in(note, places) in safeguard.words)


def _unused_in(file: str, mark: str, before: str, reached: set[str], places: Places) -> Iterator[Note]:
    for row, line in enumerate(places.lines(file), 1):
        name = line.removeprefix(mark).strip()
        if line.startswith(mark) and f"{before}{name}" not in reached:
            yield Note(file, row, f'nothing uses the word list "{name}"')


def _name_in(note: Note, places: Places) -> str:
    return places.lines(note.file)[note.row - 1].lstrip("# ").strip()


def _named_by_drafts(places: Places) -> set[str]:
    """What the drafts beside the library name in braces: they wait for these lists."""
    return {name.strip() for draft in sorted((places.folder / "drafts").glob("*.md"))
            for braces in _BRACES.findall(draft.read_text(encoding="utf-8")) for name in braces.split("|")}


def silent_concepts(library: Library) -> Iterator[Note]:
    """Lists and quoted phrases of a limb's line that are found in no example of that safeguard."""
    lexicon = Lexicon(library.lists)
    for safeguard in library.safeguards:
        finder = read_together([safeguard], lexicon)
        told: set[str] = set()
        for line in (line for limb in safeguard.limbs for line in lines_of(limb)):
            for name in (n for term in line.terms for n in term.lists if n not in told):
                told.add(name)
                if not finder.where(name):
                    yield Note(line.file, line.row, f"no example of this safeguard has words of {_shown(name)}; "
                               "write one, or take it out")


def _shown(name: str) -> str:
    plain = name.split("/", 1)[-1]
    return plain if plain.startswith('"') else f"{{{plain}}}"


def read_together(safeguards: Iterable[Safeguard], lexicon: Lexicon) -> Finder:
    """All examples read as one text, so that each list is looked for once."""
    units: list[Unit] = []
    for safeguard in safeguards:
        for example in safeguard.examples:
            constitution, _ = passage(example.lines, r"\{line (\d+)\}", 1)
            for unit in read_units(constitution, lexicon).units:
                unit.index = len(units)
                units.append(unit)
    return Finder(Units(Constitution(source="examples", provisions=()), lexicon, units, {}, {}))


def silent_phrases(library: Library, places: Places) -> Iterator[Note]:
    """Phrases that find nothing in any example: not wrong, but nothing shows that they work."""
    phrases = all_phrases(library.safeguards, places.shared_lists())
    finder = read_together(library.safeguards, _one_list_a_phrase(library, phrases))
    for name, written in phrases.items():
        for n, phrase in enumerate(written):
            if not finder.where(_single(name, n)):
                yield Note(phrase.file, phrase.row, f'no example has "{phrase.text}" ({{{name.split("/", 1)[-1]}}})')


def _single(name: str, n: int) -> str:
    return f"{name}\0{n}"


def _one_list_a_phrase(library: Library, phrases: Mapping[str, tuple[Phrase, ...]]) -> Lexicon:
    """The library's lists and, beside each, one list for each of its phrases."""
    lists = dict(library.lists)
    for name in phrases:
        lists |= {_single(name, n): (text,) for n, text in enumerate(library.lists[name])}
    return Lexicon(lists)
