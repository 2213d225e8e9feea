"""What first tries on passages never met gave: read from training/first_tries.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from constitution_check.errors import CheckError

FILE = Path(__file__).resolve().parent.parent / "training" / "first_tries.toml"
SCORES = ("verdict", "limb_status", "false_reassurance", "false_alarm", "evidence", "kinds")


class FirstTry(BaseModel):
    """One first try. The scores are shares, 0-1; None where it was not taken. See the head of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    n: int = Field(gt=0)
    after: Literal["part", "whole"]
    file: str = ""
    learnt: bool | None = None
    verdict: float | None = Field(default=None, ge=0, le=1)
    limb_status: float | None = Field(default=None, ge=0, le=1)
    false_reassurance: float | None = Field(default=None, ge=0, le=1)
    false_alarm: float | None = Field(default=None, ge=0, le=1)
    evidence: float | None = Field(default=None, ge=0, le=1)
    kinds: float | None = Field(default=None, ge=0, le=1)

    def score(self, name: str) -> float | None:
        """A score by its name."""
        value: float | None = getattr(self, name)
        return value


def read_tries(path: Path = FILE) -> list[FirstTry]:
    """The first tries in the order in which they were made. Raises CheckError where the file is not as it should be."""
    try:
        return [FirstTry(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["try"]]
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CheckError(f'The first tries in "{path}" could not be read: {error}.') from error


def together(tries: Sequence[FirstTry]) -> dict[str, float | None]:
    """The scores of several tries as one, each counting by its passages."""
    made: dict[str, float | None] = {}
    for name in SCORES:
        pairs = [(value, one.n) for one in tries if (value := one.score(name)) is not None]
        made[name] = sum(v * n for v, n in pairs) / sum(n for _, n in pairs) if pairs else None
    return made
