"""The page on the server's side: the way through, what is refused, what is kept and for how long."""

from __future__ import annotations

import logging
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import contradicted, present, report, source
from lxml import html
from starlette.testclient import TestClient
from web_site import DRAFT, HOME, Checks, link, result, site, token, upload, visitor

from constitution_check.errors import CheckError
from constitution_check.web import folder, guards, refusals, settings
from constitution_check.web import upload as upload_module
from constitution_check.web.jobs import Job

PAGES = ("/", "/library", "/library/tax", "/about", "/api", "/nowhere", "/check/nothing")


@pytest.fixture
def client() -> Iterator[TestClient]:
    with site() as one:
        yield one


@pytest.fixture
def held() -> Iterator[tuple[TestClient, Checks]]:
    """A site whose checks wait until they are let go."""
    checks = Checks()
    with site(checks, workers=1, queue=2) as one:
        yield one, checks
        checks.go.set()


def text(page: str) -> str:
    return re.sub(r"\s+", " ", html.document_fromstring(page).text_content())


# --- the way through -----------------------------------------------------------------------


def test_a_file_is_checked_and_its_result_shown(client: TestClient) -> None:
    page = result(client, link(upload(client)))
    assert page.status_code == 200
    said = text(page.text)
    for words in ("Result: NHS Anytown CCG", "1 contradicted", "page 14: it is a picture without text",
                  "The text rules the opposite in Appendix C, 4(b).", "8.6.3(g), page 12", "where practicable",
                  "An escape hatch", "Wording to ask for", "The Group must exclude any contractor",
                  "To be looked at by a person."):
        assert words in said


def test_what_could_not_be_read_stands_above_the_verdicts(client: TestClient) -> None:
    page = result(client, link(upload(client))).text
    assert 0 < page.index("What we could not read") < page.index('class="counts"') < page.index("Safeguards, worst")


def test_the_worst_stand_first(client: TestClient) -> None:
    page = html.document_fromstring(result(client, link(upload(client))).text)
    assert page.xpath("//ol[@class='overview']/li/a/@href") == ["#speak", "#stay", "#tax", "#open"]


@pytest.mark.parametrize(("query", "ids"), [
    ("?show=gaps", ["speak", "stay", "tax"]), ("?show=contradicted", ["speak"]), ("?show=review", ["speak"]),
    ("?show=missing", ["speak", "stay"]), ("?show=weakened", ["tax"]), ("?show=present", ["open"]),
    ("?theme=openness", ["open"]), ("?show=gaps&theme=voice", ["speak"]), ("?show=gaps&theme=openness", []),
    ("?show=<script>&theme='", ["speak", "stay", "tax", "open"])])
def test_a_reader_can_choose_what_is_shown(client: TestClient, query: str, ids: list[str]) -> None:
    path = link(upload(client))
    result(client, path)
    page = html.document_fromstring(client.get(path + query).text)
    assert [heading.get("id") for heading in page.xpath("//section[@class='finding']/h3")] == ids
    assert ("of 4 safeguards shown" in text(client.get(path + query).text)) == (len(ids) < 4)


def test_progress_is_told_and_then_the_browser_is_sent_on(held: tuple[TestClient, Checks]) -> None:
    client, checks = held
    path = link(upload(client))
    while "Reading draft.txt (4 of 40)" not in (part := client.get(f"{path}/progress")).text:
        time.sleep(0.01)
    assert "hx-refresh" not in part.headers
    assert '<meta http-equiv="refresh"' in client.get(path).text
    assert '<meta http-equiv="refresh"' not in client.get(f"{path}?still").text
    checks.go.set()
    assert "Result" in result(client, path).text


def test_who_waits_is_told_how_many_are_before(held: tuple[TestClient, Checks]) -> None:
    first, _ = held
    link(upload(first))
    paths = [link(upload(visitor(first))) for _ in range(2)]
    assert "1 check is before yours" in first.get(paths[1]).text


def test_the_example_needs_no_file() -> None:
    checks = Checks()
    checks.go.set()
    with site(checks) as client:
        answer = client.post("/check", data={"token": token(client), "example": "yes"},
                             files={"nothing": ("", b"")}, headers={"Origin": HOME})
        assert result(client, link(answer)).status_code == 200
    assert checks.seen[0].task.constitution.name.startswith("Example")


def test_handbooks_and_an_earlier_version_go_with_the_constitution() -> None:
    checks = Checks()
    checks.go.set()
    with site(checks) as client:
        files = [("constitution", ("a.txt", DRAFT)), ("handbook", ("a.txt", DRAFT)), ("handbook", ("b.txt", DRAFT)),
                 ("earlier", ("a.txt", DRAFT))]
        link(client.post("/check", data={"token": token(client)}, files=files))
    task = checks.seen[0].task
    assert [path.name for path in (task.constitution, *task.handbooks)] == ["a.txt", "a.txt", "b.txt"]
    assert task.earlier is not None
    assert len({task.constitution, *task.handbooks, task.earlier}) == 4


