"""A constitution with handbooks read beside it: what each adds, takes away, and how the reports say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from constitution_check import CheckError, check_document, load_library
from constitution_check.cli import main
from constitution_check.model import Finding, Kind, LimbResult, Report, Status, Verdict
from constitution_check.reports.html import render_html

FRONT = "# NHS Anytown Integrated Care Board\n\n# Constitution\n\nVersion 2.0, effective 1 April 2024\n"
MEETINGS = """
## 7. Meetings

7.1 Meetings of the Board shall be held in public.

7.2 The public may be excluded from an item only by resolution, and the reason shall be stated for that item.
"""
TAX = """
## 8. Contracts

8.1 The ICB shall exclude from every procurement any contractor that uses improper tax avoidance schemes.
"""
COMMITTEES = """
## 2. Committees

2.1 Meetings of committees that take decisions or spend money shall be held in public.
"""
OPEN_TO_PRESS = """
## 4. Press

4.1 Members may speak publicly about the ICB without its consent.
"""
GAG = """
## 4. Press

4.1 Members shall not make any statement to the press without the prior written approval of the Chair.
"""


def check(folder: Path, constitution: str, handbook: str, *safeguards: str,
          title: str = "Governance Handbook") -> Report:
    """The report on a constitution with a handbook, both as Markdown."""
    (folder / "constitution.md").write_text(FRONT + constitution, encoding="utf-8")
    (folder / "handbook.md").write_text(f"# {title}\n\nVersion 1.1, May 2024\n{handbook}", encoding="utf-8")
    return check_document(folder / "constitution.md", safeguards=safeguards or None, beside=[folder / "handbook.md"])


def run(folder: Path, *args: str, handbook: str = "handbook.md") -> Result:
    """The command line's check of the constitution with the handbook."""
    return CliRunner().invoke(main, ["check", str(folder / "constitution.md"), "--with", str(folder / handbook), *args])


def limb(finding: Finding, name: str) -> LimbResult:
    return next(one for one in finding.limbs if one.limb == name)


def kinds(one: LimbResult) -> set[Kind]:
    return {weakness.kind for weakness in one.weaknesses}


