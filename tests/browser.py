"""A real Chromium, and the upload page really served, for the tests that need both."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
# A browser that asks nothing of the network by itself: what is asked for is the page's doing.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]


@contextmanager
def served(*options: str) -> Iterator[str]:
    """`constitution-check serve` on a free port; gives its address, ending in a slash."""
    command = [sys.executable, "-u", "-m", "constitution_check", "serve", "--no-browser", "--port", "0", *options]
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=root,
                          env=environment) as server:
        assert server.stdout
        said = server.stdout.readline()
        found = re.search(r"http://[^ ]+/", said)
        assert found, said + server.stdout.read()
        try:
            yield found[0]
        finally:
            server.terminate()
            server.stdout.read()
            server.wait(30)


def short_constitution(path: Path, *more: str, body: str = "NHS Anytown Clinical Commissioning Group") -> Path:
    """A small Word file that a check reads in a moment: one safeguard present, one weakened by a power."""
    document = Document()
    document.add_heading(f"{body}: Constitution", 0)
    document.add_heading("1. Meetings", 1)
    document.add_paragraph("1.1 Meetings of the Governing Body shall be held in public.")
    document.add_heading("2. Contracts", 1)
    document.add_paragraph("2.1 The Group may exclude from its contracts any company that uses tax avoidance schemes.")
    for number, paragraph in enumerate(more, 2):
        document.add_paragraph(f"2.{number} {paragraph}")
    document.save(str(path))
    return path
