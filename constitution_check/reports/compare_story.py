"""What every form of a comparison says, in the order in which it is said. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

from constitution_check.compare.records import Comparison, Course, LimbChange, SafeguardChange, Side
from constitution_check.model import Status, Verdict
from constitution_check.reports import palette
from constitution_check.reports.clean import clean
from constitution_check.reports.palette import Tone
from constitution_check.words import KINDS, STATUSES, VERDICTS, count, listed

COURSES: dict[Course, str] = {
    Course.LOST: "Lost", Course.WEAKENED: "Weakened", Course.REWORDED: "Reworded",
    Course.STRENGTHENED: "Strengthened", Course.GAINED: "Gained", Course.SAME: "No change"}
TONES: dict[Course, Tone] = {
    Course.LOST: palette.CONTRADICTED, Course.WEAKENED: palette.TONES[Verdict.MISSING],
    Course.REWORDED: palette.TONES[Verdict.WEAKENED], Course.STRENGTHENED: palette.TONES[Verdict.PRESENT],
    Course.GAINED: palette.TONES[Verdict.PRESENT], Course.SAME: palette.PLAIN}
SYMBOLS: dict[Course, str] = {Course.LOST: "✗", Course.WEAKENED: "▼", Course.REWORDED: "≈", Course.STRENGTHENED: "▲",
                              Course.GAINED: "✓", Course.SAME: "="}
GROUPS: tuple[tuple[str, str, str, tuple[Course, ...]], ...] = (
    ("worse", "What got weaker", "", (Course.LOST, Course.WEAKENED)),
    ("reworded", "Other words, judged the same",
     "The verdict on these did not change, but their words did. Read them: words can lose force in ways that no "
     "program sees.", (Course.REWORDED,)),
    ("better", "What got firmer", "", (Course.STRENGTHENED, Course.GAINED)))
"""Name, heading, what to say of the group, and the courses in it."""
_MOST_NAMED = 6
_BEFORE = {Status.MET: ("was secured", "is secured"), Status.WEAKENED: ("was weakened", "is weakened"),
           Status.CONTRADICTED: ("the opposite was ruled", "the opposite is ruled"),
           Status.ABSENT: ("was not there", "is not there")}
_AFTER = {Status.MET: ("is now secured", "would be secured"), Status.WEAKENED: ("is now weakened", "would be weakened"),
          Status.CONTRADICTED: ("the opposite is now ruled", "the opposite would be ruled"),
          Status.ABSENT: ("is no longer there", "would no longer be there")}
_SILENT = (Status.CONTRADICTED, Status.ABSENT)
ASK_FIRST = "First, that the earlier words stay. Or, in their place:"
ELSEWHERE = "Unchanged, at another place"
HOW_TO_READ = (
    "Each version was read and judged as in a gap report, both beside the law of the same day. Words taken out are "
    "struck through, words put in are underlined, and under each pair of passages the same is said in words. A "
    "paragraph is known again by its words and its place; that two passages stand side by side decides nothing."
)


def name_of(comparison: Comparison) -> str:
    """The body, by the newer version's name for it."""
    new, old = comparison.new, comparison.old
    return clean(new.body.name or old.body.name or new.sources[0].name)


def title(comparison: Comparison) -> str:
    """What the comparison is of."""
    return f"What changed: {name_of(comparison)}"


def labels(comparison: Comparison) -> tuple[str, str]:
    """What the two versions are called, short enough for the head of a column."""
    return ("As it stands", "As proposed") if comparison.tracked else ("Before", "After")


def differing_bodies(comparison: Comparison) -> str:
    """A sentence where the two are not constitutions of one body, "" where they are."""
    old, new = comparison.old.body, comparison.new.body
    if old.name == new.name or not old.name or not new.name:
        return ""
    return (f"The earlier document is that of {clean(old.name)}, the later that of {clean(new.name)}: what is said "
            "here is of two bodies, or of one that was renamed or merged.")


def lead(comparison: Comparison) -> str:
    """What changed, in one paragraph."""
    counts, total = comparison.counts, len(comparison.changes)
    told = _told(comparison)
    text = (f"Of {count(total, 'safeguard')}, {told}." if told
            else f"None of the {count(total, 'safeguard')} got weaker or firmer.")
    for course, words in ((Course.LOST, "Lost"), (Course.WEAKENED, "Weakened")):
        if named := [_lower(clean(change.title)) for change in comparison.of(course)]:
            more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
            text += f" {words}: {'; '.join(named[:_MOST_NAMED])}{more}."
    if counts[Course.REWORDED]:
        others = count(counts[Course.REWORDED], "other stands", "others stand")
        text += f" {others} in other words, to the same effect as far as the program can tell."
    return text


