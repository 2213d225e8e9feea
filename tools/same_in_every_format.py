"""The same document in every format: are the provisions, their numbers and the verdicts the same?

Makes each sample, as its Word file gives it, into other formats by LibreOffice, and into a scan (the printed pages as
pictures, with a little noise and set slightly askew); reads and checks all of them, and prints the shares. Run it as
`python -m tools.same_in_every_format [--form FORM]… [SAMPLE…]`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from rapidfuzz.distance import Indel

from constitution_check import check_document
from constitution_check.contained import read_contained
from constitution_check.model import Finding, Provision, Report
from constitution_check.outline import build
from tools.own_lists import with_own_lists

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TWO = (SAMPLES / "icb-2022-long.docx", SAMPLES / "ccg-2012-strong.docx")
FORMS = ("pdf", "html", "odt", "doc", "rtf", "scan")
_SECONDS = 180
_DOTS_AN_INCH = 300
_ALIKE = 0.95
"""Share of letters from which a provision read from a scan holds the same words."""


@dataclass(frozen=True)
class Likeness:
    """How one format compares with the Word file.

    provisions: of the Word file; same: those with the same number and words in the other. findings: verdicts compared;
    alike: those the same; marked: of those that differ, how many a person is asked to look at. lost, moved: what
    differs, in words.
    """

    sample: str
    form: str
    provisions: int
    same: int
    findings: int
    alike: int
    marked: int
    lost: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def likeness(sample: Path, form: str, folder: Path) -> Likeness:
    """The sample as a file of that form (made in the folder) beside the sample itself."""
    made = MAKERS[form](sample, folder)
    wanted = provisions_of(sample)
    lost = list(_lost(wanted, provisions_of(made), _ALIKE if form == "scan" else 1.0))
    one, other = check_document(sample), check_document(made)
    moved = list(_moved(one, other))
    return Likeness(sample.name, form, len(wanted), len(wanted) - len(lost), len(one.findings),
                    len(one.findings) - len(moved), sum(found.needs_review for _, found in moved),
                    tuple(f"{p.number}: {p.text[:70]}" for p in lost),
                    tuple(f"{was.safeguard}: {was.verdict}, as {form} {found.verdict}"
                          f"{' (for a person to look at)' if found.needs_review else ''}" for was, found in moved))


def provisions_of(path: Path) -> list[Provision]:
    """The provisions that count: neither contents lines nor the blank spaces of forms."""
    tree = build(read_contained(path).blocks, path.name).provisions
    return [p for p in tree if p.standing != "contents" and _letters(p)]


def _letters(provision: Provision) -> str:
    return "".join(c for c in provision.text.lower() if c.isalnum())


def _lost(wanted: Sequence[Provision], found: Sequence[Provision], alike: float) -> Iterator[Provision]:
    """The provisions that are not found again under their number with their words; each found one counts once."""
    held: dict[str, list[str]] = {}
    for provision in found:
        held.setdefault(provision.number, []).append(_letters(provision))
    for provision in wanted:
        words = _letters(provision)
        texts = held.get(provision.number, [])
        near = max(texts, key=lambda text: Indel.normalized_similarity(words, text), default="")
        if near and Indel.normalized_similarity(words, near) >= alike:
            texts.remove(near)
        else:
            yield provision


def _moved(one: Report, other: Report) -> Iterator[tuple[Finding, Finding]]:
    """The findings whose verdict, or contradiction, is another."""
    for was, found in zip(one.findings, other.findings, strict=True):
        if (was.verdict, was.contradicted) != (found.verdict, found.contradicted):
            yield was, found


# --- making the files ----------------------------------------------------------------------


def as_office(form: str) -> Callable[[Path, Path], Path]:
    """A maker by LibreOffice."""
    def make(sample: Path, folder: Path) -> Path:
        program = shutil.which("soffice")
        if program is None:
            raise SystemExit("LibreOffice is not installed")
        profile = (folder / "profile").resolve().as_uri()
        subprocess.run([program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form,
                        "--outdir", str(folder), str(sample)], check=True, capture_output=True, timeout=_SECONDS)
        return folder / f"{sample.stem}.{form}"
    return make


def as_old_word(sample: Path, folder: Path) -> Path:
    """A .doc that holds the sample's numbers, which one made straight from it would not (`tools.own_lists`)."""
    (folder / "own").mkdir()
    return as_office("doc")(with_own_lists(sample, folder / "own" / sample.name), folder)


