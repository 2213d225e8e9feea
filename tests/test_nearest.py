"""The second opinion where the lists find nothing: what it points at, and that it never meets a limb."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_library import CLAUSE, small_library

from constitution_check import load_library
from constitution_check.clause_records import Library
from constitution_check.clause_sayings import sayings
from constitution_check.model import Block, Finding, Status
from constitution_check.nearest import LIKE, SHOWN, Nearest, Sayings, stem, terms_of
from constitution_check.outline import build
from constitution_check.pipeline import check_constitution, lexicon_of
from constitution_check.units import read_units

EXAMPLES = """
### present: in the public libraries

> h: Money
> p: Every spring the ledgers of the body, with every invoice paid, are laid out in the public libraries of the county.

- published: met at 2
- yearly: absent

### missing: only for the auditor

> h: Audit
> p: The ledgers and every invoice paid are laid before the external auditor each spring for inspection.

- published: absent
- yearly: absent
"""
ODD = "The ledgers of the Group, with every invoice it paid, are laid out each spring in the libraries of the county."
AUDIT = "Each spring the ledgers and every invoice paid are laid before the external auditor for inspection."
OTHER = "The Chair is elected by the members for three years and may be elected again once."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small library with two more examples, as a check loads it."""
    folder = small_library(tmp_path_factory.mktemp("nearest") / "library", CLAUSE + EXAMPLES)
    return load_library(folder, examples=False)


def finding(library: Library, *paragraphs: str) -> Finding:
    blocks = [Block(text=f"{n}. {text}") for n, text in enumerate(paragraphs, 1)]
    return check_constitution(build(blocks, "c.txt"), library, ["open-books"])[0]


def likeness(library: Library, text: str) -> float:
    reading = read_units(build([Block(text=f"1. {text}")], "c.txt"), lexicon_of(library))
    found = Nearest(reading, Sayings(library.safeguards)).best("open-books", "published")
    return found.likeness if found else 0.0


def test_what_the_examples_show_and_what_they_only_seem_to_show_is_read_without_reading_them_whole() -> None:
    shown, missed = sayings("## Examples\n" + EXAMPLES)
    assert (shown.shows, shown.misses) == (("published",), ("yearly",))
    assert (missed.shows, missed.misses) == ((), ("published", "yearly"))
    assert shown.text.startswith("Every spring the ledgers")


def test_every_word_form_has_one_stem() -> None:
    assert len({stem(word) for word in ("exclude", "excludes", "excluded", "excluding")}) == 1
    assert terms_of(["the", "board", "shall", ",", "publish"]) == terms_of(["published"])


def test_a_passage_like_an_example_is_shown_and_a_person_should_look_but_it_meets_nothing(library: Library) -> None:
    found = finding(library, OTHER, ODD)
    published = found.limbs[0]
    assert published.status is Status.ABSENT
    assert published.evidence == ()
    (near,) = published.nearest
    assert (near.paragraph, near.quote) == ("2", ODD)
    assert near.why == ("Its words are much like what is asked for, but the program did not find that it says so; a "
                        "person should look.")
    assert found.needs_review


def test_a_passage_like_a_near_miss_is_less_like(library: Library) -> None:
    assert likeness(library, ODD) >= LIKE
    assert likeness(library, AUDIT) < LIKE
    assert not finding(library, OTHER, AUDIT).needs_review


def test_what_is_like_nothing_is_not_shown(library: Library) -> None:
    assert likeness(library, OTHER) < SHOWN
    found = finding(library, OTHER)
    assert found.limbs[0].nearest == ()
    assert not found.needs_review


def test_a_passage_of_two_words_is_like_nothing(library: Library) -> None:
    assert likeness(library, "Invoices paid.") == 0


def test_a_foreword_is_not_pointed_at(library: Library) -> None:
    blocks = [Block(text="Foreword", heading_level=1), Block(text=ODD),
              Block(text="Membership", heading_level=1), Block(text=f"1. {OTHER}")]
    (found,) = check_constitution(build(blocks, "c.txt"), library, ["open-books"])
    assert found.limbs[0].nearest == ()


def test_the_whole_library_says_something_for_every_limb() -> None:
    library = load_library(examples=False)
    texts = Sayings(library.safeguards)
    assert [key for s in library.safeguards for limb in s.limbs if not texts.of(key := (s.id, limb.id))] == []
    assert all(s.said for s in library.safeguards)


def test_a_library_read_with_its_examples_says_the_same(tmp_path: Path) -> None:
    folder = small_library(tmp_path / "library", CLAUSE + EXAMPLES)
    whole, quick = load_library(folder), load_library(folder, examples=False)
    assert whole.safeguards[0].said == quick.safeguards[0].said
    assert (len(whole.safeguards[0].examples), quick.safeguards[0].examples) == (3, ())
