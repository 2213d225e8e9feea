"""How the page is run, and its limits, as named numbers."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field

from constitution_check.readers.common import MAX_FILE_BYTES

MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 20_000_000
"""Most bytes of one upload, all its files together: one file as large as may be, and handbooks beside it."""

MAX_FORM_BYTES = 10_000
"""Most bytes of a form without files (delete, stop)."""

DRAIN_BYTES = 4 * MAX_UPLOAD_BYTES
"""How much of an upload that is too large is still taken off the line, unkept: a browser shows an answer only when it
has sent all that it has to send."""

UPLOAD_SECONDS = 900
"""Longest that one upload may take: 20 MB from a telephone with a poor signal take ten minutes."""

MAX_FILES = 8
"""Most files of one upload: a constitution, an earlier version, and six handbooks."""

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """How the page is run.

    hosts: the names by which it may be called. public: it is on a server, for anyone. secret: signs the tokens in
    forms. workers: checks at once. queue: most checks that wait. per_address: most checks of one network address,
    waiting or under way. check_seconds: longest time of one check. keep_seconds, keep_results, keep_bytes: how long,
    how many and how much of results is kept in memory.
    """

    hosts: tuple[str, ...] = LOCAL_HOSTS
    public: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    workers: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    queue: int = 30
    per_address: int = 32
    check_seconds: float = 600
    keep_seconds: float = 3600
    keep_results: int = 40
    keep_bytes: int = 300_000_000
    waiting_bytes: int = 500_000_000
