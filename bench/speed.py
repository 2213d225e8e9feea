"""How long a check takes beside bare reading of the same file, and how much memory: `python -m bench.speed`.

Each step runs in a process of its own, so that one step's memory is not counted to the next, and several times,
of which the fastest counts: the others measure what else the machine was doing. The ratios are of processor time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WORDS = 45_000
ROUNDS = 3


class Measure(NamedTuple):
    """One step: seconds of processor and of clock, clock seconds of its whole process (start, imports, library
    and language too), peak memory in MB."""

    cpu_seconds: float
    seconds: float
    process_seconds: float
    peak_mb: float


Step = Callable[[Path], int]


def ready_lxml() -> Step:
    """Reads the main part with lxml and nothing else; gives its words."""
    from lxml import etree

    def read(path: Path) -> int:
        with zipfile.ZipFile(path) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        return len(" ".join(str(text) for text in tree.itertext()).split())

    return read


def ready_python_docx() -> Step:
    """Reads the paragraphs as python-docx gives them; gives their words."""
    from docx import Document

    return lambda path: sum(len(paragraph.text.split()) for paragraph in Document(str(path)).paragraphs)


def ready_check() -> Step:
    """The whole check, with library and language at hand; gives the words that it read."""
    from constitution_check import check_document, load_library

    library = load_library()
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text("1. Meetings shall be held in public.\n", encoding="utf-8")
        check_document(short, library=library)
    return lambda path: check_document(path, library=library).sources[0].words


def ready_build() -> Step:
    """Makes the long document out of the longest Word sample; gives the words written."""
    from bench.long_document import build_long_document

    samples = sorted((ROOT / "samples").glob("*.docx"), key=lambda sample: sample.stat().st_size)
    return lambda path: build_long_document(samples[-1], path, WORDS)


# Each makes itself ready (imports, library, language) before its time is taken.
STEPS: dict[str, Callable[[], Step]] = {
    "lxml": ready_lxml, "python-docx": ready_python_docx, "check": ready_check, "build": ready_build,
}


def run_step(name: str, path: Path) -> None:
    """Runs one step in this process and prints what it took as JSON."""
    step = STEPS[name]()
    start, cpu_start = time.perf_counter(), time.process_time()
    words = step(path)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    print(json.dumps({"words": words, "cpu_seconds": cpu_seconds, "seconds": seconds, "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """The most memory that this process held at once, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1000
    # Bytes on macOS, where there is no /proc.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000


def measure(name: str, path: Path, rounds: int = ROUNDS) -> tuple[int, Measure]:
    """The words that a step saw, and the fastest of several runs of it."""
    measures = []
    words = 0
    for _ in range(rounds):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "bench.speed", "--step", name, str(path)],
                              cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        outcome = json.loads(done.stdout)
        words = outcome["words"]
        measures.append(Measure(outcome["cpu_seconds"], outcome["seconds"], time.perf_counter() - start,
                                outcome["peak_mb"]))
    return words, min(measures)


def help_seconds() -> float:
    """The fastest of several runs of `constitution-check --help`, in seconds."""
    command = [sys.executable, "-m", "constitution_check", "--help"]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Builds the long document, measures every step and prints the table."""
    path = ROOT / "out" / "bench" / "long.docx"
    print(f"Building a constitution of {WORDS:,} words ...", flush=True)
    words, _ = measure("build", path, rounds=1)
    taken = {name: measure(name, path)[1] for name in ("lxml", "python-docx", "check")}
    print(f"{words:,} words, {path.stat().st_size / 1000:,.0f} kB; fastest of {ROUNDS} runs\n")
    print(f"{'':14}{'cpu s':>8}{'clock s':>9}{'whole run s':>13}{'peak MB':>9}{'x lxml':>8}{'x python-docx':>15}")
    for name, step in taken.items():
        against = [step.cpu_seconds / taken[other].cpu_seconds for other in ("lxml", "python-docx")]
        print(f"{name:14}{step.cpu_seconds:8.2f}{step.seconds:9.2f}{step.process_seconds:13.2f}{step.peak_mb:9.0f}"
              f"{against[0]:8.1f}{against[1]:15.1f}")
    print(f"\nconstitution-check --help: {help_seconds():.2f} s")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--step", choices=sorted(STEPS))
    arguments.add_argument("path", nargs="?", type=Path)
    given = arguments.parse_args()
    if given.step:
        run_step(given.step, given.path)
    else:
        main()