def _told(comparison: Comparison) -> str:
    """How many went which way; of tracked changes only what they would do."""
    counts, told = comparison.counts, []
    for course, verb in ((Course.LOST, "lost"), (Course.WEAKENED, "weakened"), (Course.STRENGTHENED, "strengthened"),
                         (Course.GAINED, "gained")):
        if counts[course]:
            verb_before = "would be" if comparison.tracked else "was" if counts[course] == 1 else "were"
            told.append(f"{counts[course]} {verb_before} {verb}")
    return listed(told)


def _lower(text: str) -> str:
    """Ready for the middle of a sentence: "NHS bodies come first" keeps its capitals."""
    text = text.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def text_words(comparison: Comparison) -> str:
    """What became of the paragraphs, in numbers."""
    text = comparison.text
    told = [f"{number:,} {words}" for number, words in (
        (text.same + text.renumbered, "the same"), (text.reworded, "reworded"), (text.moved, "moved to another place"),
        (text.outside, "now only in a document beside the constitution"), (text.removed, "removed"),
        (text.added, "added")) if number]
    numbers = f" Of those that are the same, {text.renumbered:,} have another number." if text.renumbered else ""
    return f"Paragraphs of the constitution, whether they touch a safeguard or not: {listed(told)}.{numbers}"


def unread(comparison: Comparison) -> list[tuple[str, str]]:
    """What could not be read in either version, as (what, why)."""
    sides: list[tuple[str, Side]] = [("", comparison.new)] if comparison.tracked else [
        (f"{labels(comparison)[0]}, ", comparison.old), (f"{labels(comparison)[1]}, ", comparison.new)]
    return [(clean(f"{label}{source.name}: {item.what}"), clean(item.why))
            for label, side in sides for source in side.sources for item in source.unread]


def unread_warning(comparison: Comparison) -> str:
    """A caution where what is told as lost may stand in what was not read; "" where there is none."""
    if not any(source.unread for source in comparison.new.sources) or not comparison.weaker:
        return ""
    return "Parts of the later version could not be read. What is told here as lost or weakened may stand in them."


def limb_line(limb: LimbChange, tracked: bool = False) -> str:
    """What became of a limb: "was secured, is now weakened: no one is obliged"; of tracked changes what would."""
    was, now = limb.was.status, limb.now.status
    extra = "" if limb.essential else " (an improvement; the verdict does not need it)"
    if limb.course in (Course.SAME, Course.REWORDED):
        return f"{_lower(STATUSES[now])}, as before{extra}"
    kinds = listed([_lower(KINDS[w.kind].label) for w in limb.new_weaknesses])
    if was is not now:
        after = "nothing is said of it" if (was, now) == _SILENT else _AFTER[now][tracked]
        return f"{_BEFORE[was][tracked]}, {after}{f': {kinds}' if kinds and now is Status.WEAKENED else ''}{extra}"
    gone = listed([_lower(KINDS[w.kind].label) for w in limb.gone_weaknesses])
    new = f", and newly: {kinds}" if kinds else ""
    return f"still {_lower(STATUSES[now])}{new}{f'; no longer: {gone}' if gone else ''}{extra}"


def verdict_line(change: SafeguardChange, tracked: bool = False) -> str:
    """The verdicts as a sentence: "Was present, now missing."."""
    before, after = (verdict.lower() for verdict in verdicts(change))
    if before == after:
        return f"Still {after}."
    return f"Is {before}, would be {after}." if tracked else f"Was {before}, now {after}."


def verdicts(change: SafeguardChange) -> tuple[str, str]:
    """The verdicts before and after, contradictions said."""
    return (VERDICTS[change.was] + (", contradicted" if change.was_contradicted else ""),
            VERDICTS[change.now] + (", contradicted" if change.now_contradicted else ""))


def changed_limbs(change: SafeguardChange) -> tuple[LimbChange, ...]:
    """The limbs that did not stay as they were, worst first."""
    order = list(Course)
    return tuple(sorted((one for one in change.limbs if one.course is not Course.SAME),
                        key=lambda one: order.index(one.course)))


def same_words_note(limbs: Iterable[LimbChange]) -> str:
    """A sentence where a limb got worse though no word of its passages changed: the cause stands elsewhere."""
    for limb in limbs:
        if limb.course.is_worse and limb.pairs and not limb.reworded:
            return "Its own words are the same; what changed is the text around them, or a passage that undoes them."
    return ""


def asks(change: SafeguardChange) -> str:
    """The wording to ask for, where there is something to ask for."""
    return clean(change.ask) if change.now is not Verdict.PRESENT else ""


def review_note(change: SafeguardChange) -> str:
    """A sentence where the program is not sure of either verdict."""
    return "The program is not sure of this one; a person should read both passages." if change.needs_review else ""
