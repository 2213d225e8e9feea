"""The engine for fleets on a local cluster of two worker processes, one of which is killed half-way."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from constitution_check.errors import CheckError
from constitution_check.survey import fleet
from constitution_check.survey.tasks import Outcome, Task

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
cloudpickle = pytest.importorskip("cloudpickle")

# What Dask leaves open when its processes are killed is not ours to close.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def act(task: Task) -> Outcome:
    """Does what the file is called, on a worker, and notes that it did."""
    if task.path.name.startswith("deadly"):
        os._exit(1)
    if task.path.name.startswith("fault"):
        raise ZeroDivisionError("division by zero")
    time.sleep(600 if task.path.name.startswith("hang") else 0.2)
    with task.path.with_suffix(".done").open("a", encoding="utf-8") as note:
        note.write(f"{os.getpid()}\n")
    return Outcome(task.path, report="{}")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine."""
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    dask = pytest.importorskip("dask")
    with (dask.config.set({"distributed.scheduler.allowed-failures": 1}),
          distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
                                   silence_logs=50) as started):
        yield started
    gc.collect()  # here, and not in a test of something else


def test_a_worker_that_is_killed_half_way_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    tasks = [Task(tmp_path / str(number)) for number in range(24)]
    outcomes = fleet.check_all(tasks, cluster.scheduler_address, 60, act)
    first = [next(outcomes) for _ in range(3)]
    killed = int(first[0].path.with_suffix(".done").read_text(encoding="utf-8").split()[0])
    os.kill(killed, signal.SIGKILL)
    done = [*first, *outcomes]
    assert sorted(int(one.path.name) for one in done) == list(range(24))
    assert [one.sentence for one in done if one.report is None] == []
    workers = {pid for path in tmp_path.glob("*.done") for pid in path.read_text(encoding="utf-8").split()}
    assert len(workers) >= 2


def test_a_file_that_ends_every_worker_is_named_and_the_rest_of_its_batch_goes_on(
        cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)  # so that few workers need to die
    names = ["a", "b", "deadly", "c", "d"]
    done = {one.path.name: one for one in fleet.check_all(
        [Task(tmp_path / name) for name in names], cluster.scheduler_address, 60, act)}
    assert sorted(done) == sorted(names)
    assert [name for name, one in done.items() if one.report is None] == ["deadly"]
    assert done["deadly"].sentence.startswith("The worker processes that checked it died, one after the other.")


def test_a_file_that_hangs_is_given_up_and_its_worker_started_anew(
        cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "RESTART_SECONDS", 5)
    before = pids(cluster)
    (only,) = fleet.check_all([Task(tmp_path / "hang")], cluster.scheduler_address, 0.5, act)
    assert only.sentence.startswith("The check was not finished in time by any worker of the cluster.")
    assert pids(cluster) != before


def pids(cluster: Any) -> set[int]:
    """The worker processes of the cluster."""
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2)
        return set(client.run(os.getpid).values())


def test_a_fault_of_the_cluster_is_told(cluster: Any, tmp_path: Path) -> None:
    (only,) = fleet.check_all([Task(tmp_path / "fault")], cluster.scheduler_address, 60, act)
    assert only.sentence == "The cluster could not run the check (ZeroDivisionError: division by zero)."


def test_workers_with_another_program_are_not_used(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "program_stamp", lambda: f"another of {os.getpid()}")
    cloudpickle.register_pickle_by_value(fleet)
    with pytest.raises(CheckError, match="2 of 2 workers of the cluster have another version of this program"):
        next(fleet.check_all([], cluster.scheduler_address, 60, act))


def test_no_scheduler_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "CONNECT_SECONDS", 0.3)
    with pytest.raises(CheckError, match=r'No Dask scheduler answers at "tcp://127\.0\.0\.1:9"'):
        next(fleet.check_all([], "tcp://127.0.0.1:9", 60, act))
