"""The survey as rows: one for each safeguard in each document, as CSV, as a spreadsheet and as Parquet.

Cells that a spreadsheet would take for a formula are made harmless: in CSV by an apostrophe, which spreadsheets
show; in XLSX by the kind of the cell, so that the words stay as they are. Parquet holds no formulas.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constitution_check.survey.rows import Cell, Version
from constitution_check.survey.tally import Tally, outcome, outcome_of
from constitution_check.words import BODIES, VERDICTS

if TYPE_CHECKING:
    from constitution_check.clause_records import Safeguard
    from constitution_check.survey.survey import NotChecked

COLUMNS = ("body", "kind of body", "file", "document dated", "version", "latest of this body", "theme", "safeguard",
           "title", "verdict", "contradicted", "needs review", "confidence", "finding", "place", "quotation", "why",
           "parts not read", "checked at", "library", "program", "sha256")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 2_000
_XLSX_MOST = 32_767
"""Most characters of one cell of a spreadsheet (Excel's limit)."""

Row = tuple[Any, ...]


def rows_of(versions: Iterable[Version]) -> Iterator[Row]:
    """The rows, in the order of the columns; days and numbers as such, yes and no as words."""
    for version in versions:
        for cell in version.cells:
            yield _row(version, cell)


def _row(version: Version, cell: Cell) -> Row:
    first = cell.quotations[0] if cell.quotations else None
    return (version.body, BODIES.get(version.kind, version.kind),  # type: ignore[call-overload]
            version.file, version.dated, version.version, _yes(version.latest), cell.theme, cell.safeguard, cell.title,
            VERDICTS[cell.verdict], _yes(cell.contradicted), _yes(cell.needs_review), cell.confidence, cell.says,
            first.place if first else "", first.quote if first else "", first.why if first else "",
            len(version.unread), version.checked_at.replace(tzinfo=None), version.library, version.program,
            version.sha256)


def _yes(so: bool) -> str:
    return "yes" if so else "no"


def _count(tally: Tally, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        tally[row[7], outcome(row[9], row[10] == "yes")] += 1
        yield row


# --- CSV -------------------------------------------------------------------------------------------------------


def harmless(value: object) -> str:
    """A cell as text; an apostrophe before what a spreadsheet would take for a formula."""
    text = "" if value is None else value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def write_csv(versions: Iterable[Version], target: Path) -> Tally:
    """Write findings as CSV (UTF-8 with a mark, which spreadsheets need to see) and give what it holds."""
    tally: Tally = Tally()
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([harmless(value) for value in row] for row in _count(tally, rows_of(versions)))
    return tally


def read_csv(path: Path) -> Tally:
    """What a CSV holds, read back row by row; a row with a formula counts as none."""
    tally: Tally = Tally()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if not any(str(value).startswith(_FORMULA) for value in row.values()):
                tally[row["safeguard"], outcome(row["verdict"], row["contradicted"] == "yes")] += 1
    return tally


def write_failures(failed: Iterable[NotChecked], target: Path) -> Tally:
    """Write the files that could not be checked, with the reasons."""
    tally: Tally = Tally()
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "why it could not be checked"))
        for one in failed:
            writer.writerow((harmless(one.file), harmless(one.sentence)))
            tally["", "not checked"] += 1
    return tally


