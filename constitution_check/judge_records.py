"""What judging makes of one limb."""

from __future__ import annotations

from dataclasses import dataclass, field

from constitution_check.candidates import Fault, Trial
from constitution_check.clause_records import Limb
from constitution_check.model import Basis, Kind, Status


@dataclass
class Judged:
    """One limb as judged: the trial that decides it, its faults with what the sweep found, all trials.

    doubt: why a person should look, empty where none need. basis: what the status rests on. sure: how likely the
    status is, 0-1, where the trained model was asked.
    """

    limb: Limb
    status: Status
    trial: Trial | None = None
    faults: list[Fault] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    doubt: str = ""
    basis: Basis = "rules"
    sure: float | None = None

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of weakness."""
        return {fault.kind for fault in self.faults}
