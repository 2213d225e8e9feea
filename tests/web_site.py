"""What the tests of the page share: a site whose checks are invented, and a visitor."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from httpx2 import Response
from invented import library
from invented import report as invented_report
from starlette.testclient import TestClient

from constitution_check.model import Report
from constitution_check.web.app import create_app
from constitution_check.web.desk import Desk
from constitution_check.web.jobs import Download, Job
from constitution_check.web.settings import Settings

HOME = "http://127.0.0.1:8000"
DRAFT = b"1. Meetings shall be held in public."


@dataclass
class Checks:
    """Does jobs as a test wants: holds them until `go` is set, then gives `report`, or does what `then` says."""

    report: Report = field(default_factory=invented_report)
    go: threading.Event = field(default_factory=threading.Event)
    then: Callable[[Job], None] | None = None
    seen: list[Job] = field(default_factory=list)

    def __call__(self, job: Job, desk: Desk) -> None:
        self.seen.append(job)
        desk.told(job, what="Reading draft.txt", done=3, total=40)
        while not self.go.wait(0.01):
            if job.cancelled:
                return
        if self.then is not None:
            self.then(job)
        desk.told(job, report=self.report, promised=("json",), size=1000)
        desk.told(job, downloads={"json": Download("Anytown – draft.json", "application/json", b"{}")})


@contextmanager
def site(checks: Checks | None = None, **settings: Any) -> Iterator[TestClient]:
    """A visitor at a running site. With no checks given they are invented and done at once."""
    if checks is None:
        checks = Checks()
        checks.go.set()
    app = create_app(Settings(**settings), checks, library(checks.report))
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        yield client


def visitor(client: TestClient) -> TestClient:
    """Another visitor at the same site."""
    return TestClient(client.app, base_url=HOME, follow_redirects=False)


def token(client: TestClient, path: str = "/") -> str:
    """The token of a form on the page."""
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def upload(client: TestClient, content: bytes = DRAFT, name: str = "draft.txt", headers: dict[str, str] | None = None,
           **fields: str) -> Response:
    """What the site answers to a form with one file."""
    return client.post("/check", data={"token": token(client), **fields}, files={"constitution": (name, content)},
                       headers={"Origin": HOME, **(headers or {})})


def link(answer: Response) -> str:
    """The path that an upload leads to."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("#")[0]


def result(client: TestClient, path: str, tries: int = 500) -> Response:
    """The page at that path once the check has ended."""
    for _ in range(tries):
        if client.get(f"{path}/progress").headers.get("hx-refresh"):
            return client.get(path)
        threading.Event().wait(0.02)
    raise AssertionError("the check did not end")
