"""A real document as Word numbers it, against the same document printed to PDF and read from there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from constitution_check.model import Provision
from constitution_check.outline import build
from constitution_check.readers import read
from corpus import LIBREOFFICE_SECONDS, corpus


def beginning(provision: Provision) -> str:
    """The first letters of a provision, by which it is found again."""
    return "".join(c for c in provision.text if c.isalnum())[:30]


def test_a_printed_document_keeps_its_numbers(tmp_path: Path) -> None:
    document = corpus("numbering") / "en_ukpgaen_20240015_en.docx"
    program = shutil.which("soffice")
    if program is None or not document.exists():
        pytest.skip("LibreOffice or the document is not on this machine")
    profile = (tmp_path / "profile").resolve().as_uri()
    subprocess.run(
        [
            program,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(document),
        ],
        check=True,
        capture_output=True,
        timeout=LIBREOFFICE_SECONDS,
    )
    printed = build(read(tmp_path / f"{document.stem}.pdf").blocks, "pdf").provisions
    found = {(beginning(p), p.number) for p in printed}
    wanted = [p for p in build(read(document).blocks, "docx").provisions if p.label and p.label != "•" and beginning(p)]
    lost = [f"{p.number} {p.text[:40]}" for p in wanted if (beginning(p), p.number) not in found]
    assert len(wanted) > 300
    assert len(lost) <= 0.03 * len(wanted), lost
