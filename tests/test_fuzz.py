"""A bounded run of the fuzzer on each reader, the same every time: nothing but a reading or a sentence comes of a file.

The figures of runs are small, so that the whole check stays short; `python -m tools.fuzz word --runs 100000` looks
longer. See tools/fuzz.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(("target", "runs"), [
    ("word", 300), ("zip", 80), ("pdf", 80), ("html", 250), ("markdown", 40), ("text", 40)])
def test_no_altered_file_breaks_a_reader(target: str, runs: int, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris has no build for this platform")
    done = subprocess.run([sys.executable, "-m", "tools.fuzz", target, f"--runs={runs}", "--seed=1"], cwd=tmp_path,
                          capture_output=True, text=True, check=False, errors="replace",
                          env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"})
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"stat::number_of_executed_units: {runs}" in done.stderr
