"""Plain text: encodings, wrapped lines, labels at line starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.readers.text import decoded, read_text


def texts(tmp_path: Path, content: str | bytes) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [block.text for block in read_text(path).blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_common_encoding_is_read(encoding: str) -> None:
    words = "1.1 The Group’s rules – “no contract” shall cost £5. " * 5
    assert decoded(words.encode(encoding), "a.txt").strip() == words.strip()


def test_wrapped_lines_are_joined_and_paragraphs_kept(tmp_path: Path) -> None:
    content = (
        "1. NAME\n\n1.1 The name of this clinical commissioning group is NHS Anytown Clinical\n"
        "    Commissioning Group, which is a body\n    corporate.\n1.2 The Group shall secure this by:\n"
        "    (a) publishing its plans for everyone who lives in the area to see\n"
        "        and comment upon; and\n    (b) meeting.\n"
    )
    assert texts(tmp_path, content) == [
        "1. NAME",
        "1.1 The name of this clinical commissioning group is NHS Anytown Clinical Commissioning Group, "
        "which is a body corporate.",
        "1.2 The Group shall secure this by:",
        "(a) publishing its plans for everyone who lives in the area to see and comment upon; and",
        "(b) meeting.",
    ]


def test_a_reference_at_the_start_of_a_line_is_no_label(tmp_path: Path) -> None:
    content = (
        "4.1 The Board shall not award any contract except under the rules of paragraph\n"
        "8.6.3 above and shall say why in its minutes.\n"
    )
    assert texts(tmp_path, content) == [" ".join(content.split())]


def test_one_paragraph_a_line_where_nothing_is_wrapped(tmp_path: Path) -> None:
    long = "The Board shall meet in public and publish every paper that it considers seven days before. " * 3
    assert texts(tmp_path, f"Heading\n{long}\nAnother heading\n{long}\n") == [
        "Heading",
        long.strip(),
        "Another heading",
        long.strip(),
    ]


def test_a_word_broken_at_a_line_end_is_made_whole(tmp_path: Path) -> None:
    assert texts(
        tmp_path, "The Board shall meet in public for every decision-\nmaking occasion that there is in the year.\n"
    ) == ["The Board shall meet in public for every decision-making occasion that there is in the year."]


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. One.\n\f2. Two.\n")
    assert [(b.text, b.page) for b in read_text(path).blocks] == [("1. One.", 1), ("2. Two.", 2)]


@given(st.lists(st.text(alphabet="ab (1).-\t", max_size=20), max_size=12))
def test_no_letter_is_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    content = "\n".join(lines)
    found = texts(tmp_path_factory.mktemp("text"), content)
    assert "".join("".join(found).split()) == "".join(content.split())
