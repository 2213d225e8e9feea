"""`check --format annotated`: where the copy goes, what is said of it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from word_files import para, word_file

from constitution_check.cli import main
from constitution_check.readers.word import read_word

BODY = "".join(para(text) for text in (
    "1. Meetings", "1.1 The Board shall, where practicable, hold its meetings in public.", "1.2 It keeps minutes."))


def check(*args: object) -> Result:
    return CliRunner().invoke(main, ["check", "--format", "annotated", "--safeguard", "meetings-in-public",
                                     *(str(arg) for arg in args)])


def test_the_copy_lies_beside_the_document_which_stays_as_it_was(tmp_path: Path) -> None:
    path = word_file(tmp_path, BODY)
    before = path.read_bytes()
    done = check(path)
    assert done.exit_code == 1
    assert f"annotated copy of test.docx is in {tmp_path / 'test-annotated.docx'}" in done.output
    assert "1 comment on its words, wording put in for 1 safeguard" in done.output
    assert path.read_bytes() == before
    changes = read_word(tmp_path / "test-annotated.docx").changes
    assert {change.author for change in changes} == {"Constitution Check"}


def test_the_copy_goes_where_it_is_asked_for(tmp_path: Path) -> None:
    path = word_file(tmp_path, BODY)
    assert check(path, "-o", tmp_path / "out.docx").exit_code == 1
    assert read_word(tmp_path / "out.docx").changes


def test_another_format_is_refused_and_hides_no_other_file(tmp_path: Path) -> None:
    path = word_file(tmp_path, BODY)
    plain = tmp_path / "plain.md"
    plain.write_text("1. The Board meets.\n", encoding="utf-8")
    done = check(plain, path)
    assert done.exit_code == 2
    assert "made of Word files (.docx) and PDFs only, and plain.md is neither" in done.output
    assert (tmp_path / "test-annotated.docx").exists()


def test_a_copy_that_cannot_be_made_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("constitution_check.annotate.in_child", lambda path, payload: b"no answer")
    path = word_file(tmp_path, BODY)
    done = check(path)
    assert done.exit_code == 2
    assert not (tmp_path / "test-annotated.docx").exists()
