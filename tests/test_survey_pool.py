"""Worker processes: one that crashes or hangs loses its file alone, and nothing outlives the survey."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from constitution_check.survey import pool
from constitution_check.survey.tasks import Outcome, Task

needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc to see processes in")


def act(task: Task) -> Outcome:
    """Does what the file is called, in a worker."""
    name = task.path.name
    if name.startswith("crash"):
        os._exit(3)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("once"):
        seen = task.path.with_suffix(".seen")
        if not seen.exists():
            seen.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(task.path, report=str(os.getpid()))


def run(folder: Path, *names: str, workers: int = 2, seconds: float = 60) -> dict[str, Outcome]:
    outcomes = list(pool.check_all([Task(folder / name) for name in names], workers, seconds, act))
    assert sorted(one.path.name for one in outcomes) == sorted(names)
    return {one.path.name: one for one in outcomes}


def test_a_crash_loses_its_file_alone_and_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "a", "crash", "b", "c", "d")
    assert [name for name, one in done.items() if one.report is None] == ["crash"]
    assert done["crash"].sentence.startswith("The process that checked it crashed or was ended from outside, twice.")


def test_a_file_that_hangs_is_given_up_and_its_worker_ended(tmp_path: Path) -> None:
    done = run(tmp_path, "hang", "a", "b", workers=1, seconds=5)
    assert done["hang"].sentence.startswith("The check took longer than 5 seconds and was stopped.")
    assert done["a"].report == done["b"].report  # one worker did both
    assert done["b"].report


def test_a_worker_that_was_killed_once_costs_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "once", "a")["once"].report


def test_workers_are_replaced_after_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "RECYCLE", 2)
    done = run(tmp_path, *"abcde", workers=1)
    assert len({one.report for one in done.values()}) == 3


def test_tasks_are_taken_only_as_workers_come_free(tmp_path: Path) -> None:
    taken = []

    def tasks() -> Iterator[Task]:
        for name in map(str, range(9)):
            taken.append(name)
            yield Task(tmp_path / name)

    outcomes = pool.check_all(tasks(), 1, 60, act)
    next(outcomes)
    assert len(taken) <= 3
    outcomes.close()


@needs_proc
def test_a_caller_that_stops_early_ends_every_worker(tmp_path: Path) -> None:
    outcomes = pool.check_all([Task(tmp_path / name) for name in ("a", "hang1", "hang2", "b")], 2, 600, act)
    pid = int(next(outcomes).report or 0)
    outcomes.close()
    assert not _alive(pid)


@needs_proc
def test_workers_end_with_a_program_that_was_killed(tmp_path: Path) -> None:
    code = ("import sys; sys.path.insert(0, 'tests')\n"
            "from pathlib import Path\n"
            "import test_survey_pool as t\n"
            "from constitution_check.survey import pool\n"
            "if __name__ == '__main__':\n"
            "    for one in pool.check_all([t.Task(Path('a')), t.Task(Path('hang'))], 1, 600, t.act):\n"
            "        print(one.report, flush=True)\n")
    script = tmp_path / "program.py"
    script.write_text(code, encoding="utf-8")
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen([sys.executable, str(script)], cwd=root, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(root)}) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        program.kill()
    until = time.monotonic() + 20
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    """Whether the process is there and no mere entry of one that has ended."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
