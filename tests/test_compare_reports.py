"""A comparison in the terminal, as JSON, as a page and in Word, and the exit code of the command."""

from __future__ import annotations

import json
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from docx import Document
from lxml import html
from rich.console import Console

from constitution_check.clause_records import Library
from constitution_check.cli import main
from constitution_check.compare import compare_documents, compare_tracked
from constitution_check.compare.records import Comparison
from constitution_check.library import load_library
from constitution_check.model import Unread
from constitution_check.reports import checked, palette
from constitution_check.reports.compare_html import render_compare_html
from constitution_check.reports.compare_json import compare_schema, render_compare_json
from constitution_check.reports.compare_story import TONES
from constitution_check.reports.compare_terminal import render_compare_terminal
from constitution_check.reports.compare_word import render_compare_word
from samples.builder.make import SAMPLES

OLD = """# Constitution of NHS Saltmere Clinical Commissioning Group

June 2014

## 1. Openness

1.1 Members may speak in public about the Group and its decisions without anyone’s consent.

1.2 The agenda and papers of each meeting shall be published on the website seven clear days before it.

1.3 The minutes of each meeting shall be published on the website.

1.4 The seal is kept in the safe.

## 2. Providers

2.1 In each of its procurements the Group will exclude any organisation that uses improper tax avoidance schemes or \
offshore jurisdictions in order to pay less tax.

2.2 Providers shall respect the environment in all their work for the Group, and each contract shall oblige them to.
"""
NEW = """# Constitution of NHS Saltmere Clinical Commissioning Group

October 2016

## 1. Openness

1.1 The minutes of each meeting shall be published on the website.

1.2 The seal is kept in the safe.

## 2. Providers

2.1 In each of its procurements the Group may exclude any organisation that uses improper tax avoidance schemes in \
order to pay less tax.

2.2 In each procurement the Group shall evaluate the social, economic and environmental value that tenders offer to \
the area, which shall carry at least ten per cent of the marks.

## 3. Members

3.1 Members may speak in public about the Group and its decisions without anyone’s consent.
"""
BESIDE = """# Governance Handbook

1.1 Rooms are booked by the office.

1.2 The agenda and papers of each meeting shall be published on the website seven clear days before it.
"""
SOME = ("environment", "tax-avoidance-exclusion", "papers-published", "speak-out", "social-value")


@lru_cache
def library() -> Library:
    return load_library(examples=False)


