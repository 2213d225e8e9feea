"""The door for programs: the report of the command line, errors of one shape, and no way in for other sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from invented import library, report
from starlette.testclient import TestClient
from web_site import DRAFT, Checks, site, visitor

from constitution_check.reports.jsonreport import json_schema, render_json
from constitution_check.web import refusals, upload
from constitution_check.web.jobs import Job
from constitution_check.web.openapi import CODES, ERRORS, description

FILE = {"constitution": ("draft.txt", DRAFT)}


@pytest.fixture
def checks() -> Checks:
    done = Checks()
    done.go.set()
    return done


@pytest.fixture
def client(checks: Checks) -> Iterator[TestClient]:
    with site(checks) as one:
        yield one


def refused(answer: Any, status: int, code: str) -> str:
    """The message of a refusal, once its shape, status and code are as they should be."""
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message"}
    assert answer.json()["error"]["code"] == code
    assert str(status) in ERRORS or status in (404, 405)
    assert code in CODES
    return str(answer.json()["error"]["message"])


def test_the_answer_is_the_report_of_the_command_line(client: TestClient) -> None:
    answer = client.post("/api/check", files=FILE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == render_json([report()])
    jsonschema.validate(answer.json(), json_schema())
    assert "set-cookie" not in answer.headers


def test_nothing_is_kept_once_it_is_answered(client: TestClient, checks: Checks) -> None:
    client.post("/api/check", files=FILE)
    assert client.get(f"/check/{checks.seen[0].id}").status_code == 410
    assert not checks.seen[0].task.folder.exists()


def test_handbooks_safeguards_and_a_day_go_with_the_constitution(client: TestClient, checks: Checks) -> None:
    wanted = library(report()).safeguards[0].id
    client.post("/api/check", data={"as_of": "1 July 2022", "safeguard": [wanted]},
                files=[("constitution", ("a.txt", DRAFT)), ("handbook", ("b.txt", DRAFT))])
    task = checks.seen[0].task
    assert (task.safeguards, str(task.as_of), [one.name for one in task.handbooks]) == (
        (wanted,), "2022-07-01", ["b.txt"])
    assert not task.extras


@pytest.mark.parametrize(("sent", "status", "code", "said"), [
    ({"files": {"other": ("a.txt", DRAFT)}}, 422, "no-file", "Choose the constitution's file"),
    ({"files": {"constitution": ("a.txt", b"")}}, 422, "empty-file", "a.txt is empty"),
    ({"data": {"constitution": "text"}, "files": {"x": ("", b"")}}, 422, "no-file", "Choose"),
    ({"files": FILE, "data": {"safeguard": "spaek"}}, 422, "cannot-check", 'There is no safeguard "spaek"'),
    ({"files": FILE, "data": {"as_of": "some day"}}, 422, "cannot-check", "some day"),
    ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 400, "wrong-form", "multipart/form-data"),
    ({"content": b"", "headers": {"Content-Type": "multipart/form-data"}}, 400, "wrong-form", "boundary"),
    ({"files": FILE, "headers": {"Cookie": "visitor=x"}}, 400, "no-cookies", "takes no cookies"),
    ({"files": FILE, "headers": {"Origin": "https://evil.example"}}, 403, "other-site", "another site"),
    ({"files": FILE, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "other-site", "another site"),
    ({"files": [("handbook", (f"{n}.txt", DRAFT)) for n in range(9)]}, 422, "too-many-files", "8 files")])
def test_errors_have_one_shape(client: TestClient, checks: Checks, sent: dict[str, Any], status: int, code: str,
                               said: str) -> None:
    assert said in refused(client.post("/api/check", **sent), status, code)
    assert checks.seen == []


def test_what_the_framework_refuses_has_that_shape_too(client: TestClient) -> None:
    refused(client.get("/api/check"), 405, "method-not-allowed")
    refused(client.get("/api/nothing"), 404, "not-there")


def test_too_much_is_refused_in_that_shape(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MAX_FILE_BYTES", 10)
    assert "draft.txt is too large" in refused(client.post("/api/check", files=FILE), 413, "too-big")


@pytest.mark.parametrize(("refusal", "status", "code"), [
    (refusals.cannot_check("draft.txt is protected with a password; remove it."), 422, "cannot-check"),
    (refusals.out_of_time(600), 504, "out-of-time"), (refusals.went_wrong(), 500, "went-wrong")])
def test_what_comes_of_the_check_is_said_in_that_shape(client: TestClient, checks: Checks, refusal: refusals.Refusal,
                                                       status: int, code: str) -> None:
    def refuse(job: Job) -> None:
        raise refusal

    checks.then = refuse
    assert refused(client.post("/api/check", files=FILE), status, code) == refusal.message


def test_on_a_server_an_address_has_one_check_at_a_time() -> None:
    checks = Checks()
    with site(checks, public=True, hosts=("127.0.0.1",), per_address=6) as client:
        from threading import Thread

        first: list[Any] = []
        asking = Thread(target=lambda: first.append(client.post("/api/check", files=FILE)))
        asking.start()
        while not checks.seen:
            pass
        again = visitor(client).post("/api/check", files=FILE)
        assert "under way already" in refused(again, 429, "one-at-a-time")
        assert again.headers["retry-after"] == "20"
        checks.go.set()
        asking.join()
        assert first[0].status_code == 200


def test_the_description_is_whole(client: TestClient) -> None:
    served = client.get("/openapi.json").json()
    assert served == json.loads(json.dumps(description()))
    schemas = served["components"]["schemas"]
    for pointer in set(_references(served)):
        assert pointer.removeprefix("#/components/schemas/") in schemas
    full = {"$defs": schemas, **json.loads(json.dumps(schemas["Report"]).replace("#/components/schemas/", "#/$defs/"))}
    jsonschema.Draft202012Validator.check_schema(full)
    operation = served["paths"]["/api/check"]["post"]
    assert set(operation["responses"]) == {"200", *ERRORS}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            yield from _references(value)
    elif isinstance(part, list):
        for one in part:
            yield from _references(one)
