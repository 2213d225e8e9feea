"""The engine for fleets: the same function for each file, in batches on a Dask cluster that is there already.

Files are read where the workers are, so every machine must see them, and the clause files, under the same paths.
A worker that dies loses nothing: Dask gives its batches to another. A batch whose files end several workers, or that is
not done in time, is taken apart at the end, so that the one file that does it is named and the rest go on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from constitution_check.errors import CheckError
from constitution_check.survey.pool import Check
from constitution_check.survey.stamp import program_stamp
from constitution_check.survey.tasks import Outcome, Outcomes, Task, check_file

if TYPE_CHECKING:
    from distributed import Client, Future

BATCH = 4
"""Files in one batch: a hand-over costs 2 ms alone, a check some seconds, and what a dead worker had is done again."""

AHEAD = 2
"""Batches in hand for each worker, so that none waits for the next."""

CONNECT_SECONDS = RESTART_SECONDS = 20
WAIT_SECONDS = 2
GONE_SECONDS = 120

_one_at_a_time = threading.Lock()


def check_all(tasks: Iterable[Task], scheduler: str, seconds: float, check: Check = check_file) -> Outcomes:
    """The outcome of every task, in the order in which they end.

    scheduler: the address of the cluster's scheduler (tcp://MACHINE:8786). seconds: how long one file may take; a
    batch may take as long as its files together. Raises CheckError where the cluster cannot be reached.
    """
    with _client(scheduler) as client:
        try:
            yield from _Run(client, check, seconds).outcomes(iter(tasks))
        except (OSError, CancelledError) as error:
            raise CheckError("The Dask scheduler went away. What was done is kept: start the survey again and it goes "
                             "on from there.") from error


def _client(scheduler: str) -> Client:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CheckError(f'No Dask scheduler answers at "{scheduler}" ({" ".join(str(error).split())[:150]}). Start '
                         "one (`dask scheduler`), or check the address.") from None
    try:
        _same_program(client, scheduler)
    except BaseException:
        client.close()
        raise
    return client


def _same_program(client: Client, scheduler: str) -> None:
    """Raise CheckError unless there are workers and every one judges by the very program that keeps the register."""
    try:
        stamps = client.run(program_stamp)
    except ImportError as error:
        raise CheckError(f"The workers of the cluster lack this program ({error}). Install the same version on every "
                         "one of them.") from None
    if not stamps:
        raise CheckError(f'The Dask scheduler at "{scheduler}" has no workers. Start some: dask worker {scheduler}')
    others = [worker for worker, stamp in stamps.items() if stamp != program_stamp()]
    if others:
        raise CheckError(f"{len(others)} of {len(stamps)} workers of the cluster have another version of this program "
                         f"({others[0]}). Install the same version on every one of them.")


def _check_batch(tasks: list[Task], check: Check) -> list[Outcome]:
    """Runs on a worker. One check at a time in each process: checks would only wait for each other."""
    with _one_at_a_time:
        return [check(task) for task in tasks]


@dataclass
class _Run:
    """The batches that are out, each with its tasks and the time by which it should be back.

    manned: when workers were last seen. suspects: files of batches that broke. Dask blames every batch that a dead
    worker had in hand, so each of them is sent once more at the end, with nothing else out: what fails then is to
    blame itself.
    """

    client: Client
    check: Check
    seconds: float
    out: dict[Future[list[Outcome]], list[Task]] = field(default_factory=dict)
    due: dict[Future[list[Outcome]], float] = field(default_factory=dict)
    suspects: list[Task] = field(default_factory=list)
    manned: float = field(default_factory=time.monotonic)

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """All outcomes; new batches go out as others come back."""
        try:
            while True:
                while len(self.out) < self._most() and (batch := list(islice(tasks, BATCH))):
                    self._send(batch, turns=AHEAD + 1)  # they queue behind each other, and may be done twice
                if not self.out:
                    break
                for future in self._back():
                    batch = self.out.pop(future)
                    if self._sentence(future):
                        self.suspects.extend(batch)
                    else:
                        yield from future.result()
            for task in self.suspects:
                yield self._alone(task)
        finally:
            self.client.cancel(list(self.out), force=True)

    def _most(self) -> int:
        return AHEAD * max(len(self.client.scheduler_info(n_workers=-1)["workers"]), 1)

    def _send(self, batch: list[Task], turns: int = 1) -> None:
        future = self.client.submit(_check_batch, batch, self.check, pure=False)
        self.out[future] = batch
        self.due[future] = time.monotonic() + self.seconds * len(batch) * turns

    def _alone(self, task: Task) -> Outcome:
        self._send([task])
        while not (back := self._back()):
            pass
        self.out.pop(back[0])
        sentence = self._sentence(back[0])
        return Outcome(task.path, sentence=sentence) if sentence else back[0].result()[0]

    def _back(self) -> list[Future[list[Outcome]]]:
        """The batches that are done or overdue; waits a moment for the first."""
        from distributed import wait

        try:
            with self.client.as_current():
                done = list(wait(list(self.out), timeout=WAIT_SECONDS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            done = []
            self._look_for_workers()
        return done or [future for future in self.out if self.due[future] < time.monotonic()]

    def _look_for_workers(self) -> None:
        """Raise CheckError where there has been no worker for so long that none will come back."""
        if self.client.scheduler_info(n_workers=-1)["workers"]:
            self.manned = time.monotonic()
        elif time.monotonic() - self.manned > GONE_SECONDS:
            raise CheckError("The cluster has no workers any more. What was done is kept: start some, then the survey "
                             "again, and it goes on from there.")

    def _sentence(self, future: Future[list[Outcome]]) -> str:
        """Why a batch that is back has no outcomes, "" where it has; the worker that still holds it starts anew."""
        if future.status == "finished":
            return ""
        if future.status != "pending":
            return _broken(future.exception())
        holders = [worker for worker, keys in self.client.processing().items() if future.key in keys]
        future.cancel(force=True)
        with suppress(Exception):  # a worker without a nanny cannot be started anew
            self.client.restart_workers(holders, timeout=RESTART_SECONDS, raise_for_error=False)
        return ("The check was not finished in time by any worker of the cluster. Check it on its own, or allow more "
                "with --timeout.")


def _broken(error: BaseException | None) -> str:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return ("The worker processes that checked it died, one after the other. The file may be damaged or need more "
                "memory than they have; check it on its own.")
    return f"The cluster could not run the check ({type(error).__name__}: {' '.join(str(error).split())[:200]})."
