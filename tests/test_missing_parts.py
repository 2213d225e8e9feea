"""Appendices and schedules that are referred to and were not read are named; those of Acts are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from constitution_check import check_document
from constitution_check.missing_parts import MissingPart, as_unread, missing_parts
from constitution_check.model import Block, Constitution
from constitution_check.outline import build
from constitution_check.readers import read
from samples.builder.make import SAMPLES


def tree(*paragraphs: str, source: str = "constitution.docx") -> Constitution:
    return build([Block(text=text) for text in paragraphs], source)


def missing(*paragraphs: str) -> list[str]:
    return [part.name for part in missing_parts(tree(*paragraphs))]


@pytest.mark.parametrize(("words", "names"), [
    ("The members are listed in Appendix F.", ["Appendix F"]),
    ("Its procedure is set out in Schedule 3 (Standing Orders).", ["Schedule 3"]),
    ("The Scheme of Reservation and Delegation at Annex B says who decides.", ["Annex B"]),
    ("See appendix 2.", ["Appendix 2"]),
    ("Appendices A, C and D to F form part of this constitution.",
     ["Appendix A", "Appendix C", "Appendix D", "Appendix E", "Appendix F"]),
    ("The roles are in Schedule Two to this constitution.", ["Schedule Two"]),
    ("The Standing Orders in Appendix C of the Group’s constitution apply.", ["Appendix C"]),
])
def test_what_is_referred_to_and_not_there_is_named(words: str, names: list[str]) -> None:
    assert missing("1. Meetings", f"1.1 {words}") == names


@pytest.mark.parametrize("words", [
    "The grounds are in Schedule 6 to the Procurement Act 2023.",
    "Paragraph 4 of Schedule 1B to the 2006 Act requires a constitution.",
    "As Schedule 1A requires, the Group has a governing body.",
    "Under the National Health Service Act 2006, Schedule 2, directions may be given.",
    "The provider shall report as in Schedule 4 (Quality Requirements) of the NHS Standard Contract.",
    "The list is kept in Appendix 3 of the Governance Handbook.",
    "The rules in Annex A to the Managing Conflicts of Interest Guidance apply.",
    "Paragraphs 36 to 38 of Schedule 6 name the grounds.",
    "The secretary shall schedule a meeting and append a list in an annex.",
    "Spending is as in Schedule 4 to, or a policy under, the Serious Crime Act 2015.",
    "The appendix is kept by the secretary.",
    "Schedule 23 applies to premises.",
])
def test_parts_of_acts_and_of_other_documents_are_not_missing(words: str) -> None:
    assert missing("1. Meetings", f"1.1 {words}") == []


def test_an_acts_schedule_is_known_for_the_acts_wherever_it_is_named_again() -> None:
    law = "1.1 Schedule 6 to the 2023 Act names grounds."
    assert missing("1. The law", law, "1.2 A ground in Schedule 6 counts.") == []
    assert missing("1. The law", law, "1.2 See Schedule 6 to this constitution.") == ["Schedule 6"]


@pytest.mark.parametrize("heading", [
    "APPENDIX F – Principles of public life", "Appendix F", "Appendix F: The Nolan principles", "Annex F Principles",
    "Principles of public life (Appendix F)"])
def test_a_part_that_is_there_is_not_missing_however_it_is_headed(heading: str) -> None:
    blocks = [Block(text="1. Conduct"), Block(text="1.1 The principles in Appendix F bind everyone."),
              Block(text=heading, heading_level=1), Block(text="Holders of public office shall be open.")]
    assert missing_parts(build(blocks, "x")) == ()


def test_one_is_i_and_1() -> None:
    assert missing("1. Conduct", "1.1 See Schedule 1.", "Schedule One", "1. Members shall be open.") == []


def test_a_part_read_beside_the_constitution_is_not_missing() -> None:
    main = tree("1. Conduct", "1.1 See Appendix C (Standing Orders) and Appendix D (Prime Financial Policies).")
    by_title = tree("Standing Orders", "1. Meetings shall be quiet.", source="NHS Anytown standing orders v2.docx")
    by_name = tree("1. Money shall be counted.", source="constitution_appendix_d.docx")
    assert [part.name for part in missing_parts(main)] == ["Appendix C", "Appendix D"]
    assert [part.name for part in missing_parts(main, [by_title])] == ["Appendix D"]
    assert missing_parts(main, [by_title, by_name]) == ()


def test_a_part_that_only_the_contents_page_names_is_missing() -> None:
    blocks = [Block(text="Appendix A  Definitions 40", kind="contents"), Block(text="1. Conduct"),
              Block(text="1.1 Members shall be open.")]
    (part,) = missing_parts(build(blocks, "x"))
    assert part == MissingPart("Appendix A", ("contents",))
    assert as_unread([part])[0].what == "Appendix A, to which the contents page refers"


def test_a_report_names_them_with_what_to_do() -> None:
    (one,) = as_unread([MissingPart("Appendix F", ("4.2", "5.1", "6", "7"))])
    assert one.what == "Appendix F, to which 4.2, 5.1, 6 and 1 more refer"
    assert one.why == ("it is not in the file; what it says was not checked. Ask for it and give it with --with, or "
                       "beside the constitution on the page")
    (many,) = as_unread([MissingPart(f"Appendix {letter}", ("1",)) for letter in "ABCD"])
    assert many.what == "Appendix A, Appendix B, Appendix C and Appendix D, to which the text refers"


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.docx")), ids=lambda path: path.stem)
def test_a_sample_lacks_nothing_and_lacks_each_part_that_is_cut_out(sample: Path) -> None:
    whole = build(read(sample).blocks, sample.name)
    assert missing_parts(whole) == ()
    for name in {p.part for p in whole.provisions} - {""}:
        cut = whole.model_copy(update={"provisions": tuple(p for p in whole.provisions if p.part != name)})
        assert [part.name for part in missing_parts(cut)] == [name]


def test_a_gap_whose_passage_points_to_a_missing_part_is_for_a_person_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "constitution.txt"
    path.write_text("1. Meetings\n\n1.1 Meetings of the Board may be held in public, as Appendix C sets out.\n\n"
                    "1.2 Members shall be paid.\n", encoding="utf-8")
    report = check_document(path, safeguards=["meetings-in-public"])
    (finding,) = report.findings
    assert [item.what for item in report.sources[0].unread] == ["Appendix C, to which 1.1 refers"]
    assert finding.needs_review
    assert finding.doubts == ("The passage at 1.1 points to Appendix C, which is not in what was read.",)
