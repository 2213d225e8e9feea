"""Annotated copies made in tests, and what can be read in them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from constitution_check.annotate.records import Ask, Line, Notes, Remark, Spot, Written
from constitution_check.annotate.word import annotate_word
from constitution_check.readers.word_package import Package
from constitution_check.readers.word_xml import W

SAID = (Line(label="An escape hatch.", text="The duty falls away."),)


def remark(quote: str, paragraph: str, start: int | None = None) -> Remark:
    """A remark on words of a paragraph."""
    return Remark(spot=Spot(paragraph=paragraph, quote=quote, start=start), lines=SAID)


def ask(*wordings: str, beside: tuple[Spot, ...] = (), safeguard: str = "meetings-in-public") -> Ask:
    """Wording to ask for, on meetings."""
    return Ask(safeguard=safeguard, title="Decisions are taken where people can watch", wordings=wordings,
               lines=(Line(label="Wording to ask for.", text="It is not there."),), beside=beside,
               subject="Meetings of the Board are held in public. The public is excluded by resolution.")


def notes(path: Path, remarks: tuple[Remark, ...] = (), asks: tuple[Ask, ...] = ()) -> Notes:
    """Notes on a file."""
    return Notes(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), date="2026-11-22T05:00:00Z",
                 summary=(Line(label="Constitution Check", text="read this."),), remarks=remarks, asks=asks)


@dataclass
class Copy:
    """An annotated copy, opened."""

    written: Written
    data: bytes

    def part(self, name: str) -> bytes:
        """A part's bytes."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name)

    @property
    def document(self) -> etree._Element:
        """The main part."""
        return etree.fromstring(self.part("word/document.xml"))

    @property
    def body(self) -> etree._Element:
        """The body."""
        found = self.document.find(W + "body")
        assert found is not None
        return found

    def comments(self) -> dict[str, str]:
        """Each comment's text by its id."""
        root = etree.fromstring(self.part("word/comments.xml"))
        return {c.get(W + "id", ""): "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in c.iter(W + "p"))
                for c in root.iterchildren(W + "comment")}

    def marked(self) -> dict[str, str]:
        """The words that each comment is tied to, by its id."""
        texts: dict[str, str] = {}
        now: set[str] = set()
        for element in self.body.iter():
            if element.tag == W + "commentRangeStart":
                now.add(element.get(W + "id", ""))
            elif element.tag == W + "commentRangeEnd":
                now.discard(element.get(W + "id", ""))
            elif element.tag in (W + "t", W + "tab"):
                for number in now:
                    texts[number] = texts.get(number, "") + ("\t" if element.tag == W + "tab" else element.text or "")
        return texts

    def on(self, words: str) -> str:
        """The text of the comment on exactly these words."""
        (number,) = [number for number, text in self.marked().items() if text == words]
        return self.comments()[number]

    def inserted(self) -> list[str]:
        """The text of each paragraph put in, its number first, in order."""
        return [_text(p) for p in self.body.iter(W + "p") if is_ours(p)]


def is_ours(paragraph: etree._Element) -> bool:
    """Whether a paragraph was put in by the program."""
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}ins")
    return mark is not None and mark.get(W + "author") == "Constitution Check"


def _text(paragraph: etree._Element) -> str:
    return "".join("\t" if e.tag == W + "tab" else e.text or "" for e in paragraph.iter(W + "t", W + "tab")
                   if (up := e.getparent()) is not None and up.tag == W + "r")


def annotated(path: Path, remarks: tuple[Remark, ...] = (), asks: tuple[Ask, ...] = ()) -> Copy:
    """The annotated copy of a Word file."""
    data = path.read_bytes()
    return Copy(*annotate_word(data, Package(path, data), notes(path, remarks, asks)))
