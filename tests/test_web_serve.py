"""The `serve` command: open to this machine alone unless it is told otherwise in full, and silent about what it did."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from constitution_check.cli import main
from constitution_check.web import server
from constitution_check.web.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECRET = "0123456789" * 4


def run(*args: str, **environment: str) -> tuple[int, str]:
    """The exit code and all that was said."""
    done = CliRunner().invoke(main, ["serve", "--no-browser", "--port", "0", *args], env=environment)
    return done.exit_code, done.output


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, str | None, str | None]]:
    """How the server would have been run."""
    seen: list[tuple[Settings, str | None, str | None]] = []

    def note(listening: socket.socket, settings: Settings, proxy: str | None, open_at: str | None) -> None:
        listening.close()
        seen.append((settings, proxy, open_at))

    monkeypatch.setattr(server, "run", note)
    return seen


@pytest.mark.parametrize(("args", "environment", "said"), [
    (["--host", "0.0.0.0"], {}, "Add --public if that is meant"),
    (["--host", "192.168.1.2"], {}, "Add --public if that is meant"),
    (["--host", "check.example.org"], {}, "Add --public if that is meant"),
    (["--public"], {"CONSTITUTION_CHECK_SECRET": SECRET}, "--allowed-host check.example.org"),
    (["--public", "--allowed-host", "a.example"], {"CONSTITUTION_CHECK_SECRET": ""}, "32 characters or more"),
    (["--public", "--allowed-host", "a.example"], {"CONSTITUTION_CHECK_SECRET": "short"}, "32 characters or more")])
def test_it_does_not_start_for_others_by_mistake(ran: list[object], args: list[str], environment: dict[str, str],
                                                 said: str) -> None:
    code, output = run(*args, **environment)
    assert (code, said in output, ran) == (2, True, [])


def test_for_this_machine_it_answers_only_to_local_names(ran: list[tuple[Settings, str | None, str | None]]) -> None:
    assert run()[0] == 0
    ((settings, proxy, open_at),) = ran
    assert (settings.hosts, settings.public, proxy, open_at) == (("127.0.0.1", "localhost", "[::1]"), False, None, None)
    assert len(settings.secret) == 32


def test_in_public_it_has_the_names_the_secret_and_the_proxy(
        ran: list[tuple[Settings, str | None, str | None]]) -> None:
    code, _ = run("--public", "--allowed-host", "a.example", "--allowed-host", "b.example", "--proxy", "127.0.0.1",
                  CONSTITUTION_CHECK_SECRET=SECRET)
    ((settings, proxy, open_at),) = ran
    assert (code, settings.hosts, settings.public, proxy, open_at) == (
        0, ("a.example", "b.example"), True, "127.0.0.1", None)
    assert settings.secret == SECRET.encode()


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, output = run("--port", str(taken.getsockname()[1]))
    assert (code, "Give another with --port" in output) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_it_runs_says_nothing_of_what_it_did_and_leaves_nothing(tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "constitution_check", "serve", "--no-browser", "--port", "0"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)})
    watchdog = threading.Timer(240, started.kill)
    watchdog.start()
    try:
        assert started.stdout is not None
        said = started.stdout.readline()
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+/", said)
        with httpx2.Client(base_url=address, trust_env=False, timeout=60) as visitor:
            found = re.search(r'name="token" value="([^"]+)"', visitor.get("/").text)
            assert found
            sent = visitor.post("/check", data={"token": found[1]}, headers={"Origin": address[:-1]},
                                files={"constitution": ("SECRET-NAME.docx", b"CONFIDENTIAL")})
            link = sent.headers["location"].partition("#")[0]
            while "hx-refresh" not in visitor.get(f"{link}/progress").headers:
                threading.Event().wait(0.1)
            assert "SECRET-NAME.docx" in visitor.get(link).text
            assert visitor.get("/", headers={"Host": "evil.example"}).status_code == 400
            assert (visitor.get("/nowhere").status_code, "server" in visitor.get("/").headers) == (404, False)
        started.send_signal(signal.SIGINT)
        out, errors = started.communicate()
    finally:
        watchdog.cancel()
        started.kill()
    secrets = ("SECRET-NAME", "CONFIDENTIAL", link.rpartition("/")[2], "evil")
    assert [secret for secret in secrets if secret in out + errors] == []
    assert "Traceback" not in errors
    assert started.returncode == 130
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["in-use"]
