"""What a verdict depends on beside the document and the library: the program that judges."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from constitution_check import __version__

_NO_JUDGE = ("survey", "reports", "web", "compare", "annotate", "cli")
"""Beginnings of the names of what shows results and reaches none."""


@lru_cache(maxsize=1)
def program_stamp() -> str:
    """The version and a hash of the code and models that read and judge.

    A changed rule in a checkout of unchanged version must not leave old verdicts standing as if they were new.
    """
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        inside = file.relative_to(package)
        if inside.parts[0].startswith((*_NO_JUDGE, "clauses")) or "__pycache__" in inside.parts or not file.is_file():
            continue
        digest.update(str(inside).encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:10]}"