@lru_cache
def files() -> tuple[Path, Path, Path]:
    """The earlier version, the later, and the later one's handbook."""
    folder = Path(mkdtemp())
    names = ("old.md", "new.md", "handbook.md")
    for name, text in zip(names, (OLD, NEW, BESIDE), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / names[0], folder / names[1], folder / names[2]


@lru_cache
def comparison() -> Comparison:
    old, new, handbook = files()
    return compare_documents(old, new, library(), SOME, new_beside=[handbook])


@lru_cache
def tracked() -> Comparison:
    return compare_tracked(SAMPLES / "ccg-tracked-changes.docx", library(), ("environment", "speak-out"))


def word(of: Comparison) -> Any:
    return Document(BytesIO(render_compare_word(of, library())))


def page(of: Comparison) -> html.HtmlElement:
    return html.document_fromstring(render_compare_html(of, library()))


def terminal(of: Comparison, width: int = 100) -> str:
    held = StringIO()
    render_compare_terminal(of, library(), Console(file=held, width=width, highlight=False, no_color=True))
    return held.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


LEAD = ("Of 5 safeguards, 1 was lost, 2 were weakened and 1 was gained. Lost: providers respect the environment. "
        "Weakened: companies that avoid tax are kept out of contracts; papers come in time.")


def everywhere(of: Comparison) -> dict[str, str]:
    """The text of every form."""
    document = word(of)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return {"word": flat(" ".join([*(p.text for p in document.paragraphs), *cells])),
            "html": flat(str(page(of).text_content())), "terminal": flat(terminal(of))}


@pytest.mark.parametrize("form", ["word", "html", "terminal"])
def test_every_form_says_in_one_paragraph_what_changed_and_gives_limb_and_place(form: str) -> None:
    text = everywhere(comparison())[form]
    for said in (LEAD, "Both are read beside the law as it was on 31 October 2016.",
                 "was secured, is now weakened: no one is obliged.", "was secured, is no longer there.",
                 "This paragraph is now only in handbook.md, outside the constitution.",
                 "Moved: was 1.1, now 3.1.", "This paragraph has gone.", "This paragraph is new.",
                 "This report is not legal advice."):
        assert said in text, said


@pytest.mark.parametrize("form", ["word", "html", "terminal"])
def test_tracked_changes_say_what_would_be_and_who_proposed_it(form: str) -> None:
    text = everywhere(tracked())[form]
    for said in ("Of 2 safeguards, 1 would be lost and 1 would be weakened.", "Is present, would be missing.",
                 "is secured, would no longer be there.", "is secured, the opposite would be ruled.",
                 "This paragraph would go. Proposed by R. Pellow (Commissioning Support) on 11 March 2014."):
        assert said in text, said


@pytest.mark.parametrize("form", ["word", "html"])
def test_the_changed_words_are_said_as_well_as_marked(form: str) -> None:
    assert "Taken out: “will”; “or offshore jurisdictions”. Put in: “may”." in everywhere(comparison())[form]


def test_on_a_terminal_the_marks_are_signs() -> None:
    assert ("the Group [-will-]{+may+} exclude any organisation that uses improper tax avoidance schemes [-or offshore "
            "jurisdictions -]in order") in flat(terminal(comparison()))


@pytest.mark.parametrize("width", [60, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert [line for line in terminal(comparison(), width).splitlines() if len(line) > width] == []


# --- Word ----------------------------------------------------------------------------------


def test_the_word_table_has_the_worst_first_with_both_verdicts() -> None:
    rows = [[cell.text for cell in row.cells] for row in word(comparison()).tables[0].rows]
    assert rows == [
        ["Safeguard", "Change", "Before", "After"],
        ["Providers respect the environment", "✗ Lost", "Present", "Missing"],
        ["Companies that avoid tax are kept out of contracts", "▼ Weakened", "Present", "Weakened"],
        ["Papers come in time", "▼ Weakened", "Present", "Weakened"],
        ["Social value counts when contracts are awarded", "✓ Gained", "Missing", "Present"]]


def test_in_word_the_passages_stand_side_by_side_struck_through_and_underlined() -> None:
    document = word(comparison())
    (table,) = (t for t in document.tables if "offshore" in t.rows[-1].cells[0].text)
    old, new = table.rows[1].cells
    assert [run.text.strip() for run in old.paragraphs[0].runs if run.style.name == "Words taken out"] == [
        "will", "or offshore jurisdictions"]
    assert [run.text.strip() for run in new.paragraphs[0].runs if run.style.name == "Words put in"] == ["may"]
    assert document.styles["Words taken out"].font.strike
    assert document.styles["Words put in"].font.underline
    assert [cell.text for cell in table.rows[0].cells] == [
        "Before: paragraph 2.1", "After: paragraph 2.1, new.md"]


def test_no_table_splits_a_row_and_every_header_repeats() -> None:
    for table in word(comparison()).tables:
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        assert table._tbl.xpath("w:tblPr/w:tblDescription/@w:val")[0]


def test_what_to_ask_for_stands_with_what_got_weaker_only() -> None:
    paragraphs = [p.text for p in word(comparison()).paragraphs]
    firmer = paragraphs.index("What got firmer")
    assert paragraphs[:firmer].count("What to ask for") == 3
    assert "What to ask for" not in paragraphs[firmer:]


def test_words_that_changed_to_no_effect_are_shown_to_be_read() -> None:
    text = flat(terminal(compared(OLD, OLD.replace("without anyone’s consent", "and need no one’s consent"))))
    assert "1 other stands in other words, to the same effect as far as the program can tell." in text
    assert "≈ REWORDED No one is gagged" in text
    assert "about the Group and its decisions [-without anyone’s-]{+and need no one’s+} consent." in text


# --- page and JSON -------------------------------------------------------------------------


def test_the_page_speaks_the_marks_to_those_who_cannot_see_them() -> None:
    made = page(comparison())
    gone = next(one for one in made.iter("del") if "will" in str(one.text_content()))
    assert flat(str(gone.text_content())) == "[taken out: will]"
    assert {str(one.get("class")) for one in made.xpath("//ins/span")} == {"aloud"}


def test_the_page_asks_nothing_of_anyone_and_its_links_lead_somewhere() -> None:
    made = page(comparison())
    assert made.xpath("//script | //link | //img | //iframe | //*[@src]") == []
    assert {href[1:] for href in made.xpath("//a/@href")} <= set(made.xpath("//@id"))
    levels = [int(heading.tag[1]) for heading in made.xpath("//h1|//h2|//h3|//h4")]
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_every_colour_can_be_read() -> None:
    for tone in (*TONES.values(), palette.GONE, palette.COME):
        assert palette.contrast(tone.ink, tone.ground) >= 4.5


def test_the_json_keeps_to_its_schema_and_reads_back() -> None:
    schema = compare_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    written = render_compare_json(comparison())
    made = json.loads(written)
    jsonschema.validate(made, schema)
    assert (made["schema"], made["kind"], made["counts"]["lost"]) == (1, "comparison", 1)
    assert made["changes"][0]["course"] == "lost"
    assert Comparison.model_validate_json(written) == comparison()
    made["changes"][0]["course"] = "better"
    assert not jsonschema.Draft202012Validator(schema).is_valid(made)


# --- reading back --------------------------------------------------------------------------


def test_what_was_written_is_opened_again_and_what_lacks_is_named() -> None:
    titles = [change.title for change in comparison().changes]
    content = render_compare_word(comparison(), library())
    checked.word(content, titles)
    with pytest.raises(checked.UnsoundError, match="“No such safeguard” is not in it"):
        checked.word(content, ["No such safeguard"])
    with pytest.raises(checked.UnsoundError, match="does not open as a Word file"):
        checked.word(content[:-400], [])
    with pytest.raises(checked.UnsoundError, match="read back, it says something else"):
        checked.json([comparison()], render_compare_json(tracked()).encode())
    with pytest.raises(checked.UnsoundError, match="a link in it leads nowhere"):
        checked.html(b"<a href='#x'>y</a>", [])


# --- two versions --------------------------------------------------------------------------


def compared(old: str, new: str) -> Comparison:
    folder = Path(mkdtemp())
    for name, text in (("a.md", old), ("b.md", new)):
        (folder / name).write_text(text, encoding="utf-8")
    return compare_documents(folder / "a.md", folder / "b.md", library(), SOME)


def test_the_other_way_round_what_was_lost_is_gained() -> None:
    assert {one.safeguard: one.course.value for one in compared(NEW, OLD).changes} == {
        "social-value": "lost", "papers-published": "strengthened", "environment": "gained",
        "tax-avoidance-exclusion": "strengthened", "speak-out": "same"}


def test_without_its_handbook_the_paragraph_is_lost() -> None:
    (papers,) = (one for one in compared(OLD, NEW).changes if one.safeguard == "papers-published")
    assert {limb.limb: limb.course.value for limb in papers.limbs} == {
        "in-advance": "lost", "minutes": "same", "committees": "same"}
    assert [(pair.old_number, pair.new) for pair in papers.pairs] == [("1.2", None)]


def test_a_version_compared_with_itself_has_not_changed() -> None:
    same = compared(OLD, OLD)
    assert {one.course.value for one in same.changes} == {"same"}
    assert (same.weaker, same.text.removed, same.text.reworded, same.text.moved) == (False, 0, 0, 0)
    assert "None of the 5 safeguards got weaker or firmer." in flat(terminal(same))


def test_what_could_not_be_read_is_named_and_warns() -> None:
    sides = comparison().new.sources
    cut = sides[0].model_copy(update={"unread": (Unread(what="page 14", why="it is a picture without text"),)})
    made = comparison().model_copy(update={
        "new": comparison().new.model_copy(update={"sources": (cut, *sides[1:])})})
    for text in everywhere(made).values():
        assert "After, new.md: page 14: it is a picture without text" in text
        assert "What is told here as lost or weakened may stand in them." in text


# --- the command ---------------------------------------------------------------------------


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["compare", *(str(arg) for arg in args)])


def test_the_exit_code_says_whether_anything_got_weaker(tmp_path: Path) -> None:
    one = ("--safeguard", "environment")
    old, new, _ = files()
    assert run(old, new, *one).exit_code == 1
    assert run(old, old, *one).exit_code == 0
    out = tmp_path / "changes.docx"
    done = run(new, old, *one, "--format", "word", "-o", out)
    assert (done.exit_code, done.stdout) == (0, f"The comparison is in {out}\n")
    assert Document(str(out)).paragraphs[0].text == "What changed"


@pytest.mark.parametrize(("args", "sentence"), [
    (("old.md",), "Name two files, the earlier version and then the later; or one file with --tracked."),
    (("old.md", "new.md", "--tracked"), "With --tracked, name one Word file: it is compared with itself."),
    (("old.md", "--tracked", "--old-with", "handbook.md"), "With --tracked there is one file"),
    (("old.md", "nowhere.docx"), "nowhere.docx"),
    (("old.md", "--tracked"), "old.md has no tracked changes. To compare two versions, name both files"),
    (("old.md", "new.md", "-o", "new.md"), "is a document to be checked"),
])
def test_what_cannot_be_compared_is_a_sentence(args: tuple[str, ...], sentence: str,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files()[0].parent)
    done = run(*args)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_the_schema_can_be_asked_for() -> None:
    done = CliRunner().invoke(main, ["schema", "--of", "compare"])
    assert json.loads(done.stdout)["title"] == "Constitution Check comparison, version 1"
