"""What reading costs in its own process, beside bare extraction of the same file: `python -m bench.reading`.

100 pages as Word and as PDF, made from the longest sample. "bare" is lxml taking the text out of the Word file's main
part, and pypdfium2 taking it out of each page by rectangles. "reader" is our reader in the same process, "child" the
whole way: the child that reads and the program that checks what it sends. Processor seconds are those of the program,
of the template and of the children. The mark is twice the bare extraction.
"""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WORDS = 36_000  # 100 pages as they are set
ROUNDS, RUNS = 3, 10
IDLE = 3.0  # seconds in which the template imports the readers, as it does whenever it has nothing to do


class Cost(NamedTuple):
    """Seconds of processor and of clock."""

    cpu: float
    clock: float


def build_files(folder: Path) -> dict[str, Path]:
    """The Word file, and the PDF of 100 pages."""
    from bench.long_document import build_long_document

    samples = sorted((ROOT / "samples").glob("*.docx"), key=lambda sample: sample.stat().st_size)
    word = folder / "hundred.docx"
    build_long_document(samples[-1], word, WORDS)
    pdf = folder / "hundred.pdf"
    build_pdf(word, pdf)
    return {"docx": word, "pdf": pdf}


def build_pdf(word: Path, target: Path) -> None:
    """The Word file's text, numbers included, as a PDF of a plain page layout."""
    from fpdf import FPDF

    from constitution_check.readers.word import read_word

    page = FPDF(unit="pt", format="A4")
    page.set_auto_page_break(auto=True, margin=60)
    page.set_font("Helvetica", size=11)
    page.add_page()
    for block in read_word(word).blocks:
        text = f"{block.label} {block.text}".strip().encode("latin-1", "replace").decode("latin-1")
        page.multi_cell(w=0, h=14, text=text, new_x="LMARGIN", new_y="NEXT")
        page.ln(5)
    page.output(str(target))


def bare_docx(path: Path) -> int:
    """The words of the main part, by lxml alone."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return len(" ".join(str(text) for text in tree.itertext()).split())


def bare_pdf(path: Path) -> int:
    """The words of every page, by pypdfium2's rectangles alone."""
    import pypdfium2

    words = 0
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            words += sum(len(text.get_text_bounded(*text.get_rect(n)).split()) for n in range(text.count_rects()))
    return words


def in_process(path: Path) -> int:
    """The words, by our reader in this process."""
    from constitution_check.readers import read

    return sum(len(block.text.split()) for block in read(path).blocks)


def in_child(path: Path) -> int:
    """The words, by the child."""
    from constitution_check.contained import read_contained

    return sum(len(block.text.split()) for block in read_contained(path).blocks)


def cost(step: Callable[[Path], int], path: Path) -> Cost:
    """Of several rounds the one that cost least, for one run of the step; imports are not counted.

    A round is of many runs, because the system counts other processes' time in hundredths of a second.
    """
    from constitution_check.contained import started

    step(path)
    time.sleep(IDLE)
    rounds = []
    for _ in range(ROUNDS):
        before, start = _cpu(started.template_pid()), time.perf_counter()
        for _ in range(RUNS):
            step(path)
        rounds.append(Cost((_cpu(started.template_pid()) - before) / RUNS, (time.perf_counter() - start) / RUNS))
    return Cost(min(one.cpu for one in rounds), min(one.clock for one in rounds))


def _cpu(template: int) -> float:
    """Processor seconds of this process, of the template and of the children that it has waited for."""
    own = time.process_time()
    if not template:
        return own
    fields = Path(f"/proc/{template}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return own + sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Builds both files, measures every way and prints the table."""
    folder = ROOT / "out" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    print("Building 100 pages ...", flush=True)
    print(f"{'':6}{'':8}{'cpu s':>8}{'clock s':>9}{'x bare':>8}")
    for kind, path in build_files(folder).items():
        bare = cost({"docx": bare_docx, "pdf": bare_pdf}[kind], path)
        for name, taken in (("bare", bare), ("reader", cost(in_process, path)), ("child", cost(in_child, path))):
            print(f"{kind:6}{name:8}{taken.cpu:8.3f}{taken.clock:9.3f}{taken.cpu / bare.cpu:8.1f}")


if __name__ == "__main__":
    main()
