"""A small clause library written for a test, and passages read against it."""

from __future__ import annotations

import shutil
from pathlib import Path

from constitution_check.clause_records import Library
from constitution_check.document_dates import law_of
from constitution_check.judge import judge
from constitution_check.judge_records import Judged
from constitution_check.library import library_folder, load_library
from constitution_check.match import Finder
from constitution_check.passages import passage
from constitution_check.pipeline import lexicon_of
from constitution_check.sweep import Sweep
from constitution_check.units import read_units

CLAUSE = """---
id: open-books
title: The accounts are open to everyone
theme: Z. For tests
eras: ccg, icb
reviewed: 2026-11-21
---

## Why it matters

People who pay for a service are entitled to see where their money went and to whom it was paid.

## Limbs

### published

Demand: The accounts are published every year.

CCG wording: The Group shall publish its accounts every year.

ICB wording: The ICB shall publish its accounts every year.

Met by:

- *{publishing} + {accounts}

Falls short by:

- narrowed: *"make available on request" + {accounts} | Only those who ask are shown.

Narrowed by:

- {some accounts} | Only part of the accounts is published.

Opposed by:

- *{secrecy} + {accounts} | The accounts are kept secret.

Not about:

- ~{charity} | It is about a charity's accounts.

Floor:

- "required by National Health Service Act" + {accounts}

### yearly (supporting)

Demand: They are published within six months of the year's end.

CCG wording: The accounts shall be published within six months.

ICB wording: The accounts shall be published within six months.

Needs: published

Met by:

- {six months} + ~{accounts}

## Words

### publishing

- publish
- publication of
- put on website

### accounts

- accounts
- annual accounts

### some accounts

- summary of
- accounts over £ #

### secrecy

- keep secret
- confidential

### charity

- charity
- charitable funds

### six months

- within six months

## Sources

- 2026-11: invented for this test

## Examples

### present: plain

> h: Money
> p: The Group shall publish its accounts within six months.

- published: met at 2
- yearly: met at 2
"""


def small_library(folder: Path, clause: str = CLAUSE) -> Path:
    """A library folder with the shared word lists and one clause file."""
    shutil.copytree(library_folder() / "words", folder / "words")
    (folder / "open-books.md").write_text(clause, encoding="utf-8")
    return folder


def judged(library: Library, *lines: tuple[str, str], safeguard: str = "open-books") -> dict[str, Judged]:
    """Each limb as judged in a passage; "{line 2}" stands for the number of line 2."""
    constitution, _ = passage(lines, r"\{line (\d+)\}", 1)
    finder = Finder(read_units(constitution, lexicon_of(library)))
    held = library.get(safeguard).as_of(law_of(constitution).day)
    return {one.limb.id: one for one in judge(held, finder, Sweep(finder))}


def load_small(folder: Path, clause: str = CLAUSE) -> Library:
    """The small library, loaded."""
    return load_library(small_library(folder, clause))
