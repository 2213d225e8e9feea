"""The passages that show a change: for each limb where either version speaks of it, and what stands there in the
other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from constitution_check.compare.align import telling
from constitution_check.compare.records import Course, LimbChange, Op, Pair, SafeguardChange, Who
from constitution_check.compare.versions import Key, Version, Versions
from constitution_check.model import Change, Evidence, Finding, LimbResult, Status, Weakness

Keys = tuple[Key | None, Key | None]
_SHORTEST = 3  # letters of a tracked change that is known again in the middle of other words


def change_of(was: Finding, now: Finding, versions: Versions, tracked: Sequence[Change] = ()) -> SafeguardChange:
    """One safeguard before and after, with the passages of every limb that did not stay word for word.

    tracked: the tracked changes, where both versions are one file; the passages say who proposed them.
    """
    passages = _Passages(versions)
    limbs = passages.once([passages.limb(a, b) for a, b in zip(was.limbs, now.limbs, strict=True)])
    told = [limb for limb in limbs if limb.course is not Course.SAME]
    kept = sorted({n for limb in told for n in limb.pairs})
    if not told:  # word for word the same: only where it stands now is worth telling
        kept = sorted({n for limb in limbs for n in limb.pairs if passages.pairs[n].elsewhere})
    limbs = tuple(limb.model_copy(update={"pairs": tuple(kept.index(n) for n in limb.pairs if n in kept)
                                          if limb in told or not told else ()}) for limb in limbs)
    pairs = tuple(_with_who(passages.pairs[n], tracked) for n in kept)
    return SafeguardChange(safeguard=now.safeguard, title=now.title, theme=now.theme, ask=now.ask, limbs=limbs,
                           pairs=pairs, needs_review=was.needs_review or now.needs_review)


@dataclass
class _Passages:
    """The pairs of one safeguard, each once however many limbs rest on it."""

    versions: Versions
    pairs: list[Pair] = field(default_factory=list)
    _known: dict[Keys, int] = field(default_factory=dict)

    def limb(self, was: LimbResult, now: LimbResult) -> LimbChange:
        found = tuple(self._number(keys) for keys in self._keys(was, now))
        return LimbChange(limb=now.limb, essential=now.essential, was=was, now=now, pairs=found,
                          reworded=any(self._differs(self.pairs[n]) for n in found))

    def once(self, limbs: Sequence[LimbChange]) -> tuple[LimbChange, ...]:
        """A paragraph that has a counterpart for one limb is not shown without one for another."""
        ends: dict[tuple[str, Key], int] = {}
        for (old, new), n in self._known.items():
            if old is not None and new is not None:
                ends.setdefault(("old", old), n)
                ends.setdefault(("new", new), n)
        instead = {n: n for n in self._known.values()}
        for (old, new), n in self._known.items():
            if new is None and old is not None:
                instead[n] = ends.get(("old", old), n)
            elif old is None and new is not None:
                instead[n] = ends.get(("new", new), n)
        return tuple(limb.model_copy(update={"pairs": tuple(dict.fromkeys(instead[n] for n in limb.pairs))})
                     for limb in limbs)

    @staticmethod
    def _differs(pair: Pair) -> bool:
        return pair.reworded or bool(pair.outside)

    def _number(self, keys: Keys) -> int:
        if keys not in self._known:
            self._known[keys] = len(self.pairs)
            self.pairs.append(self.versions.pair(*keys))
        return self._known[keys]

    def _keys(self, was: LimbResult, now: LimbResult) -> list[Keys]:
        """Each passage of either version with its counterpart; what has none on either side is set against the other's.

        A counterpart that is not much like it, and of which the limb's other version does not speak, is none.
        """
        versions = self.versions
        before, after = _where(was, versions.old), _where(now, versions.new)
        found: dict[Keys, None] = {}
        for old in before:
            to = versions.forth(old)
            found[old, to if to in after or not after or versions.is_sure(old) else None] = None
        for new in after:
            back = versions.back(new)
            kept = back is not None and (back in before or not before or versions.is_sure(back))
            found.setdefault((back if kept else None, new))
        for keys in self._set_against([o for o, n in found if n is None], [n for o, n in found if o is None]):
            del found[keys[0], None], found[None, keys[1]]
            found[keys] = None
        return list(found)

    def _set_against(self, gone: Sequence[Key | None], come: Sequence[Key | None]) -> list[Keys]:
        """What went and what came, two by two, those that share most words first."""
        versions = self.versions
        alike = sorted(((fuzz.token_set_ratio(telling(versions.old.provision(o).text.casefold()),
                                              telling(versions.new.provision(n).text.casefold())), o, n)
                        for o in gone if o for n in come if n), key=lambda one: -one[0])
        made: list[Keys] = []
        for _, old, new in alike:
            if all(old != o and new != n for o, n in made):
                made.append((old, new))
        return made


def _where(limb: LimbResult, version: Version) -> list[Key]:
    """The paragraphs that a limb rests on or is undone by; none where it is absent, whatever comes near it."""
    if limb.status is Status.ABSENT:
        return []
    spans: tuple[Evidence | Weakness, ...] = (*limb.evidence, *limb.weaknesses)
    keys = (version.key_of(span) for span in spans)
    return list(dict.fromkeys(key for key in keys if key is not None))


def _with_who(pair: Pair, tracked: Sequence[Change]) -> Pair:
    """The pair with those who proposed its changes."""
    who = dict.fromkeys(Who(author=change.author, date=change.date) for piece in pair.pieces
                        for change in tracked if _is(change, piece.op, piece.text))
    return pair.model_copy(update={"who": tuple(who)}) if who else pair


def _is(change: Change, op: Op, text: str) -> bool:
    """Whether the words went or came by that change: the same, or one within the other where that is no chance."""
    if op is not {"insertion": Op.ADDED, "deletion": Op.REMOVED}[change.kind]:
        return False
    one, other = change.text.casefold().strip(), text.casefold().strip()
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= _SHORTEST and (one in other or other in one)


