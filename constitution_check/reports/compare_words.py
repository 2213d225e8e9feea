"""What is said of two passages that stand side by side: where they stand, what became of the words, who proposed it."""

from __future__ import annotations

from datetime import datetime

from constitution_check.compare.records import Comparison, Course, Op, Pair, Place, Who
from constitution_check.reports import quoting
from constitution_check.reports.clean import clean
from constitution_check.reports.compare_story import labels
from constitution_check.words import listed


def place_words(place: Place | None, several: bool = False) -> str:
    """Where a paragraph stands; "" for none."""
    if place is None:
        return ""
    words = quoting.paragraph_words(place.paragraph)
    page = f", page {place.page}" if place.page is not None else ""
    return f"{words}{page}{f', {clean(place.source)}' if several else ''}"


def elsewhere(comparison: Comparison) -> list[tuple[str, str]]:
    """The safeguards that did not change but stand elsewhere, each with where: ("No one is gagged", "moved: …")."""
    return [(clean(change.title).rstrip("."), " ".join(
                said for pair in change.pairs if (said := _standing(pair, comparison.tracked))))
            for change in comparison.of(Course.SAME) if change.pairs]


def heads(pair: Pair, comparison: Comparison) -> tuple[str, str]:
    """What stands above the two passages: "Before: paragraph 8.2, page 4"."""
    before, after = labels(comparison)
    old = place_words(pair.old, len(comparison.old.sources) > 1) or "nothing"
    new = place_words(pair.new, len(comparison.new.sources) > 1) or "nothing"
    return f"{before}: {old}", f"{after}: {new}"


def pair_words(pair: Pair, comparison: Comparison) -> list[str]:
    """What is to be said of two passages: moved, gone to a handbook, the words that changed, who proposed it."""
    said = [_standing(pair, comparison.tracked)]
    if pair.old and pair.new and not pair.by_meaning:
        said.append(_changed_words(pair))
    if pair.who:
        said.append(f"Proposed by {listed([who_words(one) for one in pair.who])}.")
    return [sentence for sentence in said if sentence]


def _standing(pair: Pair, tracked: bool) -> str:
    old, new = pair.old, pair.new
    if new is None:
        return "This paragraph would go." if tracked else "This paragraph has gone."
    if old is None:
        return "This paragraph would be new." if tracked else "This paragraph is new."
    if pair.outside == "left":
        return f"This paragraph is now only in {clean(new.source)}, outside the constitution."
    if pair.outside == "came":
        return f"This paragraph was only in {clean(old.source)}, and has come into the constitution."
    if pair.by_meaning:
        return "Not the same paragraph in other words, but where each version speaks of this."
    was, now = (quoting.paragraph_words(place.paragraph).removeprefix("paragraph ") for place in (old, new))
    if was == now:
        return ""
    return f"{'Moved' if pair.moved else 'Renumbered'}: was {was}, now {now}."


def _changed_words(pair: Pair) -> str:
    """The words that changed, said: the marks in the passages must not be the only sign."""
    gone, come = (_quoted(pair, op) for op in (Op.REMOVED, Op.ADDED))
    if not gone and not come:
        return "The words are the same."
    return " ".join(filter(None, (f"Taken out: {gone}." if gone else "", f"Put in: {come}." if come else "")))


def _quoted(pair: Pair, op: Op) -> str:
    texts = [piece.text.strip(" ,;.:") for piece in pair.pieces if piece.op is op]
    return "; ".join(f"“{clean(text)}”" for text in texts if any(c.isalnum() for c in text))


def who_words(who: Who) -> str:
    """Who proposed a change, and when: "A. Clerk on 3 May 2016"."""
    author = clean(who.author) or "an unnamed author"
    try:
        when = datetime.fromisoformat(who.date.replace("Z", "+00:00"))
    except ValueError:
        return author
    return f"{author} on {when.day} {when:%B %Y}"