def test_what_stands_only_in_the_handbook_is_outside_and_quoted_from_there(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public").findings
    committees = limb(finding, "committees")
    assert (finding.verdict, committees.status, kinds(committees)) == (
        Verdict.WEAKENED, Status.WEAKENED, {Kind.OUTSIDE})
    (evidence,) = committees.evidence
    assert (evidence.source, evidence.paragraph) == ("handbook.md", "2.1")
    assert evidence.quote == "Meetings of committees that take decisions or spend money shall be held in public."
    (weakness,) = committees.weaknesses
    assert weakness.source == "handbook.md"
    assert weakness.why == "It stands only in handbook.md, which can be changed without changing the constitution."
    assert limb(finding, "board").status is Status.MET
    assert {e.source for e in limb(finding, "board").evidence} == {"constitution.md"}


def test_the_sources_name_every_document_its_role_date_and_version(tmp_path: Path) -> None:
    sources = check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public").sources
    assert [(s.name, s.role, s.version) for s in sources] == [
        ("constitution.md", "constitution", "2.0"), ("handbook.md", "handbook", "1.1")]
    assert [s.dated.day.isoformat() for s in sources if s.dated] == ["2024-04-01", "2024-05-31"]


def test_what_the_constitution_says_itself_is_judged_first(tmp_path: Path) -> None:
    weak = "\n## 7. Meetings\n\n7.1 Where practicable, meetings of the Board shall be held in public.\n"
    firm = "\n## 2. Meetings\n\n2.1 Meetings of the Board shall be held in public.\n"
    (finding,) = check(tmp_path, weak, firm, "meetings-in-public").findings
    board = limb(finding, "board")
    assert (board.status, kinds(board)) == (Status.WEAKENED, {Kind.QUALIFIED})
    assert {e.source for e in board.evidence} == {"constitution.md"}


def test_a_weak_handbook_is_outside_and_weak(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, MEETINGS, COMMITTEES.replace("shall", "may"), "meetings-in-public").findings
    assert kinds(limb(finding, "committees")) == {Kind.OUTSIDE, Kind.NO_DUTY}


def test_a_counter_clause_in_the_handbook_contradicts_where_nothing_in_the_constitution_meets_it(
        tmp_path: Path) -> None:
    (finding,) = check(tmp_path, MEETINGS, GAG, "speak-out").findings
    speaking = limb(finding, "no-consent")
    assert (finding.contradicted, speaking.status) == (True, Status.CONTRADICTED)
    assert [(e.source, e.paragraph) for e in speaking.evidence] == [("handbook.md", "4.1")]


def test_a_counter_clause_in_the_handbook_overrides_what_the_constitution_meets(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, OPEN_TO_PRESS, GAG, "speak-out").findings
    speaking = limb(finding, "no-consent")
    assert (finding.contradicted, speaking.status, kinds(speaking)) == (
        False, Status.WEAKENED, {Kind.OVERRIDDEN})
    assert [e.source for e in speaking.evidence] == ["constitution.md", "handbook.md"]


def test_the_constitutions_own_counter_clause_wins_over_a_kind_handbook(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, GAG, OPEN_TO_PRESS, "speak-out").findings
    speaking = limb(finding, "no-consent")
    assert speaking.status is Status.CONTRADICTED
    assert {e.source for e in speaking.evidence} == {"constitution.md"}


@pytest.mark.parametrize("words", [
    "Nothing in section 8 of the Constitution shall prevent the Chief Executive from awarding a contract.",
    "Nothing in the Constitution, section 8, shall prevent the Chief Executive from awarding a contract.",
    "Notwithstanding paragraph 8.1 of the ICB's Constitution the Chief Executive may award any contract.",
])
def test_an_override_in_the_handbook_reaches_the_section_that_it_names(tmp_path: Path, words: str) -> None:
    (finding,) = check(tmp_path, TAX, f"\n## 3. Urgent buying\n\n3.1 {words}\n", "tax-avoidance-exclusion").findings
    avoidance = limb(finding, "avoidance")
    assert (avoidance.status, kinds(avoidance)) == (Status.WEAKENED, {Kind.OVERRIDDEN})
    assert [(e.source, e.paragraph) for e in avoidance.evidence] == [
        ("constitution.md", "8.1"), ("handbook.md", "3.1")]


def test_a_bare_number_in_the_handbook_is_the_handbooks_own(tmp_path: Path) -> None:
    handbook = "\n## 3. Buying\n\n3.1 Nothing in section 8 shall prevent the Chief Executive from letting a contract.\n"
    (finding,) = check(tmp_path, TAX, handbook, "tax-avoidance-exclusion").findings
    assert limb(finding, "avoidance").status is Status.MET


def test_a_handbook_that_the_constitution_makes_part_of_itself_is_its_text_and_marked_for_review(
        tmp_path: Path) -> None:
    joins = "\n1.4 The Governance Handbook forms part of this Constitution.\n"
    report = check(tmp_path, "\n## 1. Introduction\n" + joins + MEETINGS, COMMITTEES, "meetings-in-public")
    (finding,) = report.findings
    assert limb(finding, "committees").status is Status.MET
    assert (finding.verdict, finding.needs_review) == (Verdict.PRESENT, True)
    assert report.sources[1].role == "part"
    joined = report.sources[1].joined_by
    assert joined is not None
    assert (joined.source, joined.paragraph) == ("constitution.md", "1.4")
    assert "forms part of this Constitution" in joined.quote


@pytest.mark.parametrize("words", [
    "The Governance Handbook does not form part of this Constitution.",
    "The Governance Handbook may form part of this Constitution.",
    "The Governance Handbook, as amended from time to time, forms part of this Constitution.",
    "The current version of the Governance Handbook forms part of this Constitution.",
    "The Conflicts of Interest Policy forms part of this Constitution.",
    "The Governance Handbook shall be published.",
])
def test_a_handbook_that_is_left_open_or_not_named_stays_outside(tmp_path: Path, words: str) -> None:
    report = check(tmp_path, f"\n## 1. Introduction\n\n1.4 {words}\n" + MEETINGS, COMMITTEES, "meetings-in-public")
    assert report.sources[1].role == "handbook"
    assert kinds(limb(report.findings[0], "committees")) == {Kind.OUTSIDE}


def test_a_list_of_what_forms_part_names_its_items(tmp_path: Path) -> None:
    joins = ("\n## 1. Introduction\n\n1.4 The following documents form part of this Constitution:\n\n"
             "(a) the Standing Orders; and\n\n(b) the Conflicts of Interest Policy.\n")
    report = check(tmp_path, joins + MEETINGS, COMMITTEES, "meetings-in-public", title="Conflicts of Interest Policy")
    assert report.sources[1].role == "part"
    report = check(tmp_path, joins + MEETINGS, COMMITTEES, "meetings-in-public", title="Complaints Policy")
    assert report.sources[1].role == "handbook"


def test_a_handbook_that_disowns_the_constitution_is_no_part_of_it(tmp_path: Path) -> None:
    joins = "\n## 1. Introduction\n\n1.4 The Governance Handbook forms part of this Constitution.\n"
    disowns = "\n## 1. Status\n\n1.1 This Handbook is not part of the Constitution.\n" + COMMITTEES
    assert check(tmp_path, joins + MEETINGS, disowns, "meetings-in-public").sources[1].role == "handbook"


def test_what_the_constitution_leaves_to_a_handbook_is_quoted_from_both(tmp_path: Path) -> None:
    leaves = "\n## 7. Meetings\n\n7.3 The Governance Handbook sets out how minutes of the Board are published.\n"
    says = "\n## 2. Papers\n\n2.2 The minutes of meetings of the Board shall be published.\n"
    (finding,) = check(tmp_path, leaves, says, "papers-published").findings
    minutes = limb(finding, "minutes")
    assert (minutes.status, kinds(minutes)) == (Status.WEAKENED, {Kind.OUTSIDE})
    assert "constitution.md" in {e.source for e in minutes.evidence}


def test_a_handbook_that_is_silent_on_what_is_left_to_it_is_said_to_be(tmp_path: Path) -> None:
    leaves = "\n## 7. Meetings\n\n7.3 The Governance Handbook sets out how minutes of the Board are published.\n"
    (finding,) = check(tmp_path, leaves, OPEN_TO_PRESS, "papers-published").findings
    (weakness,) = limb(finding, "minutes").weaknesses
    assert weakness.why.endswith("leaves it to another document, and none that was read beside it says so.")
    assert finding.needs_review


def test_floor_alone_in_a_handbook_counts_for_nothing(tmp_path: Path) -> None:
    floor = ("\n## 3. Buying\n\n3.1 The ICB shall exclude a supplier where the Procurement Act 2023 requires it to "
             "do so by reason of a conviction or a penalty for tax evasion.\n")
    (tmp_path / "c.md").write_text(FRONT.replace("2024", "2026") + MEETINGS, encoding="utf-8")
    (tmp_path / "h.md").write_text(f"# Handbook\n{floor}", encoding="utf-8")
    (finding,) = check_document(tmp_path / "c.md", safeguards=["tax-evasion-exclusion"],
                                beside=[tmp_path / "h.md"]).findings
    assert limb(finding, "evasion").status is Status.ABSENT
    assert finding.verdict is Verdict.MISSING


def test_the_reports_say_in_words_where_it_stands(tmp_path: Path) -> None:
    report = check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public")
    page = render_html(report, load_library(examples=False))
    assert "handbook.md (Markdown, " in page
    assert ", read beside the constitution" in page
    assert "<strong>Only in handbook.md</strong>" in page
    assert "Paragraph 2.1, handbook.md" in page
    done = run(tmp_path, "--safeguard", "meetings-in-public")
    said = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert "Only in handbook.md: “" in said
    assert "(paragraph 2.1 of handbook.md)" in said


def test_the_word_report_says_so_too(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS, COMMITTEES)
    done = run(tmp_path, "--format", "word", "--out", str(tmp_path / "gaps.docx"))
    assert done.exit_code == 1
    text = "\n".join(p.text for p in Document(str(tmp_path / "gaps.docx")).paragraphs)
    assert "Only in handbook.md: “" in text
    assert "read beside the constitution" in text


def test_a_word_handbook_is_read_with_its_own_paragraph_numbers(tmp_path: Path) -> None:
    (tmp_path / "constitution.txt").write_text(
        "NHS Anytown Integrated Care Board\nConstitution\n1. Meetings of the Board shall be held in public.\n"
        "2. The public may be excluded from an item only by resolution, with the reason stated for that item.\n",
        encoding="utf-8")
    handbook = Document()
    handbook.add_heading("Governance Handbook", 0)
    handbook.add_paragraph("5.1 Meetings of committees that take decisions or spend money shall be held in public.")
    handbook.save(str(tmp_path / "handbook.docx"))
    (finding,) = check_document(tmp_path / "constitution.txt", safeguards=["meetings-in-public"],
                                beside=[tmp_path / "handbook.docx"]).findings
    assert [(e.source, e.paragraph) for e in limb(finding, "committees").evidence] == [("handbook.docx", "5.1")]


def test_a_handbook_without_numbers_is_read(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, MEETINGS, "\nMeetings of committees that take decisions shall be held in public.\n",
                       "meetings-in-public").findings
    assert kinds(limb(finding, "committees")) == {Kind.OUTSIDE}


def test_several_handbooks_are_told_apart(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS, "\n## 1. Status\n\n1.1 Read this with the Constitution.\n", "meetings-in-public")
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "handbook.md").write_text(f"# Committee Handbook\n{COMMITTEES}", encoding="utf-8")
    report = check_document(tmp_path / "constitution.md", safeguards=["meetings-in-public"],
                            beside=[tmp_path / "handbook.md", folder / "handbook.md", folder / "handbook.md"])
    assert [s.name for s in report.sources] == ["constitution.md", "handbook.md", "policies/handbook.md"]
    assert {e.source for e in limb(report.findings[0], "committees").evidence} == {"policies/handbook.md"}


