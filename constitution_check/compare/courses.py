"""Which way a limb or a safeguard went between two versions: the one rule, computed and never set."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from constitution_check.model import LimbResult, Status, Verdict


class Course(StrEnum):
    """Which way it went, worst first."""

    LOST = "lost"
    WEAKENED = "weakened"
    REWORDED = "reworded"
    STRENGTHENED = "strengthened"
    GAINED = "gained"
    SAME = "same"

    @property
    def is_worse(self) -> bool:
        """Whether that is a turn for the worse."""
        return self in (Course.LOST, Course.WEAKENED)

    @property
    def is_better(self) -> bool:
        """Whether that is a turn for the better."""
        return self in (Course.STRENGTHENED, Course.GAINED)


_RANK = {Status.CONTRADICTED: 0, Status.ABSENT: 1, Status.WEAKENED: 2, Status.MET: 3}
_STANDS = (Status.MET, Status.WEAKENED)


def course_of_limb(was: LimbResult, now: LimbResult, reworded: bool = False) -> Course:
    """Which way a limb went.

    Lost: it stood, met or weakened, and stands no more. Weakened: its status fell otherwise, or it was weakened and
    is now so in a way that it was not. Where ways of weakening both went and came it counts as weakened: what came
    was not there before. Reworded: nothing of that, but its passages read otherwise.
    """
    before, after = _RANK[was.status], _RANK[now.status]
    if after < before:
        return Course.LOST if was.status in _STANDS and now.status not in _STANDS else Course.WEAKENED
    if after > before:
        return Course.GAINED if now.status in _STANDS and was.status not in _STANDS else Course.STRENGTHENED
    if now.status is Status.WEAKENED:
        kinds_before, kinds_after = {w.kind for w in was.weaknesses}, {w.kind for w in now.weaknesses}
        if kinds_after - kinds_before:
            return Course.WEAKENED
        if kinds_before - kinds_after:
            return Course.STRENGTHENED
    return Course.REWORDED if reworded else Course.SAME


def course_of_safeguard(was: Verdict, now: Verdict, limbs: Sequence[Course]) -> Course:
    """Which way a safeguard went.

    Lost: it was present or weakened and is missing. Gained: it was missing, is there, and no limb got worse. Else any
    limb that got worse makes it weakened, supporting ones too, and only then does one that got better count.
    """
    if was is not Verdict.MISSING and now is Verdict.MISSING:
        return Course.LOST
    if any(course.is_worse for course in limbs):
        return Course.WEAKENED
    if was is Verdict.MISSING and now is not Verdict.MISSING:
        return Course.GAINED
    if any(course.is_better for course in limbs):
        return Course.STRENGTHENED
    return Course.REWORDED if Course.REWORDED in limbs else Course.SAME


def worst_course(courses: Sequence[Course]) -> Course:
    """The worst of them; the same where there is none."""
    return min(courses, key=list(Course).index, default=Course.SAME)
