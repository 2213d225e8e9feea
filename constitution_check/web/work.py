"""Has a worker process do a job, listens to it, and ends it when its time is over or nobody wants it any more."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from constitution_check.compare.records import Comparison
from constitution_check.model import Report
from constitution_check.web import refusals, worker
from constitution_check.web.jobs import Download, Job, Task

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from constitution_check.web.desk import Desk

Target = Callable[[Connection, Task], None]

LOOK = 0.2
"""Seconds between two looks at whether the job is still wanted."""

_log = logging.getLogger(__name__)


def context() -> ForkServerContext | SpawnContext:
    """How workers are started: forked from a process that has everything loaded, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["constitution_check.web.warm"])
    return forking


def get_ready() -> None:
    """Start what workers are forked from, so that the first visitor need not wait for it."""
    if sys.platform != "win32":
        from multiprocessing.forkserver import ensure_running

        context()
        ensure_running()


def work(job: Job, desk: Desk, target: Target = worker.run) -> None:
    """Do the job in a process of its own. Raises Refusal where nothing came of it."""
    here, there = context().Pipe(duplex=False)
    process = context().Process(target=target, args=(there, job.task), daemon=False)
    process.start()
    there.close()
    deadline = time.monotonic() + desk.settings.check_seconds
    by_itself = False
    try:
        while not job.cancelled:
            if time.monotonic() > deadline:
                if job.report is None:
                    raise refusals.out_of_time(desk.settings.check_seconds)
                desk.told(job, promised=tuple(job.downloads))  # the visitor has the result; only downloads are late
                return
            if here in wait([here, process.sentinel], timeout=LOOK):
                if not _heard(here.recv_bytes(), job, desk):
                    by_itself = True
                    return
            elif not process.is_alive():
                raise EOFError
    except (EOFError, OSError):  # the worker died without a word
        _log.error("a worker ended with exit code %s", process.exitcode)
        desk.told(job, promised=tuple(job.downloads))
        raise refusals.went_wrong() from None
    finally:
        _end(process, by_itself)
        here.close()


def _heard(message: bytes, job: Job, desk: Desk) -> bool:
    """Take one message in; whether more will come."""
    head, _, content = message.partition(b"\n")
    kind, said = json.loads(head)
    if kind == "progress":
        desk.told(job, what=str(said[0])[:200], done=int(said[1]), total=int(said[2]))
    elif kind == "comparison":
        desk.told(job, comparison=Comparison.model_validate_json(content), size=job.size + len(content))
    elif kind == "report":
        desk.told(job, promised=tuple(said), size=job.size + len(content),
                  report=Report.model_validate_json(content))
    elif kind == "download":
        _keep(said, content, job, desk)
    elif kind == "not-made":
        key, sentence, fault = said
        if fault:
            _log.error("a download could not be made: %s %s", key, fault)
        desk.told(job, promised=tuple(one for one in job.promised if one != key),
                  not_made={**job.not_made, key: sentence})
    elif kind == "refused":
        raise refusals.cannot_check(str(said))
    elif kind == "failed":
        _log.error("a check failed: %s", said)
        raise refusals.went_wrong()
    return bool(kind != "end")


def _keep(said: list[Any], content: bytes, job: Job, desk: Desk) -> None:
    key, name, media_type = said
    desk.told(job, downloads={**job.downloads, key: Download(name, media_type, content)}, size=job.size + len(content))


def _end(process: BaseProcess, by_itself: bool) -> None:
    """Wait for a worker that ends by itself; end any other with all that it started."""
    if by_itself:
        process.join(timeout=5)
    if process.is_alive() or not by_itself:
        if process.pid is not None and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join(timeout=5)
