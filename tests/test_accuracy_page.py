"""The page docs/accuracy.md and the measures behind it, on small data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_library import load_small, small_library

from constitution_check.accuracy import read_cases
from constitution_check.errors import CheckError
from constitution_check.library import load_library
from constitution_check.outline import build
from tools.accuracy_page import Measured, by_kind, groups, holds, mistakes, page, per_hundred, share, weakest
from tools.accuracy_report import PASSAGES
from tools.first_tries import FirstTry, read_tries, together
from tools.insertion import Moved, moved, ordinary, put_into, shares
from tools.measuring import Run, each_safeguard, run_file
from tools.plain_documents import measure, plain_documents

GOOD = FirstTry(what="round A", n=100, after="whole", verdict=0.93, limb_status=0.94, false_reassurance=0.02,
                false_alarm=0.07, evidence=0.97, kinds=0.9)
POOR = GOOD.model_copy(update={"what": "round B", "n": 300, "false_reassurance": 0.1, "kinds": None})


def passage_line(name: str, words: str, status: str, kinds: list[str], verdict: str) -> str:
    """A labelled passage on the small library's one safeguard."""
    limbs = {"published": {"status": status, "kinds": kinds, "at": [1] if status != "absent" else []},
             "yearly": {"status": "absent", "kinds": [], "at": []}}
    return json.dumps({"id": name, "safeguard": "open-books", "text": [["h", "Money"], ["p", words]],
                       "verdict": verdict, "limbs": limbs})


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    """Three passages: right, a false alarm (words that the list does not know), and false reassurance."""
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join([
        passage_line("right", "The Group shall publish its accounts.", "met", [], "present"),
        passage_line("alarm", "The Group shall let everyone see its accounts.", "met", [], "present"),
        passage_line("reassured", "The Group shall publish its annual accounts.", "weakened", ["narrowed"], "weakened"),
    ]), encoding="utf-8")
    return file


@pytest.fixture
def small_run(cases_file: Path, tmp_path: Path) -> Run:
    """The three passages as judged by the small library."""
    folder = tmp_path / "library"
    folder.mkdir()
    return run_file(cases_file, learnt=None, folder=small_library(folder), workers=1)


def test_a_file_is_judged_with_the_opinion_and_by_the_rules(small_run: Run) -> None:
    assert [o.verdict.value for o in small_run.outcomes] == ["present", "missing", "present"]
    assert [o.verdict.value for o in small_run.by_rules] == ["present", "missing", "present"]


def test_false_reassurance_and_alarm_are_counted_over_limbs(small_run: Run) -> None:
    scores = groups(small_run.outcomes)["open-books"].scores()
    assert scores["false alarm"] == 1 / 2
    assert scores["false reassurance"] == 1 / 4  # three absent limbs and the weakened one; only that is called met


def test_kinds_are_counted_where_the_reader_named_them(small_run: Run) -> None:
    assert by_kind(small_run.outcomes) == [("narrowed", 1, 0, 0)]


def test_mistakes_are_told_apart_by_what_the_limb_was(small_run: Run) -> None:
    found = {name: number for name, number in mistakes(small_run.outcomes).items() if number}
    assert found == {"alarms": 1, "called absent": 1, "reassured": 1, "was weakened": 1}


def test_the_weakest_safeguards_are_those_below_nine_in_ten(small_run: Run) -> None:
    assert weakest(groups(small_run.outcomes)) == [("open-books", 4 / 6)]
    assert weakest(groups(small_run.outcomes[:1])) == []


