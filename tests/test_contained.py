"""Reading in a child: whatever the child does, the program lives, says a sentence, and leaves nothing running."""

from __future__ import annotations

import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from constitution_check.contained import children, frames, landlock, read_contained, started
from constitution_check.contained.program import ProgramMissingError, ProgramTimeoutError, run_program
from constitution_check.errors import CheckError
from constitution_check.progress import no_progress
from constitution_check.readers import read
from constitution_check.readers.common import ReadOptions

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
LINUX = sys.platform == "linux"
needs_landlock = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How each evil reading ended, by its name; beside a server on this machine that nobody should reach."""
    folder = tmp_path_factory.mktemp("evil")
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = subprocess.run([sys.executable, str(ROOT / "tests" / "evil_reader.py"), str(folder),
                               str(server.server_port)], capture_output=True, text=True, check=True, cwd=ROOT,
                              env=os.environ | {"PYTHONPATH": str(ROOT), "SECRET": "x"})
        server.shutdown()
    found = json.loads(done.stdout)
    assert done.stderr == ""
    outcomes: dict[str, str] = found["outcomes"]
    return outcomes | {"template": str(found["template"]), "there": ",".join(_with_text(folder))}


def _with_text(folder: Path) -> list[str]:
    """The files that hold something: without Landlock a child can still make an empty one."""
    return [path.name for path in folder.iterdir() if path.stat().st_size]


CRASHED = "reading it crashed, in its own process"
UNTRUSTED = "an answer that cannot be trusted"


@pytest.mark.parametrize(("name", "words"), [
    ("hang", "takes too long to read"), ("sleep", "takes too long to read"), ("endless_time", "takes too long to read"),
    ("abort", CRASHED), ("segfault", CRASHED), ("leave", CRASHED), ("native_memory", CRASHED),
    ("much_memory", "needs more than 300 MB"), ("killed", "needs more than 300 MB"),
    ("garbage", UNTRUSTED), ("bad_json", UNTRUSTED), ("page", UNTRUSTED), ("no_blocks", UNTRUSTED),
    ("sha", UNTRUSTED), ("long_sentence", UNTRUSTED),
    ("endless_output", "holds more text than can be read"), ("endless_messages", "holds more text than can be read"),
    ("many_blocks", "holds more text than can be read"), ("long_block", "holds more text than can be read"),
    ("unexpected", r"is not understood \(KeyError\)"), ("recursion", r"is not understood \(RecursionError\)"),
    ("sentence", r"^CheckError: The file is not right; \[31msend another\.$")])
@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_each_misfortune_has_its_sentence(told: dict[str, str], name: str, words: str) -> None:
    assert told[name].startswith("CheckError: ")
    assert re.search(words, told[name])
    assert told[name].endswith(".")
    assert len(told[name]) < 1_300


@pytest.mark.parametrize("name", ["much_memory", "killed", "native_memory"])
@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_want_of_memory_is_never_called_mere_damage(told: dict[str, str], name: str) -> None:
    assert "may be damaged" not in told[name]


@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_a_child_before_does_not_spoil_the_next(told: dict[str, str]) -> None:
    assert told["fine"] == told["fine afterwards"] == "The Group shall meet in public."


@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_a_page_of_ocr_is_given_its_time(told: dict[str, str]) -> None:
    assert told["pages_with_time"] == "Read after a while."


@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_control_characters_do_not_come_back(told: dict[str, str]) -> None:
    assert told["controls"] == "shall not [31mvoteab"


@pytest.mark.skipif(not LINUX, reason="the program is copied for its child on Linux only")
def test_the_child_writes_reaches_and_sees_nothing(told: dict[str, str]) -> None:
    assert "written" not in told["there"].split(",")
    if landlock.version() >= 4:
        assert told["connect"].startswith("refused")
    assert set(told["environment"].split(",")) <= {"LANG", "OMP_THREAD_LIMIT", "PATH", "LD_LIBRARY_PATH",
                                                  "TESSDATA_PREFIX", "OPENBLAS_NUM_THREADS"}
    assert told["folder"] in ("[]", "refused: Permission denied")
    assert told["fork_bomb_files"] == "refused: Too many open files"


@needs_landlock
def test_the_child_reads_its_file_and_no_other(told: dict[str, str]) -> None:
    assert told["own_file"] == "the file itself"
    assert told["look"] == told["look_beside"] == "refused: Permission denied"
    if landlock.version() >= 6:
        assert told["signal"] == "refused: Operation not permitted"


@pytest.mark.skipif(not LINUX, reason="orphans are adopted on Linux only")
@pytest.mark.parametrize("name", ["stay", "stay_in_group", "template"])
def test_nothing_is_left_running(told: dict[str, str], name: str) -> None:
    pid = int(told[name])
    for _ in range(200):  # the template goes by itself when the program has gone
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split():
            return
        time.sleep(0.02)
    pytest.fail(f"{name} is still running")


# --- what comes back is what the readers give -------------------------------------------------


@pytest.mark.parametrize("name", ["ccg-tracked-changes.docx", "icb-new-merger.pdf", "README.md"])
def test_the_reading_is_the_same(name: str) -> None:
    assert read_contained(SAMPLES / name) == read(SAMPLES / name)


@pytest.mark.parametrize("name", ["ccg-tracked-changes.docx", "README.md"])
def test_and_so_where_the_platform_cannot_fork(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(started, "can_fork", lambda: False)
    assert read_contained(SAMPLES / name) == read(SAMPLES / name)


def test_a_sentence_names_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckError, match=r"^There is no file none\.docx; "):
        read_contained(Path("none.docx"))


def test_a_name_may_be_anything_that_a_file_may_be_called(tmp_path: Path) -> None:
    path = tmp_path / "naïve “file”\n{0} %s.md"
    path.write_text("1. The Group shall meet in public.\n", encoding="utf-8")
    assert read_contained(path).name == path.name


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"{n}.txt").write_text(f"{n}. The Group shall meet in public {n} times.\n", encoding="utf-8")
    with ThreadPoolExecutor(6) as pool:
        readings = list(pool.map(lambda n: read_contained(tmp_path / f"{n}.txt"), range(12)))
    assert [reading.name for reading in readings] == [f"{n}.txt" for n in range(12)]
    assert all(f"public {n} times" in readings[n].blocks[0].text for n in range(12))


@pytest.mark.skipif(not started.can_fork(), reason="this platform has no template")
def test_a_template_that_was_killed_is_started_again() -> None:
    read_contained(SAMPLES / "README.md")
    assert started._running is not None
    os.kill(started._running[0], 9)
    assert read_contained(SAMPLES / "README.md").blocks


def test_a_fault_in_what_is_told_of_progress_is_the_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(what: str, done: int, total: int) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("constitution_check.contained.ask.Listener.listen",
                        lambda self, source: self._progress("Reading", 1, 1))
    with pytest.raises(BrokenPipeError):
        read_contained(SAMPLES / "README.md", ReadOptions(progress=closed))
    read_contained(SAMPLES / "README.md", ReadOptions(progress=no_progress))


def test_no_process_to_be_had_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(started, "ask", refused)
    monkeypatch.setattr(children, "_process", refused)
    with pytest.raises(CheckError, match="no separate process could be started"):
        read_contained(SAMPLES / "README.md")


# --- messages --------------------------------------------------------------------------------


def test_half_a_message_is_waited_for_only_so_long() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"B\x09")
        with pytest.raises(frames.LateError):
            frames.receive(ours, time.monotonic() + 0.05)
        theirs.close()
        with pytest.raises(frames.EndedError):
            frames.receive(ours, time.monotonic() + 5)


# --- outside programs ------------------------------------------------------------------------


def test_a_program_writes_in_its_folder_and_is_heard(tmp_path: Path) -> None:
    done = run_program(["sh", "-c", "cat; echo $HOME; echo x >here; pwd >&2; exit 3"], seconds=20, memory=10**9,
                       folder=tmp_path, feed=b"fed\n")
    assert (done.code, done.output, done.errors) == (3, f"fed\n{tmp_path}\n".encode(), f"{tmp_path}\n".encode())
    assert (tmp_path / "here").read_text() == "x\n"


@needs_landlock
def test_a_program_writes_nowhere_else(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    done = run_program(["sh", "-c", "echo x >../outside || cat ../secret"], seconds=20, memory=10**9, folder=inside)
    assert done.code != 0
    assert not (tmp_path / "outside").exists()


def test_a_program_is_killed_whole(tmp_path: Path) -> None:
    with pytest.raises(ProgramTimeoutError):
        run_program(["sh", "-c", "sleep 1000 & echo $! >pid; wait"], seconds=1, memory=10**9, folder=tmp_path)
    pid = (tmp_path / "pid").read_text().strip()
    for _ in range(100):  # the system takes a moment to end what was killed
        if not running(pid):
            break
        time.sleep(0.1)
    assert not running(pid)


def running(pid: str) -> bool:
    """Whether the process is there and not merely waiting to be forgotten."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except FileNotFoundError:
        return False


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProgramMissingError):
        run_program(["no-such-program-here"], seconds=1, memory=10**9, folder=tmp_path)
