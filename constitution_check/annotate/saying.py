"""From a report to what is to be said in the copy of the document: comments on weak words, wording to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import TYPE_CHECKING

from constitution_check.annotate.records import Ask, Line, Notes, Remark, Spot
from constitution_check.model import Evidence, Finding, LimbResult, Report, Status, Weakness
from constitution_check.reports import story
from constitution_check.reports.clean import clean
from constitution_check.reports.quoting import paragraph_words
from constitution_check.words import KINDS, count, listed

if TYPE_CHECKING:
    from constitution_check.clause_records import Library, Safeguard

_Fault = tuple[Finding, LimbResult, Weakness | None]  # None: the words rule the opposite


def notes_of(report: Report, library: Library) -> Notes:
    """What to write into a copy of the report's first source."""
    faults = list(_faults(report))
    remarks = [Remark(spot=spot, lines=tuple(_remark_lines(of, report, library))) for spot, of in _by_spot(faults)]
    asks = [ask for finding in report.gaps if (ask := _ask(finding, report, library.get(finding.safeguard)))]
    order = {safeguard.id: place for place, safeguard in enumerate(library.safeguards)}
    asks.sort(key=lambda ask: order[ask.safeguard])
    when = report.checked_at.astimezone(UTC)
    main = report.sources[0]
    return Notes(name=main.name, sha256=main.sha256, date=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                 summary=tuple(_summary(report, bool(remarks), bool(asks))), remarks=tuple(remarks), asks=tuple(asks))


# --- which words are remarked on -----------------------------------------------------------


def _here(source: str, report: Report) -> bool:
    return source in ("", report.sources[0].name)


def _faults(report: Report) -> Iterator[tuple[Spot, _Fault]]:
    """Every place in the document that weakens or contradicts a limb, with what it does."""
    for finding in report.findings:
        for limb in finding.limbs:
            if limb.status is Status.CONTRADICTED:
                for span in limb.evidence:
                    if _here(span.source, report):
                        yield _spot(span), (finding, limb, None)
                continue
            for weakness in limb.weaknesses if limb.status is not Status.MET else ():
                if _here(weakness.source, report) and weakness.quote.strip():
                    yield _weak_spot(weakness, limb), (finding, limb, weakness)


def _spot(span: Evidence) -> Spot:
    return Spot(paragraph=span.paragraph, quote=span.quote, start=span.start, page=span.page)


def _weak_spot(weakness: Weakness, limb: LimbResult) -> Spot:
    around = next((e for e in (*limb.evidence, *limb.nearest)
                   if e.paragraph == weakness.paragraph and weakness.quote in e.quote), None)
    return Spot(paragraph=weakness.paragraph, quote=weakness.quote, start=weakness.start,
                passage=around.quote if around else "", passage_start=around.start if around else 0,
                page=around.page if around else None)


def _by_spot(faults: Iterable[tuple[Spot, _Fault]]) -> list[tuple[Spot, list[_Fault]]]:
    """The same words once, with all that they do."""
    found: dict[tuple[str, str, int | None], tuple[Spot, list[_Fault]]] = {}
    for spot, fault in faults:
        found.setdefault((spot.paragraph, spot.quote, spot.start), (spot, []))[1].append(fault)
    return list(found.values())


# --- what is said of them ------------------------------------------------------------------


def _remark_lines(faults: list[_Fault], report: Report, library: Library) -> Iterator[Line]:
    whys = dict.fromkeys((KINDS[w.kind].label, clean(w.why)) for _, _, w in faults if w)
    for label, why in whys:
        yield Line(label=f"{label}.", text=why)
    if any(weakness is None for _, _, weakness in faults):
        yield Line(label="This rules the opposite", text="of what is asked for below. That is worse than silence: "
                                                         "ask for these words to be taken out.")
    by_safeguard: dict[str, list[_Fault]] = {}
    for fault in faults:
        by_safeguard.setdefault(fault[0].safeguard, []).append(fault)
    for wanted, of in by_safeguard.items():
        safeguard, finding = library.get(wanted), of[0][0]
        limbs = list(dict.fromkeys(limb.limb for _, limb, _ in of))
        demands = " ".join(_sentence(safeguard.limb(limb).demand) for limb in limbs)
        verb = "Contradicts" if all(weakness is None for _, _, weakness in of) else "Weakens"
        yield Line(label=f"{verb} “{clean(finding.title)}”:", text=demands)
        wordings = dict.fromkeys(safeguard.wording(limb, report.body.kind) for limb in limbs)
        yield Line(label="Ask for:", text=" ".join(f"“{clean(wording)}”" for wording in wordings))