def test_a_constitution_is_not_read_beside_itself(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public")
    with pytest.raises(CheckError, match="cannot be read beside itself"):
        check_document(tmp_path / "constitution.md", beside=[tmp_path / "constitution.md"])


def test_a_handbook_that_cannot_be_read_is_an_error_and_no_silence(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public")
    done = run(tmp_path, handbook="none.docx")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.docx" in done.stderr


def test_the_report_never_takes_the_place_of_a_handbook(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS, COMMITTEES, "meetings-in-public")
    before = (tmp_path / "handbook.md").read_bytes()
    done = run(tmp_path, "--out", str(tmp_path / "handbook.md"))
    assert done.exit_code == 2
    assert (tmp_path / "handbook.md").read_bytes() == before


def test_the_json_quotes_every_document_verbatim(tmp_path: Path) -> None:
    check(tmp_path, MEETINGS + TAX, COMMITTEES + GAG)
    done = run(tmp_path, "--format", "json")
    made = json.loads(done.stdout)
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("constitution.md", "handbook.md")}
    spans = [e for f in made["findings"] for one in f["limbs"] for e in (*one["evidence"], *one["nearest"])]
    assert {e["source"] for e in spans} == set(texts)
    assert [e for e in spans if e["quote"] not in texts[e["source"]]] == []
