"""What another document sets aside of the constitution: "nothing in section 8 of the constitution shall prevent …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constitution_check.candidates import Fault, Trial
from constitution_check.clause_records import Limb
from constitution_check.match import Finder
from constitution_check.model import Kind
from constitution_check.sweep import Override, Sweep
from constitution_check.units import Unit, Units

_NUMBER = r"\d+(?:\.\d+)*(?:\([a-zA-Z0-9]{1,5}\))*"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:\s*(?:,|and|or|to)\s*{_NUMBER})*)"
_CUE = r"(?:sub-?)?(?:paragraphs?|paras?\.?|sections?|clauses?|articles?|rules?|parts?)\s+"
_OF_THE_CONSTITUTION = (
    re.compile(rf"\b{_CUE}{_NUMBERS}\s*(?:\([^)]*\)\s*)?(?:of|in|to|under)\s+[^.;,\d]{{0,80}}?\bconstitution\b", re.I),
    re.compile(rf"\bconstitution\b(?:['’]s)?,?\s*\(?(?:at\s+|in\s+|under\s+)?{_CUE}{_NUMBERS}", re.I),
)
_EVERY_RULE = ("override wholesale", "override named")


class ForeignOverrides:
    """The passages of one document that may set aside what stands in the constitution."""

    def __init__(self, finder: Finder, sweep: Sweep, constitution: Units, main: Sweep, source: str) -> None:
        self._finder, self._main, self._source = finder, main, source
        self._named = list(_naming(finder, constitution))
        self._wholesale = [o for o in sweep.overrides if any(finder.in_unit((name,), o.unit) for name in _EVERY_RULE)]

    def faults(self, limb: Limb, trial: Trial) -> list[Fault]:
        """Those that reach the constitution's passage, each as a weakness that quotes it."""
        lineage = {i for unit in trial.units for i in self._main.lineage(unit)}
        hits = [o for o in self._named if o.targets & lineage]
        hits += [o for o in self._wholesale if self._speaks_of(o, trial)]
        return [Fault(Kind.OVERRIDDEN, o.unit, o.span, f"{self._source} undoes it.") for o in hits]

    def _speaks_of(self, override: Override, trial: Trial) -> bool:
        """Whether an override without a number speaks of what the passage is about: two terms in three."""
        if any(self._finder.in_unit((name,), override.unit) for name in ("this section",)):
            return False  # its own section, not one of the constitution's
        wanted = [t for t in trial.line.terms if not t.absent]
        found = [t for t in wanted if self._finder.in_unit(t.lists, override.unit)]
        return len(found) * 3 >= len(wanted) * 2


def _naming(finder: Finder, constitution: Units) -> Iterator[Override]:
    """Operative passages with overriding words that name paragraphs of the constitution by number."""
    harmless = finder.where("harmless override")
    for i, spans in finder.where("override").items():
        unit = finder.reading.units[i]
        if unit.operative and i not in harmless:
            targets = frozenset(_targets(unit, constitution))
            if targets:
                yield Override(unit, spans[0], targets)


def _targets(unit: Unit, constitution: Units) -> Iterator[int]:
    text = unit.provision.text[slice(*unit.span)]
    for form in _OF_THE_CONSTITUTION:
        for named in form.finditer(text):
            for number in re.findall(_NUMBER, named["numbers"]):
                if number in constitution.numbers:
                    yield constitution.numbers[number]
