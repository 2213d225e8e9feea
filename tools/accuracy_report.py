"""Measure the checker and write docs/accuracy.md: `python -m tools.accuracy_report [CASES.jsonl ...]`.

Files given are measured too and told apart: what the checker has learnt from them is not known here. A file of our
own passages is run only once its first try stands in training/first_tries.toml, since a first try cannot be repeated.
Exit code 1 where an example of the library comes out otherwise than written, 2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from constitution_check.accuracy import Scores, read_cases
from constitution_check.errors import CheckError
from constitution_check.library import load_library
from tools.accuracy_page import Measured, page
from tools.first_tries import read_tries
from tools.measuring import each_safeguard, insert_all, run_examples, run_file, tally
from tools.plain_documents import listed, measure, plain_documents

ROOT = Path(__file__).resolve().parent.parent
PASSAGES = ROOT / "training" / "passages"
PAGE = ROOT / "docs" / "accuracy.md"
INSERTED = 3  # passages of each safeguard that are put into a long document


def measured(given: Sequence[Path], inserted: int = INSERTED) -> tuple[Measured, Scores]:
    """Everything measured, and how the library's own examples came out. inserted: passages for each safeguard."""
    library = load_library()
    examples = run_examples(library)
    tries = read_tries()
    learnt = {one.file: one.learnt for one in tries if one.file}
    own = sorted(PASSAGES.glob("*.jsonl"))
    ran = [path for path in own if path.name in learnt]
    cases = each_safeguard([case for path in ran for case in read_cases(path)], inserted)
    return Measured(
        plain=measure(plain_documents(), library),
        safeguards=len(library.safeguards), limbs=sum(len(s.limbs) for s in library.safeguards),
        examples=len(examples.examples), whole=tally(examples.cases).scores(),
        faults=sum(1 for o in examples.examples for _ in examples.wrong(o)),
        tries=tries, runs=[run_file(path, learnt[path.name]) for path in ran],
        given=[run_file(path, None) for path in given], waiting=[path.name for path in own if path not in ran],
        insertion=insert_all(cases) if cases else [], inserted=len(cases)), examples


def main() -> None:
    """Measure, write the page, print what the keepers need."""
    arguments = argparse.ArgumentParser(description="Measure the checker and write docs/accuracy.md.")
    arguments.add_argument("cases", nargs="*", type=Path, help="files of labelled passages of your own")
    arguments.add_argument("-o", "--output", type=Path, default=PAGE)
    asked = arguments.parse_args()
    try:
        told, examples = measured(asked.cases)
    except CheckError as error:
        sys.exit(_refused(error))
    asked.output.write_text(page(told), encoding="utf-8")
    print(replace(examples, cases=[]).as_text())
    _print("Examples that the whole checker calls otherwise", (m for o in examples.cases for m in o.misses()))
    _print("Falsely found in documents without safeguards", listed(told.plain.limbs))
    _print("Otherwise in a long document", (f"{m.case} {m.limb}: {m.why}" for m in told.insertion if m.why))
    print(f"\nWritten: {asked.output}")
    sys.exit(0 if examples.ok else 1)


def _print(title: str, lines: Iterable[str]) -> None:
    print(f"\n{title}", *(f"  {line}" for line in lines), sep="\n")


def _refused(error: CheckError) -> int:
    print(error, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
