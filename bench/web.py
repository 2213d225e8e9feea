"""The upload page beside the command line, and many visitors at once: `python -m bench.web`.

The page's time is from sending the form to having the result page; the command line's is that of the whole command on
the same file. They are taken turn by turn, so that both meet the same machine, and the fastest of each counts.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2

from bench.long_document import build_long_document
from bench.speed import ROOT, WORDS

ROUNDS = 3
VISITORS = 20
LONGEST = 900
COMMAND = [sys.executable, "-m", "constitution_check"]


class Visit(NamedTuple):
    """One visitor's way: seconds until the result, the slowest answer to "how far is it?", whether there was a result,
    and whether the page said that others were before."""

    seconds: float
    slowest_answer: float
    result: bool
    waited: bool


@contextmanager
def served() -> Iterator[str]:
    """The page on a free port of this machine; gives its address."""
    with subprocess.Popen([*COMMAND, "serve", "--no-browser", "--port", "0"], stdout=subprocess.PIPE, text=True,
                          cwd=ROOT) as server:
        assert server.stdout
        found = re.search(r"http://[^ ]+/", server.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            server.terminate()


def visit(home: str, path: Path) -> Visit:
    """Upload the file as a visitor of its own does, and ask how far it is until the result is there."""
    waited, slowest = False, 0.0
    with httpx2.Client(base_url=home, timeout=LONGEST, follow_redirects=True) as client:
        token = re.search(r'name="token" value="([^"]+)"', client.get("/").text)
        assert token
        start = time.perf_counter()
        with path.open("rb") as file:
            page = client.post("/check", data={"token": token[1]}, files={"constitution": (path.name, file)})
        while "Checking your document" in page.text and time.perf_counter() - start < LONGEST:
            waited = waited or "before yours" in page.text or "You are next" in page.text
            time.sleep(0.2)
            asked = time.perf_counter()
            page = client.get(page.url)
            slowest = max(slowest, time.perf_counter() - asked)
        return Visit(time.perf_counter() - start, slowest, "Result:" in page.text, waited)


def command(path: Path) -> float:
    """Seconds that the whole command takes."""
    start = time.perf_counter()
    subprocess.run([*COMMAND, "check", str(path), "--format", "html", "--out", str(path.with_suffix(".html"))],
                   cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Measure both and print what came of it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--visitors", type=int, default=VISITORS)
    given = arguments.parse_args()
    samples = sorted((ROOT / "samples").glob("*.docx"), key=lambda sample: sample.stat().st_size)
    with tempfile.TemporaryDirectory() as folder, served() as home:
        long = Path(folder) / "long.docx"
        words = build_long_document(samples[-1], long, WORDS)
        visit(home, samples[0])
        pairs = [(visit(home, long).seconds, command(long)) for _ in range(ROUNDS)]
        page, whole = (min(times) for times in zip(*pairs, strict=True))
        print(f"{words:,} words: page {page:.1f} s, command {whole:.1f} s, ratio {page / whole:.2f}", flush=True)
        with ThreadPoolExecutor(given.visitors) as pool:
            visits = list(pool.map(lambda n: visit(home, samples[n % len(samples)]), range(given.visitors)))
    done = [one for one in visits if one.result]
    print(f"{len(visits)} visitors at once: {len(done)} results, {sum(one.waited for one in visits)} were told that "
          f"others are before them; until the result {statistics.median(one.seconds for one in visits):.0f} s in the "
          f"middle and {max(one.seconds for one in visits):.0f} s at most; slowest answer meanwhile "
          f"{max(one.slowest_answer for one in visits):.2f} s")


if __name__ == "__main__":
    main()
