"""Where a text names an appendix or schedule: whose it is, what it is called, and whether the words are its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from constitution_check.model import Provision

LONGEST_HEADING = 16  # words of a line that may be a part's heading
MOST_SCHEDULES = 15  # no constitution has more; an Act has

_KIND = r"(?P<kind>appendix|appendices|annexe?s?|attachments?|schedules?)"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()
_NAME = (r"(?:(?-i:[A-Z]\d{0,2}|[IVX]{1,4}|[A-Z]{2}\d{1,2})|\d{1,2}[A-Z]?|" + "|".join(_NUMBERS)
         + r")\b(?!\.\d|%|/\d)")
_JOINED = r"(?:\s*(?:,\s*(?:and\s+|or\s+)?|and|or|&|to|–|-)\s*)"
_AGAIN = _KIND.replace("?P<kind>", "?:")  # "Appendix A and Appendix B"
_REFERENCE = re.compile(rf"\b{_KIND}\s+(?P<names>{_NAME}(?:{_JOINED}(?:{_AGAIN}\s+)?{_NAME})*)", re.I)
_NAMES = re.compile(rf"(?P<name>{_NAME})|(?P<range>\bto\b|–|-)", re.I)
_HEADING = re.compile(rf"[\W_]*{_KIND}\s+(?P<names>{_NAME})", re.I)
# What another document's part is said to be of. "Schedule 1 to this constitution" and "of the Group's constitution"
# are this one's.
_OTHER = (r"(?:Acts?|Regulations?|Orders?(?!\s+of\b)|Directions?|Directives?|Contracts?|Agreements?|Code|Handbook|"
          r"Polic(?:y|ies)|Guidance|Framework|Charter|Manual|Protocol|Strategy|Plan|Licen[cs]e|Memorandum|MoU|Convention|Statute|Measure|Procedures?|"
          r"Terms\s+of\s+Reference|Instructions|Rules|Scheme|Report|Specification|Guide|Toolkit|Tariff|White\s+Paper|"
          r"Law|Bill|Instrument|Circular|Standards?|Mandate|Constitution)")
_OF_ANOTHER = re.compile(
    rf"\s*(?:[(\[“\"‘'][^)\]”\"’']{{0,80}}[)\]”\"’']\s*)?,?\s*(?:(?:to|of|in|within|under|from|annexed\s+to|attached\s+to|"
    rf"contained\s+in),?\s+)(?!this\b|these\b)(?:[\w’'&()/-]+,?\s+){{0,12}}?{_OTHER}\b", re.I)
_OWN = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?,?\s*(?:to|of|in)\s+(?:this|these|the|our|its)\s+"
    r"(?:(?!Acts?\b|Regulations\b|Order\b)[\w’'-]+\s+){0,4}?(?:constitution|document)\b(?!\s+of\s+the\s+(?:United|NHS))",
    re.I)
_OF_AN_ACT = re.compile(r"^\s*,?\s*\(?(?:(?:the\s+)?(?:\d{4}\s+)?Act\b|(?:of|to)\s+(?:it|that|those)\b)", re.I)
_AFTER_AN_ACT = re.compile(r"\b(?:Act|Regulations|Order|Measure)\b(?:\s+\d{4})?[^.;]{0,24}$")
_IN_A_STATUTE = re.compile(r"\bparagraphs?\s+[\d(][\w().,\s]{0,40}?(?:\bof\b|\bin\b|\bto\b|,)?\s*$", re.I)
_STATUTE_STYLE = re.compile(r"\d+[A-Z]")  # Schedule 1A, 1B, 2A: put into an Act later; a constitution has none
_GIVEN_TITLE = re.compile(r"\s*[:,–—-]?\s*[(“\"‘'\[]\s*(?P<title>[^)”\"’'\]]{4,80})[)”\"’'\]]")
_TITLE_BEFORE = re.compile(r"(?P<title>(?:[A-Z][\w’'-]+(?:\s+(?:of|and|for|the|on|to))*\s+){1,7})"
                           r"(?:(?:is|are)\s+)?(?:(?:set\s+out|included|contained|attached|shown|found)\s+)?(?:in|at|as)\s+$")
_SMALL = frozenset("the a an of and for on to in its our nhs icb ccg group board integrated care clinical "
                   "commissioning appendix annex annexe schedule attachment final draft version see".split())
_KINDS = {"appendices": "Appendix", "appendix": "Appendix", "annex": "Annex", "annexe": "Annexe", "annexes": "Annex",
          "attachment": "Attachment", "attachments": "Attachment", "schedule": "Schedule", "schedules": "Schedule"}


@dataclass(frozen=True)
class Reference:
    """One mention of a part. title: words of what it is said to be. foreign: another document's, as an Act's schedule.

    own: it is said to be this constitution's. doubtful: it may be an Act's.
    """

    kind: str
    name: str
    paragraph: str
    title: frozenset[str] = frozenset()
    foreign: bool = False
    own: bool = False
    doubtful: bool = False

    @property
    def shown(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def key(self) -> tuple[str, str]:
        """Appendix and annex are one family, for some documents call their own parts both."""
        return "schedule" if self.kind == "Schedule" else "appendix", _value(self.name)


def references(provision: Provision) -> Iterator[Reference]:
    """The parts that a provision names, other than in the heading of one."""
    text = provision.text
    for match in _REFERENCE.finditer(text):
        if provision.standing != "contents" and _opens_a_part(provision, match):
            continue
        kind = _KINDS[match["kind"].lower()]
        after, before = text[match.end():], text[:match.start()]
        own = bool(_OWN.match(after))
        foreign = not own and bool(_OF_ANOTHER.match(after) or _OF_AN_ACT.match(after) or _AFTER_AN_ACT.search(before))
        title = _title(before, after) if provision.standing != "contents" else frozenset(title_words(after))
        for name in _each(match["names"]):
            statute = kind == "Schedule" and bool(_STATUTE_STYLE.fullmatch(name)) and not own
            yield Reference(kind, name, provision.number, title, foreign or statute, own,
                             doubtful=kind == "Schedule" and not own and (
                                 bool(_IN_A_STATUTE.search(before)) or (name.isdigit() and int(name) > MOST_SCHEDULES)))


def _opens_a_part(provision: Provision, match: re.Match[str]) -> bool:
    """Whether the words are the part's own heading, not a reference to it."""
    return not provision.text[:match.start()].strip(" [(*") and len(provision.text.split()) <= LONGEST_HEADING and (
        provision.is_heading or not provision.text.rstrip().endswith("."))


