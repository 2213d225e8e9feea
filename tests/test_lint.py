"""`library lint`: each fault of a small library is named with its file and line; a sound one has none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_library import CLAUSE, small_library

from constitution_check.cli import main
from constitution_check.errors import CheckError
from constitution_check.library import library_folder
from constitution_check.lint import lint
from constitution_check.lint_traps import split_pair
from constitution_check.lint_words import READ_BY_THE_PROGRAM

IDS = "# ids\nZ open-books: published, yearly +\n"
SOUND = CLAUSE.rstrip() + """

### weakened: a power

> h: Money
> p: The Group may publish its accounts within six months.

- published: weakened (no_duty) at 2
- yearly: weakened (no_duty) at 2

### weakened: only those who ask

> h: Money
> p: The Group shall make available on request a summary of its accounts.

- published: weakened (narrowed) at 2
- yearly: absent

### missing: what the Act asks

> h: Money
> p: The Group shall publish its accounts as required by the National Health Service Act.

- published: absent (floor_only)
- yearly: absent

### missing: kept secret

> h: Money
> p: The Group shall keep secret its accounts.

- published: contradicted at 2
- yearly: absent

### missing: a charity's

> h: Money
> p: The charity shall publish its accounts.

- published: absent
- yearly: absent
"""


def make(folder: Path, clause: str = SOUND, ids: str = IDS) -> Path:
    """A small library with this clause file, and only those shared lists that something uses."""
    small_library(folder, clause)
    (folder / "ids.txt").write_text(ids, encoding="utf-8")
    return folder


def faults(folder: Path, clause: str = SOUND, ids: str = IDS) -> list[str]:
    """The faults of a small library, those of the shared word files apart."""
    return [fault for fault in lint(make(folder, clause, ids)).faults if not fault.startswith("words/")]


def row(clause: str, text: str) -> int:
    """The line (from 1) of the first line that begins so."""
    return next(n for n, line in enumerate(clause.split("\n"), 1) if line.startswith(text))


def without(clause: str, heading: str) -> str:
    """The clause file without one example."""
    kept = re.sub(rf"### {re.escape(heading)}.*?(?=\n### |\Z)", "", clause, flags=re.DOTALL)
    assert kept != clause
    return kept


def take_out_unused(folder: Path) -> None:
    """Leave only the shared lists that something uses."""
    for _ in range(3):
        for fault in lint(folder).faults:
            file, name = fault.split(":")[0], fault.rsplit('"', 2)[1]
            path = folder / file
            path.write_text(re.sub(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", "", path.read_text(encoding="utf-8"),
                                   flags=re.DOTALL | re.MULTILINE), encoding="utf-8")


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(("before", "after", "at", "what"), [
    ("### six months\n", "### idle\n\n- idle\n\n### six months\n", "### idle", 'nothing uses the word list "idle"'),
    ("- {some accounts} |", '- "in part only" |', "### some accounts", 'nothing uses the word list "some accounts"'),
    ("- ~{charity}", '- ~{charity|six months}\n- "a museum"', '- "a museum"',
     'no example of this safeguard has words of "a museum"; write one, or take it out'),
    ("- ~{charity}", "- ~{charity}\n- {zoo}", "- {zoo}",
     "no example of this safeguard has words of {zoo}; write one, or take it out"),
    ("### yearly (supporting)", "### yearly", "### yearly",
     'limb "yearly" is supporting: write "(supporting)" after its id, as ids.txt has it'),
    ("theme: Z. For tests", "theme: A. Who", "theme:",
     'the theme must begin with "Z.", as ids.txt has it, not "A. Who"'),
    ("ICB wording: The accounts shall be published within six months.", "ICB wording: They shall be out in good time.",
     "### yearly", 'the ICB wording of all limbs, read as a section, leaves the limb "yearly" absent; it must be met'),
    ("ICB wording: The accounts shall be published within six months.", "ICB wording: They may be put on the website "
     "within six months.", "### yearly", 'the ICB wording of all limbs, read as a section, leaves the limb "yearly" '
     "weakened (no_duty); it must be met"),
])
def test_each_fault_is_named_with_its_line(tmp_path: Path, before: str, after: str, at: str, what: str) -> None:
    clause = SOUND.replace(before, after, 1)
    if "{zoo}" in after:
        clause = clause.replace("## Sources", "### zoo\n\n- zoo\n\n## Sources")
    assert f"open-books.md:{row(clause, at)}: {what}" in faults(tmp_path, clause)


@pytest.mark.parametrize(("example", "what"), [
    ("missing: kept secret", 'no example shows the limb "published" contradicted, though it has lines under '
     '"Opposed by:"'),
    ("missing: what the Act asks", 'no example shows the limb "published" with the weakness "floor_only", though it '
     'has lines under "Floor:"'),
    ("weakened: only those who ask", 'no example shows the limb "published" with the weakness "narrowed", though it '
     'has a line "narrowed:" under "Falls short by:"'),
])
def test_what_no_example_shows_is_named(tmp_path: Path, example: str, what: str) -> None:
    clause = without(SOUND, example)
    assert f"open-books.md:{row(clause, '### published')}: {what}" in faults(tmp_path, clause)


def test_a_limb_never_shown_weakened_and_a_verdict_without_example_are_named(tmp_path: Path) -> None:
    clause = without(without(SOUND, "weakened: a power"), "weakened: only those who ask")
    found = faults(tmp_path, clause)
    assert f'open-books.md:{row(clause, "### yearly")}: no example shows the limb "yearly" weakened' in found
    assert (f'open-books.md:{row(clause, "## Examples")}: there is no example of the verdict "weakened"') in found


def test_an_example_that_repeats_another_is_named_though_heading_and_stops_differ(tmp_path: Path) -> None:
    clause = SOUND + """