def test_a_download_is_named_for_what_it_is(client: TestClient) -> None:
    path = link(upload(client))
    result(client, path)
    done = client.get(f"{path}/json")
    assert (done.status_code, done.content, done.headers["content-type"]) == (200, b"{}", "application/json")
    assert done.headers["content-disposition"] == (
        "attachment; filename=\"Anytown  draft.json\"; filename*=UTF-8''Anytown%20%E2%80%93%20draft.json")
    assert client.get(f"{path}/word").status_code == 404


def test_no_text_of_a_document_becomes_mark_up() -> None:
    hostile = "<script>alert(1)</script>"
    named = report(present(), contradicted(), sources=(source(name=hostile),))
    checks = Checks(named.model_copy(update={"body": named.body.model_copy(update={"name": hostile})}))
    checks.go.set()
    with site(checks) as client:
        page = result(client, link(upload(client, name=f"{hostile}.txt"))).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- kind sentences ------------------------------------------------------------------------


@pytest.mark.parametrize(("files", "said", "at"), [
    ({}, "Choose the constitution's file first.", "constitution"),
    ({"constitution": ("", b"")}, "Choose the constitution's file first.", "constitution"),
    ({"constitution": ("a.txt", b"")}, "a.txt is empty.", "constitution"),
    ({"constitution": ("a.txt", DRAFT), "handbook": ("b.txt", b"")}, "b.txt is empty.", "handbook")])
def test_a_problem_is_said_at_the_top_and_at_its_field(client: TestClient, files: dict[str, tuple[str, bytes]],
                                                       said: str, at: str) -> None:
    sent = {**files, "nothing": ("", b"")}
    answer = client.post("/check", data={"token": token(client)}, files=sent)
    assert answer.status_code == 422
    page = html.document_fromstring(answer.text)
    (summary,) = page.xpath("//*[@role='alert']//a")
    assert summary.get("href") == f"#{at}"
    assert said in summary.text
    (field,) = page.xpath(f"//input[@id='{at}']")
    assert field.get("aria-invalid") == "true"
    (problem,) = page.xpath(f"//*[@id='{field.get('aria-describedby').split()[-1]}']")
    assert said in problem.text_content()
    assert str(page.findtext(".//title")).startswith("Problem: ")


def test_a_document_that_cannot_be_checked_says_why(held: tuple[TestClient, Checks]) -> None:
    client, checks = held

    def refuse(job: Job) -> None:
        raise refusals.cannot_check("draft.txt is a picture of a text. Send one that holds its words.")

    checks.then = refuse
    checks.go.set()
    page = result(client, link(upload(client)))
    assert page.status_code == 422
    assert "draft.txt is a picture of a text." in page.text
    assert 'id="constitution"' in page.text


def test_one_visitor_has_one_check_under_way_and_may_stop_it(held: tuple[TestClient, Checks]) -> None:
    client, _ = held
    path = link(upload(client))
    again = upload(client)
    assert again.status_code == 429
    assert "You have a check under way already." in again.text
    assert f'href="{path}"' in again.text
    link(upload(visitor(client)))
    stopped = client.post(f"{path}/delete", data={"token": token(client, path)}, headers={"Origin": HOME})
    assert "Stopped and deleted" in stopped.text
    assert client.get(path).status_code == 410
    link(upload(client))


def test_a_full_queue_is_no_fault_and_keeps_nothing(held: tuple[TestClient, Checks]) -> None:
    client, checks = held
    link(upload(client))
    while not checks.seen:
        time.sleep(0.01)
    for _ in range(2):
        link(upload(visitor(client)))
    full = upload(visitor(client))
    assert (full.status_code, full.headers["retry-after"]) == (503, "120")
    assert "Please try again in a few minutes." in full.text
    assert len(list(checks.seen[0].task.folder.parent.glob("check-*"))) == 3


