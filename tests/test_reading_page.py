"""The page docs/reading.md and the measures behind it, on small files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from word_files import deleted, inserted, level, listed, numbering, para, run, word_file

from constitution_check.readers.word import read_word
from tools import reading_figures
from tools.reading_figures import Messy, Numbering, Revisions, reason_of
from tools.reading_page import Measured, ReadingCost, page, percent, refused_words
from tools.reading_report import PAGE


def test_labels_are_counted_by_paragraph(tmp_path: Path) -> None:
    body = para("One is here.", listed(1)) + para("Two is here.", listed(1)) + para("3. Three is typed.")
    word_file(tmp_path, body, numbering=numbering(level(0, "%1.")))
    wanted = [["1.", "oneishere"], ["9.", "twoishere"], ["3.", "threeistyped"]]
    (tmp_path / "labels.json").write_text(json.dumps({"test.docx": wanted}), encoding="utf-8")
    assert reading_figures.numbering(tmp_path, read_word) == Numbering(documents=1, perfect=0, labels=3, right=2)


def test_both_texts_of_tracked_changes_are_compared(tmp_path: Path) -> None:
    change = para(run("It ") + deleted("shall") + inserted(run("may")) + run(" meet."))
    for name, body in (("a", change), ("a-Accepted", para("It may meet.")), ("a-Rejected", para("It must meet."))):
        word_file(tmp_path, body).rename(tmp_path / f"{name}.docx")
    assert reading_figures.revisions(tmp_path, read_word) == Revisions(compared=2, equal=1)


def test_awkward_files_are_read_refused_or_crash(tmp_path: Path) -> None:
    word_file(tmp_path, para("x") + '<w:altChunk/>')
    (tmp_path / "empty.docx").write_bytes(b"")
    (one,) = reading_figures.messy(tmp_path, read_word)
    assert (one.ending, one.files, one.read, one.partly, one.refused, one.crashed) == (
        ".docx", 2, 0, 1, {"no text in it": 1}, ())

    def crash(path: Path) -> None:
        raise ZeroDivisionError

    (one,) = reading_figures.messy(tmp_path, crash)  # type: ignore[arg-type]
    assert one.crashed == ("empty.docx: ZeroDivisionError", "test.docx: ZeroDivisionError")


@pytest.mark.parametrize(("sentence", "reason"), [
    ("a.docx is protected by a password; take it off.", "password"),
    ("a.pdf holds only pictures of its pages (a scan).", "only pictures"), ("a.doc is odd.", "another reason")])
def test_a_refusal_has_a_short_reason(sentence: str, reason: str) -> None:
    assert reason_of(sentence) == reason


def test_the_page_tells_what_was_measured() -> None:
    told = page(Measured(
        numbering=Numbering(60, 55, 7620, 7582), revisions=Revisions(43, 43), ocr=True,
        messy=[Messy(".pdf", 3, 1, 1, {"damaged": 1}, (), 1.25)], formats="| Format |", samples="`a.docx`",
        costs=[ReadingCost("Word", 0.014, 0.08, 0.1), ReadingCost("PDF", 0.2, 0.3, 0.35)]))
    assert "**7,582 of 7,620 numbers right (99.5%); 55 of 60 documents without a fault.**" in told
    assert "43 of 43 comparisons equal" in told
    assert "| .pdf | 3 | 1 | 1 | 1 | 0 | 1.2 s |" in told
    assert "| Word | 14 ms | 80 ms | 100 ms | 7.1 times |" in told
    assert "which Word does not reach" in told
    assert "Not measured here" not in told


def test_the_page_says_what_was_not_measured() -> None:
    told = page(Measured())
    assert told.count("Not measured here.") == 5
    assert "were not at hand" in told


def test_shares_are_never_rounded_up_to_all() -> None:
    assert (percent(3, 3), percent(99_999, 100_000), percent(1, 3)) == ("100%", "99.9%", "33.3%")


def test_reasons_are_told_the_commonest_first() -> None:
    one = Messy(".doc", 5, 0, 0, {"damaged": 1, "password": 3}, (), 0.1)
    assert refused_words([one]) == "password (3), damaged (1)"
    assert refused_words([]) == "none"


def test_the_page_in_the_project_is_one_that_this_writes() -> None:
    """The figures change, the words do not."""
    written = PAGE.read_text(encoding="utf-8")
    for line in page(Measured()).splitlines():
        if line.startswith(("#", "- ", "| Word", "From a PDF", "In every format")):
            assert line in written
