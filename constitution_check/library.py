"""Loads `clauses/` into a Library; every fault of every file is reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from constitution_check.clause_records import Library, Line, Safeguard
from constitution_check.clausefile import parts_of, read_clause_file
from constitution_check.errors import CheckError, LibraryError
from constitution_check.model import Verdict, verdict_of
from constitution_check.phrases import ListRef, PhraseError, parse_phrase


def library_folder() -> Path:
    """Where the clauses are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "clauses", package.parent / "clauses"):
        if (folder / "words").is_dir():
            return folder
    raise CheckError("The clause library was not installed with the program. Install it again, "
                     "or name the folder with --library.")


def load_library(folder: Path | None = None) -> Library:
    """The library in `folder` (by default the one that ships).

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
    lists = _word_lists(words, faults)
    safeguards = []
    for file in files:
        safeguard, found = read_clause_file(file)
        faults.extend(found)
        if safeguard:
            safeguards.append(_with_own_lists(safeguard, lists, faults, file.name))
    for safeguard in safeguards:
        faults.extend(_unknown_lists(safeguard, lists))
        faults.extend(_example_faults(safeguard))
    faults.extend(_bad_phrases(lists))
    if faults:
        raise LibraryError(sorted(set(faults)))
    return Library(version=_hash([*files, *words]), safeguards=tuple(sorted(safeguards, key=lambda s: (s.theme, s.id))),
                   lists=lists)


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _word_lists(files: Iterable[Path], faults: list[str]) -> dict[str, tuple[str, ...]]:
    """Every "## name" list with its "- phrase" items, from the shared word files."""
    lists: dict[str, tuple[str, ...]] = {}
    for file in files:
        name = ""
        for part in parts_of(file.read_text(encoding="utf-8")):
            if part.kind == "heading" and part.level == 2:
                name = part.text
                if name in lists:
                    faults.append(f'words/{file.name}:{part.row}: the list "{name}" stands twice')
                lists[name] = ()
            elif part.kind == "item" and name:
                if part.text in lists[name]:
                    faults.append(f'words/{file.name}:{part.row}: "{part.text}" stands twice in "{name}"')
                lists[name] = (*lists[name], part.text)
    return lists


def _with_own_lists(safeguard: Safeguard, lists: dict[str, tuple[str, ...]], faults: list[str], file: str) -> Safeguard:
    """Enter the safeguard's own lists as "id/name" and point its lines and phrases to them."""
    own = {name: f"{safeguard.id}/{name}" for name in safeguard.words}
    for name in own:
        if name in lists:
            faults.append(f'{file}:1: the list "{name}" is also a shared list; give it another name')
    for name, phrases in safeguard.words.items():
        lists[own[name]] = tuple(_pointed(phrase, own) for phrase in phrases)
    for limb in safeguard.limbs:
        for line in _lines(limb):
            for term in line.terms:
                for quoted in (n for n in term.lists if n.startswith('"')):
                    lists[f"{safeguard.id}/{quoted}"] = (_pointed(quoted.strip('"'), own),)
                    own[quoted] = f"{safeguard.id}/{quoted}"
    return safeguard.model_copy(update={"limbs": tuple(
        limb.model_copy(update={field: tuple(_pointed_line(line, own) for line in getattr(limb, field))
                                for field in _LINE_FIELDS}) for limb in safeguard.limbs)})


_LINE_FIELDS = ("met", "short", "narrowed", "opposed", "not_about", "floor", "accepts")


def _lines(limb: object) -> list[Line]:
    return [line for field in _LINE_FIELDS for line in getattr(limb, field)]


def _pointed(phrase: str, own: dict[str, str]) -> str:
    for name, full in own.items():
        for before, after in (("{", "}"), ("{", "|"), ("|", "}"), ("|", "|")):
            phrase = phrase.replace(before + name + after, before + full + after)
    return phrase


def _pointed_line(line: Line, own: dict[str, str]) -> Line:
    return line.model_copy(update={"terms": tuple(
        term.model_copy(update={"lists": tuple(own.get(name, name) for name in term.lists)}) for term in line.terms)})


def _unknown_lists(safeguard: Safeguard, lists: dict[str, tuple[str, ...]]) -> Iterable[str]:
    ids = [limb.id for limb in safeguard.limbs]
    for limb in safeguard.limbs:
        for line in _lines(limb):
            for name in (n for term in line.terms for n in term.lists if n not in lists):
                yield f"{line.file}:{line.row}: there is no list {{{name}}}"
        for other in (*limb.rides_on, *limb.needs):
            if other not in ids:
                yield f'{safeguard.id}.md:1: limb {limb.id} names a limb "{other}" that is not there'
    for repeated in {i for i in ids if ids.count(i) > 1}:
        yield f'{safeguard.id}.md:1: the limb "{repeated}" stands twice'


def _bad_phrases(lists: dict[str, tuple[str, ...]]) -> Iterable[str]:
    for name, phrases in lists.items():
        if not phrases:
            yield f'list "{name}": it is empty'
        for phrase in phrases:
            try:
                elements = parse_phrase(phrase)
            except PhraseError as error:
                yield f'list "{name}": {error}'
                continue
            for other in (n for e in elements if isinstance(e, ListRef) for n in e.names if n not in lists):
                yield f'list "{name}": there is no list {{{other}}}'


def _example_faults(safeguard: Safeguard) -> Iterable[str]:
    """An example must speak of every limb, and its limbs must give the verdict in its heading."""
    from constitution_check.model import LimbResult

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
