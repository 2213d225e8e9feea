"""Words that were read from pictures: what a reader is told of them, and the findings that rest on uncertain ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constitution_check.document_set import DocumentSet
from constitution_check.judge_records import Judged
from constitution_check.model import Provision, Reading
from constitution_check.units import Unit
from constitution_check.words import count, listed

_MOST_NAMED = 3  # uncertain words of one finding that are quoted
_LOOKED_AT = 3  # passages turned down for a limb that are looked at: the nearest stand first


def ocr_notes(reading: Reading) -> tuple[str, ...]:
    """That pages were read from pictures, in a sentence or two; nothing where none were."""
    if not reading.ocr_pages:
        return ()
    if reading.pages == len(reading.ocr_pages):
        which = "All its pages were" if reading.pages > 1 else "Its page was"
    else:
        which = f"{_pages(reading.ocr_pages)} {'was' if len(reading.ocr_pages) == 1 else 'were'}"
    doubtful = sum(len(block.doubtful) for block in reading.blocks)
    unsure = f"; {count(doubtful, 'word is', 'words are')} uncertain" if doubtful else ""
    return (f"{which} read from pictures by text recognition (OCR){unsure}. Words may be wrong or missing: compare "
            "what matters with the pages themselves.",)


def _pages(numbers: Sequence[int]) -> str:
    """"Page 4", "Pages 1-3 and 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {listed(named)}"


def doubts_of(judged: Sequence[Judged], documents: DocumentSet) -> tuple[str, ...]:
    """Why a person should look at a finding, where a passage that it rests on holds uncertain words; else nothing.

    For a limb that nothing meets, the nearest passages that were turned down count: a misread word may be why.
    """
    if not any(p.doubtful for d in (documents.main, *documents.others) for p in d.constitution.provisions):
        return ()
    found: dict[tuple[str, str], None] = {}
    for one in judged:
        for unit in _units(one):
            found.update(dict.fromkeys(_uncertain(unit)))
    if not found:
        return ()
    words = listed([f"“{word}” in {where}" for word, where in list(found)[:_MOST_NAMED]])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return (f"Words that bear on it were read from a picture of the page and are uncertain ({words}{more}): a word "
            "such as “not” may be wrong or missing there, so compare the page itself.",)


def _units(one: Judged) -> Iterator[Unit]:
    if one.trial is not None:
        yield from one.trial.units
        yield from (fault.unit for fault in one.faults)
    elif one.limb.essential:
        yield from (trial.match.unit for trial in one.trials[:_LOOKED_AT])


def _uncertain(unit: Unit) -> Iterator[tuple[str, str]]:
    """The uncertain words of a passage, its stem's sentence included, with their paragraphs."""
    yield from _within(unit.provision, *unit.span)
    for stem in unit.stems:
        provision = unit.stem_provision(stem)
        places = [place for place in unit.places[:unit.own] if place.provision == stem]
        if provision is not None and places:
            yield from _within(provision, places[0].start, len(provision.text))


def _within(provision: Provision, start: int, end: int) -> Iterator[tuple[str, str]]:
    page = f" on page {provision.page}" if provision.page is not None else ""
    for first, last in provision.doubtful:
        if first < end and last > start and (word := provision.text[first:last].strip()):
            yield word, f"paragraph {provision.number}{page}"
