"""The commands `survey` and `history` from files to outputs: one bad file, interruption, what is new."""

from __future__ import annotations

import csv
import json
import multiprocessing
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented import contradicted, library, present, report, source

from constitution_check.cli import main
from constitution_check.library import load_library as real_load_library
from constitution_check.model import Body, LibraryStamp
from constitution_check.readers.common import digest
from constitution_check.survey import pool
from constitution_check.survey.files import gather
from constitution_check.survey.tasks import Outcome, Outcomes, Task

TEXT = """# Constitution of NHS {0} Clinical Commissioning Group

## 8. Procurement

8.1 The Group {1} exclude from its procurements any contractor that uses improper tax avoidance schemes.
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents of two bodies, with a broken one and what is no document."""
    docs = tmp_path / "docs"
    (docs / "more").mkdir(parents=True)
    (docs / "anytown.md").write_text(TEXT.format("Anytown", "shall"), encoding="utf-8")
    (docs / "more" / "aldham.md").write_text(TEXT.format("Aldham", "may"), encoding="utf-8")
    (docs / "broken.docx").write_bytes(b"no Word file")
    for name in ("~$anytown.md", ".hidden.md", "budget.xlsx", "README.md"):
        (docs / name).write_bytes(b"no constitution")
    monkeypatch.chdir(tmp_path)
    return docs


