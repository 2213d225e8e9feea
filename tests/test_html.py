"""Web pages: numbers as a browser shows them, revisions both ways, what is hidden told apart."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.outline import build
from constitution_check.readers import read
from constitution_check.readers.html import read_html
from constitution_check.readers.html_lists import numeral
from corpus import LIBREOFFICE_SECONDS


def page(tmp_path: Path, body: str, head: str = "") -> Reading:
    path = tmp_path / "a.html"
    path.write_text(
        f"<!DOCTYPE html><html><head><title>t</title>{head}</head><body>{body}</body></html>", encoding="utf-8"
    )
    return read_html(path)


def shown(reading: Reading) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in reading.blocks]


def test_lists_are_numbered_as_a_browser_does(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<ol><li>one<ol type=a start=3><li value=5>five<li>six</ol><li>two</ol><ol reversed><li>x<li>y</ol>"
        "<ol style='list-style-type: upper-roman'><li>r</ol><ol style='list-style:none'><li>n</ol><ul><li>b</ul>",
    )
    assert shown(found) == [
        ("1.", "one"),
        ("e.", "five"),
        ("f.", "six"),
        ("2.", "two"),
        ("2.", "x"),
        ("1.", "y"),
        ("I.", "r"),
        ("", "n"),
        ("•", "b"),
    ]


def test_a_typed_label_in_a_bulleted_list_is_the_label(tmp_path: Path) -> None:
    assert shown(page(tmp_path, "<ul><li>(g) exclude</ul>")) == [("", "(g) exclude")]


def test_revisions_are_given_both_ways(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<ol><li>The Group <del datetime='2014-05-01'>shall</del><ins data-author='Chair'>may</ins> act."
        "<li><ins>New</ins>"
        "<li>Last</ol>",
    )
    assert shown(found) == [("1.", "The Group may act."), ("2.", "New"), ("3.", "Last")]
    assert found.current is not None
    assert [(b.label, b.text) for b in found.current] == [("1.", "The Group shall act."), ("2.", "Last")]
    assert [(c.kind, c.author, c.date, c.text) for c in found.changes] == [
        ("deletion", "", "2014-05-01", "shall"), ("insertion", "Chair", "", "may"), ("insertion", "", "", "New")]


def test_what_is_no_text_is_left_out_and_hidden_text_told_apart(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<nav>Home</nav><script>x</script><p style='display:none'>Hidden</p>"
        "<p>4.1 The Board <b>shall</b>\nnot<br>(a) act"
        "</p><iframe src=y></iframe>",
        "<style>p{}</style>",
    )
    assert [(b.text, b.hidden) for b in found.blocks] == [
        ("Hidden", True),
        ("4.1 The Board shall not", False),
        ("(a) act", False),
    ]
    assert found.unread[0].what == "a page shown inside the page"


def test_tables_headings_and_contents(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<h2>Fees</h2><div id=toc><a href='#a'>1 Fees</a></div><div id=contents><p>Real text.</p></div>"
        "<table><tr><td>4.1<td>It shall</table><table><tr><td>alone</table>",
    )
    assert [(b.text, b.kind, b.cell) for b in found.blocks] == [
        ("Fees", "heading", None),
        ("1 Fees", "contents", None),
        ("Real text.", "paragraph", None),
        ("4.1", "cell", (0, 0, 0)),
        ("It shall", "cell", (0, 0, 1)),
        ("alone", "paragraph", None),
    ]
    assert found.blocks[0].heading_level == 2


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        "<html><head><meta charset=windows-1252></head><body><p>The Group’s £5</p></body></html>".encode("cp1252")
    )
    assert read_html(path).blocks[0].text == "The Group’s £5"


def test_nesting_that_would_lose_text_is_refused(tmp_path: Path) -> None:
    assert page(tmp_path, "<div>" * 200 + "deep" + "</div>" * 200 + "<p>after</p>").blocks[-1].text == "after"
    with pytest.raises(CheckError, match="too deeply nested"):
        page(tmp_path, "<div>" * 90_000 + "deep" + "</div>" * 90_000 + "<p>after</p>")


def test_menus_and_notices_about_cookies_are_left_out(tmp_path: Path) -> None:
    found = page(tmp_path, "<div class='has-cookie-bar'><div id=cookie-notice>We use cookies.</div>"
                 "<div role=search>Search</div><details><summary>1. Name</summary>1.1 It is X.</details></div>")
    assert shown(found) == [("", "1. Name"), ("", "1.1 It is X.")]


def test_notes_stand_beside_the_words_they_belong_to(tmp_path: Path) -> None:
    found = page(tmp_path, "<p>4.1 The Board<a href='#f1' id=r1><sup>1</sup></a> shall meet.</p><p>4.2 It votes.</p>"
                 "<div id=f1><p><a href='#r1'>1</a> Not the <i>Committee</i>.</p><p>Nor the Chair.</p></div>"
                 "<p>See <a href='#f1'>this note</a>.</p>")
    assert [(b.kind, b.text) for b in found.blocks] == [
        ("paragraph", "4.1 The Board shall meet."),
        ("footnote", "Not the Committee."),
        ("footnote", "Nor the Chair."),
        ("paragraph", "4.2 It votes."),
        ("paragraph", "See this note."),
    ]
    assert [p.number for p in build(found.blocks, "a").provisions][:2] == ["4.1", "note to 4.1"]


def test_a_page_that_counts_through_its_lists_is_numbered_so(tmp_path: Path) -> None:
    body = "<ol><li>Name<ol><li>It is X.<li>It lasts.</ol><li>Area<ol><li>All.</ol></ol>"
    assert [label for label, _ in shown(page(tmp_path, body))] == ["1.", "1.", "2.", "2.", "1."]
    through = page(tmp_path, body, "<style>li::marker { content: counters(list-item, '.') }</style>")
    assert [label for label, _ in shown(through)] == ["1.", "1.1", "1.2", "2.", "2.1"]


OFFICE = "<meta name=generator content='LibreOffice 7.4.7.2 (Linux)'>"


def test_the_numbers_that_an_office_program_leaves_out_are_had_back(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<p>Contents</p><p>1. Name 2</p><p>Appendix 1: Rules 3</p>"
        "<ol><li><h1>Name</h1><ol><li><p>It is:</p></ol></ol>"
        "<ol type=a><li value=1><p>X; or</p><li><p>Y.</p></ol>"
        "<ol><ol><li><p>It lasts until:</p><ol><li><p>the end</p></ol></ol></ol>"
        "<ol><li value=1><p>Rules</p><ol><li><p>Meetings</p><ol><li><p>They are open.</p></ol></ol></ol>",
        OFFICE,
    )
    assert shown(found)[3:] == [
        ("1.", "Name"),
        ("1.1", "It is:"),
        ("a.", "X; or"),
        ("b.", "Y."),
        ("1.2", "It lasts until:"),
        ("1.", "the end"),
        ("Appendix 1:", "Rules"),
        ("1.", "Meetings"),
        ("1.1", "They are open."),
    ]
    assert [p.number for p in build(found.blocks, "a").provisions][-6:] == [
        "1.1(b)", "1.2", "1.2(1)", "Appendix 1", "Appendix 1, 1", "Appendix 1, 1.1"]


def test_a_long_sample_as_a_web_page_keeps_its_numbers(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    document = Path(__file__).resolve().parent.parent / "samples" / "icb-2022-long.docx"
    profile = (tmp_path / "profile").resolve().as_uri()
    subprocess.run([program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "html", "--outdir",
                    str(tmp_path), str(document)], check=True, capture_output=True, timeout=LIBREOFFICE_SECONDS)
    made, wanted = (
        [(p.number, p.text) for p in build(read(path).blocks, "a").provisions if p.standing != "contents"]
        for path in (tmp_path / "icb-2022-long.html", document))
    assert made == wanted


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (27, "lower-alpha", "aa"),
        (4, "upper-roman", "IV"),
        (0, "lower-alpha", "0"),
        (5000, "lower-roman", "5000"),
        (12, "decimal", "12"),
    ],
)
def test_numerals(value: int, kind: str, expected: str) -> None:
    assert numeral(value, kind) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ol>",
                "<li>",
                "</ol>",
                "<del>",
                "</del>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "alpha",
                "beta ",
                "<br>",
                "<h1>",
                "</h1>",
                "&nbsp;",
            ]
        ),
        max_size=20,
    )
)
def test_any_markup_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    reading = page(tmp_path_factory.mktemp("html"), "".join(pieces))
    every = " ".join(b.text for b in (*reading.blocks, *(reading.current or ())))
    for word in ("alpha", "beta"):
        assert (word in "".join(pieces)) == (word in every)
