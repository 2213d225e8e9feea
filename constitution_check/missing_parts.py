"""Appendices and schedules that a document refers to and that are nowhere among what was read.

What stands in them was not checked, so a report names them. A schedule of an Act, or an appendix of some other
document, is not missing from this one: such references are left out, and so is any part that is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from constitution_check.model import Constitution, Finding, Status, Unread
from constitution_check.part_references import LONGEST_HEADING, Reference, parts_named, references, title_words

MOST_CITED = 3  # paragraphs named that refer to one part
MOST_SINGLE = 3  # parts named one by one; more are named together

@dataclass(frozen=True)
class MissingPart:
    """A part that is referred to and was not read. paragraphs: the numbers of those that refer to it, in order."""

    name: str
    paragraphs: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """By which two names of one part are known for the same."""
        return next(parts_named(self.name))


def missing_parts(constitution: Constitution, others: Iterable[Constitution] = ()) -> tuple[MissingPart, ...]:
    """The parts that the document's operative text or contents page names, and that neither it nor the others hold."""
    found = [ref for p in constitution.provisions if p.standing in ("operative", "contents") for ref in references(p)]
    foreign = {ref.key for ref in found if ref.foreign} - {ref.key for ref in found if ref.own}
    held = {key for one in (constitution, *others) for key in _held(one)}
    names = [frozenset(title_words(f"{one.title} {PurePath(one.source).stem}")) for one in others]
    titles = {frozenset(title_words(p.text)) for p in constitution.provisions
              if p.standing != "contents" and p.is_heading and not p.label and not p.part}
    named: dict[tuple[str, str], list[Reference]] = {}
    for ref in found:
        if not (ref.foreign or ref.doubtful) and ref.key not in foreign and ref.key not in held:
            named.setdefault(ref.key, []).append(ref)
    return tuple(MissingPart(refs[0].shown, tuple(dict.fromkeys(r.paragraph for r in refs)))
                 for refs in named.values()
                 if not any(ref.title in titles or any(ref.title <= words for words in names)
                            for ref in refs if ref.title))


def _held(constitution: Constitution) -> Iterator[tuple[str, str]]:
    """The parts that a document holds: those it is divided into, and every line that may be a part's heading."""
    yield from parts_named(constitution.title)
    file_name = PurePath(constitution.source).stem.upper().replace("_", " ").replace("-", " ")
    yield from parts_named(file_name, anywhere=True)
    for provision in constitution.provisions:
        if provision.standing == "contents":
            continue
        yield from parts_named(provision.part)
        yield from parts_named(provision.number)
        if len(provision.text.split()) <= LONGEST_HEADING:
            yield from parts_named(f"{provision.label} {provision.text}")
            if provision.is_heading or provision.text.isupper():
                yield from parts_named(provision.text, anywhere=True)


def pointing(finding: Finding, missing: Sequence[MissingPart]) -> Finding:
    """The finding, for a person to look at where a passage of a limb that is not met points to a missing part."""
    names = {part.key: part.name for part in missing}
    short = [limb for limb in finding.limbs if limb.essential and limb.status is not Status.MET]
    doubts = [f"The passage at {span.paragraph} points to {names[key]}, which is not in what was read."
              for limb in short for span in (*limb.evidence, *limb.nearest)
              for key in parts_named(span.quote, anywhere=True) if key in names]
    if not doubts:
        return finding
    return finding.model_copy(update={"needs_review": True, "doubts": tuple(dict.fromkeys((*finding.doubts, *doubts)))})


def as_unread(missing: Sequence[MissingPart]) -> tuple[Unread, ...]:
    """The missing parts as a report names them, with what to do."""
    if len(missing) > MOST_SINGLE:
        names = [part.name for part in missing]
        return (Unread(what=f"{', '.join(names[:-1])} and {names[-1]}, to which the text refers",
                       why="they are not in the file; what they say was not checked. Ask for them and give them with "
                           "--with, or beside the constitution on the page"),)
    return tuple(Unread(what=f"{part.name}, to which {_listed(part.paragraphs)} {_refers(part.paragraphs)}",
                        why="it is not in the file; what it says was not checked. Ask for it and give it with --with, "
                            "or beside the constitution on the page") for part in missing)


def _refers(paragraphs: Sequence[str]) -> str:
    return "refers" if len(paragraphs) == 1 else "refer"


def _listed(paragraphs: Sequence[str]) -> str:
    shown = ["the contents page" if number == "contents" else number for number in paragraphs[:MOST_CITED]]
    more = len(paragraphs) - len(shown)
    last = f"{more} more" if more else shown.pop() if len(shown) > 1 else ""
    return f"{', '.join(shown)} and {last}" if last else shown[0]