def test_an_upload_that_is_too_large_is_refused_by_what_it_says_and_by_what_it_sends(
        client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_UPLOAD_BYTES", 5_000)
    said = upload(client, b"x" * 6_000)
    assert (said.status_code, "That is too much to take" in said.text) == (413, True)

    def chunks() -> Iterator[bytes]:
        yield (b'--xx\r\nContent-Disposition: form-data; name="constitution"; filename="a.txt"\r\n\r\n')
        for _ in range(6):
            yield b"x" * 1_000

    sent = client.post("/check", content=chunks(), headers={"Content-Type": "multipart/form-data; boundary=xx"})
    assert (sent.status_code, "That is too much to take" in sent.text) == (413, True)
    assert upload(client, b"x" * 3_000).status_code == 303


def test_one_file_that_is_too_large_is_named(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_module, "MAX_FILE_BYTES", 1_000)
    answer = upload(client, b"x" * 1_001)
    assert (answer.status_code, "draft.txt is too large" in answer.text) == (413, True)


def test_a_form_without_files_may_be_small_only(client: TestClient) -> None:
    path = link(upload(client))
    assert client.post(f"{path}/delete", content=b"x" * (settings.MAX_FORM_BYTES + 1)).status_code == 413


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nowhere", 404), ("GET", "/library/nothing", 404), ("GET", "/static/../app.py", 404),
    ("GET", "/static/nothing", 404), ("PUT", "/", 405), ("GET", "/check/nothing/json", 404), ("GET", "/check", 303)])
def test_what_is_not_there_is_a_page_too(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert status == 303 or "Constitution Check" in answer.text


@pytest.mark.parametrize("body", [b"", b"--x", b"\x00" * 50, b"--xx\r\n\r\n\r\n--xx--",
                                  b"--xx\r\nContent-Disposition: x\r\n"])
def test_a_broken_form_is_a_sentence(client: TestClient, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=xx", "multipart/form-data", "text/plain", "application/json"):
        answer = client.post("/check", content=body, headers={"Content-Type": kind})
        assert answer.status_code in (400, 403)
        assert "<h1" in answer.text


# --- whose request it is -------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::2]",
                                  "LOCALHOST.evil"])
