"""Loading the library: every fault of every file at once, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_library import CLAUSE, load_small, small_library

from constitution_check.errors import CheckError, LibraryError
from constitution_check.library import load_library


def faults(folder: Path, clause: str) -> tuple[str, ...]:
    """The faults of a library with this clause file."""
    with pytest.raises(LibraryError) as caught:
        load_small(folder, clause)
    return caught.value.faults


def row(clause: str, text: str) -> int:
    """The line (from 1) of the first line that begins so."""
    return next(n for n, line in enumerate(clause.split("\n"), 1) if line.startswith(text))


def test_a_sound_file_loads(tmp_path: Path) -> None:
    safeguard = load_small(tmp_path).get("open-books")
    assert [(limb.id, limb.essential) for limb in safeguard.limbs] == [("published", True), ("yearly", False)]
    assert safeguard.wording("published", "ccg") == "The Group shall publish its accounts every year."
    assert safeguard.ask("icb", ("published",)) == "The ICB shall publish its accounts every year."
    assert safeguard.sources[0].date == "2026-11"


@pytest.mark.parametrize(("before", "after", "line", "what"), [
    ("id: open-books", "id: other-books", "---", 'the id "other-books" must be the file\'s name'),
    ("theme: Z. For tests\n", "", "---", 'the head lacks its "theme"'),
    ("## Words", "## Werds", "## Werds", 'there is no section "Werds"'),
    ("*{publishing}", "*{printing}", "- *{printing}", "there is no list {printing}"),
    ("*{publishing} +", "*{publishing", "- *{publishing", "cannot read"),
    ("narrowed: *", "smallish: *", "- smallish", "must begin with a weakness"),
    ("- confidential", "- ... confidential", "- ... confidential", 'begins or ends with "..."'),
    ("- confidential", "- keep secret", "- keep secret", "stands twice"),
    ("- 2026-11: invented", "- last week: invented", "- last week", "a source is written"),
    ("- yearly: met at 2", "- yearly: fine", "- yearly: fine", "is not of the form"),
    ("- yearly: met at 2\n", "", "### present: plain", "must say what to expect of each of"),
    ("- published: met at 2", "- published: absent", "### present: plain", "by its limbs the example is missing"),
    ("- yearly: met at 2", "- yearly: met at 9", "### present: plain", '"at" names a line that is not there'),
    ("Needs: published", "Needs: nothing-here", "---", 'names a limb "nothing-here"'),
])
def test_each_fault_is_named_with_its_line(tmp_path: Path, before: str, after: str, line: str, what: str) -> None:
    clause = CLAUSE.replace(before, after)
    assert clause != CLAUSE
    found = faults(tmp_path, clause)
    start = f"open-books.md:{row(clause, line) if line != '---' else 1}:"
    rows = [f for f in found if what in f]
    assert rows, found
    if "stands twice" not in what:
        assert rows[0].startswith(start), rows


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, CLAUSE.replace("id: open-books", "id: x y").replace("- 2026-11:", "- soon:"))
    assert len([f for f in found if f.startswith("open-books.md:")]) >= 2


def test_one_bad_file_does_not_hide_another(tmp_path: Path) -> None:
    folder = small_library(tmp_path, CLAUSE.replace("- 2026-11:", "- soon:"))
    (folder / "second.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        load_library(folder)
    assert {fault.split(":")[0] for fault in caught.value.faults} == {"open-books.md", "second.md"}


def test_the_version_changes_with_any_content(tmp_path: Path) -> None:
    first = load_small(tmp_path / "a").version
    assert first == load_small(tmp_path / "b").version
    assert first != load_small(tmp_path / "c", CLAUSE.replace("entitled", "bound")).version


def test_a_missing_or_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="There is no folder"):
        load_library(tmp_path / "nowhere")
    with pytest.raises(CheckError, match="holds no clause files"):
        load_library(tmp_path)


def test_an_unknown_safeguard_names_near_ones(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="Did you mean open-books"):
        load_small(tmp_path).get("open-book")
