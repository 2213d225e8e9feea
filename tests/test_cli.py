"""The command line: what it says, where it puts things, and the exit code it ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from docx import Document
from invented import contradicted, library, missing, present, report, source

from constitution_check import __version__
from constitution_check.clause_records import Library
from constitution_check.cli import main
from constitution_check.errors import CheckError, LibraryError
from constitution_check.model import Report

ROOT = Path(__file__).resolve().parent.parent


def fake_check(path: Path | str, library: Library | None = None, safeguards: Sequence[str] | None = None,
               **asked: object) -> Report:
    """What a file is called says what comes of it."""
    name = Path(path).name
    if name.startswith("unreadable"):
        raise CheckError("The file is empty. Send the whole document.")
    if name.startswith("crash"):
        raise ZeroDivisionError("division by zero")
    if name.startswith("stopped"):
        raise KeyboardInterrupt
    findings = {"good": (present(),), "bad": (contradicted(), missing())}[name[: 4 if name.startswith("good") else 3]]
    wanted = tuple(f for f in findings if not safeguards or f.safeguard in safeguards)
    return report(*wanted, sources=(source(name=name),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents, with an engine and a library of which only the command line is real."""
    monkeypatch.setattr("constitution_check.check_document", fake_check, raising=False)
    monkeypatch.setattr("constitution_check.library.load_library", lambda folder=None, examples=True: library())
    monkeypatch.chdir(tmp_path)
    for name in ("good.docx", "bad.docx", "unreadable.docx", "crash.docx", "stopped.docx"):
        (tmp_path / name).write_bytes(b"the document")
    return tmp_path


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


# --- exit codes ----------------------------------------------------------------------------


@pytest.mark.parametrize(("files", "code"), [
    (["good.docx"], 0), (["bad.docx"], 1), (["unreadable.docx"], 2), (["good.docx", "bad.docx"], 1),
    (["bad.docx", "unreadable.docx"], 2), (["good.docx", "good.docx"], 0), (["crash.docx"], 2), (["stopped.docx"], 130),
])
@pytest.mark.usefixtures("folder")
def test_the_exit_code_says_what_was_found(files: list[str], code: int) -> None:
    assert run("check", *files).exit_code == code


@pytest.mark.parametrize("args", [
    [], ["check"], ["check", "x", "--format", "pdf"], ["check", "--nonsense"], ["nonsense"], ["outline"],
    ["explain", "x"], ["safeguards", "a", "b"]])
def test_a_wrong_command_line_ends_with_2(args: list[str]) -> None:
    assert run(*args).exit_code == 2


@pytest.mark.usefixtures("folder")
def test_one_file_that_cannot_be_checked_hides_no_other_and_is_named() -> None:
    done = run("check", "unreadable.docx", "crash.docx", "bad.docx")
    assert "No one is gagged" in done.stdout
    assert done.stderr.splitlines()[0] == "unreadable.docx: The file is empty. Send the whole document."
    assert done.stderr.splitlines()[1].startswith(
        "crash.docx: Something went wrong inside Constitution Check; the document is not to blame.")
    assert "Traceback" not in done.output


@pytest.mark.usefixtures("folder")
def test_a_crash_shows_where_it_happened_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSTITUTION_CHECK_DEBUG", "1")
    assert "ZeroDivisionError: division by zero" in run("check", "crash.docx").stderr
    assert "Traceback" in run("check", "crash.docx").stderr


def test_a_crash_outside_any_document_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path | None = None) -> Library:
        raise RuntimeError("surprise")

    monkeypatch.setattr("constitution_check.library.load_library", broken)
    done = run("safeguards")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Something went wrong inside Constitution Check")
    assert "RuntimeError: surprise" in done.stderr


def test_every_fault_of_a_library_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(folder: Path | None = None) -> Library:
        raise LibraryError(["a.md:3: no title", "b.md:9: no wording"])

    monkeypatch.setattr("constitution_check.library.load_library", faulty)
    done = run("safeguards")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[1:] == ["a.md:3: no title", "b.md:9: no wording"]


# --- formats and places --------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_json_of_one_file_is_an_object_and_of_several_an_array_in_order() -> None:
    assert json.loads(run("check", "bad.docx", "--format", "json").stdout)["sources"][0]["name"] == "bad.docx"
    many = json.loads(run("check", "good.docx", "unreadable.docx", "bad.docx", "--format", "json").stdout)
    assert [one["sources"][0]["name"] for one in many] == ["good.docx", "bad.docx"]


