"""How long work says where it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done ("Reading draft.pdf", as a person would say it), how much of it is done and how much
there is in all; 0 in all where that is not known."""


def no_progress(what: str, done: int, total: int) -> None:
    """Says nothing."""
