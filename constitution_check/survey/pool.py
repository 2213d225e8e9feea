"""The local engine: worker processes on this machine, of which one that crashes or hangs loses its file alone.

Every worker is a `ProcessPoolExecutor` of its own with one process in it. An executor of several processes is lost
whole when one of them dies, and cannot end one that hangs (docs/decisions/0014-surveys.md).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

from constitution_check.survey.tasks import Outcome, Outcomes, Task, check_file

RECYCLE = 50
"""Files that one worker process checks before a new one takes its place, so that what it hoards is given back."""

Check = Callable[[Task], Outcome]


def default_workers() -> int:
    """One for each core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_all(tasks: Iterable[Task], workers: int, seconds: float, check: Check = check_file) -> Outcomes:
    """The outcome of every task, in the order in which they end; tasks are taken as workers come free.

    seconds: how long one file may take. Where the caller stops early, every worker is ended.
    """
    slots = [_Slot(seconds, check) for _ in range(workers)]
    free: SimpleQueue[_Slot] = SimpleQueue()
    for slot in slots:
        free.put(slot)
    threads = ThreadPoolExecutor(workers)
    pending: set[Future[Outcome]] = set()
    try:
        for task in tasks:
            pending.add(threads.submit(_in_a_slot, free, task))
            while len(pending) > workers:  # one in hand, so that no worker waits for the next
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)
    finally:
        for waiting in pending:
            waiting.cancel()
        for slot in slots:
            slot.stop(now=bool(pending))
        threads.shutdown()


def _in_a_slot(free: SimpleQueue[_Slot], task: Task) -> Outcome:
    slot = free.get()
    try:
        return slot.run(task)
    finally:
        free.put(slot)


@dataclass
class _Slot:
    """One worker process, replaced when it dies, hangs or has served its time."""

    seconds: float
    check: Check
    executor: ProcessPoolExecutor | None = None
    pid: int = 0
    served: int = 0
    stopped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, task: Task) -> Outcome:
        """The outcome of the task. A worker that died is replaced, and the file tried once more: it may have been
        ended for want of memory."""
        for again in (True, False):
            try:
                return self._ready().submit(self.check, task).result(timeout=self.seconds)
            except TimeoutError:
                self.end(kill=True)
                return Outcome(task.path, sentence=f"The check took longer than {self.seconds:,.0f} seconds and was "
                                                   "stopped. Check it on its own, or allow more with --timeout.")
            except BrokenProcessPool:
                self.end(kill=True)
                if self.stopped or not again:
                    break
        return Outcome(task.path, sentence="The process that checked it crashed or was ended from outside, twice. The "
                                           "file may be damaged or need more memory than there is; check it on its "
                                           "own.")

    def _ready(self) -> ProcessPoolExecutor:
        """The executor, with a living worker of known number."""
        if self.served >= RECYCLE:
            self.end(kill=False)
        with self.lock:
            if self.stopped:
                raise BrokenProcessPool("the survey was stopped")
            if self.executor is None:
                self.executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _settle)
                _keep_interrupts_from_children()
                self.pid, self.served = self.executor.submit(os.getpid).result(), 0
            self.served += 1
            return self.executor

    def stop(self, now: bool) -> None:
        """End the worker for good; `now` without waiting for its file."""
        self.stopped = True
        if now:
            _kill(self.pid)
        self.end(kill=now)

    def end(self, kill: bool) -> None:
        """End this worker; the next task gets another."""
        with self.lock:
            executor, self.executor, pid, self.pid = self.executor, None, self.pid, 0
        if kill:
            _kill(pid)
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)


def _kill(pid: int) -> None:
    """End a worker at once; 0 is no worker. Whoever reads a file for it sees that it has gone, and ends too."""
    with suppress(OSError):
        if pid:
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _keep_interrupts_from_children() -> None:
    """Ctrl-C is for the program that was started, which ends its workers; they inherit what this thread blocks."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _settle() -> None:
    """First act of a worker: out of the terminal's reach, and no life beyond that of the program."""
    if hasattr(os, "setsid"):
        os.setsid()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
