"""The sample constitutions: each gives what its keeper expects of it, and is what its text builds."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

from constitution_check import check_document
from constitution_check.model import Constitution, Finding, LimbResult, Report, Status
from constitution_check.outline import build
from constitution_check.readers import read
from samples.builder.make import AS_PDF, EXPECTED, SAMPLES, expectations, parts_of, texts
from samples.builder.numbers import numbered
from samples.builder.shapes import SHAPES

WANTED: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))
FILES = sorted(WANTED)
CASES = [(name, safeguard) for name in FILES for safeguard in WANTED[name]["safeguards"]]
LONG_WORDS = 10_000
OPENING = 40
"""Letters by which a paragraph is known again in the PDF, where a footnote's mark is a figure in the text."""


@lru_cache
def report_of(name: str) -> Report:
    """The report on a sample; made once for all tests of a process."""
    return check_document(SAMPLES / name)


@lru_cache
def outline_of(name: str) -> Constitution:
    """A sample as it is read."""
    return build(read(SAMPLES / name).blocks, name)


def misses(finding: Finding, wanted: dict[str, Any]) -> Iterator[str]:
    """In words, wherever a finding is not what was expected."""
    got = (finding.verdict, finding.contradicted, finding.as_current)
    if got != (wanted["verdict"], wanted["contradicted"], wanted.get("as_current")):
        yield (f"expected {wanted['verdict']}, contradicted {wanted['contradicted']}, as current "
               f"{wanted.get('as_current')}; found {finding.verdict}, {finding.contradicted}, {finding.as_current}")
    assert {limb.limb for limb in finding.limbs} == set(wanted["limbs"])
    for limb in finding.limbs:
        yield from limb_misses(limb, wanted["limbs"][limb.limb])


def limb_misses(limb: LimbResult, wanted: dict[str, Any]) -> Iterator[str]:
    """In words, wherever a limb is not what was expected.

    Kinds must be those expected and no others; on an absent limb, where they only note what stands somewhere, those
    expected must be among them.
    """
    kinds = {weakness.kind.value for weakness in limb.weaknesses}
    at = {span.paragraph for span in limb.evidence} | {weakness.paragraph for weakness in limb.weaknesses}
    if limb.status != wanted["status"]:
        yield f"{limb.limb}: expected {wanted['status']}, found {limb.status} at {sorted(at)}"
    missing, more = set(wanted["kinds"]) - kinds, kinds - set(wanted["kinds"])
    if missing or (more and limb.status is not Status.ABSENT):
        yield f"{limb.limb}: expected the kinds {wanted['kinds']}, found {sorted(kinds)}"
    if not set(wanted["paragraphs"]) <= at:
        yield f"{limb.limb}: expected evidence at {wanted['paragraphs']}, found {sorted(at)}"


@pytest.mark.parametrize(("name", "safeguard"), CASES)
def test_each_sample_gives_what_is_expected(name: str, safeguard: str) -> None:
    (finding,) = (f for f in report_of(name).findings if f.safeguard == safeguard)
    assert list(misses(finding, WANTED[name]["safeguards"][safeguard])) == []


@pytest.mark.parametrize("name", FILES)
def test_every_quotation_is_a_verbatim_span_at_its_paragraph(name: str) -> None:
    said: dict[str, list[str]] = {}
    for provision in outline_of(name).provisions:
        said.setdefault(provision.number, []).append(provision.text)
    astray = []
    for limb in (limb for finding in report_of(name).findings for limb in finding.limbs):
        astray += [(span.paragraph, span.quote) for span in (*limb.evidence, *limb.nearest)
                   if not any(text[span.start:span.end] == span.quote for text in said.get(span.paragraph, []))]
        astray += [(weak.paragraph, weak.quote) for weak in limb.weaknesses
                   if not any(weak.quote in text for text in said.get(weak.paragraph, []))]
    assert astray == []


@pytest.mark.parametrize("name", FILES)
def test_the_body_is_known(name: str) -> None:
    body = report_of(name).body
    assert {"kind": body.kind, "name": body.name} == WANTED[name]["body"]


@pytest.mark.parametrize("name", list(texts()))
def test_every_paragraph_has_the_number_that_its_builder_counted(name: str) -> None:
    source = texts()[name]
    counted = [one.cited for one in numbered(source.lines, SHAPES[source.head["shape"]]) if one.label]
    read_as = [p.number for p in outline_of(f"{name}.docx").provisions
               if any(c.isalnum() for c in p.label) and p.number != "contents"]
    assert read_as == counted


@pytest.mark.parametrize("name", AS_PDF)
def test_the_pdf_gives_the_numbers_and_findings_of_the_word_file(name: str) -> None:
    def numbers(file: str) -> list[tuple[str, str]]:
        return [(p.number, p.text[:OPENING]) for p in outline_of(file).provisions
                if any(c.isalnum() for c in p.label) and p.standing == "operative" and p.number != "contents"]

    def found(file: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        return [(f.safeguard, f.verdict, [(limb.limb, limb.status) for limb in f.limbs])
                for f in report_of(file).findings]

    assert numbers(f"{name}.pdf") == numbers(f"{name}.docx")
    assert found(f"{name}.pdf") == found(f"{name}.docx")


@pytest.mark.parametrize("name", list(texts()))
def test_building_a_sample_again_gives_the_same_file(name: str) -> None:
    with zipfile.ZipFile(SAMPLES / f"{name}.docx") as archive:
        built = {member: archive.read(member).decode("utf-8") for member in archive.namelist()}
    assert parts_of(name, texts()[name]) == built


def test_the_expectations_are_those_written_beside_the_texts() -> None:
    assert expectations() == WANTED


def test_every_built_file_has_expectations() -> None:
    assert sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".docx", ".pdf")) == FILES


def test_two_samples_are_as_long_as_real_constitutions() -> None:
    long = {WANTED[name]["body"]["kind"] for name in FILES if report_of(name).sources[0].words > LONG_WORDS}
    assert long == {"ccg", "icb"}


def test_the_readme_says_what_each_sample_shows() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in readme] == []