def as_scan(sample: Path, folder: Path) -> Path:
    """A PDF of pictures: the pages at 300 dots an inch, grey, speckled a little and a third of a degree askew."""
    import numpy as np
    import pypdfium2
    from fpdf import FPDF
    from PIL import Image

    printed = as_office("pdf")(sample, folder)
    out, chance = FPDF(unit="pt", format="A4"), np.random.default_rng(7)
    out.set_auto_page_break(auto=False)
    with pypdfium2.PdfDocument(printed) as document:
        for page in document:
            grey = page.render(scale=_DOTS_AN_INCH / 72, grayscale=True).to_pil()
            skewed = grey.rotate(float(chance.uniform(-0.35, 0.35)), fillcolor=255, resample=Image.Resampling.BILINEAR)
            dots = np.asarray(skewed, dtype=np.int16) + chance.normal(-6, 9, (grey.height, grey.width)).astype(np.int16)
            held = BytesIO()
            Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8)).save(held, "jpeg", quality=75)
            out.add_page()
            out.image(held, x=0, y=0, w=out.w, h=out.h)
    path = folder / f"{sample.stem}-scan.pdf"
    out.output(str(path))
    return path


MAKERS: dict[str, Callable[[Path, Path], Path]] = {
    **{form: as_office(form) for form in ("pdf", "html", "odt", "rtf")}, "doc": as_old_word, "scan": as_scan}


# --- the figures ---------------------------------------------------------------------------


def figures(samples: Sequence[Path] = TWO, forms: Sequence[str] = FORMS) -> Iterator[Likeness]:
    """Each sample in each form."""
    for form in forms:
        for sample in samples:
            with tempfile.TemporaryDirectory() as folder:
                yield likeness(sample, form, Path(folder))


def table(found: Sequence[Likeness]) -> str:
    """A Markdown table, one row a form, all samples together."""
    rows = ["| Format | Provisions with the same number and words | Verdicts the same | Of the rest, for a person |",
            "|---|--:|--:|--:|"]
    for form in dict.fromkeys(one.form for one in found):
        held = [one for one in found if one.form == form]
        provisions, same = sum(o.provisions for o in held), sum(o.same for o in held)
        findings, alike = sum(o.findings for o in held), sum(o.alike for o in held)
        rest = findings - alike
        rows.append(f"| {NAMES[form]} | {same:,} of {provisions:,} ({same / provisions:.1%}) | {alike} of {findings} "
                    f"({alike / findings:.1%}) | {f'{sum(o.marked for o in held)} of {rest}' if rest else '-'} |")
    return "\n".join(rows)


NAMES = {"pdf": "PDF, printed", "html": "Web page", "odt": "OpenDocument (.odt)", "doc": "Word 97 (.doc)",
         "rtf": "Rich text (.rtf)", "scan": "Scan, 300 dots an inch"}


def main() -> None:
    """Print the table, and with --misses what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", type=Path, default=TWO)
    parser.add_argument("--form", action="append", choices=FORMS, help="this form only; give it again for more")
    parser.add_argument("--misses", action="store_true", help="say what differs")
    asked = parser.parse_args()
    found = []
    for one in figures(asked.samples, asked.form or FORMS):
        found.append(one)
        if asked.misses:
            print(f"{one.sample} as {one.form}:", *one.lost, *one.moved, sep="\n  ")
    print(table(found))


if __name__ == "__main__":
    main()
