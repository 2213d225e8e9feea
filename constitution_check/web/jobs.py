"""What a visitor asked for, how far it is, and what came of it: the records that desk and pages share."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from constitution_check.compare.records import Comparison
from constitution_check.model import Report
from constitution_check.web.refusals import Refusal


class State(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Task:
    """What is to be checked. folder: holds the files, and is removed when the check ends.

    earlier: an earlier version of the constitution to compare with. safeguards: ids, empty for all. extras: whether
    the documents to download are made too.
    """

    folder: Path
    constitution: Path
    handbooks: tuple[Path, ...] = ()
    earlier: Path | None = None
    as_of: date | None = None
    safeguards: tuple[str, ...] = ()
    extras: bool = True
    size: int = 0


@dataclass(frozen=True)
class Download:
    """A document that was made of a report. content: its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Job:
    """One check. visitor: whose it is; address: from where. Changed only by the desk, under its lock.

    what, done, total: how far it is, as `progress.Progress` tells it. promised: the downloads that are being made or
    were made; not_made: why one was not, as a sentence or "". ended: all that was promised was made, or will never be.
    finished: when it ended, by the monotonic clock.
    """

    task: Task
    visitor: str
    address: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: State = State.WAITING
    what: str = ""
    done: int = 0
    total: int = 0
    report: Report | None = None
    comparison: Comparison | None = None
    promised: tuple[str, ...] = ()
    downloads: dict[str, Download] = field(default_factory=dict)
    not_made: dict[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    cancelled: bool = False
    ended: bool = False
    finished: float = 0.0
    size: int = 0

    def finish(self, state: State, refusal: Refusal | None = None) -> None:
        """The visitor has an answer; downloads may still follow."""
        self.state, self.refusal, self.finished = state, refusal, time.monotonic()
