"""Is it undone elsewhere? The search of the whole document for what overrides a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from constitution_check.candidates import Fault, Trial
from constitution_check.clause_records import Limb, Mark
from constitution_check.match import Finder
from constitution_check.model import Kind
from constitution_check.units import Unit

_NAMES = re.compile(r"(?:headed|entitled|called|titled|sections?|paragraphs?|part|rules?|provisions?|requirements?|"
                    r"said|under|concerning)\W+(?:(?:on|of|about|for|the|in|an?|as to|concerning)\W+)*$")
_CLOSE = 10  # provisions: so near, an override that names the act need name nothing more
_WHY = "Another paragraph undoes it: {}."


@dataclass(frozen=True)
class Override:
    """A passage that may undo others. targets: provisions it names; where none, it speaks wholesale."""

    unit: Unit
    span: tuple[int, int]
    targets: frozenset[int]


def _denied(unit: Unit, span: tuple[int, int]) -> bool:
    """Whether the override is itself denied: "there is no contract to which paragraph 2 does not apply"."""
    before = unit.row.words[max(0, span[0] - 14):span[0]]
    denied = any(word in ("no", "none", "never", "neither") for word in before)
    return denied and "nothing" not in unit.row.words[slice(*span)]


def _said(heading: str) -> list[str]:
    """The heading as it may be named: whole, or by its first words ("the part headed Public consultation")."""
    words = heading.split()
    return [heading, *(" ".join(words[:n]) for n in range(len(words) - 1, 1, -1))]


class Sweep:
    """All overriding passages of one document."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.overrides = list(self._found())

    def _found(self) -> list[Override]:
        made = []
        harmless = self.finder.where("harmless override")
        for name in ("override", "override wholesale", "override named"):
            for i, spans in self.finder.where(name).items():
                unit = self.finder.reading.units[i]
                if not unit.operative or i in harmless or _denied(unit, spans[0]):
                    continue
                targets = frozenset({*unit.refers_to, *self._headed(unit)})
                if targets or name != "override":
                    made.append(Override(unit, spans[0], targets))
        return made

    def _headed(self, unit: Unit) -> list[int]:
        """The sections that the unit names by their heading ("the section headed Business standards")."""
        text = unit.provision.text[slice(*unit.span)].lower()
        return [i for words, i in self._headings for said in [next((w for w in _said(words) if w in text), "")]
                if said and _NAMES.search(text[:text.index(said)])]

    @cached_property
    def _headings(self) -> list[tuple[str, int]]:
        """Headings, in lower case, and their provisions."""
        return [(p.text.lower().strip(" .:"), p.index) for p in self.finder.reading.constitution.provisions
                if p.is_heading and len(p.text.strip(" .:")) > 3]

    def stands_down(self, unit: Unit) -> bool:
        """Whether the unit sets a rule aside, and so makes no rule itself ("Paragraph 4.1 shall cease to apply")."""
        return unit.index in self._standing_down

    @cached_property
    def _standing_down(self) -> set[int]:
        return {o.unit.index for o in self.overrides
                if self.finder.in_unit(("override named",), o.unit)
                or (o.targets and self.finder.in_unit(("loses force",), o.unit))}

    def faults(self, limb: Limb, trial: Trial) -> list[Fault]:
        """What undoes the trial's passage, for this limb."""
        defining = [*trial.match.defining, *self.finder.reading.definitions_for(trial.match.unit)]
        emptied = next((u for u in defining if self.finder.in_unit(("empties",), u)), None)
        if emptied:
            span = self.finder.in_unit(("empties",), emptied)[0]
            return [Fault(Kind.OVERRIDDEN, emptied, span, "The definition leaves nothing that must be there.")]
        own = {u.index for u in trial.units}
        provisions = {u.provision.index for u in trial.units}
        lineage = {a for u in trial.units for a in self.lineage(u)}
        faults = []
        for override in self.overrides:
            unit = override.unit
            if unit.index in own:
                continue
            same = unit.provision.index in provisions
            hit = bool(override.targets & lineage) if override.targets else self._reaches(override, limb, trial)
            if hit:
                kind = Kind.QUALIFIED if same else Kind.OVERRIDDEN
                where = unit.provision.number or "elsewhere"
                faults.append(Fault(kind, unit, override.span, _WHY.format(f"see {where}")))
        return faults

    def lineage(self, unit: Unit) -> list[int]:
        """The provision, what it hangs from, its heading, and the sections that hold it."""
        provisions = self.finder.reading.constitution.provisions
        heading = self.finder.reading.heading_of(unit.provision)
        found, at = [] if heading is None else [heading], unit.provision.index
        while at is not None:
            found.append(at)
            parent = provisions[at].parent
            if parent is None or parent in found:
                break
            at = parent
        return found

    def _reaches(self, override: Override, limb: Limb, trial: Trial) -> bool:
        """Whether a wholesale override speaks of what this limb is about, or stands in its section."""
        if self.finder.in_unit(("this section",), override.unit):
            around = {u.provision.index for u in self.finder.reading.around(trial.match.unit)}
            return override.unit.provision.index in around or self._just_before(override.unit, trial.match.unit)
        if self.finder.in_unit(("whole constitution", "override named"), override.unit):
            needed = [t for t in trial.line.terms if not t.absent]
            found = [t for t in needed if self.finder.in_unit(t.lists, override.unit)]
            apart = abs(override.unit.provision.index - trial.match.unit.provision.index)
            named = apart <= _CLOSE and any(t.mark in (Mark.ACT, Mark.BARRED) for t in found)
            return named or len(found) * 3 >= len(needed) * 2
        return False

    def _just_before(self, later: Unit, earlier: Unit) -> bool:
        """Whether the earlier unit stands in the section before that of the later ("the preceding part", or a
        paragraph on suspension under a heading of its own)."""
        heading = self.finder.reading.heading_of(later.provision)
        if heading is None or not 0 < heading - earlier.provision.index <= _CLOSE:
            return False
        before = self.finder.reading.constitution.provisions[heading - 1]
        return before.heading == earlier.provision.heading
