"""How well a survey uses the cores, and whether its memory grows: `python -m bench.survey [COUNT...]`.

Surveys COUNT copies of the long samples (by default 50 and then 200), each copy different in its content (a core
property of the Word file is changed), with a register of its own. Prints the share of all cores' time that the
survey and all its workers used, and the most memory that the surveying process itself held at once.

The share says something only on a machine that does nothing else: what others use of the cores is told beside it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from docx import Document

from bench.speed import ROOT, peak_mb

SAMPLES = ("ccg-2012-strong.docx", "icb-2022-long.docx", "ccg-2012-weak-safeguards.docx")
COUNTS = (50, 200)


class Measure(NamedTuple):
    """One survey: copies, clock seconds, processor seconds of all processes, the parent's most memory in MB, and the
    processor seconds that the rest of the machine used meanwhile (None where that cannot be seen)."""

    copies: int
    seconds: float
    cpu_seconds: float
    peak_mb: float
    others: float | None


def make_copies(folder: Path, count: int) -> None:
    """Write so many different copies of the long samples."""
    for number, name in zip(range(count), cycle(SAMPLES), strict=False):
        document = Document(str(ROOT / "samples" / name))
        document.core_properties.comments = f"Copy {number}"
        document.save(str(folder / f"{number:04}-{name}"))


def run_survey(folder: Path, out: Path) -> None:
    """Survey the folder in this process, and print what it took."""
    from constitution_check.cli_survey import Asked, run_survey

    start, busy = time.perf_counter(), _busy_seconds()
    run_survey([folder], Asked(out=out, by="file"))
    seconds = time.perf_counter() - start
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in times)
    others = None if busy is None else max((_busy_seconds() or 0) - busy - cpu, 0.0)
    print(f"MEASURED {seconds} {cpu} {peak_mb()} {'' if others is None else others}")


def _busy_seconds() -> float | None:
    """Seconds that all cores together were busy since the machine started; None where there is no /proc."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    except OSError:
        return None
    user, nice, system = (int(part) for part in line.split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def measure(count: int) -> Measure:
    """Survey so many copies in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "documents"
        folder.mkdir()
        make_copies(folder, count)
        done = subprocess.run([sys.executable, "-m", "bench.survey", "--run", str(folder), str(Path(place) / "out")],
                              cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("MEASURED"))
    seconds, cpu, memory, *others = (float(part) for part in line.split()[1:])
    return Measure(count, seconds, cpu, memory, others[0] if others else None)


def main(counts: list[int]) -> None:
    """Survey each number of copies and print the table."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    print(f"{'copies':>7}{'clock s':>9}{'cpu s':>9}{'s a copy':>10}{'of cores':>10}{'others':>8}{'parent MB':>11}")
    for count in counts:
        one = measure(count)
        others = "" if one.others is None else f"{one.others / cores / one.seconds:.0%}"
        print(f"{one.copies:7}{one.seconds:9.1f}{one.cpu_seconds:9.1f}{one.cpu_seconds / one.copies:10.2f}"
              f"{one.cpu_seconds / cores / one.seconds:10.0%}{others:>8}{one.peak_mb:11.0f}", flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("counts", nargs="*", type=int, default=list(COUNTS))
    arguments.add_argument("--run", nargs=2, type=Path, metavar=("FOLDER", "OUT"))
    given = arguments.parse_args()
    if given.run:
        run_survey(*given.run)
    else:
        main(given.counts or list(COUNTS))