def read_failures(path: Path) -> Tally:
    """How many files such a list names."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Tally({("", "not checked"): rows} if (rows := sum(1 for _ in csv.reader(file)) - 1) else {})


# --- Parquet ---------------------------------------------------------------------------------------------------


def write_parquet(versions: Iterable[Version], target: Path) -> Tally:
    """Write findings as Parquet, batch by batch, and give what it holds."""
    import pyarrow
    from pyarrow import parquet

    kinds = {"document dated": pyarrow.date32(), "confidence": pyarrow.float64(), "parts not read": pyarrow.int32(),
             "checked at": pyarrow.timestamp("s")}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in COLUMNS])
    tally: Tally = Tally()
    with parquet.ParquetWriter(str(target), schema) as writer:
        for batch in _batches(_count(tally, rows_of(versions))):
            columns = [pyarrow.array(values, field.type) for values, field in zip(zip(*batch, strict=True), schema,
                                                                                  strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
    return tally


def read_parquet(path: Path) -> Tally:
    """What a Parquet file holds, read back batch by batch."""
    from pyarrow import parquet

    tally: Tally = Tally()
    with parquet.ParquetFile(str(path)) as file:
        for batch in file.iter_batches(columns=["safeguard", "verdict", "contradicted"]):
            tally.update((row["safeguard"], outcome(row["verdict"], row["contradicted"] == "yes"))
                         for row in batch.to_pylist())
    return tally


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


# --- XLSX ------------------------------------------------------------------------------------------------------


def write_xlsx(versions: Iterable[Version], safeguards: Sequence[Safeguard], failed: Iterable[NotChecked],
               target: Path) -> Tally:
    """Write a workbook (bodies by safeguards, findings, what could not be checked) and give what its findings hold."""
    import xlsxwriter

    tally: Tally = Tally()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "d mmmm yyyy"}
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"title": "Survey of constitutions", "author": "Constitution Check"})
        grid, findings, lost = (book.add_worksheet(name) for name in ("Bodies", "Findings", "Not checked"))
        formats = _formats(book)
        _head(findings, COLUMNS, formats, [22 if name != "quotation" else 70 for name in COLUMNS])
        _head(lost, ("file", "why it could not be checked"), formats, [50, 100])
        _head(grid, ("body", "document dated", "gaps", *(one.title for one in safeguards)), formats,
              [44, 18, 8, *(16 for _ in safeguards)])
        row = grid_row = 0
        for version in versions:
            if version.latest:
                grid_row += 1
                _grid_row(grid, grid_row, version, safeguards, formats)
            for values in _count(tally, rows_of([version])):
                row += 1
                for column, value in enumerate(values):
                    _put(findings, row, column, value, formats["plain"])
        for row, one in enumerate(failed, 1):
            lost.write_string(row, 0, str(one.file), formats["plain"])
            lost.write_string(row, 1, one.sentence, formats["plain"])
        findings.autofilter(0, 0, max(sum(tally.values()), 1), len(COLUMNS) - 1)
    return tally


def _formats(book: Any) -> dict[str, Any]:
    from constitution_check.survey.heatmap import TONES

    made = {name: book.add_format({"font_color": f"#{tone.ink}", "bg_color": f"#{tone.ground}", "border": 1,
                                   "border_color": "#B9C3CD"}) for name, tone in TONES.items()}
    made["head"] = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2})
    made["plain"] = book.add_format({"valign": "top"})
    made["day"] = book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
    return made


def _head(sheet: Any, names: Iterable[str], formats: dict[str, Any], widths: list[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 1)


def _grid_row(sheet: Any, row: int, version: Version, safeguards: Sequence[Safeguard], formats: dict[str, Any]) -> None:
    from constitution_check.survey.heatmap import NAMES, TONES

    _put(sheet, row, 0, version.body, formats["plain"])
    _put(sheet, row, 1, version.dated, formats["day"])
    _put(sheet, row, 2, version.gaps, formats["plain"])
    found = {cell.safeguard: outcome_of(cell) for cell in version.cells}
    for column, safeguard in enumerate(safeguards, 3):
        name = found.get(safeguard.id)
        sheet.write_string(row, column, f"{TONES[name].symbol} {NAMES[name]}" if name else "not checked",
                           formats[name or "plain"])


def _put(sheet: Any, row: int, column: int, value: object, form: Any) -> None:
    """A cell of the value's own kind; text is never more than text."""
    if isinstance(value, (date, datetime)):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, form)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value)[:_XLSX_MOST], form)


def read_xlsx(path: Path) -> Tally:
    """What the findings of a workbook hold, read back row by row; a row with a formula counts as none."""
    import openpyxl

    tally: Tally = Tally()
    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    try:
        for row in book["Findings"].iter_rows(min_row=2):
            if all(cell.data_type != "f" for cell in row):
                tally[row[7].value, outcome(row[9].value, row[10].value == "yes")] += 1
    finally:
        book.close()
    return tally
