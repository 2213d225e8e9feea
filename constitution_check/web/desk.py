"""The desk: takes jobs, keeps them in a bounded queue, has them worked on, and keeps results for an hour.

Threads that only wait, one for each check that may run at once, start a process for each job and listen to it.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from constitution_check.web import refusals
from constitution_check.web.jobs import Job, State
from constitution_check.web.refusals import Refusal
from constitution_check.web.settings import Settings

Work = Callable[[Job, "Desk"], None]
"""Does a job to its end, telling the desk what comes of it; raises Refusal where nothing does."""

MOST_REMEMBERED = 1000
_log = logging.getLogger(__name__)


class Desk:
    """All jobs of one server. Every method may be called from any thread."""

    def __init__(self, settings: Settings, work: Work) -> None:
        self.settings = settings
        self._work = work
        self._jobs: dict[str, Job] = {}
        self._queue: deque[Job] = deque()
        self._why_gone: dict[str, Refusal] = {}
        self._changed = threading.Condition()
        self._open = False
        self._threads: list[threading.Thread] = []

    def open(self) -> None:
        """Begin to work."""
        self._open = True
        self._threads = [threading.Thread(target=self._serve, name=f"desk-{number}", daemon=True)
                         for number in range(self.settings.workers)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop every check and forget every result."""
        with self._changed:
            self._open = False
            for job in list(self._jobs.values()):
                self._forget(job, refusals.stopped())
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)

    # --- what visitors do ------------------------------------------------------------------

    def refuse_early(self, visitor: str, address: str) -> None:
        """Raise Refusal where a job of this visitor would not be taken, so that nothing need be uploaded first."""
        with self._changed:
            self._refuse(visitor, address)

    def take(self, job: Job) -> None:
        """Put a job in the queue. Raises Refusal where the visitor has one under way or no more can wait."""
        with self._changed:
            self._refuse(job.visitor, job.address)
            if sum(one.task.size for one in self._queue) + job.task.size > self.settings.waiting_bytes:
                raise refusals.queue_full()
            self._jobs[job.id] = job
            self._queue.append(job)
            self._changed.notify_all()

    def find(self, job_id: str) -> Job:
        """The job of that id. Raises Refusal, saying why as far as that is known, where there is none."""
        with self._changed:
            self._sweep()
            if job_id in self._jobs:
                return self._jobs[job_id]
            raise self._why_gone.get(job_id, refusals.gone())

    def under_way(self, visitor: str) -> Job | None:
        """The visitor's job that is waiting or being worked on."""
        with self._changed:
            return next((job for job in self._active() if job.visitor == visitor), None)

    def ahead(self, job: Job) -> int:
        """How many jobs will be begun before this one."""
        with self._changed:
            return self._queue.index(job) if job in self._queue else 0

    def delete(self, job: Job) -> None:
        """Stop the job where it is under way, and forget it with all that came of it."""
        with self._changed:
            active = job.state in (State.WAITING, State.RUNNING)
            self._forget(job, refusals.stopped() if active else refusals.deleted())
            self._changed.notify_all()

    # --- what work tells -------------------------------------------------------------------

    def told(self, job: Job, **changes: object) -> None:
        """Set fields of a job that is being worked on, and wake whoever waits for it."""
        with self._changed:
            for name, value in changes.items():
                setattr(job, name, value)
            if job.report is not None and job.state is State.RUNNING:
                job.finish(State.DONE)
            self._make_room()
            self._changed.notify_all()

    def wait(self, job: Job, until: Callable[[Job], bool], seconds: float) -> bool:
        """Wait until that holds of the job or it is gone; whether it holds."""
        with self._changed:
            return self._changed.wait_for(lambda: until(job) or job.cancelled, seconds) and until(job)

    # --- inside ----------------------------------------------------------------------------

    def _refuse(self, visitor: str, address: str) -> None:
        active = self._active()
        if any(job.visitor == visitor for job in active):
            raise refusals.one_at_a_time()
        if (len(self._queue) >= self.settings.queue
                or sum(job.address == address for job in active) >= self.settings.per_address):
            raise refusals.queue_full()

    def _active(self) -> list[Job]:
        return [job for job in self._jobs.values() if job.state in (State.WAITING, State.RUNNING)]

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            refusal: Refusal | None = None
            try:
                self._work(job, self)
            except Refusal as said:
                refusal = said
            except Exception as error:  # a fault of ours must not end the thread
                _log.error("a check failed: %s", type(error).__name__)
                refusal = refusals.went_wrong()
            shutil.rmtree(job.task.folder, ignore_errors=True)
            with self._changed:
                job.ended = True
                if job.state is State.RUNNING:
                    job.finish(State.FAILED, refusal or refusals.went_wrong())
                self._changed.notify_all()

    def _next(self) -> Job | None:
        """The next job; None when the desk closes. Looks now and then for results whose time is over."""
        with self._changed:
            while self._open:
                if self._queue:
                    job = self._queue.popleft()
                    job.state = State.RUNNING
                    return job
                self._changed.wait(timeout=15)
                self._sweep()
            return None

    def _sweep(self) -> None:
        now = time.monotonic()
        for job in list(self._jobs.values()):
            if job.ended and now - job.finished > self.settings.keep_seconds:
                self._forget(job, refusals.expired())

    def _make_room(self) -> None:
        """Drop the oldest results where there are too many or too much of them."""
        kept = sorted((job for job in self._jobs.values() if job.finished), key=lambda job: job.finished)
        while len(kept) > 1 and (len(kept) > self.settings.keep_results
                                 or sum(job.size for job in kept) > self.settings.keep_bytes):
            self._forget(kept.pop(0), refusals.crowded_out())

    def _forget(self, job: Job, why: Refusal) -> None:
        job.cancelled = True
        with suppress(ValueError):
            self._queue.remove(job)
            shutil.rmtree(job.task.folder, ignore_errors=True)
        if job.state is State.WAITING:
            job.ended = True
        if job.state is not State.DONE:
            job.finish(State.FAILED, why)
        job.report = job.comparison = None
        job.downloads = {}
        self._jobs.pop(job.id, None)
        self._why_gone[job.id] = why
        while len(self._why_gone) > MOST_REMEMBERED:
            self._why_gone.pop(next(iter(self._why_gone)))