def _sentence(text: str) -> str:
    text = clean(text).strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


# --- the wording to ask for ----------------------------------------------------------------


def _ask(finding: Finding, report: Report, safeguard: Safeguard) -> Ask | None:
    """The wording of the limbs that are not there, or whose opposite is; None where all are, however weakly."""
    lacking = [limb for limb in finding.limbs if _is_lacking(limb, report)]
    if not lacking:
        return None
    wordings = dict.fromkeys(clean(safeguard.wording(limb.limb, report.body.kind)).strip() for limb in lacking)
    counted = [limb for limb in finding.limbs if limb.status in (Status.MET, Status.WEAKENED)]
    counted += [limb for limb in finding.limbs if limb.status is Status.CONTRADICTED]
    beside = [_spot(e) for limb in counted for e in limb.evidence if _here(e.source, report)]
    beside += [_weak_spot(w, limb) for limb in lacking for w in limb.weaknesses if _here(w.source, report)]
    near = [_spot(e) for limb in lacking for e in limb.nearest if _here(e.source, report)]
    return Ask(safeguard=finding.safeguard, title=clean(finding.title), wordings=tuple(wordings),
               lines=tuple(_ask_lines(finding, lacking, report, safeguard)), beside=tuple(beside), near=tuple(near),
               subject=_subject(safeguard, report))


def _subject(safeguard: Safeguard, report: Report) -> str:
    """What a safeguard is about, in the library's words."""
    wordings = (safeguard.wording(limb.id, report.body.kind) for limb in safeguard.limbs)
    return "\n".join([safeguard.title, *(limb.demand for limb in safeguard.limbs), *wordings])


def _is_lacking(limb: LimbResult, report: Report) -> bool:
    """Whether the document itself is silent on the limb, or rules the opposite of it."""
    if limb.status in (Status.ABSENT, Status.CONTRADICTED):
        return True
    return limb.status is not Status.MET and not any(_here(source, report) for source in _sources(limb))


def _sources(limb: LimbResult) -> list[str]:
    """The documents in which something is found for or against a limb."""
    return [*(e.source for e in limb.evidence), *(w.source for w in limb.weaknesses if w.quote.strip())]


def _ask_lines(finding: Finding, lacking: list[LimbResult], report: Report, safeguard: Safeguard) -> Iterator[Line]:
    silent = [limb for limb in lacking if limb.status is not Status.CONTRADICTED]
    against = dict.fromkeys(paragraph_words(e.paragraph) for limb in lacking if limb.status is Status.CONTRADICTED
                            for e in limb.evidence)
    if len(silent) == len(finding.limbs):
        what = "Nothing in the document secures this."
    else:
        what = (f"{count(len(silent), 'part')} of {len(finding.limbs)} {'is' if len(silent) == 1 else 'are'} not there."
                if silent else "")
    if against:
        what += f" To stand in place of the words marked in {listed(list(against))}, which rule the opposite."
    yield Line(label=f"Wording to ask for: {clean(finding.title)}.", text=what.strip())
    others = dict.fromkeys(other for limb in lacking for source in _sources(limb)
                           if (other := story.other_document(source, report)))
    if others:
        yield Line(text=f"Something of it stands in {listed(list(others))}, which can be changed without changing "
                        "the constitution.")
    yield Line(label="Why it matters:", text=clean(safeguard.why))


def _summary(report: Report, remarks: bool, asks: bool) -> Iterator[Line]:
    yield Line(label="Constitution Check", text=f"read this document on {story.date_words(report)}. "
                                                f"{story.counts(report)}")
    told = ["A comment marks words that weaken or contradict a safeguard and says what to ask for."] if remarks else []
    told += ["Wording to ask for is put in where it would belong: take it, change it or leave it out. "
             "Nothing else in the document was changed."] if asks else []
    if told:
        yield Line(text=" ".join(told))
    if unread := story.unread(report):
        things = listed([what[:1].lower() + what[1:] for what, _ in unread[:5]])
        more = f" and {len(unread) - 5} more" if len(unread) > 5 else ""
        yield Line(label="Not read:", text=f"{things}{more}. It may hold what is called missing here.")
    yield Line(text="These notes are not legal advice.")
