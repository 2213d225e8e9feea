"""The report on a terminal, as a web page and as JSON."""

from __future__ import annotations

import json
import os
import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import jsonschema
from invented import GAG, TAX, contradicted, library, limb, missing, present, report, source, weakened
from lxml import html
from rich.console import Console

from constitution_check import words
from constitution_check.model import Kind, Report, Status
from constitution_check.reports import quoting
from constitution_check.reports.html import render_html
from constitution_check.reports.jsonreport import json_schema, render_json
from constitution_check.reports.terminal import LONGEST_QUOTE, render_terminal, shortened

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = '<script>alert(1)</script> & "x" \x1b[31m[bold]red[/bold]'


def on_terminal(of: Report | None = None, width: int = 80, colour: bool = False) -> str:
    """What the terminal shows, with colour codes only where asked for."""
    made, page = of or report(), StringIO()
    console = Console(file=page, width=width, force_terminal=colour, color_system="standard" if colour else None,
                      highlight=False)
    render_terminal(made, library(made), console)
    return page.getvalue()


def page_of(of: Report | None = None) -> html.HtmlElement:
    made = of or report()
    return html.document_fromstring(render_html(made, library(made)))


def said(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def hostile() -> Report:
    """A report in which every text from outside tries to be mark-up or a terminal command."""
    one = limb("x", Status.WEAKENED, quote=HOSTILE, paragraph="1", weak=((Kind.NO_DUTY, "alert", HOSTILE),))
    finding = weakened().model_copy(update={"limbs": (one,), "title": HOSTILE, "ask": HOSTILE, "theme": HOSTILE})
    return report(finding, sources=(source(name=HOSTILE),))


# --- terminal ------------------------------------------------------------------------------


def test_the_terminal_report_is_as_agreed() -> None:
    """Renewed by running this test with RENEW_GOLDEN=1, and then read as a diff."""
    if os.environ.get("RENEW_GOLDEN"):
        (GOLDEN / "report-terminal.txt").write_text(on_terminal(), encoding="utf-8")
    assert on_terminal() == (GOLDEN / "report-terminal.txt").read_text(encoding="utf-8")


def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks() -> None:
    for width in (60, 80, 132):
        assert [line for line in on_terminal(width=width).splitlines() if len(line) > width or line[-1:] == " "] == []


def test_what_could_not_be_read_comes_before_any_verdict() -> None:
    shown = on_terminal()
    unread = shown.index("page 14: it is a picture without text")
    assert unread < shown.index("Of 4 safeguards") < shown.index("MISSING")


def test_every_safeguard_has_a_symbol_a_word_and_its_id_worst_first() -> None:
    heads = re.findall(r"^(\S) ([A-Z, ]+)  .*\[(\w+)\]$", on_terminal(), flags=re.MULTILINE)
    assert heads == [("!", "MISSING, CONTRADICTED", "speak"), ("✗", "MISSING", "stay"), ("~", "WEAKENED", "tax"),
                     ("✓", "PRESENT", "open")]


def test_colour_adds_no_word_and_its_lack_takes_none_away() -> None:
    coloured = on_terminal(colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == on_terminal()


def test_no_text_of_a_document_commands_the_terminal() -> None:
    shown = on_terminal(hostile())
    assert "\x1b" not in shown
    assert "[bold]red[/bold]" in shown


def test_a_long_quotation_is_cut_round_its_weak_words_and_says_so() -> None:
    text = "Start " + "and so on and so forth " * 60 + "where practicable " + "and yet more and more " * 60 + "end."
    at = text.index("where practicable")
    pieces = shortened(quoting.Passage("p", "", text, ((at, at + 17),)), LONGEST_QUOTE)
    shown = "".join(piece for piece, _ in pieces)
    assert [piece for piece, weak in pieces if weak] == ["where practicable"]
    assert shown.startswith("[…] ")
    assert shown.endswith(" […]")
    assert shown.removeprefix("[…] ").removesuffix(" […]") in text
    assert len(shown) <= LONGEST_QUOTE + 8


def test_a_short_quotation_is_shown_whole() -> None:
    assert "".join(text for text, _ in shortened(quoting.Passage("p", "", TAX), LONGEST_QUOTE)) == TAX


# --- web page ------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_anyone() -> None:
    made = report()
    text = render_html(made, library(made))
    page = html.document_fromstring(text)
    assert page.xpath("//script | //link | //img | //iframe | //*[@src]") == []
    assert [href for href in page.xpath("//@href") if not href.startswith("#")] == []
    assert re.findall(r"url\(|@import|https?:", text) == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"]


def test_the_page_is_in_british_english_with_a_title_and_a_way_past_the_head() -> None:
    page = page_of()
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Gap report: NHS Anytown CCG"
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert page.xpath("count(//h1)") == 1


def test_headings_skip_no_level_and_every_link_leads_somewhere() -> None:
    page = page_of()
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} | set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_the_table_has_a_caption_and_heads_for_rows_and_columns() -> None:
    page = page_of()
    assert page.findtext(".//caption") == "Every safeguard, worst first"
    rows = [[said(cell) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [["No one is gagged", "Missing, contradicted", "Appendix C, 4(b)"],
                    ["Safeguards outlive a merger", "Missing", "nothing found"],
                    ["Companies that avoid tax are kept out of contracts", "Weakened", "8.6.3(g)"],
                    ["Decisions are taken where people can watch", "Present", "6.1"]]
    assert page.xpath("//tbody/tr/th/@scope") == ["row"] * 4


def test_the_page_marks_the_weak_words_inside_the_quotation() -> None:
    page = page_of()
    (quote,) = (q for q in page.xpath("//blockquote") if TAX in said(q))
    assert said(quote) == f"“{TAX}”"
    assert [mark.text for mark in quote.iter("mark")] == ["where practicable", "have regard to"]


def test_the_page_tells_all_that_the_word_report_tells() -> None:
    text = said(page_of())
    for sentence in ("page 14: it is a picture without text", "The text rules the opposite in Appendix C, 4(b).",
                     "The Group must exclude any contractor", "A source about tax (2012-06)", words.NOT_LEGAL_ADVICE,
                     "Wording to ask for The Group must secure papers.",
                     "Nearest passage, not enough: It speaks of members, not of the public.",
                     "This turns on tracked changes by A. Clerk", "A person should look at", GAG,
                     "An escape hatch: “where practicable” (paragraph 8.6.3(g)). The duty falls away"):
        assert sentence in text


def test_no_text_of_a_document_becomes_mark_up() -> None:
    made = hostile()
    text = render_html(made, library(made))
    assert "<script" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


# --- JSON ----------------------------------------------------------------------------------


def test_the_json_report_keeps_to_its_schema() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for made in (report(), report(present()), report(sources=(source(pages=None, unread=()),))):
        jsonschema.validate(json.loads(render_json([made])), schema)


def test_the_schema_refuses_what_is_no_report() -> None:
    good = json.loads(render_json([report()]))
    validator = jsonschema.Draft202012Validator(json_schema())
    for name in ("schema", "tool", "library", "checked_at", "sources", "body", "summary", "findings"):
        assert not validator.is_valid({key: value for key, value in good.items() if key != name}), name
    good["findings"][0]["verdict"] = "perhaps"
    assert not validator.is_valid(good)


def test_the_json_report_has_the_form_of_version_1() -> None:
    made = json.loads(render_json([report()]))
    finding = made["findings"][0]
    assert set(made) == {"schema", "tool", "library", "checked_at", "sources", "body", "law", "summary",
                         "findings"}
    assert made["schema"] == 1
    assert set(made["sources"][0]) == {"name", "sha256", "format", "pages", "words", "role", "joined_by", "dated",
                                       "version", "unread", "revisions", "notes"}
    assert made["summary"] == {"present": 1, "weakened": 1, "missing": 2, "contradicted": 1, "needs_review": 1}
    assert set(finding) == {"safeguard", "title", "theme", "verdict", "contradicted", "confidence", "needs_review",
                            "doubts", "as_current", "ask", "law", "limbs"}
    assert set(finding["limbs"][0]) == {"limb", "essential", "status", "basis", "weaknesses", "evidence",
                                                 "nearest"}
    (evidence,) = finding["limbs"][0]["evidence"]
    assert set(evidence) == {"source", "paragraph", "heading", "page", "printed_page", "quote", "start", "end"}
    assert set(finding["limbs"][0]["weaknesses"][0]) == {"kind", "quote", "paragraph", "why", "source", "start"}


def test_several_reports_are_an_array_in_order() -> None:
    made = json.loads(render_json([report(missing()), report(contradicted())], several=True))
    assert [one["findings"][0]["safeguard"] for one in made] == ["stay", "speak"]
    assert json.loads(render_json([], several=True)) == []