def _each(names: str) -> Iterator[str]:
    """The names in "A, B and C", with those that a range ("A to D") passes over."""
    last, through = "", False
    for match in _NAMES.finditer(names):
        if match["range"]:
            through = True
            continue
        name = match["name"]
        if through and last:
            yield from _between(last, name)
        yield name
        last, through = name, False


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit():
        yield from (str(n) for n in range(int(first) + 1, min(int(last), int(first) + 30)))
    elif len(first) == len(last) == 1 and first.isupper() and last.isupper():
        yield from (chr(n) for n in range(ord(first) + 1, ord(last)))


def _value(name: str) -> str:
    """A name as it is compared: "One", "I" and "1" are the same."""
    low = name.lower()
    for known in (_NUMBERS, _ROMANS):
        if low in known:
            return str(known.index(low) + 1)
    return low


def _title(before: str, after: str) -> frozenset[str]:
    """What the reference says that the part is: "(Standing Orders)" after it, or "the Standing Orders at" before it."""
    found = _GIVEN_TITLE.match(after) or _TITLE_BEFORE.search(before)
    return frozenset(title_words(found["title"])) if found else frozenset()


def title_words(text: str) -> Iterator[str]:
    """The words by which one title is known from another."""
    return (word for word in re.findall(r"[a-z]+", text.lower()) if word not in _SMALL)


def parts_named(text: str, anywhere: bool = False) -> Iterator[tuple[str, str]]:
    """The keys of the parts that a text begins with, or that it names anywhere."""
    matches = _REFERENCE.finditer(text) if anywhere else filter(None, [_HEADING.match(text)])
    for match in matches:
        for name in _each(match["names"]):
            yield Reference(_KINDS[match["kind"].lower()], name, "").key
