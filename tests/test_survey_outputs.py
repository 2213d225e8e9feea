"""What a survey writes: the page, the tables, the chart; each read back, safe to open, readable by everyone."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import GAG, TAX, evidence, library, limb, report, source, weakened
from lxml import html
from PIL import Image
from pyarrow import parquet

from constitution_check.errors import CheckError
from constitution_check.model import Body, DocumentDate, Kind, Report, Status
from constitution_check.reports import palette
from constitution_check.survey import outputs, sheets
from constitution_check.survey.heatmap import TONES, Page
from constitution_check.survey.outputs import write_outputs
from constitution_check.survey.register import Kept, Register
from constitution_check.survey.rows import surveyed
from constitution_check.survey.survey import NotChecked

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> & "x" \x1b[31m'
FORMATS = list(outputs.NAMES)
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def hostile() -> Report:
    """A report in which every text from a document tries to be a formula, mark-up or a command."""
    one = limb("x", Status.WEAKENED, quote=HOSTILE, paragraph="=1+1", weak=((Kind.NO_DUTY, "alert", HOSTILE),))
    finding = weakened().model_copy(update={"limbs": (one,)})
    return report(finding, sources=(source(name=HOSTILE, sha256="ef" * 32, version="@SUM(A1)"),),
                  body=Body(kind="icb", name="+" + HOSTILE))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    held = Register(str(tmp_path_factory.mktemp("register") / "register.sqlite"))
    yield held
    held.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def page_of(register: Register, kept: list[Kept], failed: tuple[NotChecked, ...] = ()) -> Page:
    return Page(register, library(), surveyed(register, kept), failed, [Path("budget.xlsx")],
                datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture(scope="module")
def page(register: Register) -> Page:
    """Two bodies, one with an older version, one hostile, and a file that could not be checked."""
    when = DocumentDate(day=date(2013, 4, 1), kind="cover", evidence=evidence("1 April 2013", "cover"))
    old = report(sources=(source(sha256="aa" * 32, dated=when),))
    kept = [register.keep(report(), "1", Path("anytown.docx")), register.keep(old, "1", Path("old.docx")),
            register.keep(hostile(), "1", Path(f"{HOSTILE.replace('/', '-')}.docx"))]
    return page_of(register, kept, (NotChecked(Path("-scan.pdf"), "It is <b>empty</b>. Send it again."),))


@pytest.fixture(scope="module")
def written(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    write_outputs(page, FORMATS, folder)
    return folder


def map_of(written: Path) -> html.HtmlElement:
    return html.document_fromstring((written / "survey.html").read_text(encoding="utf-8"))


def said(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


# --- the page ------------------------------------------------------------------------------


def test_the_map_has_a_row_for_each_body_and_a_word_and_a_symbol_in_each_cell(written: Path) -> None:
    table = map_of(written).get_element_by_id("map")
    heads = [said(head) for head in table.xpath("./thead/tr[2]/th")]
    rows = [[said(cell) for cell in row] for row in table.xpath("./tbody/tr")]
    assert heads == ["Body", "Gaps", *(one.title for one in library().safeguards)]
    assert rows[0] == ["NHS Anytown CCG not all was read", "3 of 4", "~ Weakened", "✓ Present",
                       "! Contradicted look", "✗ Missing"]
    assert rows[1][1:] == ["1 of 1", "~ Weakened", "not checked", "not checked", "not checked"]


def test_the_map_is_a_table_for_everyone(written: Path) -> None:
    page = map_of(written)
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//caption") == "Bodies and safeguards"
    assert set(page.xpath("//table//th/@scope")) == {"col", "colgroup", "row"}
    assert page.xpath("//table//th[not(@scope)]") == []
    (region,) = page.xpath("//div[@role='region']")
    assert (region.get("tabindex"), region.get("aria-labelledby")) == ("0", "caption")
    assert page.xpath("//main//h2/text()") != []


def test_every_cell_leads_to_its_words(written: Path) -> None:
    page = map_of(written)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a/@href"):
        assert link[0] == "#"
        assert link[1:] in ids
    (cell,) = page.xpath("//td[@data-safeguard='speak']/a")
    section = page.get_element_by_id(cell.get("href")[1:])
    assert "The text rules the opposite in Appendix C, 4(b)." in said(section)
    (quote,) = section.iter("blockquote")
    assert said(quote) == f"“{GAG}”"
    (tax,) = (q for q in page.xpath("//blockquote") if TAX in said(q))
    assert [mark.text for mark in tax.iter("mark")] == ["where practicable", "have regard to"]


def test_the_page_says_what_it_does_not_know(written: Path) -> None:
    text = said(map_of(written))
    assert "Could not be checked: 1 file" in text
    assert "-scan.pdf: It is <b>empty</b>. Send it again." in text
    assert "Not all was read. What is called missing may stand in page 14 (it is a picture without text)." in text
    assert "Passed over: 1 file They lay in the folder and do not look like documents: budget.xlsx." in text
    assert "Other documents that name this body: old.docx (1 April 2013)." in text
    assert "A person should look: the program is not sure (confidence 40%)." in text


def test_the_page_reaches_for_nothing_and_runs_only_its_own_script(written: Path) -> None:
    text = (written / "survey.html").read_text(encoding="utf-8")
    page = map_of(written)
    assert page.xpath("//@src | //link | //iframe | //form") == []
    assert re.findall(r"url\(|@import|https?:", text) == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert re.fullmatch(r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]{44}'", policy)
    assert text.count("<script") == 1
    assert "\x1b" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_every_colour_of_the_map_and_chart_can_be_read() -> None:
    for tone in TONES.values():
        assert palette.contrast(tone.ink, tone.ground) >= 4.5
    assert palette.contrast(palette.MUTED, palette.PANEL) >= 4.5
    assert palette.contrast(palette.ACCENT, palette.PANEL) >= 4.5
    assert len({tone.symbol for tone in TONES.values()}) == len(TONES)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [1280, 320])
def test_the_map_in_a_browser(written: Path, width: int) -> None:
    """Sorted by the keyboard, one theme alone, followed to the words; no part of it wider than the screen."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": width, "height": 640})
        faults: list[str] = []
        asked: list[str] = []
        view.on("console", lambda message: faults.append(message.text))
        view.on("pageerror", lambda error: faults.append(str(error)))
        view.on("request", lambda request: asked.append(request.url))
        view.goto((written / "survey.html").as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        gaps = view.locator("th[data-column='1'] button")
        for expected in (["1 of 1", "3 of 4"], ["3 of 4", "1 of 1"]):
            gaps.focus()
            view.keyboard.press("Enter")
            assert view.locator("tbody td.number").all_inner_texts() == expected
        assert view.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
        assert view.inner_text("#said") == "Sorted by Gaps, last first"
        view.get_by_label("Voice").check()
        assert view.locator("td[data-outcome]:visible").all_inner_texts() == ["! Contradicted\nlook"]
        view.locator("td[data-safeguard='speak'] a").click()
        assert view.locator(":target h4").inner_text().startswith("No one is gagged")
        assert view.locator(":target").evaluate("e => e.getBoundingClientRect().top") < 640
        assert (faults, len(asked)) == ([], 1)
        browser.close()


# --- tables --------------------------------------------------------------------------------


def test_the_csv_holds_every_finding_with_its_passage_and_no_formula(written: Path) -> None:
    with (written / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter((row["safeguard"], row["verdict"], row["contradicted"]) for row in rows) == {
        ("tax", "Weakened", "no"): 3, ("open", "Present", "no"): 2, ("speak", "Missing", "yes"): 2,
        ("stay", "Missing", "no"): 2}
    (tax,) = (row for row in rows if row["safeguard"] == "tax" and row["file"] == "anytown.docx")
    assert (tax["place"], tax["quotation"], tax["latest of this body"]) == ("paragraph 8.6.3(g), page 12", TAX, "yes")
    (old,) = (row for row in rows if row["safeguard"] == "tax" and row["file"] == "old.docx")
    assert (old["document dated"], old["latest of this body"]) == ("2013-04-01", "no")
    bad = next(row for row in rows if row["kind of body"] == "integrated care board")
    assert (bad["body"][:3], bad["version"], bad["quotation"][:6]) == ("'+=", "'@SUM(A1)", "'=cmd|")
    with (written / "not-checked.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [["'-scan.pdf", "It is <b>empty</b>. Send it again."]]


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    assert not sheets.harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert sheets.harmless(text).endswith(text)


def test_the_workbook_holds_the_map_the_findings_and_the_failures_as_plain_text(written: Path) -> None:
    book = openpyxl.load_workbook(written / "survey.xlsx")
    assert book.sheetnames == ["Bodies", "Findings", "Not checked"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    grid = [[cell.value for cell in row] for row in book["Bodies"].iter_rows()]
    assert grid[1][:1] + grid[1][2:] == ["NHS Anytown CCG", 3, "~ Weakened", "✓ Present", "! Contradicted",
                                         "✗ Missing"]
    assert grid[2][3:] == ["~ Weakened", "not checked", "not checked", "not checked"]
    assert any(cell.value == HOSTILE.replace("\x1b", "\ufffd") for cell in book["Findings"]["P"])
    assert book["Findings"].max_row == 1 + 9
    assert [cell.value for cell in book["Not checked"][2]] == ["-scan.pdf", "It is <b>empty</b>. Send it again."]


def test_the_parquet_file_holds_the_same_rows_with_their_kinds(written: Path) -> None:
    rows = parquet.read_table(written / "findings.parquet").to_pylist()
    assert len(rows) == 9
    old = next(row for row in rows if row["file"] == "old.docx" and row["safeguard"] == "tax")
    assert (old["document dated"], old["quotation"], old["confidence"]) == (date(2013, 4, 1), TAX, 0.9)


# --- the chart -----------------------------------------------------------------------------


def test_the_chart_tells_its_numbers_in_words_too(written: Path) -> None:
    svg = (written / "safeguards.svg").read_text(encoding="utf-8")
    assert '<title id="chart-title">Which safeguards 2 constitutions hold</title>' in svg
    assert "No one is gagged: 1 contradicted" in svg
    assert 'role="img"' in svg
    assert re.findall(r"<script|(?:href|src)=\"(?!#)|@import", svg) == []
    with Image.open(written / "safeguards.png") as picture:
        assert "Companies that avoid tax are kept out of contracts: 2 weakened" in picture.info["Description"]
        assert picture.width > 1500


# --- nothing is left in place that does not hold what was found -----------------------------


FAULTS = {
    "html": ("constitution_check.survey.heatmap.NAMES", dict.fromkeys(TONES, "Perhaps")),
    "csv": ("constitution_check.survey.sheets.harmless", str),
    "xlsx": ("constitution_check.survey.sheets._put", lambda *_: None),
    "parquet": ("constitution_check.survey.sheets._batches", lambda rows: [list(rows)[1:]]),
    "svg": ("constitution_check.survey.chart._bar", lambda *_: None),
    "png": ("constitution_check.survey.chart.described", lambda *_: "A chart"),
}


@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_does_not_read_back_is_no_output(
        page: Page, out: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (out / outputs.NAMES[form]).write_bytes(b"an earlier one")
    monkeypatch.setattr(*FAULTS[form])
    with pytest.raises(CheckError, match="does not hold what was found, when read back"):
        write_outputs(page, [form], out)
    assert [path.read_bytes() for path in out.iterdir()] == [b"an earlier one"]


def test_a_place_that_cannot_be_written_is_a_sentence(page: Page, out: Path) -> None:
    (out / "findings.csv").mkdir()
    with pytest.raises(CheckError, match=r"findings\.csv\" cannot be written \(is a directory\)"):
        write_outputs(page, ["csv"], out)


def test_a_survey_of_which_nothing_could_be_checked_says_so(register: Register, out: Path) -> None:
    write_outputs(page_of(register, [], (NotChecked(Path("a.pdf"), "It is empty."),)), FORMATS, out)
    assert "Could not be checked: 1 file" in said(map_of(out))
