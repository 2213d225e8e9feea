"""Sentences to the reader: the one exception that people are meant to see."""

from __future__ import annotations


class CheckError(Exception):
    """Something the reader can act on: what happened and what to do, in one or two sentences.

    The command line prints the message as it is and exits with code 2.
    """


class LibraryError(CheckError):
    """The clause library has faults; the message lists every one as `file:line: what`."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("The clause library cannot be used until these are put right:\n" + "\n".join(faults))