def checked_by(calls: list[str], stop_after: int | None = None) -> object:
    """An engine that only seems to check, and notes what it was asked for."""
    def check_all(tasks: Iterable[Task], workers: int, seconds: float) -> Outcomes:
        for task in tasks:
            if stop_after is not None and len(calls) >= stop_after:
                raise KeyboardInterrupt
            calls.append(task.path.name)
            if task.path.suffix == ".docx":
                yield Outcome(task.path, sentence="It is broken. Send it again.")
                continue
            findings = (present(),) if "good" in task.path.name else (present(), contradicted())
            made = report(*findings, sources=(source(name=task.path.name, sha256=digest(task.path)),),
                          body=Body(kind="ccg", name=f"NHS {task.path.stem.title()} CCG"))
            if "later" in task.path.name:
                made = made.model_copy(update={"library": LibraryStamp(version="another", safeguards=4)})
            yield Outcome(task.path, report=made.model_dump_json())
    return check_all


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that the invented reports were made with."""
    monkeypatch.setattr("constitution_check.library.load_library",
                        lambda folder=None, examples=True: real_load_library(folder) if folder else library())


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, invented: None) -> list[str]:
    made: list[str] = []
    monkeypatch.setattr(pool, "check_all", checked_by(made))
    return made


def test_a_survey_from_real_files_to_a_row_that_quotes(folder: Path) -> None:
    done = run("survey", "docs", "-o", "out", "--format", "csv", "--workers", 1)
    assert done.exit_code == 2
    assert done.stderr.startswith("broken.docx is damaged or not a Word file")
    assert "2 documents of 2 bodies checked.\n1 file could not be checked" in done.stdout
    assert "2 files in the folder passed over" in done.stdout
    with Path("out/findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file) if row["safeguard"] == "tax-avoidance-exclusion"}
    assert set(rows) == {"anytown.md", "aldham.md"}
    assert (rows["aldham.md"]["verdict"], rows["aldham.md"]["place"]) == ("Weakened", "paragraph 8.1")
    assert rows["aldham.md"]["quotation"].startswith("The Group may exclude from its procurements any contractor")
    assert rows["aldham.md"]["body"] == "NHS Aldham Clinical Commissioning Group"
    with Path("out/not-checked.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == ["docs/broken.docx"]
    assert multiprocessing.active_children() == []


def test_only_what_is_new_is_checked(folder: Path, calls: list[str]) -> None:
    assert run("survey", "docs", "-o", "out", "--format", "html").exit_code == 2
    assert sorted(calls) == ["aldham.md", "anytown.md", "broken.docx"]
    calls.clear()
    again = run("survey", "docs", "-o", "out", "--format", "html")
    assert calls == ["broken.docx"]
    assert "2 documents of 2 bodies checked, of which 2 had been checked before." in again.stdout
    (folder / "anytown.md").write_text("another text", encoding="utf-8")
    run("survey", "docs", "-o", "out", "--format", "html")
    assert calls == ["broken.docx", "anytown.md", "broken.docx"]
    calls.clear()
    run("survey", "docs", "-o", "out", "--format", "html", "--again")
    assert sorted(calls) == ["aldham.md", "anytown.md", "broken.docx"]


@pytest.mark.usefixtures("folder", "invented")
def test_a_survey_that_was_interrupted_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(pool, "check_all", checked_by(calls, stop_after=2))
    stopped = run("survey", "docs", "-o", "out", "--format", "html")
    assert stopped.exit_code == 130
    assert "What was checked is kept; the same command goes on from there.\n" in stopped.stderr
    assert not Path("out/survey.html").exists()
    done = list(calls)
    monkeypatch.setattr(pool, "check_all", checked_by(calls))
    assert run("survey", "docs", "-o", "out", "--format", "html").exit_code == 2
    assert [name for name in calls if name in done and name.endswith(".md")] == [n for n in done if n.endswith(".md")]
    assert Path("out/survey.html").exists()


def test_every_output_is_named_and_there(folder: Path, calls: list[str]) -> None:
    done = run("survey", folder / "anytown.md", "-o", "out")
    written = [line.removeprefix("Written: ") for line in done.stdout.splitlines() if line.startswith("Written")]
    assert done.exit_code == 1
    assert sorted(Path(name).name for name in written) == [
        "findings.csv", "findings.parquet", "not-checked.csv", "safeguards.png", "safeguards.svg", "survey.html",
        "survey.xlsx"]
    assert {path.name for path in Path("out").iterdir()} == {*(Path(n).name for n in written), "register.sqlite"}


def test_no_gaps_is_code_0(folder: Path, calls: list[str]) -> None:
    (folder / "good.md").write_text("good", encoding="utf-8")
    assert run("survey", folder / "good.md", "-o", "out", "--format", "csv").exit_code == 0


def test_versions_are_one_body_unless_each_file_is_one(folder: Path, calls: list[str]) -> None:
    for name in ("2013", "2016"):
        (folder / name).mkdir()
        (folder / name / "anytown.md").write_text(name, encoding="utf-8")
    found = run("survey", folder / "2013", folder / "2016", "-o", "out", "--format", "csv")
    assert "2 documents of 1 body checked." in found.stdout
    (folder / "2016" / "anytown.md").rename(folder / "2016" / "anytown-2016.md")
    apart = run("survey", folder / "2013", folder / "2016", "-o", "out", "--format", "csv", "--bodies", "file")
    assert "2 documents of 2 bodies checked" in apart.stdout


def test_a_library_that_changed_meanwhile_is_not_passed_off_as_the_one_that_was_asked(
        folder: Path, calls: list[str]) -> None:
    (folder / "later.md").write_text("later", encoding="utf-8")
    done = run("survey", folder / "later.md", folder / "anytown.md", "-o", "out", "--format", "csv")
    assert done.exit_code == 2
    assert "later.md: The clause library changed while the survey was under way. Survey again." in done.stderr
    assert "1 document of 1 body checked." in done.stdout


def test_history_of_what_was_surveyed(folder: Path, calls: list[str]) -> None:
    run("survey", folder / "anytown.md", "-o", "out", "--format", "csv")
    shown = run("history", "anytown", "--register", "out/register.sqlite")
    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (0, "NHS Anytown CCG")
    (only,) = json.loads(run("history", "anytown", "--register", "out/register.sqlite", "--format", "json").stdout)
    assert only["findings"] == {"open": "present", "speak": "contradicted"}
    unknown = run("history", "Anitown CCG", "--register", "out/register.sqlite")
    assert (unknown.exit_code, unknown.stderr) == (
        2, 'There is no body "Anitown CCG" in the register. Did you mean NHS Anytown CCG?\n')
    assert run("history", "x", "--register", "none.sqlite").stderr.startswith('There is no register "none.sqlite".')
    assert not Path("none.sqlite").exists()


@pytest.mark.parametrize(("args", "sentence"), [
    (("docs", "-o", "docs"), '"docs" is the folder of documents'),
    (("docs/more/../..", "-o", "."), "is the folder of documents"),
    (("empty", "-o", "out"), "There is no document in what you named."),
    (("docs", "-o", "out", "--scheduler", "tcp://a:1"), "--scheduler goes with --engine dask"),
    (("docs", "-o", "out", "--engine", "dask"), "--engine dask needs --scheduler"),
    (("docs", "-o", "docs/anytown.md"), 'The folder "docs/anytown.md" cannot be made'),
    (("docs", "-o", "out", "--register", "docs/anytown.md"), "cannot be used (file is not a database)"),
    (("docs", "-o", "out", "--library", "nowhere"), 'There is no folder "nowhere"')])
def test_what_cannot_be_is_a_sentence_before_any_work(
        folder: Path, calls: list[str], args: tuple[str, ...], sentence: str) -> None:
    Path("empty").mkdir()
    done = run("survey", *args)
    assert (done.exit_code, calls) == (2, [])
    assert sentence in done.stderr
    assert "Something went wrong" not in done.stderr
    assert (folder / "anytown.md").read_text(encoding="utf-8") == TEXT.format("Anytown", "shall")


def test_no_output_takes_the_place_of_a_document(folder: Path, calls: list[str]) -> None:
    Path("out").mkdir()
    Path("out/survey.html").write_text("<p>A constitution</p>", encoding="utf-8")
    done = run("survey", "out/survey.html", "-o", "out")
    assert (done.exit_code, calls) == (2, [])
    assert '"out/survey.html" is a document to be checked' in done.stderr


@pytest.mark.parametrize(("module", "args", "extra"), [
    ("sqlalchemy", ("survey", "docs", "-o", "out"), "survey"),
    ("sqlalchemy", ("history", "a", "--register", "r"), "survey"),
    ("distributed", ("survey", "docs", "-o", "out", "--engine", "dask", "--scheduler", "tcp://a:1"), "dask")])
def test_without_an_extra_a_sentence_says_what_to_install(
        folder: Path, monkeypatch: pytest.MonkeyPatch, module: str, args: tuple[str, ...], extra: str) -> None:
    monkeypatch.setattr("constitution_check.survey.needs.find_spec",
                        lambda name: None if name == module else find_spec(name))
    done = run(*args)
    assert done.exit_code == 2
    assert f"pip install 'constitution-check[{extra}]'" in done.stderr


def test_a_name_that_is_hostile_is_shown_as_text(folder: Path, calls: list[str]) -> None:
    (folder / "\x1b[31m<script>.docx").write_bytes(b"x")
    done = run("survey", "docs", "-o", "out", "--format", "html")
    assert "\x1b" not in done.stderr + done.stdout
    assert "<script>.docx" not in Path("out/survey.html").read_text(encoding="utf-8")


def test_files_are_taken_once_and_only_where_they_look_like_documents(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    (out / "survey.html").write_text("<p>An earlier page</p>", encoding="utf-8")
    (folder / "twice.md").symlink_to(folder / "anytown.md")
    found = gather([folder / "anytown.md", folder, folder / "README.md"], out)
    assert sorted(str(path.relative_to(folder)) for path in found.files) == [
        "anytown.md", "broken.docx", "more/aldham.md"]
    assert sorted(path.name for path in found.passed) == ["README.md", "budget.xlsx"]
