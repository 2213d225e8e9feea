"""The ids that never change: `ids.txt` of the library, and every clause file held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from constitution_check.clause_records import Safeguard
from constitution_check.errors import CheckError
from constitution_check.lint_places import Note, Places

IDS = "ids.txt"
_LINE = re.compile(r"^(?P<theme>[A-Z]) (?P<id>[a-z0-9-]+): (?P<limbs>[a-z0-9-]+(?: \+)?(?:, [a-z0-9-]+(?: \+)?)*)$")


@dataclass(frozen=True)
class Listed:
    """One safeguard as `ids.txt` has it: its theme's letter, its limbs with whether each is essential, its line."""

    id: str
    theme: str
    limbs: dict[str, bool]
    row: int


def read_ids(folder: Path) -> tuple[dict[str, Listed] | None, list[Note]]:
    """The ids that the library's `ids.txt` lists, with its own faults; None where it has no such file.

    Raises CheckError where the file cannot be read.
    """
    file = folder / IDS
    if not file.is_file():
        return None, []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f'"{file}" could not be read: {error}. Save it as plain text (UTF-8).') from error
    listed: dict[str, Listed] = {}
    faults = []
    for row, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line.strip())
        if not found:
            faults.append(Note(IDS, row, f'"{line.strip()[:40]}" is not of the form "A the-safeguard: limb, limb +"'))
        elif found["id"] in listed:
            faults.append(Note(IDS, row, f'"{found["id"]}" is listed twice'))
        else:
            names = found["limbs"].split(", ")
            limbs = {name.removesuffix(" +"): not name.endswith("+") for name in names}
            if len(limbs) < len(names):
                faults.append(Note(IDS, row, f'a limb of "{found["id"]}" is listed twice'))
            listed[found["id"]] = Listed(found["id"], found["theme"], limbs, row)
    return listed, faults


def id_faults(folder: Path, safeguards: Iterable[Safeguard], places: Places) -> Iterator[Note]:
    """Files and limbs that `ids.txt` does not know, or has otherwise; ids without a file. Without it, nothing."""
    listed, faults = read_ids(folder)
    yield from faults
    if listed is None:
        return
    held = set()
    for safeguard in safeguards:
        held.add(safeguard.id)
        file = f"{safeguard.id}.md"
        known = listed.get(safeguard.id)
        if known is None:
            yield Note(file, places.row(file, "id:"), f'"{safeguard.id}" is no safeguard of {IDS}; '
                       "ids never change, so a new one must be listed there first")
            continue
        if not safeguard.theme.startswith(f"{known.theme}."):
            yield Note(file, places.row(file, "theme:"),
                       f'the theme must begin with "{known.theme}.", as {IDS} has it, not "{safeguard.theme}"')
        if (folder / "drafts" / file).is_file():
            yield Note(file, 1, "the same id stands in drafts/ too; take one of the two files away")
        yield from _limb_faults(safeguard, known, places)
    for missing in (one for one in listed.values() if one.id not in held):
        if not (folder / "drafts" / f"{missing.id}.md").is_file():
            yield Note(IDS, missing.row, f'there is no file "{missing.id}.md", neither here nor among the drafts')


def _limb_faults(safeguard: Safeguard, known: Listed, places: Places) -> Iterator[Note]:
    file = f"{safeguard.id}.md"
    for limb in safeguard.limbs:
        row = places.limb(safeguard.id, limb.id)
        if limb.id not in known.limbs:
            yield Note(file, row, f'"{limb.id}" is no limb of this safeguard; {IDS} has '
                       f"{', '.join(known.limbs)}")
        elif limb.essential is not known.limbs[limb.id]:
            right = "essential" if known.limbs[limb.id] else 'supporting: write "(supporting)" after its id'
            yield Note(file, row, f'limb "{limb.id}" is {right}, as {IDS} has it')
    written = [limb.id for limb in safeguard.limbs]
    for lacking in (limb for limb in known.limbs if limb not in written):
        yield Note(file, places.row(file, "## Limbs"), f'the limb "{lacking}" is lacking')
    wanted = [limb for limb in known.limbs if limb in written]
    order = [limb for limb in written if limb in wanted]
    if order != wanted:
        first = next(limb for limb, right in zip(order, wanted, strict=True) if limb != right)
        yield Note(file, places.limb(safeguard.id, first), f"the limbs are out of order; write {', '.join(wanted)}")
