"""The shapes of numbering that constitutions have, as multilevel lists of Word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level of a list. text: Word's pattern ("%1.%2"); how: its number format; style: that of its paragraphs."""

    text: str
    how: str
    style: str


@dataclass(frozen=True)
class Shape:
    """How a kind of constitution is numbered.

    body: levels of the marks #, ##/2, 3, a, i. appendix: the same beneath an appendix, with the appendix's own
    heading first. own_lists: every lettered list is a list of its own, restarted by an override (as documents are
    that were put together from many hands), instead of the deeper levels of the one multilevel list.
    """

    body: tuple[Level, ...]
    appendix: tuple[Level, ...]
    own_lists: bool = False
    lettered: tuple[Level, ...] = ()


def _decimal(style: str, *texts: str) -> tuple[Level, ...]:
    return tuple(Level(text, "decimal", f"{style}{depth}") for depth, text in enumerate(texts, 1))


def _items(style: str, letter: str, roman: str) -> tuple[Level, ...]:
    return (Level(letter, "lowerLetter", f"{style}Letter"), Level(roman, "lowerRoman", f"{style}Roman"))


SHAPES = {
    "ccg": Shape(
        body=(*_decimal("Clause", "%1.", "%1.%2.", "%1.%2.%3."), *_items("Clause", "(%4)", "(%5)")),
        appendix=(Level("Appendix %1", "upperLetter", "AppendixHeading"),
                  *_decimal("Appendix", "%2.", "%2.%3.", "%2.%3.%4."), *_items("Appendix", "(%5)", "(%6)"))),
    "icb": Shape(
        body=_decimal("Clause", "%1.", "%1.%2", "%1.%2.%3"),
        appendix=(Level("Appendix %1:", "decimal", "AppendixHeading"),
                  *_decimal("Appendix", "%2.", "%2.%3", "%2.%3.%4")),
        own_lists=True, lettered=_items("Item", "%1)", "%2)")),
    "articles": Shape(
        body=(Level("Article %1", "decimal", "Clause1"), *_decimal("Clause", "%1.", "%1.%2", "%1.%2.%3")[1:],
              *_items("Clause", "(%4)", "(%5)")),
        appendix=(Level("Schedule %1", "decimal", "AppendixHeading"), *_decimal("Appendix", "%2.", "%2.%3", "%2.%3.%4"),
                  *_items("Appendix", "(%5)", "(%6)"))),
}
