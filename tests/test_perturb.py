"""`library perturb`: neighbours are made only where that is sound, and each says what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_library import CLAUSE, load_small, small_library

from constitution_check.clause_records import Safeguard
from constitution_check.cli import main
from constitution_check.errors import CheckError
from constitution_check.library import library_folder, load_library
from constitution_check.perturb import EXCEPTIONS, exceptions, perturb
from constitution_check.perturb_base import Base, base_of
from constitution_check.perturb_harmless import harmless
from constitution_check.perturb_text import fronted, governing, one_clause, plain, sentence_of, takes_regard
from constitution_check.perturb_weaken import Neighbour, weaker

LIBRARY = load_library()
PLAIN = "> p: The Group shall publish its accounts within six months."
TWO = """> p: The Group shall publish its accounts.
> p: The accounts shall be ready within six months."""


def base(folder: Path, text: str = PLAIN, clause: str = CLAUSE) -> Base:
    """The small library's present example with this text, read."""
    lines = text.count("> p:") + 1
    library = load_small(folder, clause.replace(PLAIN, text).replace("- yearly: met at 2", f"- yearly: met at {lines}"))
    (safeguard,) = library.safeguards
    read = base_of(safeguard.examples[0], safeguard, library)
    assert read
    return read


def by_rule(neighbours: Iterator[Neighbour]) -> dict[str, Neighbour]:
    return {neighbour.rule: neighbour for neighbour in neighbours}


def wanted(neighbour: Neighbour) -> dict[str, str]:
    return {limb: str(one) for limb, one in neighbour.wanted.items()}


# --- what is made of a sentence ------------------------------------------------------------


@pytest.mark.parametrize(("rule", "text", "limbs"), [
    ("duty to power", "The Group may publish its accounts within six months.", "weakened (no_duty)"),
    ("not", "The Group shall not publish its accounts within six months.", "contradicted or absent"),
    ("where practicable", "The Group shall, where practicable, publish its accounts within six months.",
     "weakened (qualified)"),
    ("where practicable, in front", "Where practicable, the Group shall publish its accounts within six months.",
     "weakened (qualified)"),
    ("have regard to", "The Group shall have regard to the need to publish its accounts within six months.",
     "weakened (weak_verb)"),
])
def test_a_weaker_sentence_moves_every_limb_that_it_carries(tmp_path: Path, rule: str, text: str, limbs: str) -> None:
    neighbour = by_rule(weaker(base(tmp_path)))[rule]
    assert neighbour.lines[1] == ("p", text)
    assert wanted(neighbour) == {"published": limbs, "yearly": limbs}


def test_a_sentence_moves_its_own_limbs_and_no_others(tmp_path: Path) -> None:
    made = list(weaker(base(tmp_path, TWO)))
    first = next(n for n in made if n.rule == "duty to power" and n.line == 1)
    assert wanted(first) == {"published": "weakened (no_duty)", "yearly": "met"}
    override = next(n for n in made if n.rule.startswith("override elsewhere: Nothing") and n.line == 2)
    assert override.lines[-1] == ("p", "Nothing in paragraph 1.2 shall apply where the Chief Executive so decides.")
    assert wanted(override) == {"published": "met", "yearly": "weakened (overridden)"}


def test_without_the_substance_there_is_no_scope(tmp_path: Path) -> None:
    made = list(weaker(base(tmp_path, TWO)))
    denied = next(n for n in made if n.rule == "not" and n.line == 1)
    assert wanted(denied) == {"published": "contradicted", "yearly": "contradicted or absent"}


@pytest.mark.parametrize(("who", "yearly"), [("Anyone", "met"), ("The Chair", None)])
def test_a_right_that_people_have_is_not_weakened_by_may(tmp_path: Path, who: str, yearly: str | None) -> None:
    """Where someone else gives it, "may" leaves open whether it is a right at all."""
    text = f"> p: The Group shall publish its accounts.\n> p: {who} shall see the accounts within six months."
    made = weaker(base(tmp_path, text, CLAUSE.replace("Needs: published", "Right: yes")))
    power = next(n for n in made if n.rule == "duty to power" and n.line == 2)
    assert power.lines[2] == ("p", f"{who} may see the accounts within six months.")
    assert wanted(power).get("yearly") == yearly


def test_may_have_is_a_guess_and_is_not_made(tmp_path: Path) -> None:
    text = "> p: The Group shall publish its accounts.\n> p: It shall have the accounts ready within six months."
    assert [n.line for n in weaker(base(tmp_path, text)) if n.rule == "duty to power"] == [1]


def test_a_paragraph_is_dropped_only_where_another_is_left(tmp_path: Path) -> None:
    assert "a limb dropped" not in by_rule(weaker(base(tmp_path / "one")))
    text = TWO.replace("> p: The accounts", "> h: Time\n> p: The accounts")
    lines = CLAUSE.replace("- yearly: met at 2", "- yearly: met at 4")
    made = by_rule(weaker(base(tmp_path / "two", text, lines.replace(PLAIN, text))))
    assert made["a limb dropped"].lines == [
        ("h", "Money"), ("h", "Time"), ("p", "The accounts shall be ready within six months.")]
    assert wanted(made["a limb dropped"]) == {"published": "absent", "yearly": "absent"}


def test_harmless_neighbours_leave_every_limb_as_it_is(tmp_path: Path) -> None:
    made = by_rule(harmless(base(tmp_path)))
    assert made["shall for must"].lines[1] == ("p", "The Group must publish its accounts within six months.")
    assert made["as the law allows"].lines[1] == (
        "p", "The Group shall, in so far as the law allows, publish its accounts within six months.")
    assert "\u00a0" in made["hard spaces"].lines[1][1]
    assert len(made["other sections before it"].lines) == 7
    assert {tuple(wanted(n).values()) for n in made.values()} == {("met", "met")}


