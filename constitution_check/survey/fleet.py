"""The engine for fleets: the same function for each file, in batches on a Dask cluster that is there already.

Files are read where the workers are, so every machine must see them, and the clause files, under the same paths.
A worker that dies loses nothing: Dask gives its batch to another. A batch whose files end several workers is taken
apart, so that the one file that does it is named and the rest go on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
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

CONNECT_SECONDS = 20

_one_at_a_time = threading.Lock()


def check_all(tasks: Iterable[Task], scheduler: str, seconds: float, check: Check = check_file) -> Outcomes:
    """The outcome of every task, in the order in which they end.

    scheduler: the address of the cluster's scheduler (tcp://MACHINE:8786). seconds: how long one file may take; a
    batch may take as long as its files together. Raises CheckError where the cluster cannot be reached.
    """
    with _client(scheduler) as client:
        yield from _Run(client, check, seconds).outcomes(iter(tasks))


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
    """The batches that are out, each with its tasks and the time by which it should be back."""

    client: Client
    check: Check
    seconds: float
    out: dict[Future[list[Outcome]], list[Task]] = field(default_factory=dict)
    due: dict[Future[list[Outcome]], float] = field(default_factory=dict)

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """All outcomes; new batches go out as others come back."""
        try:
            while True:
                while len(self.out) < self._most() and (batch := list(islice(tasks, BATCH))):
                    self._send(batch)
                if not self.out:
                    return
                for future in self._back():
                    yield from self._taken(future)
        finally:
            self.client.cancel(list(self.out), force=True)

    def _most(self) -> int:
        return AHEAD * max(len(self.client.scheduler_info(n_workers=-1)["workers"]), 1)

    def _send(self, batch: list[Task]) -> None:
        future = self.client.submit(_check_batch, batch, self.check, pure=False)
        self.out[future] = batch
        # Batches queue behind each other on a worker, and may have to be done once more.
        self.due[future] = time.monotonic() + self.seconds * len(batch) * (AHEAD + 1)

    def _back(self) -> list[Future[list[Outcome]]]:
        """The batches that are done or overdue; waits a moment for the first."""
        from distributed import wait

        try:
            done = list(wait(list(self.out), timeout=2, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            done = []
        return done or [future for future in self.out if self.due[future] < time.monotonic()]

    def _taken(self, future: Future[list[Outcome]]) -> Iterator[Outcome]:
        """What a batch came to. One that broke as a whole is sent again file by file."""
        batch, _ = self.out.pop(future), self.due.pop(future)
        if future.status == "finished":
            yield from future.result()
            return
        sentence = _OVERDUE if future.status == "pending" else _broken(future.exception())
        future.cancel(force=True)
        if len(batch) > 1:
            for task in batch:
                self._send([task])
            return
        yield Outcome(batch[0].path, sentence=sentence)


_OVERDUE = ("The check was not finished in time by any worker of the cluster. Check it on its own, or allow more with "
            "--timeout.")


def _broken(error: BaseException | None) -> str:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return ("The worker processes that checked it died, one after the other. The file may be damaged or need more "
                "memory than they have; check it on its own.")
    return f"The cluster could not run the check ({type(error).__name__}: {' '.join(str(error).split())[:200]})."
