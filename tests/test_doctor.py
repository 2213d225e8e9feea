"""The `doctor` command says what is so, and its exit code agrees."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from constitution_check.cli import main
from constitution_check.contained import doctor
from constitution_check.contained.doctor import Program, Protection, protections

THERE = [Program("tesseract", "tesseract 5", "reading scanned pages")]


def test_every_protection_is_tried_and_a_process_of_its_own_is_always_had() -> None:
    tried = {one.what: one.on for one in protections()}
    assert len(tried) == 9
    assert tried["a process of its own for each file, killed with all that it started"]
    assert tried["an empty environment and folder"]


@pytest.mark.parametrize(("on", "version", "code", "said"), [
    (True, "tesseract 5", 0, "Everything is on."),
    (False, "tesseract 5", 1, "OFF  no network\n       without it texts can be sent away"),
    (True, "", 1, "tesseract is not here or does not start; without it there is no reading scanned pages"),
])
def test_the_exit_code_says_whether_all_is_on(on: bool, version: str, code: int, said: str,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "protections", lambda: [Protection("no network", on, "texts can be sent away")])
    monkeypatch.setattr(doctor, "programs", lambda: [THERE[0]._replace(version=version)])
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == code
    assert said in done.stdout


def test_a_missing_program_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert [program.version for program in doctor.programs()] == ["", ""]