def test_no_other_name_is_answered(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers
    api = client.post("/api/check", headers={"Host": host})
    assert (api.status_code, api.json()["error"]["code"]) == (400, "unknown-host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LocalHost", "[::1]:8000"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://127.0.0.1:8000.evil.example"}, {"Origin": "http://[bad"}, {"Origin": ""}])
def test_a_form_from_another_site_is_not_followed(client: TestClient, headers: dict[str, str]) -> None:
    answer = upload(client, headers=headers)
    assert (answer.status_code, "a page of another site" in answer.text) == (403, True)


def test_a_browser_that_says_another_site_asks_is_believed(client: TestClient) -> None:
    answer = client.post("/check", data={"token": token(client)}, files={"constitution": ("a.txt", DRAFT)},
                         headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_form_needs_the_visitor_s_own_token(client: TestClient) -> None:
    other = token(visitor(client))
    mine = token(client)
    assert mine != token(client)  # masked anew each time
    for given in ("", "x", other, mine[:-4], mine[:-8] + "AAAAAAA="):
        answer = client.post("/check", data={"token": given}, files={"constitution": ("a.txt", DRAFT)})
        assert (answer.status_code, "choose the file once more" in answer.text) == (403, True)
    path = link(upload(client))
    result(client, path)
    assert client.post(f"{path}/delete", data={"token": other}).status_code == 403
    assert client.get(path).status_code == 200


# --- what is kept --------------------------------------------------------------------------


def test_files_lie_in_a_private_folder_until_the_check_ends(held: tuple[TestClient, Checks]) -> None:
    client, checks = held
    path = link(upload(client, name="../../etc/pass|wd.txt"))
    while not checks.seen:
        time.sleep(0.01)
    task = checks.seen[0].task
    assert task.constitution.read_bytes() == DRAFT
    assert task.constitution.name == "pass_wd.txt"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (task.folder, task.folder.parent)] == [0o700, 0o700]
    checks.go.set()
    result(client, path)
    while not checks.seen[0].ended:
        time.sleep(0.01)
    assert not task.folder.exists()


def test_the_folder_goes_with_the_server_and_leftovers_at_the_start(tmp_path: Path,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with folder.private_folder() as first:
        assert os.environ["TMPDIR"] == str(first)
        left = first.parent / "run-left"
        left.mkdir()
        (left / "secret.docx").write_bytes(b"x")
        tempfile.tempdir = str(tmp_path)  # as another server of the same user would have it
        with folder.private_folder() as second:
            assert not left.exists()
            assert first.exists()
            assert second.parent == first.parent
    assert list(first.parent.glob("run-*")) == []
    assert os.environ.get("TMPDIR") != str(first)


def test_a_folder_of_someone_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with folder.private_folder() as made:
        base = made.parent
    shutil.rmtree(base)
    (tmp_path / "elsewhere").mkdir()
    base.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CheckError, match="belongs to someone else"), folder.private_folder():
        pass


def test_a_result_can_be_deleted_at_once(client: TestClient) -> None:
    path = link(upload(client))
    result(client, path)
    done = client.post(f"{path}/delete", data={"token": token(client, path)}, headers={"Origin": HOME})
    assert "Nothing of your document or its result is left here." in done.text
    gone = client.get(path)
    assert (gone.status_code, "This result was deleted." in gone.text) == (410, True)
    assert client.get(f"{path}/json").status_code == 410


def test_a_result_is_gone_after_its_hour(held: tuple[TestClient, Checks]) -> None:
    client, checks = held
    checks.go.set()
    path = link(upload(client))
    result(client, path)
    while not checks.seen[0].ended:
        time.sleep(0.01)
    assert client.get(path).status_code == 200
    checks.seen[0].finished -= 3601
    gone = client.get(path)
    assert (gone.status_code, "after an hour, as promised" in gone.text) == (410, True)


def test_old_results_make_room_with_a_kind_sentence() -> None:
    with site(keep_results=2) as client:
        paths = []
        for _ in range(3):
            one = visitor(client)
            paths.append(link(upload(one)))
            result(one, paths[-1])
        gone = client.get(paths[0])
        assert (gone.status_code, "had to make room" in gone.text) == (410, True)
        assert [client.get(path).status_code for path in paths[1:]] == [200, 200]


def test_a_link_of_an_earlier_run_says_that_nothing_was_kept(client: TestClient) -> None:
    gone = client.get("/check/AAAAAAAAAAAAAAAAAAAAAA")
    assert (gone.status_code, "when the program is started again" in gone.text) == (404, True)


def test_links_cannot_be_guessed(client: TestClient) -> None:
    path = link(upload(client))
    assert len(path.removeprefix("/check/")) * 6 >= 128


def test_the_log_holds_no_name_no_text_and_no_link(held: tuple[TestClient, Checks],
                                                   caplog: pytest.LogCaptureFixture) -> None:
    client, checks = held
    caplog.set_level(logging.DEBUG)

    def fail(job: Job) -> None:
        raise ValueError(f"{job.task.constitution} holds {job.task.constitution.read_text()}")

    checks.then = fail
    checks.go.set()
    path = link(upload(client, b"CONFIDENTIAL WORDS", "SECRET-NAME.txt"))
    page = result(client, path)
    assert (page.status_code, "Something went wrong inside Constitution Check" in page.text) == (500, True)
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("constitution_check"))
    assert "ValueError" in ours
    everything = "\n".join(str(record.__dict__) for record in caplog.records if record.name != "httpx2")
    for secret in ("SECRET-NAME", "CONFIDENTIAL", path.removeprefix("/check/")):
        assert secret not in everything


def test_a_fault_in_a_page_is_logged_by_its_place_only(client: TestClient, monkeypatch: pytest.MonkeyPatch,
                                                       caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("SECRET")

    path = link(upload(client))
    result(client, path)
    monkeypatch.setattr("constitution_check.web.pages.Shown.of_report", broken)
    page = client.get(path)
    assert (page.status_code, "Something went wrong" in page.text) == (500, True)
    assert page.headers["content-security-policy"] == guards.POLICY
    assert "SECRET" not in caplog.text
    assert "RuntimeError at " in caplog.text


# --- headers -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_headers_and_asks_nothing_of_other_hosts(client: TestClient, path: str) -> None:
    answer = client.get(path)
    headers = answer.headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert {name: headers[name] for name in ("referrer-policy", "x-content-type-options", "cache-control",
                                             "cross-origin-opener-policy", "cross-origin-resource-policy")} == {
        "referrer-policy": "same-origin", "x-content-type-options": "nosniff", "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin"}
    assert "strict-transport-security" not in headers
    page = html.document_fromstring(answer.text)
    assert page.xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]") == []
    assert [one for one in page.xpath("//@src | //@href | //@action") if not one.startswith(("/", "#"))] == []


def test_https_is_kept_to_only_in_public(client: TestClient) -> None:
    with site(public=True, hosts=("check.example.org",)) as one:
        secure = TestClient(one.app, base_url="https://check.example.org")
        answer = secure.get("/")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert re.match(r"__Host-visitor=[\w-]{22}; HttpOnly; Path=/; SameSite=lax; Secure$",
                        answer.headers["set-cookie"])


def test_there_is_one_cookie_and_only_where_there_is_a_form(client: TestClient) -> None:
    assert [path for path in PAGES if "set-cookie" in visitor(client).get(path).headers] == ["/"]
    cookie = visitor(client).get("/").headers["set-cookie"]
    assert re.match(r"visitor=[\w-]{22}; HttpOnly; Path=/; SameSite=lax$", cookie)
    client.get("/")
    assert "set-cookie" not in client.get("/").headers


def test_the_style_may_be_kept_and_changes_its_address_with_its_content(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/").text)
    for address in page.xpath("//link/@href | //script/@src"):
        answer = client.get(address)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
