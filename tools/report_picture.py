"""Draws docs/images/report-page.png, the README's picture of a report: `make picture`.

It is a real page: a sample is checked, the Word report laid out by LibreOffice, one page of it turned into a
picture with a thin edge. Needs LibreOffice (soffice), and Pillow from the extra `test`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "ccg-2012-weak-safeguards.docx"
PICTURE = ROOT / "docs" / "images" / "report-page.png"
SAFEGUARDS = ("tax-avoidance-exclusion",)
ON_THE_PAGE = ("Gap 1:", "Why it matters")
DOTS_PER_INCH = 90
COLOURS = 128
EDGE = "#b0b7c3"


def report_to_pdf(report: Path, folder: Path) -> Path:
    """Lays a Word report out as PDF beside it; raises CalledProcessError where LibreOffice cannot."""
    profile = (folder / "profile").as_uri()
    subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
                    "--outdir", str(folder), str(report)], check=True, timeout=180, stdout=subprocess.DEVNULL)
    return report.with_suffix(".pdf")


def draw(sample: Path, picture: Path) -> None:
    """Checks the sample for one safeguard and draws the page of its Word report that shows the first gap."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "report.docx"
        wanted = [word for safeguard in SAFEGUARDS for word in ("--safeguard", safeguard)]
        done = subprocess.run([sys.executable, "-m", "constitution_check", "check", str(sample), *wanted,
                               "--format", "word", "--out", str(report)], cwd=ROOT, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(done.returncode)
        pdf = report_to_pdf(report, folder)
        page_picture(pdf).save(picture, optimize=True)


def page_picture(pdf: Path) -> Image.Image:
    """The first page that holds the wanted words, as a picture of few colours, which keeps the file small."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = next(page for page in document if all(words in text_of(page) for words in ON_THE_PAGE))
        drawn = page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("RGB")
    finally:
        document.close()
    return ImageOps.expand(drawn, border=1, fill=EDGE).quantize(COLOURS)


def text_of(page: pypdfium2.PdfPage) -> str:
    """The words of a page."""
    return str(page.get_textpage().get_text_range())


if __name__ == "__main__":
    draw(SAMPLE, PICTURE)
    print(f"Drew {PICTURE.relative_to(ROOT)}")
