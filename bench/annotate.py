"""How long an annotated copy takes beside the check itself, in one run: `python -m bench.annotate`.

By the clock, because the copy is written in a process of its own, on a document of 45,000 words made of the longest
sample, three times each, of which the fastest counts. The ratio is (check and copy) to check.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.long_document import build_long_document

ROOT = Path(__file__).resolve().parent.parent
WORDS = 45_000
ROUNDS = 3


def main() -> int:
    """Measure and print."""
    from constitution_check import check_document, load_library
    from constitution_check.annotate import annotate

    samples = sorted((ROOT / "samples").glob("*.docx"), key=lambda sample: sample.stat().st_size)
    library = load_library(examples=False)
    checks, copies = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.docx"
        words = build_long_document(samples[-1], path, WORDS)
        for _ in range(ROUNDS):
            start = time.perf_counter()
            report = check_document(path, library=library)
            checked = time.perf_counter()
            made = annotate(path, report, library)
            checks.append(checked - start)
            copies.append(time.perf_counter() - checked)
    print(f"{words:,} words: check {min(checks):.2f} s, annotated copy {min(copies):.2f} s more, "
          f"ratio {1 + min(copies) / min(checks):.2f} ({made.written.comments} comments, "
          f"{made.written.paragraphs} paragraphs put in)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
