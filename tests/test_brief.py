"""The brief for a meeting: what it tells, in whose words, and that it fits on two pages."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document
from invented import GAG, TAX, library, limb, missing, present, report, weakened

from constitution_check.cli import main
from constitution_check.errors import CheckError
from constitution_check.model import Body, Kind, Report, Status
from constitution_check.reports import brief_story
from constitution_check.reports.brief_word import render_brief
from constitution_check.reports.what_do_they_know import authority_of, prefilled


def opened(of: Report | None = None, **asked: Any) -> Any:
    made = of or report()
    return Document(BytesIO(render_brief(made, library(made), **asked)))


def under(document: Any, heading: str) -> list[str]:
    """The paragraphs under a heading, up to the next one."""
    paragraphs = document.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.text == heading)
    rest = paragraphs[at + 1:]
    return [p.text for p in rest[:next((i for i, p in enumerate(rest) if p.style.name == "Heading 2"), len(rest))]]


def test_the_contradicted_comes_first_then_what_has_words_to_point_at_then_what_is_missing() -> None:
    heads = [p.text for p in opened().paragraphs if p.style.name == "Heading 2"]
    assert heads == [
        "1. No one is gagged: the opposite is ruled", "2. Companies that avoid tax are kept out of contracts: weakened",
        "3. Safeguards outlive a merger: missing", "Two questions for the board",
        "Points for a letter, in your own words", "A motion for a council",
        "A request under the Freedom of Information Act 2000"]


def test_each_gap_has_its_words_its_paragraph_and_what_to_ask_for() -> None:
    document = opened()
    assert under(document, "2. Companies that avoid tax are kept out of contracts: weakened") == [
        f"“{TAX}” (paragraph 8.6.3(g), page 12)",
        "An escape hatch; a duty only to think about it; 1 of its 2 parts is not there.",
        "Ask for: The Group must secure avoidance. The Group must secure every-procurement."]
    quote = next(p for p in document.paragraphs if TAX in p.text)
    assert [run.text for run in quote.runs if run.style.name == "Weak words"] == ["where practicable", "have regard to"]
    assert under(document, "1. No one is gagged: the opposite is ruled")[0] == f"“{GAG}” (Appendix C, 4(b), page 61)"


def test_of_two_weakened_the_one_of_which_less_is_left_comes_first() -> None:
    more = weakened().model_copy(update={"safeguard": "more", "title": "More is left", "limbs": (
        limb("a", Status.MET, quote="The Group shall.", paragraph="1"),
        limb("b", Status.WEAKENED, quote="The Group may.", paragraph="2", weak=((Kind.NO_DUTY, "may", "No one."),)))})
    assert [f.safeguard for f in brief_story.worst([present(), missing(), more, weakened()])] == [
        "tax", "more", "stay", "open"]


def test_the_two_questions_name_paragraph_and_words() -> None:
    assert under(opened(), "Two questions for the board") == [
        "Appendix C, 4(b), page 61 rules the opposite of “no one is gagged”. Will the Governing Body take it out?",
        "Paragraph 8.6.3(g), page 12 says “where practicable”. Who decides when the exception applies, and how often "
        "has it been used? Will the Governing Body mend it?"]


def test_the_letter_is_no_letter_to_copy() -> None:
    points = under(opened(), "Points for a letter, in your own words")
    assert points[0].startswith("Do not copy these out: bodies set identical letters aside.")
    assert points[1].startswith("No one is gagged: what it would mean for you, or for someone you know. Why speak ")


def test_the_motion_notes_only_what_was_found() -> None:
    motion = under(opened(), "A motion for a council")
    assert motion[0] == "This council notes that in the constitution of NHS Anytown CCG:"
    assert motion[2] == ("Paragraph 8.6.3(g), page 12 of the constitution, on whether companies that avoid tax are "
                         "kept out of contracts: weakened.")
    assert motion[3] == "nothing in the constitution secures that safeguards outlive a merger."


def test_the_request_asks_who_and_on_what_advice() -> None:
    title, text = brief_story.request(report(), brief_story.points(report(), library()))
    assert title == "Wording of the constitution of NHS Anytown CCG"
    assert "Appendix C, 4(b), page 61 (“no one is gagged”)" in text
    assert "1. what you hold on who asked for the present wording, and when;" in text
    assert "2. the advice, legal or other, that was taken on it" in text
    assert "Please also send me any paper or minute of the last five years" in text


def links(document: Any) -> list[str]:
    return [relation.target_ref for relation in document.part.rels.values() if relation.is_external]


def test_the_link_opens_the_request_filled_in_where_the_body_is_known_there_and_looks_for_it_else() -> None:
    (filled,) = links(opened(authority="anytown_ccg"))
    address = urlsplit(filled)
    assert (address.netloc, address.path) == ("www.whatdotheyknow.com", "/new/anytown_ccg")
    asked = parse_qs(address.query)
    assert asked["title"] == ["Wording of the constitution of NHS Anytown CCG"]
    assert asked["default_letter"][0].startswith("For these passages of your constitution:")
    assert links(opened()) == ["https://www.whatdotheyknow.com/select_authority?query=NHS%20Anytown%20CCG"]


def test_a_letter_too_long_for_an_address_is_left_to_be_pasted() -> None:
    assert "default_letter" not in prefilled("x", "title", "long " * 500)


@pytest.mark.parametrize(("written", "name"), [
    ("nhs_x_icb", "nhs_x_icb"), ("https://www.whatdotheyknow.com/body/nhs_x_icb/", "nhs_x_icb")])
def test_an_authority_is_given_by_name_or_address(written: str, name: str) -> None:
    assert authority_of(written) == name


@pytest.mark.parametrize("written", ["https://example.com/body/x", "NHS X ICB", "../new", ""])
def test_what_is_no_authority_is_refused(written: str) -> None:
    with pytest.raises(CheckError, match="is not a name that WhatDoTheyKnow gives a body"):
        authority_of(written)


def test_a_board_is_called_a_board_and_a_group_that_is_no_more_has_a_successor() -> None:
    icb = report(body=Body(kind="icb", name="NHS Vale ICB"))
    assert "Will the Board mend it?" in under(opened(icb), "Two questions for the board")[1]
    assert not [p.text for p in opened(icb).paragraphs if "ended on 30 June 2022" in p.text]
    assert [p.text for p in opened().paragraphs if "ended on 30 June 2022" in p.text]


def test_what_could_not_be_read_is_said_before_anyone_says_that_something_is_missing() -> None:
    assert ("Not everything could be read (page 14): look there before you say that something is missing.") in [
        p.text for p in opened().paragraphs]


def test_safeguards_can_be_chosen_and_what_is_there_gives_no_brief() -> None:
    heads = [p.text for p in opened(wanted=("stay",)).paragraphs if p.style.name == "Heading 2"]
    assert heads[:2] == ["1. Safeguards outlive a merger: missing", "A question for the board"]
    with pytest.raises(CheckError, match="Every safeguard is there, so there is nothing to ask for"):
        render_brief(report(present()), library())


def test_the_longest_brief_fits_on_two_pages(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    long = "shall, so far as it thinks fit and may from time to time find it convenient in all the circumstances, " * 6
    def gap(number: int) -> Any:
        parts = tuple(limb(f"{name}-{number}", Status.WEAKENED, quote=f"The Group {number} {name} {long}",
                           paragraph=f"Appendix C, {number}.{name}", weak=((Kind.QUALIFIED, "so far as", "Too far."),))
                      for name in ("one", "two", "three"))
        return weakened().model_copy(update={
            "safeguard": f"gap-{number}", "limbs": parts, "title": f"Companies of kind {number} that avoid tax are "
            "kept out of all the contracts of the body"})

    lacking = (missing().model_copy(update={"safeguard": f"m-{n}"}) for n in range(9))
    made = report(*(gap(n) for n in range(9)), *lacking)
    (tmp_path / "brief.docx").write_bytes(render_brief(made, library(made)))
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                    "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "brief.docx")], check=True,
                   capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(tmp_path / "brief.pdf") as pdf:
        assert len(pdf) <= 2


# --- the command ---------------------------------------------------------------------------

BAD = "1. Meetings\n\n1.1 The Group may, where practicable, hold meetings of the Governing Body in public.\n"


def test_the_command_writes_beside_the_document_and_overwrites_nothing(tmp_path: Path) -> None:
    document = tmp_path / "constitution.txt"
    document.write_text(BAD, encoding="utf-8")
    for name in ("constitution-brief.docx", "constitution-brief-2.docx"):
        done = CliRunner().invoke(main, ["brief", str(document)])
        assert (done.exit_code, done.stdout) == (0, f"The brief is in {tmp_path / name}\n")
    assert "Decisions are taken where people can watch: weakened" in " ".join(
        p.text for p in Document(str(tmp_path / "constitution-brief.docx")).paragraphs)


@pytest.mark.parametrize(("args", "sentence"), [
    (["-o", "constitution.txt"], "is a document to be checked"), (["--safeguard", "nonsense"], "There is no safeguard"),
    (["--authority", "NHS X"], "is not a name that WhatDoTheyKnow gives a body"),
    (["--safeguard", "environment"] * 4, "A brief holds 3 safeguards at most."),
])
def test_what_cannot_be_written_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str],
                                              sentence: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("constitution.txt").write_text(BAD, encoding="utf-8")
    done = CliRunner().invoke(main, ["brief", "constitution.txt", *args])
    assert done.exit_code == 2
    assert sentence in done.stderr