@pytest.mark.usefixtures("folder")
def test_json_of_nothing_that_could_be_checked_is_empty() -> None:
    assert run("check", "unreadable.docx", "--format", "json").stdout == ""
    assert json.loads(run("check", "unreadable.docx", "unreadable.docx", "--format", "json").stdout) == []


def test_a_word_report_lies_beside_the_document_unless_told_otherwise(folder: Path) -> None:
    done = run("check", "bad.docx", "--format", "word")
    assert done.stdout == "The report on bad.docx is in bad-gap-report.docx\n"
    assert Document(str(folder / "bad-gap-report.docx")).paragraphs[0].text == "Gap report"
    assert sorted(p.name for p in folder.glob("*gap*")) == ["bad-gap-report.docx"]


def test_an_earlier_report_that_no_one_named_is_left_alone(folder: Path) -> None:
    (folder / "bad-gap-report.docx").write_bytes(b"with my notes")
    run("check", "bad.docx", "--format", "word")
    assert (folder / "bad-gap-report.docx").read_bytes() == b"with my notes"
    assert (folder / "bad-gap-report-2.docx").exists()


def test_reports_of_several_documents_go_into_a_folder_each_under_its_name(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "bad.docx").write_bytes(b"another")
    (folder / "out").mkdir()
    assert run("check", "bad.docx", "sub/bad.docx", "good.docx", "--format", "html", "-o", "out").exit_code == 1
    assert sorted(p.name for p in (folder / "out").iterdir()) == [
        "bad-gap-report-2.html", "bad-gap-report.html", "good-gap-report.html"]


@pytest.mark.parametrize("form", ["terminal", "json", "html", "word"])
def test_every_format_can_be_written_to_a_named_file_which_is_replaced(folder: Path, form: str) -> None:
    out = folder / "report"
    out.write_bytes(b"old")
    done = run("check", "bad.docx", "--format", form, "-o", out)
    assert (done.exit_code, done.stderr) == (1, "")
    assert str(out) in done.stdout
    assert out.stat().st_size > 500
    assert [p.name for p in folder.iterdir() if ".part" in p.name] == []


@pytest.mark.usefixtures("folder")
def test_a_page_without_a_place_goes_to_the_terminal() -> None:
    assert run("check", "bad.docx", "--format", "html").stdout.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["bad.docx", "./bad.docx", "link.docx", "hard.docx"])
def test_no_report_is_written_over_a_document(folder: Path, name: str) -> None:
    (folder / "link.docx").symlink_to("bad.docx")
    os.link(folder / "bad.docx", folder / "hard.docx")
    done = run("check", "good.docx", "bad.docx", "--format", "json", "-o", name)
    assert done.exit_code == 2
    assert done.stderr == (f'"{Path(name)}" is a document to be checked, and the report would take its place. '
                           "Give -o another name.\n")
    assert (folder / "bad.docx").read_bytes() == b"the document"


@pytest.mark.usefixtures("folder")
def test_a_place_that_cannot_be_written_is_a_sentence() -> None:
    done = run("check", "bad.docx", "--format", "word", "-o", "no/such/report.docx")
    assert done.exit_code == 2
    assert done.stderr == ('The report cannot be written to "no/such/report.docx": there is no folder "no/such". '
                           "Make it first.\n")


@pytest.mark.usefixtures("folder")
def test_a_name_that_the_system_refuses_is_a_sentence() -> None:
    done = run("check", "bad.docx", "--format", "json", "-o", "x" * 300)
    assert done.exit_code == 2
    assert "(file name too long)" in done.stderr


def test_a_folder_is_no_place_for_one_text_of_all(folder: Path) -> None:
    done = run("check", "bad.docx", "--format", "json", "-o", folder)
    assert (done.exit_code, done.stderr) == (2, f'"{folder}" is a folder. Give -o the name of a file to write.\n')


@pytest.mark.usefixtures("folder")
def test_several_word_reports_need_a_folder() -> None:
    done = run("check", "bad.docx", "good.docx", "--format", "word", "-o", "one.docx")
    assert done.exit_code == 2
    assert done.stderr.startswith('Several documents give several reports, and "one.docx" is not a folder.')


