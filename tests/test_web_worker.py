"""The worker process: the report that every way gives, an end at its limit, and a sentence when it dies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from docx import Document
from invented import library, present
from invented import report as invented_report
from starlette.testclient import TestClient
from web_site import HOME, link, result, token, upload

from constitution_check import check_document
from constitution_check.model import Report
from constitution_check.web import downloads
from constitution_check.web.app import create_app
from constitution_check.web.jobs import Task
from constitution_check.web.settings import Settings
from constitution_check.web.site import HERE
from constitution_check.web.work import work

(EXAMPLE,) = (HERE / "example").glob("*.docx")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are started in another way there")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A visitor at a real site."""
    with TestClient(create_app(Settings(workers=1)), base_url=HOME, follow_redirects=False) as one:
        yield one


def sleeper(pipe: Connection, task: Task) -> None:
    """A worker that starts a program and then never ends."""
    os.setsid()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (task.folder.parent / "child").write_text(str(child.pid))
    time.sleep(600)


def dying(pipe: Connection, task: Task) -> None:
    """A worker that is killed."""
    os.kill(os.getpid(), 9)


def talkative(pipe: Connection, task: Task) -> None:
    """A worker that says what cannot be understood."""
    pipe.send_bytes(b"\x80\x04garbage")
    time.sleep(600)


def alive(pid: int) -> bool:
    """Whether that process runs; one that has ended and is waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_real_document_has_the_report_that_every_other_way_gives(client: TestClient) -> None:
    answer = client.post("/api/check", files={"constitution": (EXAMPLE.name, EXAMPLE.read_bytes())})
    assert answer.status_code == 200
    expected = check_document(EXAMPLE)
    assert {f["safeguard"]: f["verdict"] for f in answer.json()["findings"]} == {
        f.safeguard: f.verdict for f in expected.findings}
    assert answer.json()["sources"] == [source.model_dump(mode="json") for source in expected.sources]


def test_the_example_leads_to_a_result_and_a_word_report(client: TestClient) -> None:
    answer = client.post("/check", data={"token": token(client), "example": "yes"}, files={"x": ("", b"")},
                         headers={"Origin": HOME})
    path = link(answer)
    page = result(client, path, tries=3000)
    assert page.status_code == 200
    assert "Saltby and Fenmarch" in page.text
    assert re.findall(rf'href="{path}/(\w+)" download', page.text) == ["word", "annotated", "brief", "json"]
    report, copy, brief = (Document(BytesIO(client.get(f"{path}/{key}").content))
                           for key in ("word", "annotated", "brief"))
    assert any("Gap report" in one.text for one in report.paragraphs)
    assert any("For the meeting" in one.text for one in brief.paragraphs)
    assert Document(str(EXAMPLE)).paragraphs[0].text == copy.paragraphs[0].text
    assert any("Constitution Check" in str(comment.author) for comment in copy.comments)


def test_each_download_is_offered_only_where_there_can_be_one(tmp_path: Path) -> None:
    def offered(name: str, report: Report, comparison: object = None) -> set[str]:
        task = Task(tmp_path, tmp_path / name)
        return set(downloads.makers(task, report, comparison, library(report)))  # type: ignore[arg-type]

    assert offered("a.docx", invented_report()) == {"word", "annotated", "brief", "json"}
    assert offered("a.PDF", invented_report()) == {"word", "annotated", "brief", "json"}
    assert offered("a.html", invented_report()) == {"word", "brief", "json"}
    assert offered("a.txt", invented_report(present())) == {"word", "json"}
    assert offered("a.txt", invented_report(present()), object()) == {"word", "compare", "json"}
    assert set(downloads.LABELS) == {"word", "annotated", "brief", "compare", "json"}


@pytest.mark.parametrize(("name", "content", "said"), [
    ("draft.docx", b"%PDF-1.7 nothing", "draft.docx is really a PDF, whatever its name says"),
    ("draft.pdf", b"%PDF-1.7 nothing", "draft.pdf"), ("draft.txt", b"Hello.", "draft.txt")])
def test_a_file_that_cannot_be_read_says_so(client: TestClient, name: str, content: bytes, said: str) -> None:
    page = result(client, link(upload(client, content, name)), tries=3000)
    assert page.status_code == 422
    assert said in page.text
    assert "/run-" not in page.text  # nor where it lay


def test_a_worker_over_its_time_is_ended() -> None:
    app = create_app(Settings(workers=1, check_seconds=0.5), partial(work, target=sleeper))
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        page = result(client, link(upload(client)), tries=3000)
        assert page.status_code == 504
        assert "the check was stopped and nothing was kept" in page.text
        assert list(_site_folder().glob("check-*")) == []


def test_a_worker_that_is_not_wanted_any_more_is_ended_with_all_that_it_started() -> None:
    app = create_app(Settings(workers=1), partial(work, target=sleeper))
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        path = link(upload(client))
        child = _site_folder() / "child"
        _until(lambda: child.exists() and child.read_text() != "")
        client.post(f"{path}/delete", data={"token": token(client, path)}, headers={"Origin": HOME})
        _until(lambda: not alive(int(child.read_text())))
        _until(lambda: not list(_site_folder().glob("check-*")))


@pytest.mark.parametrize("target", [dying, talkative])
def test_a_worker_that_dies_or_babbles_is_a_sentence_and_the_next_check_works(target: object) -> None:
    app = create_app(Settings(workers=1), partial(work, target=target))  # type: ignore[arg-type]
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        for _ in range(2):
            page = result(client, link(upload(client)), tries=3000)
            assert page.status_code == 500
            assert "Something went wrong inside Constitution Check" in page.text


def _site_folder() -> Path:
    """The private folder of the site that was started last."""
    return Path(tempfile.gettempdir())


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came about")
