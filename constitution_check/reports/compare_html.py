"""The comparison as one self-contained page: no script, no picture, no request to anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constitution_check import words
from constitution_check.compare.records import Comparison, Course
from constitution_check.reports import compare_story, compare_words, law, palette, story
from constitution_check.reports.html import page_environment

if TYPE_CHECKING:
    from constitution_check.clause_records import Library


def render_compare_html(comparison: Comparison, library: Library) -> str:
    """The whole page as text, to be written as UTF-8. Every text from outside is escaped."""
    before, after = compare_story.labels(comparison)
    sides = [("The file", comparison.new)] if comparison.tracked else [
        (before, comparison.old), (after, comparison.new)]
    return page_environment().get_template("compare.html.j2").render(
        comparison=comparison, library=library, say=compare_story, passages=compare_words, story=story, law=law,
        words=words, palette=palette, sides=sides, before=before, after=after,
        changed=[change for change in comparison.changes if change.course is not Course.SAME],
        same=comparison.counts[Course.SAME])
