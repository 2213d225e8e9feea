"""Loads `clauses/` into a Library; every fault of every file is reported at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from constitution_check.clause_records import LINE_FIELDS, Library, Limb, Line, Phrase, Safeguard
from constitution_check.clausefile import Reader, list_parts, read_clause_file, word_lists
from constitution_check.errors import CheckError, LibraryError
from constitution_check.model import LimbResult, Verdict, verdict_of
from constitution_check.phrases import ListRef, PhraseError, parse_phrase

_BRACES = re.compile(r"\{([^}]+)\}")
Lists = dict[str, tuple[Phrase, ...]]


def library_folder() -> Path:
    """Where the clauses are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "clauses", package.parent / "clauses"):
        if (folder / "words").is_dir():
            return folder
    raise CheckError("The clause library was not installed with the program. Install it again, "
                     "or name the folder with --library.")


def load_library(folder: Path | None = None, examples: bool = True) -> Library:
    """The library in `folder` (by default the one that ships). examples: read them too; a check needs none.

    Raises LibraryError naming every fault as "file:line: what", CheckError where there is no such folder.
    """
    root = folder or library_folder()
    if not root.is_dir():
        raise CheckError(f'There is no folder "{root}". Name the folder that holds the clause files with --library.')
    files = sorted(p for p in root.glob("*.md") if p.name != "README.md")
    words = sorted((root / "words").glob("*.md"))
    if not files:
        raise CheckError(f'The folder "{root}" holds no clause files (*.md). Name the right folder with --library.')
    faults: list[str] = []
    lists = _shared_lists(words, faults)
    safeguards = []
    for file in files:
        safeguard, found = read_clause_file(file, examples)
        faults.extend(found)
        if safeguard:
            safeguards.append(_with_own_lists(safeguard, lists, faults))
    for safeguard in safeguards:
        faults.extend(_limb_faults(safeguard, lists))
        faults.extend(_example_faults(safeguard))
    faults.extend(_unknown_lists(lists))
    if faults:
        raise LibraryError(sorted(set(faults)))
    return Library(version=_hash([*files, *words]), safeguards=tuple(sorted(safeguards, key=lambda s: (s.theme, s.id))),
                   lists={name: tuple(phrase.text for phrase in phrases) for name, phrases in lists.items()})


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _shared_lists(files: Iterable[Path], faults: list[str]) -> Lists:
    """Every "## name" list with its "- phrase" items, from the shared word files."""
    lists: Lists = {}
    for file in files:
        reader = Reader(f"words/{file.name}")
        for name, phrases in word_lists(list_parts(file.read_text(encoding="utf-8")), 2, reader).items():
            if name in lists:
                reader.fault(phrases[0].row if phrases else 1, f'the list "{name}" is in {lists[name][0].file} too')
            lists[name] = phrases
        faults.extend(reader.faults)
    return lists


def _with_own_lists(safeguard: Safeguard, lists: Lists, faults: list[str]) -> Safeguard:
    """Enter the safeguard's own lists as "id/name" and point its lines and phrases to them."""
    own = {name: f"{safeguard.id}/{name}" for name in safeguard.words}
    for name, phrases in safeguard.words.items():
        if name in lists and phrases:
            faults.append(f'{phrases[0].file}:{phrases[0].row}: the list "{name}" is also a shared list; '
                          "give it another name")
    for name, phrases in safeguard.words.items():
        lists[own[name]] = tuple(p.model_copy(update={"text": _pointed(p.text, own)}) for p in phrases)
    for line in (line for limb in safeguard.limbs for line in _lines(limb)):
        for quoted in (name for term in line.terms for name in term.lists if name.startswith('"')):
            own[quoted] = f"{safeguard.id}/{quoted}"
            lists[own[quoted]] = (Phrase(text=_pointed(quoted.strip('"'), own), file=line.file, row=line.row),)
    return safeguard.model_copy(update={"limbs": tuple(
        limb.model_copy(update={field: tuple(_pointed_line(line, own) for line in getattr(limb, field))
                                for field in LINE_FIELDS}) for limb in safeguard.limbs)})


def _lines(limb: Limb) -> list[Line]:
    return [line for field in LINE_FIELDS for line in getattr(limb, field)]


def _pointed(phrase: str, own: dict[str, str]) -> str:
    """The phrase with the safeguard's own lists, inside braces, under their full ids."""
    return _BRACES.sub(lambda found: "{" + "|".join(own.get(n.strip(), n.strip()) for n in found[1].split("|")) + "}",
                       phrase)


def _pointed_line(line: Line, own: dict[str, str]) -> Line:
    return line.model_copy(update={"terms": tuple(
        term.model_copy(update={"lists": tuple(own.get(name, name) for name in term.lists)}) for term in line.terms)})


def _limb_faults(safeguard: Safeguard, lists: Lists) -> Iterable[str]:
    ids = [limb.id for limb in safeguard.limbs]
    for limb in safeguard.limbs:
        if not limb.met:
            yield f"{safeguard.id}.md:1: limb {limb.id} has no line under \"Met by:\", so it can never be met"
        for line in _lines(limb):
            for name in (n for term in line.terms for n in term.lists if n not in lists):
                yield f"{line.file}:{line.row}: there is no list {{{name}}}"
        for other in (*limb.rides_on, *limb.needs):
            if other not in ids:
                yield f'{safeguard.id}.md:1: limb {limb.id} names a limb "{other}" that is not there'
    for repeated in {i for i in ids if ids.count(i) > 1}:
        yield f'{safeguard.id}.md:1: the limb "{repeated}" stands twice'


def _unknown_lists(lists: Lists) -> Iterable[str]:
    for phrase in (phrase for phrases in lists.values() for phrase in phrases):
        try:
            elements = parse_phrase(phrase.text)
        except PhraseError:
            continue  # named where the phrase was read
        for other in (n for e in elements if isinstance(e, ListRef) for n in e.names if n not in lists):
            yield f"{phrase.file}:{phrase.row}: there is no list {{{other}}}"


def _example_faults(safeguard: Safeguard) -> Iterable[str]:
    """An example must speak of every limb, and its limbs must give the verdict in its heading."""
    for example in safeguard.examples:
        where = f"{example.file}:{example.row}"
        ids = {limb.id for limb in safeguard.limbs}
        if ids != set(example.limbs):
            yield f"{where}: the example must say what to expect of each of {', '.join(sorted(ids))}"
            continue
        results = tuple(LimbResult(limb=limb.id, essential=limb.essential, status=example.limbs[limb.id].status)
                        for limb in safeguard.limbs)
        if verdict_of(results) is not Verdict(example.verdict):
            yield f'{where}: by its limbs the example is {verdict_of(results)}, its heading says {example.verdict}'
        if any(not 1 <= n <= len(example.lines) for limb in example.limbs.values() for n in limb.at):
            yield f'{where}: "at" names a line that is not there'