# --- sentences that are left alone ---------------------------------------------------------


def read(text: str) -> tuple[bool, bool]:
    """Whether a sure governing modal is found, and whether the sentence is one clause."""
    sentence = sentence_of(text, 0, len(text))
    return governing(sentence) is not None, one_clause(sentence)


@pytest.mark.parametrize(("text", "expected"), [
    ("The Board shall publish its papers.", (True, True)),
    ("Providers that avoid tax shall be excluded.", (True, True)),
    ("Papers are published before the meeting at which they will be considered.", (False, False)),
    ("The Board shall publish papers and may withhold them.", (False, True)),
    ("The register is public and shall be kept online.", (False, False)),
    ("The Board shall meet; the public is admitted.", (False, False)),
    ("Papers may be published.", (False, True)),
    ("Never shall the weight be less.", (False, True)),
    ("A contract that will run for long goes to scrutiny.", (False, True)),
])
def test_only_a_sentence_with_one_sure_modal_is_changed(text: str, expected: tuple[bool, bool]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["No contract shall be let.", "The Board shall only meet in public.",
                                  "It shall publish papers unless the Chair objects.", "It shouldn't meet."])
def test_a_denial_or_an_exception_is_not_plain(text: str) -> None:
    assert not plain(sentence_of(text, 0, len(text)))


@pytest.mark.parametrize(("text", "can"), [
    ("The Group shall publish its accounts.", True), ("The accounts shall be published.", False),
    ("The Group shall at once publish them.", False), ("Each contract shall require it.", False),
    ("The Group shall promptly publish them.", False)])
def test_regard_is_had_only_by_someone_who_acts(text: str, can: bool) -> None:
    sentence = sentence_of(text, 0, len(text))
    at = governing(sentence)
    assert at is not None
    assert takes_regard(sentence, at) is can


def test_words_are_put_in_front_of_no_name_and_no_condition() -> None:
    def front(text: str) -> str | None:
        return fronted(sentence_of(text, 0, len(text)), "Where practicable, ")

    assert front("The Board meets in public.") == "Where practicable, the Board meets in public."
    assert front("NHS bodies come first.") is None
    assert front("If it meets, it meets in public.") is None


# --- what is found -------------------------------------------------------------------------


def test_what_the_lines_do_not_see_is_a_miss_with_its_words(tmp_path: Path) -> None:
    """Without its mark the act is met even where it is denied."""
    library = load_small(tmp_path, CLAUSE.replace("*{publishing} + {accounts}", "{publishing} + {accounts}"))
    missed = [miss for miss in perturb(library, folder=tmp_path).misses if miss.rule == "not"]
    assert [(miss.limb, miss.found) for miss in missed] == [("published", "met"), ("yearly", "met")]
    row = CLAUSE.split("\n").index("### present: plain") + 1
    assert str(missed[0]).split("\n") == [
        f'open-books.md:{row}: "plain", not: published: wanted contradicted or absent, found met', "    h: Money",
        "    p: The Group shall not publish its accounts within six months."]


def test_a_known_exception_is_no_miss_and_an_idle_one_is_a_fault(tmp_path: Path) -> None:
    folder = small_library(tmp_path, CLAUSE.replace("*{publishing} + {accounts}", "{publishing} + {accounts}"))
    known = "open-books | plain | not | {} | a limb without an act\n"
    (folder / EXCEPTIONS).write_text("# why\n" + known.format("published") + known.format("yearly")
                                     + "open-books | plain | duty to power | yearly | once needed\n", encoding="utf-8")
    done = perturb(load_library(folder), folder=folder)
    assert [miss for miss in done.misses if miss.rule == "not"] == []
    assert done.idle == [f"{EXCEPTIONS}:4: this exception is no longer needed; take it out"]
    assert not done.ok


def test_an_exception_without_a_reason_is_refused(tmp_path: Path) -> None:
    (tmp_path / EXCEPTIONS).write_text("open-books | plain | not | published |\n", encoding="utf-8")
    with pytest.raises(CheckError, match=f"{EXCEPTIONS}:1: an exception is written"):
        exceptions(tmp_path)


def test_the_command_says_how_many_were_made_and_ends_with_1_where_one_is_wrong(tmp_path: Path) -> None:
    small_library(tmp_path / "sound")
    done = CliRunner().invoke(main, ["library", "perturb", "open-books", "--library", str(tmp_path / "sound")])
    assert done.exit_code == 0, done.output
    assert "duty to power" in done.output
    assert done.output.splitlines()[-1].endswith("0 limbs otherwise, 0 known exceptions")
    small_library(tmp_path / "faulty", CLAUSE.replace("*{publishing} +", "{publishing} +"))
    done = CliRunner().invoke(main, ["library", "perturb", "--library", str(tmp_path / "faulty")])
    assert done.exit_code == 1
    assert CliRunner().invoke(main, ["library", "perturb", "open-book"]).exit_code == 2


# --- the library ---------------------------------------------------------------------------

@pytest.mark.parametrize("safeguard", LIBRARY.safeguards, ids=[s.id for s in LIBRARY.safeguards])
def test_every_neighbour_of_the_library_moves_as_it_should(safeguard: Safeguard) -> None:
    done = perturb(LIBRARY, [safeguard.id])
    assert [str(miss) for miss in done.misses] + done.idle == []
    assert done.made.total() > 20


def test_every_exception_is_of_a_safeguard_that_is_there() -> None:
    """An exception of a safeguard that is not in the library would never be looked at again."""
    assert {key[0] for key in exceptions(library_folder())} <= {s.id for s in LIBRARY.safeguards}