def test_processes_give_what_one_gives(cases_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    small_library(folder)
    alone, both = (run_file(cases_file, None, folder, workers) for workers in (1, 2))
    assert [(o.case.name, o.found) for o in alone.outcomes] == [(o.case.name, o.found) for o in both.outcomes]


def written(small_run: Run, **more: object) -> str:
    """The page on the small run."""
    return page(Measured(**{"safeguards": 1, "limbs": 2, "examples": 1, "faults": 0, "tries": [GOOD, POOR],
                            "runs": [], "given": [small_run]} | more))  # type: ignore[arg-type]


def test_the_page_tells_in_words_what_the_last_first_tries_gave(small_run: Run) -> None:
    text = written(small_run)
    assert "From its last 2 first tries (400 passages" in text
    assert "Of 100 limbs that a passage does **not** secure, it calls about 8 secured." in text
    assert "these reached every mark: round A." in text


def test_the_page_marks_what_was_learnt_from(small_run: Run) -> None:
    seen = Run("seen.jsonl", small_run.outcomes, small_run.by_rules, learnt=True)
    new = Run("new.jsonl", small_run.outcomes[:1], small_run.by_rules[:1], learnt=False)
    text = written(small_run, runs=[seen])
    assert "| `seen.jsonl` | 3 | 1 | learnt from after its first try |" in text
    assert "All on passages learnt from." in text
    assert "| `mine.jsonl`, given | 3 | 1 | not known here |" in text
    assert "On the passages not learnt from." in written(small_run, runs=[seen, new])


def test_a_file_without_its_first_try_is_named_and_not_run(small_run: Run) -> None:
    text = written(small_run, waiting=["round-99.jsonl"])
    assert "| `round-99.jsonl` | | | not run yet: kept for a first try |" in text


def test_the_page_is_the_same_for_the_same_figures(small_run: Run) -> None:
    assert written(small_run) == written(small_run)


def test_a_limb_that_changes_in_a_long_document_is_listed_with_the_reason(small_run: Run) -> None:
    limbs = [Moved("c", "published", "met", "met"), Moved("c", "yearly", "met", "absent", "swallowed | whole", False)]
    assert shares(limbs) == (0.5, 0.5)
    assert "| c | yearly | met | absent | swallowed / whole |" in written(small_run, insertion=limbs, inserted=1)


@pytest.mark.parametrize(("value", "shown"), [(0.9124, ".912"), (1.0, "1"), (0.0, ".000"), (None, "–"), (0.99996, "1")])
def test_shares_are_shown_to_three_places(value: float | None, shown: str) -> None:
    assert share(value) == shown


def test_of_a_hundred_is_a_whole_number() -> None:
    assert (per_hundred(0.905), per_hundred(None)) == ("90", "–")


def test_several_first_tries_count_by_their_passages() -> None:
    scores = together([GOOD, POOR])
    assert scores["false_reassurance"] == pytest.approx((0.02 * 100 + 0.1 * 300) / 400)
    assert scores["kinds"] == 0.9


def test_a_first_try_holds_the_marks_only_where_all_are_known_and_reached() -> None:
    assert holds(GOOD)
    assert not holds(POOR)
    assert not holds(GOOD.model_copy(update={"kinds": None}))


def test_every_first_try_with_a_file_has_its_passages_and_their_number() -> None:
    for one in read_tries():
        if one.file:
            assert len(read_cases(PASSAGES / one.file)) == one.n, one.what
            assert one.learnt is not None, one.what


def test_first_tries_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    file = tmp_path / "tries.toml"
    file.write_text('[[try]]\nwhat = "x"\nn = 0\nafter = "whole"\n', encoding="utf-8")
    with pytest.raises(CheckError, match="could not be read"):
        read_tries(file)


def test_no_two_passages_share_a_name() -> None:
    names = [case.name for file in sorted(PASSAGES.glob("*.jsonl")) for case in read_cases(file)]
    assert len(names) == len(set(names))


def test_every_passage_labels_the_limbs_of_its_safeguard() -> None:
    library = load_library(examples=False)
    for file in sorted(PASSAGES.glob("*.jsonl")):
        for case in read_cases(file):
            assert set(case.limbs) == {limb.id for limb in library.get(case.safeguard).limbs}, case.name


def test_a_passage_is_put_in_as_the_next_numbered_section(cases_file: Path) -> None:
    long = ordinary("ccg")
    blocks, section = put_into(read_cases(cases_file)[0], long)
    numbers = {p.text: (p.number, p.part) for p in build(blocks, "long").provisions}
    assert section == 11
    assert numbers["The Group shall publish its accounts."] == ("11.1", "")
    assert len(blocks) == len(long) + 2


def test_a_passage_comes_out_in_the_long_sample_as_alone(cases_file: Path, tmp_path: Path) -> None:
    found = moved(read_cases(cases_file)[0], load_small(tmp_path))
    assert [(one.limb, one.alone) for one in found] == [("published", "met"), ("yearly", "absent")]
    assert all(one.same for one in found)


def test_passages_are_taken_evenly_for_each_safeguard(cases_file: Path) -> None:
    cases = read_cases(cases_file)
    assert [case.name for case in each_safeguard(cases, 2)] == ["right", "alarm"]
    assert each_safeguard(cases, 9) == cases


def test_what_is_found_in_a_plain_document_is_false(tmp_path: Path) -> None:
    file = tmp_path / "club.md"
    file.write_text("# Rules\n\n1. The club shall publish its accounts.\n\n2. Tea is at four.\n", encoding="utf-8")
    folder = tmp_path / "library"
    folder.mkdir()
    plain = measure([file], load_small(folder))
    assert plain.false == [("club.md", "open-books", "present")]
    assert [(one.limb, one.status, one.paragraph) for one in plain.limbs] == [("published", "met", "1")]


def test_the_plain_documents_are_at_hand() -> None:
    names = [path.name for path in plain_documents()]
    assert "ccg-ordinary-business.docx" in names
    assert "school-governors.md" in names
    assert "README.md" not in names