### present: again

> h: Books
> p: The Group shall publish its accounts, within six months

- published: met at 2
- yearly: met at 2
"""
    first, second = row(clause, "### present: plain"), row(clause, "### present: again")
    assert faults(tmp_path, clause) == [
        f'open-books.md:{second}: the example "again" repeats the words of "plain" (line {first}); write another']


@pytest.mark.parametrize(("ids", "what"), [
    ("Z closed-books: published\n", 'open-books.md:2: "open-books" is no safeguard of ids.txt; ids never change, so a '
     "new one must be listed there first"),
    (IDS + "Z closed-books: shut\n", 'ids.txt:3: there is no file "closed-books.md", neither here nor among the '
     "drafts"),
    (IDS + "Z open-books: published\n", 'ids.txt:3: "open-books" is listed twice'),
    (IDS + "open books\n", 'ids.txt:3: "open books" is not of the form "A the-safeguard: limb, limb +"'),
    ("Z open-books: published, yearly +, audited\n", f'open-books.md:{row(SOUND, "## Limbs")}: the limb "audited" is '
     "lacking"),
    ("Z open-books: published\n", f'open-books.md:{row(SOUND, "### yearly")}: "yearly" is no limb of this safeguard; '
     "ids.txt has published"),
    ("Z open-books: yearly +, published\n", f'open-books.md:{row(SOUND, "### published")}: the limbs are out of order; '
     "write yearly, published"),
    ("Z open-books: published, yearly\n", f'open-books.md:{row(SOUND, "### yearly")}: limb "yearly" is essential, as '
     "ids.txt has it"),
    ("Z open-books: yearly +, yearly +\n", 'ids.txt:1: a limb of "open-books" is listed twice'),
])
def test_files_are_held_against_the_ids_that_never_change(tmp_path: Path, ids: str, what: str) -> None:
    assert what in faults(tmp_path, ids=ids)


def test_an_id_may_not_stand_among_the_drafts_too(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "open-books.md").write_text(SOUND, encoding="utf-8")
    assert "open-books.md:1: the same id stands in drafts/ too; take one of the two files away" in lint(tmp_path).faults


def test_a_shared_list_that_nothing_uses_is_named_unless_a_draft_waits_for_it(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "words" / "more.md").write_text("# More\n\n## seaside\n- beach\n\n## deep\n- sea\n", encoding="utf-8")
    found = lint(tmp_path).faults
    assert 'words/more.md:3: nothing uses the word list "seaside"' in found
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "coast.md").write_text("- {seaside|deep} + {sand}\n", encoding="utf-8")
    assert [fault for fault in lint(tmp_path).faults if fault.startswith("words/more.md")] == []


def test_a_wording_that_another_safeguard_takes_for_its_opposite_is_named(tmp_path: Path) -> None:
    make(tmp_path, ids=IDS + "Z shut-books: published, yearly +\n")
    other = SOUND.replace("id: open-books", "id: shut-books").replace("*{secrecy}", "*{publishing}")
    (tmp_path / "shut-books.md").write_text(other, encoding="utf-8")
    assert (f'open-books.md:{row(SOUND, "## Limbs")}: the CCG wording, read as a section, is taken for the opposite of '
            '"published" of shut-books') in lint(tmp_path).faults


def test_phrases_that_no_example_has_are_warnings_and_no_faults(tmp_path: Path) -> None:
    linted = lint(make(tmp_path), phrases=True)
    at = row(SOUND, "- put on website")
    assert f'open-books.md:{at}: no example has "put on website" ({{publishing}})' in linted.warnings
    assert not any('"publish"' in warning for warning in linted.warnings if warning.startswith("open-books"))
    assert not any(fault.startswith("open-books") for fault in linted.faults)


@pytest.mark.parametrize(("phrase", "pair"), [
    ("shall|is to|are to be published", "is to"), ("except|save|other than|apart from law", "other than"),
    ("accepted|adopted|taken up|rejected", "taken up"), ("set|laid out|down", ""), ("publish|is to", ""),
    ("earn more than|over", ""), ("{body} shall|is to", ""), ("taken up|over", ""), ("step|steps aside|down", "")])
def test_a_pair_of_words_torn_apart_is_a_warning(phrase: str, pair: str) -> None:
    assert split_pair(phrase) == pair


def test_the_warning_of_a_torn_pair_says_what_to_write(tmp_path: Path) -> None:
    clause = SOUND.replace("- put on website", "- put|is to|are to go on website")
    at = row(clause, "- put|is to")
    assert (f'open-books.md:{at}: "put|is to|are to go on website" does not mean "is to" as one alternative: a|b '
            "chooses between single words; write two phrases") in lint(make(tmp_path, clause), phrases=True).warnings


def test_a_file_that_cannot_be_understood_is_a_fault_with_its_line(tmp_path: Path) -> None:
    clause = SOUND.replace("- 2026-11: invented", "- lately: invented")
    linted = lint(make(tmp_path, clause))
    at = row(clause, "- lately")
    assert any(fault.startswith(f"open-books.md:{at}: a source is written") for fault in linted.faults)
    assert "the rest is looked at when they are put right" in linted.as_text()


def test_the_exit_code_says_clean_faulty_or_unreadable(tmp_path: Path) -> None:
    folder = make(tmp_path / "library")
    take_out_unused(folder)

    def run(*args: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["library", "lint", *map(str, args)])
        return done.exit_code, done.output

    assert run("--library", folder) == (0, "1 safeguard, 0 faults\n")
    (folder / "open-books.md").write_text(without(SOUND, "missing: kept secret"), encoding="utf-8")
    code, said = run("--library", folder)
    assert code == 1
    assert said.splitlines()[-1].endswith("faults")
    (folder / "open-books.md").write_bytes(b"\xff\xfe\x00bad")
    code, said = run("--library", folder)
    assert code == 2
    assert "could not be read" in said
    assert run("--library", tmp_path / "nowhere")[0] == 2


def test_ids_that_cannot_be_read_are_a_sentence(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "ids.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(CheckError, match="Save it as plain text"):
        lint(tmp_path)


def test_the_lists_that_the_program_reads_are_known() -> None:
    """No list of the program's own two word files is named in its rules and forgotten here, nor the other way round."""
    package = library_folder().parent / "constitution_check"
    words = {node.value for file in package.glob("*.py") if not file.name.startswith(("lint", "perturb"))
             for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    held = {line[3:].strip() for name in ("strength.md", "overrides.md")
            for line in (library_folder() / "words" / name).read_text(encoding="utf-8").splitlines()
            if line.startswith("## ")}
    assert READ_BY_THE_PROGRAM - words == set()
    assert (held & words) - READ_BY_THE_PROGRAM == set()