@pytest.mark.usefixtures("folder")
def test_a_report_can_be_written_to_a_device() -> None:
    assert run("check", "good.docx", "--format", "json", "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.usefixtures("folder")
def test_only_the_safeguards_asked_for_are_checked() -> None:
    done = run("check", "bad.docx", "--safeguard", "stay", "--format", "json")
    assert [f["safeguard"] for f in json.loads(done.stdout)["findings"]] == ["stay"]


@pytest.mark.usefixtures("folder")
def test_an_unknown_safeguard_stops_before_any_work_and_names_near_ones() -> None:
    done = run("check", "crash.docx", "--safeguard", "stai")
    assert done.exit_code == 2
    assert done.stderr.startswith('There is no safeguard "stai" in the library. Did you mean stay')


# --- the other commands --------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_safeguards_lists_the_library_by_theme() -> None:
    lines = run("safeguards").stdout.splitlines()
    assert lines[0] == "4 safeguards, library version 0123456789ab"
    assert lines[2:4] == ["Who may be paid", "  tax    Companies that avoid tax are kept out of contracts"]


@pytest.mark.usefixtures("folder")
def test_safeguards_shows_one_with_its_wording_and_sources() -> None:
    shown = run("safeguards", "stay").stdout
    assert shown.startswith("Safeguards outlive a merger\nstay. Durability. For CCGs and ICBs. Reviewed 2026-11-01.\n")
    assert "  ask a CCG for: The Group must secure successor.\n" in shown
    assert "  ask an ICB for: The ICB must secure successor.\n" in shown
    assert "  A source about stay. (2012-06)" in shown


def test_the_schema_is_a_schema() -> None:
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Constitution Check report, version 1"


def test_the_version_is_the_package_s() -> None:
    assert run("--version").stdout == f"constitution-check, version {__version__}\n"


def every(group: click.Group, above: str = "") -> list[tuple[str, click.Command]]:
    """Every command with its full name."""
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        found.append((above + name, command))
        if isinstance(command, click.Group):
            found += every(command, f"{above}{name} ")
    return found


def test_the_commands_and_options_are_those_agreed() -> None:
    options = {name: [p.opts for p in command.params if isinstance(p, click.Option)] for name, command in every(main)}
    assert options == {
        "check": [["--format"], ["-o", "--out"], ["--safeguard"], ["--with"], ["--as-of"],
                  ["--pipeline"], ["--semantic"], ["--ocr"], ["--library"]],
        "safeguards": [["--library"]],
        "brief": [["-o", "--out"], ["--safeguard"], ["--with"], ["--authority"], ["--ocr"], ["--library"]],
        "compare": [["--tracked"], ["--format"], ["-o", "--out"], ["--old-with"], ["--with"], ["--safeguard"],
                    ["--as-of"], ["--ocr"], ["--library"]],
        "outline": [["--format"], ["--ocr"]], "explain": [["--library"]], "schema": [["--of"]], "library": [],
        "doctor": [],
        "survey": [["-o", "--out"], ["--register"], ["--format"], ["--bodies"], ["--workers"], ["--timeout"],
                   ["--again"], ["--engine"], ["--scheduler"], ["--library"]],
        "history": [["--register"], ["--format"]],
        "serve": [["--host"], ["--port"], ["--no-browser"], ["--public"], ["--allowed-host"], ["--proxy"]],
        "library test": [["--cases"], ["--library"]], "library lint": [["--phrases"], ["--library"]],
        "library perturb": [["--library"]]}


@pytest.mark.parametrize(("name", "command"), every(main), ids=lambda value: str(value).replace(" ", "-"))
def test_every_command_and_option_explains_itself(name: str, command: click.Command) -> None:
    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []
    assert run(*name.split(), "--help").exit_code == 0


# --- the program as a whole ----------------------------------------------------------------


def python(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT), **environment})


def test_help_imports_nothing_heavy() -> None:
    done = python("-X", "importtime", "-m", "constitution_check", "--help")
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert done.returncode == 0
    heavy = {"spacy", "pydantic", "docx", "lxml", "rich", "jinja2", "pypdfium2", "rapidfuzz", "numpy"}
    assert imported & heavy == set()


def test_a_terminal_that_lacks_the_symbols_still_gets_the_words() -> None:
    script = ("import sys; sys.path.insert(0, 'tests')\nimport constitution_check, constitution_check.library as l\n"
              "from test_cli import fake_check; from invented import library\n"
              "constitution_check.check_document = fake_check; l.load_library = lambda *_, **__: library()\n"
              "from constitution_check.cli import main; main(['check', 'bad.docx'])")
    done = python("-c", script, PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert (done.returncode, done.stderr) == (1, "")
    assert "MISSING, CONTRADICTED  No one is gagged" in done.stdout


def test_a_closed_pipe_is_no_crash() -> None:
    command = f"{sys.executable} -m constitution_check schema | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "{"
    assert done.stdout.splitlines()[1] in ("0", "141")
