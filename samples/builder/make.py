"""From the texts to the built files."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from samples.builder.expected import expected_of
from samples.builder.markup import Source, read_source
from samples.builder.numbers import numbered
from samples.builder.shapes import SHAPES
from samples.builder.word import word_parts, write_word

SAMPLES = Path(__file__).resolve().parents[1]
TEXTS = SAMPLES / "text"
PAGES = TEXTS / "pages.json"
EXPECTED = SAMPLES / "expected.json"
AS_PDF = ("icb-new-merger",)
"""The samples that are also given as PDF."""


def texts() -> dict[str, Source]:
    """Every sample by its name, in order."""
    return {path.stem: read_source(path) for path in sorted(TEXTS.glob("*.txt"))}


def parts_of(name: str, source: Source) -> dict[str, str]:
    """The members of a sample's .docx."""
    pages = json.loads(PAGES.read_text(encoding="utf-8")) if PAGES.exists() else {}
    return word_parts(source, pages.get(name, {}))


def expectations() -> dict[str, Any]:
    """What is expected of every built file."""
    found: dict[str, Any] = {}
    for name, source in texts().items():
        for suffix in (".docx", *([".pdf"] if name in AS_PDF else [])):
            found[name + suffix] = expected_of(TEXTS / f"{name}.toml", source)
    return found


def build_all() -> None:
    """Write every .docx, and expected.json."""
    for name, source in texts().items():
        write_word(parts_of(name, source), SAMPLES / f"{name}.docx")
    EXPECTED.write_text(json.dumps(expectations(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def find_pages() -> dict[str, dict[str, int]]:
    """For every sample the page of each heading that its contents page names, as LibreOffice sets it."""
    import pypdfium2

    found: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, source in texts().items():
            docx = Path(folder) / f"{name}.docx"
            write_word(parts_of(name, source), docx)
            pdf = pypdfium2.PdfDocument(as_pdf(docx, Path(folder)))
            found[name] = _pages(source, [" ".join(page.get_textpage().get_text_range().split()) for page in pdf])
            pdf.close()
    return found


def _pages(source: Source, texts_of_pages: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    at = next((page for page, text in enumerate(texts_of_pages) if " Contents " in f" {text} "), 0) + 1
    for one in numbered(source.lines, SHAPES[source.head["shape"]]):
        if one.line.mark in ("#", "@"):
            wanted = (f"{one.label} {one.line.text}", f"{one.label}] {one.line.text}")  # "[9.]" where changes are shown
            at = next((page for page in range(at, len(texts_of_pages))
                       if any(words in texts_of_pages[page] for words in wanted)), at)
            places[one.cited] = at + 1
    return places


def make_pdf() -> None:
    """Write the PDF of each sample that is given as one too."""
    with tempfile.TemporaryDirectory() as folder:
        for name in AS_PDF:
            shutil.copy(as_pdf(SAMPLES / f"{name}.docx", Path(folder)), SAMPLES / f"{name}.pdf")


def as_pdf(docx: Path, folder: Path) -> Path:
    """The file as LibreOffice prints it. Raises CalledProcessError or FileNotFoundError where it cannot."""
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
                    "--outdir", str(folder), str(docx)], check=True, capture_output=True, timeout=180)
    made = folder / f"{docx.stem}.pdf"
    if not made.exists():
        raise FileNotFoundError(f"LibreOffice made no PDF of {docx.name}")
    return made
