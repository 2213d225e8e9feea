"""The command line from a real file through the real engine and library to every format."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from docx import Document
from small_library import CLAUSE as CLAUSE_FILE
from small_library import small_library

from constitution_check import load_library
from constitution_check.cli import main
from constitution_check.reports.jsonreport import json_schema

SAFEGUARD = "tax-avoidance-exclusion"
CLAUSE = ("The Group may, where practicable, exclude from its procurements any contractor that uses improper tax "
          "avoidance schemes.")
TEXT = f"""# Constitution of NHS Anytown Clinical Commissioning Group

## 8. Procurement

8.1 {CLAUSE}

8.2 Notices under this section are sent by post.
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A short constitution that weakens one clause and lacks every other."""
    path = tmp_path / "anytown.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_the_json_report_of_a_document_keeps_to_the_schema_and_quotes_verbatim(document: Path) -> None:
    done = run("check", document, "--format", "json")
    assert (done.exit_code, done.stderr) == (1, "")
    made = json.loads(done.stdout)
    jsonschema.validate(made, json_schema())
    assert [f["safeguard"] for f in made["findings"]] == [s.id for s in load_library().safeguards]
    quotes = [e["quote"] for f in made["findings"] for one in f["limbs"] for e in one["evidence"] + one["nearest"]]
    assert quotes
    assert all(quote in TEXT for quote in quotes)


def test_one_safeguard_asked_for_gives_one_finding_with_its_weaknesses(document: Path) -> None:
    (finding,) = json.loads(run("check", document, "--format", "json", "--safeguard", SAFEGUARD).stdout)["findings"]
    assert finding["verdict"] == "weakened"
    first = finding["limbs"][0]
    assert {(w["kind"], w["quote"], w["paragraph"]) for w in first["weaknesses"]} == {
        ("no_duty", "may", "8.1"), ("qualified", "where practicable", "8.1")}


def test_the_terminal_and_the_page_show_the_paragraph(document: Path) -> None:
    shown = run("check", document, "--safeguard", SAFEGUARD).stdout
    assert "~ WEAKENED" in shown
    assert "paragraph 8.1: “The Group may, where practicable, exclude from its" in shown
    assert "<mark>where practicable</mark>" in run("check", document, "--format", "html").stdout


def test_the_word_report_of_a_document_has_a_section_for_each_gap(document: Path) -> None:
    done = run("check", document, "--format", "word")
    assert done.exit_code == 1
    out = document.with_name("anytown-gap-report.docx")
    assert done.stdout == f"The report on anytown.md is in {out}\n"
    paragraphs = Document(str(out)).paragraphs
    gaps = [p.text for p in paragraphs if p.style and p.style.name == "Heading 2" and p.text.startswith("Gap ")]
    assert len(gaps) == len(load_library().safeguards)
    assert f"“{CLAUSE}”" in [p.text for p in paragraphs]


def test_outline_shows_the_tree(document: Path) -> None:
    assert f"8.1  {CLAUSE[:60]}" in run("outline", document).stdout
    listed = json.loads(run("outline", document, "--format", "json").stdout)
    assert {"number": "8.1", "label": "8.1", "heading": "Procurement", "text": CLAUSE, "page": None}.items() <= next(
        one for one in listed if one["number"] == "8.1").items()
    fields = frozenset({"number", "label", "level", "heading", "text", "page", "printed_page"})
    assert {frozenset(one) for one in listed} == {fields}


def test_explain_shows_each_limb_and_its_candidates(document: Path) -> None:
    shown = run("explain", document, SAFEGUARD).stdout
    for limb in load_library().get(SAFEGUARD).limbs:
        assert f"\n{limb.id}" in shown
    assert "where practicable" in shown


def test_safeguards_shows_the_real_library() -> None:
    assert SAFEGUARD in run("safeguards").stdout
    shown = run("safeguards", SAFEGUARD).stdout
    for limb in load_library().get(SAFEGUARD).limbs:
        assert f"\n{limb.id} (" in shown


@pytest.mark.parametrize("command", ["check {}", "outline {}", f"explain {{}} {SAFEGUARD}"])
@pytest.mark.parametrize(("name", "content"), [
    ("nothing.docx", None), ("empty.docx", b""), ("letter.docx", b"Dear members"), ("picture.xyz", b"\x89PNG"),
    ("broken.pdf", b"%PDF-1.4\nxx"), ("blank.txt", b" \n\n"), ("blank.md", b"")])
def test_a_file_that_cannot_be_read_is_a_sentence_and_code_2(
        tmp_path: Path, command: str, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done = run(*command.format(file).split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Something went wrong" not in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_folder_that_is_no_library_is_a_sentence(document: Path) -> None:
    done = run("check", document, "--library", document.parent / "none")
    assert done.exit_code == 2
    assert "There is no folder" in done.stderr


def test_the_library_test_names_every_example_that_comes_out_otherwise(tmp_path: Path) -> None:
    sound = small_library(tmp_path / "sound")
    done = run("library", "test", "--library", sound)
    assert (done.exit_code, done.stdout) == (0, "Library: 1 example, 0 faults\n")
    weaker = CLAUSE_FILE.replace("> p: The Group shall publish", "> p: The Group may publish")
    wrong = small_library(tmp_path / "wrong", weaker)
    done = run("library", "test", "--library", wrong)
    assert done.exit_code == 1
    assert "open-books" in done.stdout
    assert "published" in done.stdout
