"""What runs in a worker process: one check, whose results go back as bytes through a pipe.

A message is a line of JSON, and for reports and downloads the content after it. Nothing is pickled on the way back.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from functools import cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.clause_records import Library
    from constitution_check.web.jobs import Task

BETWEEN_WORDS = 0.1
"""Seconds between two words of progress at the least."""


def run(pipe: Connection, task: Task) -> None:
    """Do the task and tell of it; every message that can be read at the other end is one of `told`'s kinds."""
    if hasattr(os, "setsid"):
        os.setsid()  # so that it can be killed with all that it started
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    tempfile.tempdir = os.environ["TMPDIR"] = str(task.folder)  # whatever is written is removed with the files
    teller = Teller(pipe)
    try:
        _check(task, teller)
    except CheckError as error:
        teller.tell("refused", str(error))
    except Exception as error:
        teller.tell("failed", f"{type(error).__name__} at {_place(error)}")
    teller.tell("end", "")
    pipe.close()


class Teller:
    """Sends messages, and words of progress no oftener than someone can read."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._last = 0.0

    def tell(self, kind: str, said: Any, content: bytes = b"") -> None:
        """Send one message."""
        self._pipe.send_bytes(json.dumps([kind, said]).encode("ascii") + b"\n" + content)

    def progress(self, what: str, done: int, total: int) -> None:
        """The `progress.Progress` of the check."""
        now = time.monotonic()
        if now - self._last >= BETWEEN_WORDS:
            self._last = now
            self.tell("progress", [what, done, total])


@cache
def the_library() -> Library:
    """The library that ships; a worker that is forked has it from the process that it was forked from."""
    from constitution_check.library import load_library

    return load_library(examples=False)


def _check(task: Task, teller: Teller) -> None:
    from constitution_check import check_document
    from constitution_check.web import downloads

    library = the_library()
    wanted = [library.get(one).id for one in task.safeguards]
    report = check_document(task.constitution, library=library, safeguards=wanted or None, beside=task.handbooks,
                            as_of=task.as_of, progress=teller.progress)
    comparison = None
    if task.earlier is not None:
        from constitution_check.compare import compare_documents

        comparison = compare_documents(task.earlier, task.constitution, library, wanted or None,
                                       new_beside=task.handbooks, as_of=task.as_of, progress=teller.progress)
        teller.tell("comparison", "", comparison.model_dump_json().encode("utf-8"))
    made = downloads.makers(task, report, comparison, library) if task.extras else {}
    teller.tell("report", list(made), report.model_dump_json().encode("utf-8"))
    for key, make in made.items():
        try:
            done = make()
        except CheckError as error:
            teller.tell("not-made", [key, str(error), ""])
            continue
        except Exception as error:  # the report is there all the same
            teller.tell("not-made", [key, "", f"{type(error).__name__} at {_place(error)}"])
            continue
        teller.tell("download", [key, done.name, done.media_type], done.content)


def _place(error: BaseException) -> str:
    """Where an error arose, with none of its words: they may be the document's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
