"""The wording that reports ask for: the checker must find it present, and it must contradict no other safeguard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constitution_check.clause_records import Era, Library, Safeguard
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.lint_places import Note, Places
from constitution_check.match import Finder
from constitution_check.model import Status
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import read_units
from constitution_check.words import listed

ERAS: tuple[Era, ...] = ("ccg", "icb")
Lines = list[tuple[str, str]]


def section_of(safeguard: Safeguard, era: Era) -> Lines:
    """The wording of all limbs as a section of a constitution, its title as heading."""
    return [("h", safeguard.title), *(("p", line) for line in safeguard.ask(era).split("\n"))]


def wording_not_met(library: Library, places: Places) -> Iterator[Note]:
    """Model wording that is not found present, limb by limb."""
    for era in ERAS:
        for safeguard in library.safeguards:
            yield from _not_met(safeguard, era, library, places)


def wording_taken_for_the_opposite(library: Library, places: Places) -> Iterator[Note]:
    """Model wording that another safeguard takes for its opposite."""
    for era in ERAS:
        for safeguard, other in _suspects(library, era):
            for one in _judged(section_of(safeguard, era), [other], library)[0]:
                if one.status is Status.CONTRADICTED:
                    yield Note(f"{safeguard.id}.md", places.row(f"{safeguard.id}.md", "## Limbs"),
                               f"the {era.upper()} wording, read as a section, is taken for the opposite of "
                               f'"{one.limb.id}" of {other.id}')


def _judged(lines: Lines, safeguards: Sequence[Safeguard], library: Library) -> list[list[Judged]]:
    finder = Finder(read_units(passage(lines, r"\{line (\d+)\}", 1)[0], lexicon_of(library)))
    sweep = Sweep(finder)
    return [judge(safeguard, finder, sweep) for safeguard in safeguards]


def _not_met(safeguard: Safeguard, era: Era, library: Library, places: Places) -> Iterator[Note]:
    for one in _judged(section_of(safeguard, era), [safeguard], library)[0]:
        if one.status is not Status.MET:
            kinds = f" ({listed(sorted(one.kinds))})" if one.kinds else ""
            yield Note(f"{safeguard.id}.md", places.limb(safeguard.id, one.limb.id),
                       f'the {era.upper()} wording of all limbs, read as a section, leaves the limb "{one.limb.id}" '
                       f"{one.status}{kinds}; it must be met")


def _suspects(library: Library, era: Era) -> Iterator[tuple[Safeguard, Safeguard]]:
    """Each safeguard whose wording holds a passage that another takes for its opposite, with that other.

    All sections are read as one text, once; judging every safeguard in every section apart would take too long.
    """
    sections = [(safeguard, line) for safeguard in library.safeguards for line in section_of(safeguard, era)]
    constitution, where = passage([line for _, line in sections], r"\{line (\d+)\}", 1)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    sweep = Sweep(finder)
    for other in library.safeguards:
        found = {trial.match.unit.provision.index for one in judge(other, finder, sweep, by_rules=True)
                 for trial in one.trials if trial.status is Status.CONTRADICTED}
        for safeguard in {sections[where[i]][0].id: sections[where[i]][0] for i in sorted(found)}.values():
            if safeguard is not other:
                yield safeguard, other
