"""How far the work is, on the terminal: one line on the error stream, only where a person watches and it takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from constitution_check.progress import Progress, no_progress

_PATIENCE = 3.0
"""Seconds of silence before anything is shown: most checks are done by then."""
_WIDTH = 79


@contextmanager
def shown(name: str) -> Iterator[Progress]:
    """A Progress that shows how far the check of a document is, and cleans up after itself."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    line = _Line(name)
    try:
        yield line
    finally:
        line.clear()


class _Line:
    """Called as a Progress."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = time.monotonic()
        self._written = False

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._start < _PATIENCE:
            return
        part = f" ({done + 1} of {total})" if total else ""
        text = f"{self._name}: {what}{part} ..."
        click.echo(f"\r{text[:_WIDTH]:<{_WIDTH}}", nl=False, err=True)
        self._written = True

    def clear(self) -> None:
        """Take the line away again."""
        if self._written:
            click.echo(f"\r{'':<{_WIDTH}}\r", nl=False, err=True)
