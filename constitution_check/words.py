"""Plain-English labels shared by every report: one place, so that all formats say the same.

Nothing here decides anything; it names for a lay reader what the records already say.
"""

from __future__ import annotations

from dataclasses import dataclass

from constitution_check.model import BodyKind, Finding, Kind, Status, Verdict

NOT_LEGAL_ADVICE = (
    "This report is not legal advice. It quotes the document, says where each passage stands, and compares the "
    "words with a library of safeguards. Take advice before relying on it in a dispute."
)
ONLY_WHAT_WAS_READ = (
    "The program can judge only the text that it was given and could read. Anything listed as not read may hold "
    "what is reported here as missing."
)


@dataclass(frozen=True)
class KindWords:
    """One kind of weakness for a lay reader: a short label, and what it means in one sentence."""

    label: str
    meaning: str


KINDS: dict[Kind, KindWords] = {
    Kind.NO_DUTY: KindWords(
        "No one is obliged", "The words allow it or hope for it, but no one has to do it."),
    Kind.WEAK_VERB: KindWords(
        "A duty only to think about it", "It must be considered, but nothing has to come of that."),
    Kind.QUALIFIED: KindWords(
        "An escape hatch", "The duty falls away whenever the exception is claimed."),
    Kind.SUBJECTIVE: KindWords(
        "It turns on someone's opinion", "It applies only when someone thinks that it should."),
    Kind.NARROWED: KindWords(
        "It covers too little", "It reaches fewer people, contracts, meetings or days than the safeguard needs."),
    Kind.OVERRIDDEN: KindWords(
        "Undone elsewhere", "It is granted in one place, and another passage takes it away."),
    Kind.OUTSIDE: KindWords(
        "Only in another document", "It stands outside the constitution, where it is easier to change."),
    Kind.NOT_OPERATIVE: KindWords(
        "Only in text that binds no one", "A foreword, an aim, a drafting note or deleted text has no force."),
    Kind.FLOOR_ONLY: KindWords(
        "Only what the law demands anyway", "It repeats a duty that every such body has, and adds nothing to it."),
}

VERDICTS: dict[Verdict, str] = {
    Verdict.PRESENT: "Present",
    Verdict.WEAKENED: "Weakened",
    Verdict.MISSING: "Missing",
}

STATUSES: dict[Status, str] = {
    Status.MET: "Secured",
    Status.WEAKENED: "Weakened",
    Status.CONTRADICTED: "The opposite is ruled",
    Status.ABSENT: "Not there",
}

BODIES: dict[BodyKind, str] = {
    "ccg": "clinical commissioning group",
    "icb": "integrated care board",
    "unknown": "kind of body not recognised",
}


FORMATS: dict[str, str] = {"docx": "Word", "doc": "Word 97", "pdf": "PDF", "html": "web page", "md": "Markdown",
                           "txt": "plain text", "odt": "OpenDocument", "rtf": "rich text", "png": "picture",
                           "jpg": "picture", "tif": "picture"}


def verdict_words(finding: Finding) -> str:
    """The verdict as a reader sees it: "Weakened", or "Weakened, contradicted"."""
    word = VERDICTS[finding.verdict]
    return f"{word}, contradicted" if finding.contradicted else word


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 gap", "2 gaps", "2,400 words"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Items as running text: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
