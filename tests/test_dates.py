"""When a document dates from, which day's law is read beside it, and what the reports say of both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from small_library import CLAUSE, small_library

from constitution_check import CheckError, LibraryError, check_document, load_library
from constitution_check.cli import main
from constitution_check.dates import dates_in, law_date, parse_date
from constitution_check.document_dates import read_date, read_version
from constitution_check.model import Block, Constitution, Kind, Report, Status
from constitution_check.outline import build

ICB = "NHS Anytown Integrated Care Board"
CCG = "NHS Anytown Clinical Commissioning Group"
RESTATED = ("The ICB shall exclude a supplier where the Procurement Act 2023 requires it to do so by reason of a "
            "conviction or a penalty for tax evasion.")
NEUTRAL = "The Group shall not treat an NHS body more favourably than any other provider."


def constitution(*lines: str) -> Constitution:
    """A constitution with these lines on its cover and one paragraph."""
    return build([Block(text=t) for t in (*lines, "1. Introduction", "1.1 The Board shall meet in public.")], "c.txt")


def day_read(*lines: str) -> date | None:
    dated = read_date(constitution(*lines))
    return dated.day if dated else None


@pytest.mark.parametrize(("written", "day"), [
    ("1 July 2022", date(2022, 7, 1)), ("1st July 2022", date(2022, 7, 1)), ("July 1, 2022", date(2022, 7, 1)),
    ("2022-07-01", date(2022, 7, 1)), ("12/03/2024", date(2024, 3, 12)), ("12.3.2024", date(2024, 3, 12)),
    ("12/03/24", date(2024, 3, 12)), ("12 Mar 2024", date(2024, 3, 12)), ("03/25/2024", date(2024, 3, 25)),
    ("March 2024", date(2024, 3, 31)), ("February 2024", date(2024, 2, 29)),
    ("22nd day of Sept. 2024", date(2024, 9, 22)),
])
def test_a_date_is_read_in_the_forms_in_which_people_write_it(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize("written", ["", "soon", "31 June 2024", "2024", "1 July", "7.3.12", "1 July 2022 or so"])
def test_what_is_no_date_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(CheckError, match="Write it as 2022-07-01"):
        parse_date(written)


@given(st.dates(date(2012, 1, 1), date(2099, 12, 31)),
       st.sampled_from(["%d %B %Y", "%Y-%m-%d", "%d/%m/%Y", "%d %b %Y"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    (found,) = dates_in(f"in force from {day.strftime(form)}.")
    assert (found.day, found.month_only) == (day, False)


@given(st.text(max_size=80))
def test_any_text_is_searched_without_a_fall(text: str) -> None:
    assert all(text[found.start:found.end].strip() for found in dates_in(text))


@pytest.mark.parametrize(("lines", "day"), [
    (("Version 2.0, approved 12 March 2024",), date(2024, 3, 12)),
    (("Effective date: 1 July 2022", "Review date: July 2025"), date(2022, 7, 1)),
    (("Approved 3 March 2022, with effect from 1 July 2022",), date(2022, 7, 1)),
    (("Adopted in 2012, as varied with effect from 1 June 2016",), date(2016, 6, 1)),
    (("Next review: 1 April 2027", "March 2024"), date(2024, 3, 31)),
    (("Established by the Integrated Care Boards (Establishment) Order 2022 on 1 July 2022",), None),
    (("Effective date: [Insert date]",), None),
    ((), None),
])
def test_the_cover_gives_the_day(lines: tuple[str, ...], day: date | None) -> None:
    assert day_read(ICB, "Constitution", *lines) == day


def word(folder: Path, cells: list[list[str]], *paragraphs: str) -> Path:
    """A Word constitution with a version table."""
    document = Document()
    document.add_paragraph(ICB, "Title")
    document.add_paragraph("Constitution", "Title")
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in paragraphs or ("1 Introduction", "1.1 The Board shall meet in public."):
        document.add_paragraph(text)
    document.save(str(folder / "constitution.docx"))
    return folder / "constitution.docx"


def test_the_last_row_of_a_version_table_gives_day_and_version(tmp_path: Path) -> None:
    file = word(tmp_path, [["Version", "Date", "Author", "Change"], ["1.0", "1 July 2022", "A. Clerk", "First version"],
                           ["1.10", "12/03/2024", "A. Clerk", "Section 7"], ["1.9", "3 May 2023", "A. Clerk", "Names"]])
    (source,) = check_document(file, safeguards=["meetings-in-public"]).sources
    assert source.version == "1.10"
    assert source.dated is not None
    assert (source.dated.day, source.dated.kind, source.dated.evidence.quote) == (
        date(2024, 3, 12), "version", "12/03/2024")


def test_the_effective_column_of_a_version_table_comes_first(tmp_path: Path) -> None:
    file = word(tmp_path, [["Version", "Date approved by the Board", "Change", "Effective date"],
                           ["1.0", "4 June 2022", "First version", "1 July 2022"],
                           ["2.0", "12 March 2024", "Section 7", "1 April 2024"]])
    (source,) = check_document(file, safeguards=["meetings-in-public"]).sources
    assert source.dated is not None
    assert (source.dated.day, source.dated.kind) == (date(2024, 4, 1), "effective")


def test_a_commencement_sentence_dates_a_text_without_a_dated_cover() -> None:
    text = [Block(text=t) for t in (ICB, "1. Introduction", "1.1 The ICB was established on 1 July 2022.",
                                    "1.2 This Constitution shall come into effect on 1 October 2023.")]
    dated = read_date(build(text, "c.txt"))
    assert dated is not None
    assert (dated.day, dated.kind, dated.evidence.paragraph) == (date(2023, 10, 1), "commencement", "1.2")
    assert read_date(build(text[:3], "c.txt")) is None


def test_a_commencement_sentence_does_not_outlive_a_later_version() -> None:
    text = [Block(text=t) for t in (ICB, "Version 1.4, approved 12 March 2025", "1. Introduction",
                                    "1.1 This Constitution is effective from 1 July 2022.")]
    dated = read_date(build(text, "c.txt"))
    assert dated is not None
    assert dated.day == date(2025, 3, 12)


@pytest.mark.parametrize(("line", "version"), [
    ("Version 2.0", "2.0"), ("v1.3 FINAL", "1.3"), ("Version: [2.0]", "2.0"), ("Constitution 2022", ""),
])
def test_the_version_is_read(line: str, version: str) -> None:
    assert read_version(constitution(ICB, "Constitution", line)) == version


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("body", "given_day", "day", "basis"), [
    ("icb", None, TODAY, "assumed"), ("unknown", None, TODAY, "assumed"), ("ccg", None, date(2022, 6, 30), "assumed"),
    ("ccg", date(2014, 1, 1), date(2014, 1, 1), "given"),
])
def test_without_a_date_the_law_is_that_of_today_or_of_the_last_day_of_the_groups(
        body: str, given_day: date | None, day: date, basis: str) -> None:
    law = law_date(body, None, given_day, TODAY)  # type: ignore[arg-type]
    assert (law.day, law.basis) == (day, basis)


def check(folder: Path, *lines: str, safeguard: str, as_of: date | None = None) -> Report:
    file = folder / "constitution.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return check_document(file, safeguards=[safeguard], as_of=as_of)


@pytest.mark.parametrize(("cover", "status", "kinds"), [
    ("Effective from 1 April 2024", Status.MET, set()),
    ("Effective from 24 February 2025", Status.ABSENT, {Kind.FLOOR_ONLY}),
    ("Constitution", Status.ABSENT, {Kind.FLOOR_ONLY}),
])
def test_a_restatement_of_the_act_of_2023_is_floor_only_from_the_day_it_came_into_force(
        tmp_path: Path, cover: str, status: Status, kinds: set[Kind]) -> None:
    (finding,) = check(tmp_path, ICB, cover, "1. Buying", f"1.1 {RESTATED}",
                       safeguard="tax-evasion-exclusion").findings
    assert finding.limbs[0].status is status
    assert {w.kind for w in finding.limbs[0].weaknesses} == kinds


def test_a_day_that_is_asked_for_overrules_the_documents_own(tmp_path: Path) -> None:
    report = check(tmp_path, ICB, "Effective from 1 April 2026", "1. Buying", f"1.1 {RESTATED}",
                   safeguard="tax-evasion-exclusion", as_of=date(2024, 4, 1))
    assert report.findings[0].limbs[0].status is Status.MET
    assert report.law is not None
    assert (report.law.day, report.law.basis) == (date(2024, 4, 1), "given")


def test_the_finding_says_what_the_law_was_then_and_what_it_has_become(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, CCG, "Version 1, April 2014", "1. Buying", f"1.1 {NEUTRAL}",
                       safeguard="nhs-default-provider").findings
    assert finding.contradicted
    then, since = finding.law
    assert (then.since, then.until) == (date(2013, 4, 1), date(2023, 12, 31))
    assert "uksi/2013/500" in then.text
    assert since.since == date(2024, 1, 1)
    (finding,) = check(tmp_path, ICB, "Version 1, April 2025", "1. Buying", f"1.1 {NEUTRAL}",
                       safeguard="nhs-default-provider").findings
    assert [note.since for note in finding.law] == [date(2024, 1, 1)]


def test_the_report_says_the_date_where_it_was_read_and_the_law_of_that_day(tmp_path: Path) -> None:
    check(tmp_path, CCG, "Version 1, in force from 1 April 2014", "1. Buying", f"1.1 {NEUTRAL}",
          safeguard="nhs-default-provider")
    command = ["check", str(tmp_path / "constitution.txt"), "--safeguard", "nhs-default-provider"]
    said = " ".join(CliRunner().invoke(main, command).stdout.split())
    assert ("The document takes effect on 1 April 2014 (on its cover: “Version 1, in force from 1 April 2014”). "
            "The law is stated as it was on 1 April 2014.") in said
    assert "The law on 1 April 2014: Commissioners of health care had to treat providers equally" in said
    assert "Law since 1 January 2024: The regulations of 2013 are gone." in said
    said = " ".join(CliRunner().invoke(main, [*command, "--as-of", "1st February 2024"]).stdout.split())
    assert "The law is stated as it was on 1 February 2024, the day asked for." in said
    page = CliRunner().invoke(main, [*command, "--format", "html"]).stdout
    assert "Law since 1 January 2024: The regulations of 2013 are gone." in page


def test_a_report_without_a_date_says_so(tmp_path: Path) -> None:
    check(tmp_path, CCG, "1. Buying", f"1.1 {NEUTRAL}", safeguard="nhs-default-provider")
    said = " ".join(CliRunner().invoke(main, ["check", str(tmp_path / "constitution.txt")]).stdout.split())
    assert ("No date could be read in the document. The law is stated as it was on 30 June 2022, the last day of the "
            "groups.") in said


def test_a_date_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    check(tmp_path, ICB, "1. Buying", f"1.1 {RESTATED}", safeguard="tax-evasion-exclusion")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "constitution.txt"), "--as-of", "soon"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == '"soon" is not a date that can be read. Write it as 2022-07-01 or 1 July 2022.\n'


# --- clause files ---------------------------------------------------------------------------

FLOOR = '- "required by National Health Service Act" + {accounts}'
LAW = "## Sources\n"


@pytest.mark.parametrize(("line", "fault"), [
    (FLOOR.replace("- ", "- from 2025-2-24: ", 1), '"2025-2-24" is not a date; write it as 2025-02-24'),
    (FLOOR.replace("- ", "- from 2025-02-24 until 2024-01-01: ", 1), "it would apply until 2024-01-01"),
    (FLOOR.replace("- ", "- from whenever ", 1), "a date before a line is written"),
])
def test_a_wrong_date_in_a_line_is_named_with_its_place(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(LibraryError) as raised:
        load_library(small_library(tmp_path / "library", CLAUSE.replace(FLOOR, line)))
    assert any(found.startswith("open-books.md:") and fault in found for found in raised.value.faults)


def test_a_note_on_the_law_has_days(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised:
        load_library(small_library(tmp_path / "a", CLAUSE.replace(LAW, "## Law\n\n- The law is the law.\n\n" + LAW)))
    assert any("begins with its days" in fault for fault in raised.value.faults)
    note = "## Law\n\n- until 2023-12-31: Accounts were public (an Act).\n\n"
    (safeguard,) = load_library(small_library(tmp_path / "b", CLAUSE.replace(LAW, note + LAW))).safeguards
    assert safeguard.law_for(date(2023, 12, 31), TODAY) == safeguard.law
    assert safeguard.law_for(date(2024, 1, 1), TODAY) == ()


def test_a_dated_line_holds_only_on_its_days(tmp_path: Path) -> None:
    dated = FLOOR.replace("- ", "- from 2020-01-01 until 2021-12-31: ", 1)
    (safeguard,) = load_library(small_library(tmp_path / "library", CLAUSE.replace(FLOOR, dated))).safeguards
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [len(safeguard.as_of(day).limbs[0].floor) for day in days] == [0, 1, 1, 0]
