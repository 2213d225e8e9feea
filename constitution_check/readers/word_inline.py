"""What stands inside one paragraph: its words, its fields, and what hangs from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from constitution_check.readers.word_fields import (
    Field,
    is_listnum,
    shown_without_result,
    simple_field,
    sym_text,
    unread_field,
)
from constitution_check.readers.word_objects import chosen_branch, picture_or_object, shows_prompt, text_boxes
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import ParagraphStyle, RunLook, Styles
from constitution_check.readers.word_symbols import plain
from constitution_check.readers.word_xml import MC, M, W

_SPACES = frozenset(W + name for name in ("tab", "ptab", "br", "cr"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_GRAPHICS = frozenset(W + name for name in ("drawing", "pict", "object", "control", "contentPart"))
# Properties, comments and ruby readings: never words of the document.
_SKIPPED = frozenset(W + name for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText", "rt", "rubyPr",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference", "fldData",
)) | {M + "rPr", M + "ctrlPr", W + "softHyphen", W + "lastRenderedPageBreak"}
_INVISIBLE = dict.fromkeys((*range(0x80, 0xA0), *map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff")))
@dataclass(frozen=True)
class Piece:
    """A stretch of text of one look, or the code of a LISTNUM field whose number is yet to be counted.

    origin: the element that holds or stands for it; None for what a field shows without a stored result.
    prompt: it asks to be replaced, and nobody has.
    """

    text: str
    hidden: bool = False
    colour: str = ""
    listnum: str = ""
    origin: etree._Element | None = None
    prompt: bool = False


@dataclass
class Line:
    """What was gathered from a paragraph, or from several whose marks are gone."""

    paragraphs: list[etree._Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    in_contents: bool = False
    outside_contents: bool = False

    def __bool__(self) -> bool:
        return bool(self.pieces or self.notes or self.boxes or self.unread)


def folded(text: str) -> str:
    """White space of every kind folded to single spaces; soft hyphens and zero-width marks taken out."""
    return " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())


class InlineReader:
    """Reads the paragraphs of one flow of text in order; fields may run over several of them.

    trust_fields: False reads a flow whose field marks do not pair, as if it had none.
    """

    def __init__(self, styles: Styles, view: View, trust_fields: bool = True) -> None:
        self._styles = styles
        self._view = view
        self._trust = trust_fields
        self._fields: list[Field] = []
        self._muted = 0  # fields whose code, not result, is being read
        self._prompt = False  # inside a content control that shows its prompt
        self._line = Line()
        self._style = ParagraphStyle()
        self._look = RunLook()

    @property
    def open_fields(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._fields)

    def read(self, paragraph: etree._Element, style: ParagraphStyle, line: Line, prompt: bool = False) -> None:
        """Add a w:p's content to the line. prompt: it stands in a content control that nobody has filled in."""
        self._line, self._style, self._prompt = line, style, prompt
        line.paragraphs.append(paragraph)
        self._walk(paragraph)

    def _walk(self, parent: etree._Element) -> None:
        dropped = self._view.dropped
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _SKIPPED or tag in dropped:
                continue
            elif tag in (W + "t", M + "t", W + "delText"):
                self._add(child.text or "", origin=child)
            elif tag == W + "fldSimple":
                self._simple_field(child)
            elif tag == MC + "AlternateContent":
                self._branch(child, self._walk)
            elif tag in _GRAPHICS:
                self._graphic(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag == W + "subDoc":
                self._line.unread.append("A linked document")
            else:
                self._walk(child)

    def _control(self, control: etree._Element) -> None:
        outer, self._prompt = self._prompt, self._prompt or shows_prompt(control)
        self._walk(control)
        self._prompt = outer

    def _run(self, run: etree._Element) -> None:
        properties = self._view.properties(run.find(W + "rPr"))
        self._look = self._styles.look(self._style, properties)
        self._run_content(run)
        self._look = self._style.look

    def _run_content(self, run: etree._Element) -> None:
        for child in run:
            tag = child.tag
            if tag in (W + "t", W + "delText"):
                self._add(child.text or "", origin=child)
            elif tag in _SPACES:
                self._add(" ", origin=child)
            elif tag == W + "instrText" or tag == W + "delInstrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code.append(child.text or "")
            elif tag == W + "fldChar":
                self._field_mark(child)
            elif tag == W + "noBreakHyphen":
                self._add("-", origin=child)
            elif tag == W + "sym":
                self._add(sym_text(child), origin=child)
            elif tag in _NOTES:
                self._line.notes.append((_NOTES[tag], child.get(W + "id", "")))
            elif tag in _GRAPHICS:
                self._graphic(child)
            elif tag == MC + "AlternateContent":
                self._branch(child, self._run_content)
            elif tag not in _SKIPPED:
                self._walk(child)

    def _branch(self, alternate: etree._Element, read: Callable[[etree._Element], None]) -> None:
        branch = chosen_branch(alternate)
        if branch is not None:
            read(branch)

    def _add(self, text: str, listnum: str = "", origin: etree._Element | None = None) -> None:
        if self._muted or not (text or listnum):
            return
        if text and not text.isascii():
            text = plain(text)
        if text and not text.isspace():
            for one in self._fields:
                one.has_shown = True
            if any(one.is_contents for one in self._fields):
                self._line.in_contents = True
            else:
                self._line.outside_contents = True
        self._line.pieces.append(Piece(text, bool(self._look.vanish), self._look.colour or "", listnum, origin,
                                       self._prompt))

    def _graphic(self, element: etree._Element) -> None:
        self._line.boxes.extend(text_boxes(element))
        what = picture_or_object(element)
        if what:
            self._line.unread.append(what)

    # --- fields ---

    def _field_mark(self, mark: etree._Element) -> None:
        if not self._trust:
            return
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(Field(form=mark.find(W + "ffData")))
            self._muted += 1
        elif kind == "separate" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].begin_result()
            self._muted -= 1
        elif kind == "end" and self._fields:
            top = self._fields.pop()
            self._muted -= 0 if top.in_result else 1
            if not top.has_shown and (not top.in_result or top.form is not None):
                self._without_result("".join(top.code), top.form)

    def _without_result(self, code: str, form: etree._Element | None) -> None:
        if is_listnum(code):
            self._add("", listnum=code.strip())
            return
        self._add(shown_without_result(code, form))
        if what := unread_field(code):
            self._line.unread.append(what)

    def _simple_field(self, element: etree._Element) -> None:
        code = element.get(W + "instr", "")
        if is_listnum(code):
            self._add("", listnum=code.strip())
            return
        self._fields.append(simple_field(code))
        self._walk(element)
        self._fields.pop()


def joined(pieces: list[Piece], hidden: bool) -> str:
    """The folded text of the pieces that are hidden, or of those that are not."""
    return folded("".join(piece.text for piece in pieces if piece.hidden is hidden))


def is_prompt(pieces: list[Piece]) -> bool:
    """Whether all of the text only asks to be replaced."""
    worded = [piece.prompt for piece in pieces if piece.text and not piece.text.isspace()]
    return bool(worded) and all(worded)


def one_colour(pieces: list[Piece]) -> str:
    """The colour of the text where all of it has one that is not black, else ""."""
    colours = {piece.colour for piece in pieces if piece.text and not piece.text.isspace()}
    return colours.pop() if len(colours) == 1 else ""


def listnums(pieces: list[Piece]) -> Iterator[int]:
    """The places of the LISTNUM fields among the pieces."""
    return (index for index, piece in enumerate(pieces) if piece.listnum)
