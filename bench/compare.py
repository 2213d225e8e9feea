"""What reports and comparisons of a long constitution take beside a check of it: `python -m bench.compare`.

The steps of one measure run in one process, one after the other, and the ratio is of their processor time. The
earlier version is the long document, the later the same with every tenth paragraph made weaker.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.long_document import build_long_document

ROOT = Path(__file__).resolve().parent.parent
WORDS = 45_000
ROUNDS = 3
_WEAKER = {" shall ": " may ", " will ": " may ", " must ": " should "}


def weaken(old: Path, new: Path) -> None:
    """Write the document with the duties of every tenth paragraph that has one taken away."""
    from docx import Document

    document = Document(str(old))
    duties = [p for p in document.paragraphs if any(word in p.text for word in _WEAKER)]
    for paragraph in duties[::10]:
        for run in paragraph.runs:
            for firm, weak in _WEAKER.items():
                run.text = run.text.replace(firm, weak)
    document.save(str(new))


def seconds(step: Callable[[], Any]) -> tuple[float, float]:
    """The processor time (of this process, not of the one that reads) and the clock time that the step takes."""
    processor, clock = time.process_time(), time.perf_counter()
    step()
    return time.process_time() - processor, time.perf_counter() - clock


def measure(old: Path, new: Path) -> dict[str, tuple[float, float]]:
    """One round: a check, a check with its Word report, a comparison with its Word form, in seconds of both kinds."""
    from constitution_check import check_document, load_library
    from constitution_check.compare import compare_documents
    from constitution_check.reports import checked
    from constitution_check.reports.compare_word import render_compare_word
    from constitution_check.reports.word import render_word

    library = load_library()

    def report() -> None:
        made = check_document(new, library=library)
        checked.word(render_word(made, library), [finding.title for finding in made.findings])

    def compare() -> None:
        made = compare_documents(old, new, library)
        checked.word(render_compare_word(made, library), [one.title for one in made.changes if one.course != "same"])

    return {"check": seconds(lambda: check_document(new, library=library)),
            "check and Word report, read back": seconds(report),
            "compare and Word form, read back": seconds(compare)}


def main() -> None:
    """Builds both documents, measures and prints the fastest of several rounds with its ratio to the check."""
    old, new = (ROOT / "out" / "bench" / name for name in ("long-old.docx", "long-new.docx"))
    samples = sorted((ROOT / "samples").glob("*.docx"), key=lambda sample: sample.stat().st_size)
    words = build_long_document(samples[-1], old, WORDS)
    weaken(old, new)
    measure(samples[0], samples[0])  # imports, language and library
    rounds = [measure(old, new) for _ in range(ROUNDS)]
    print(f"{words:,} words; fastest of {ROUNDS} rounds, and its ratio to the fastest check\n")
    print(f"{'':36}{'cpu s':>8}{'x check':>9}{'clock s':>9}{'x check':>9}")
    for name in rounds[0]:
        told = ""
        for kind in (0, 1):
            fastest = min(one[name][kind] for one in rounds)
            against = fastest / min(one["check"][kind] for one in rounds)
            told += f"{fastest:{8 + kind}.2f}{against:9.2f}"
        print(f"{name:36}{told}")


if __name__ == "__main__":
    main()
