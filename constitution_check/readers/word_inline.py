"""What stands inside one paragraph: its words, its fields, and what hangs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from constitution_check.readers.word_objects import chosen_branch, picture_or_object, text_boxes
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import ParagraphStyle, RunLook, Styles
from constitution_check.readers.word_symbols import plain, symbol
from constitution_check.readers.word_xml import MC, VAL, M, W, is_on, number, value

_SPACES = frozenset(W + name for name in ("tab", "ptab", "br", "cr"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_GRAPHICS = frozenset(W + name for name in ("drawing", "pict", "object", "control", "contentPart"))
# Properties, comments and ruby readings: never words of the document.
_SKIPPED = frozenset(W + name for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText", "rt", "rubyPr",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference", "fldData",
)) | {M + "rPr", M + "ctrlPr", W + "softHyphen", W + "lastRenderedPageBreak"}
_INVISIBLE = dict.fromkeys((*range(0x80, 0xA0), *map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff")))
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_SHOWN_CODE = re.compile(r"\s*MACROBUTTON\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL_CODE = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})(?:.*\\f\s+"?([^"\\]+))?', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of text of one look, or the code of a LISTNUM field whose number is yet to be counted."""

    text: str
    hidden: bool = False
    colour: str = ""
    listnum: str = ""


@dataclass
class Line:
    """What was gathered from a paragraph, or from several whose marks are gone."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    in_contents: bool = False
    outside_contents: bool = False

    def __bool__(self) -> bool:
        return bool(self.pieces or self.notes or self.boxes or self.unread)


@dataclass
class _Field:
    code: list[str] = field(default_factory=list)
    in_result: bool = False
    form: etree._Element | None = None
    is_contents: bool = False


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
        self._fields: list[_Field] = []
        self._muted = 0  # fields whose code, not result, is being read
        self._line = Line()
        self._style = ParagraphStyle()
        self._look = RunLook()

    @property
    def open_fields(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._fields)

    def read(self, paragraph: etree._Element, style: ParagraphStyle, line: Line) -> None:
        """Add a w:p's content to the line."""
        self._line, self._style = line, style
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
                self._add(child.text or "")
            elif tag == W + "fldSimple":
                self._simple_field(child)
            elif tag == MC + "AlternateContent":
                self._branch(child, self._walk)
            elif tag in _GRAPHICS:
                self._graphic(child)
            elif tag == W + "subDoc":
                self._line.unread.append("A linked document")
            else:
                self._walk(child)

    def _run(self, run: etree._Element) -> None:
        properties = self._view.properties(run.find(W + "rPr"))
        self._look = self._styles.look(self._style, properties)
        self._run_content(run)
        self._look = self._style.look

    def _run_content(self, run: etree._Element) -> None:
        for child in run:
            tag = child.tag
            if tag in (W + "t", W + "delText"):
                self._add(child.text or "")
            elif tag in _SPACES:
                self._add(" ")
            elif tag == W + "instrText" or tag == W + "delInstrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code.append(child.text or "")
            elif tag == W + "fldChar":
                self._field_mark(child)
            elif tag == W + "noBreakHyphen":
                self._add("-")
            elif tag == W + "sym":
                self._add(_sym(child))
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

    def _add(self, text: str, listnum: str = "") -> None:
        if self._muted or not (text or listnum):
            return
        if text and not text.isascii():
            text = plain(text)
        if text and not text.isspace():
            if any(one.is_contents for one in self._fields):
                self._line.in_contents = True
            else:
                self._line.outside_contents = True
        self._line.pieces.append(Piece(text, bool(self._look.vanish), self._look.colour or "", listnum))

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
            self._fields.append(_Field(form=mark.find(W + "ffData")))
            self._muted += 1
        elif kind == "separate" and self._fields and not self._fields[-1].in_result:
            top = self._fields[-1]
            top.in_result = True
            top.is_contents = bool(_CONTENTS.match("".join(top.code)))
            self._muted -= 1
        elif kind == "end" and self._fields:
            top = self._fields.pop()
            if not top.in_result:
                self._muted -= 1
                self._without_result(top)

    def _without_result(self, top: _Field) -> None:
        """Fields that show something though no result is stored."""
        code = "".join(top.code)
        if top.form is not None:
            self._add(_form_value(top.form))
        elif code.strip().upper().startswith("LISTNUM"):
            self._add("", listnum=code.strip())
        elif match := _SHOWN_CODE.match(code):
            self._add(match[1])
        elif match := _SYMBOL_CODE.match(code):
            self._add(symbol(int(match[1], 0) if match[1].lower().startswith("0x") else int(match[1]),
                             (match[2] or "").strip()))
        elif code.strip().upper().startswith(("AUTONUM", "EQ ")):
            self._line.unread.append(f"A field that Word works out on screen ({code.split()[0].upper()})")

    def _simple_field(self, element: etree._Element) -> None:
        code = element.get(W + "instr", "")
        if code.strip().upper().startswith("LISTNUM"):
            self._add("", listnum=code.strip())
            return
        self._fields.append(_Field([code], in_result=True, is_contents=bool(_CONTENTS.match(code))))
        self._walk(element)
        self._fields.pop()


def _sym(element: etree._Element) -> str:
    try:
        return symbol(int(element.get(W + "char", ""), 16), element.get(W + "font", ""))
    except ValueError:
        return ""


def _form_value(form: etree._Element) -> str:
    """What a legacy form field shows: a ticked box, the chosen entry."""
    box = form.find(W + "checkBox")
    if box is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return "☒" if state is not None and is_on(state) else "☐"
    choices = form.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(W + "listEntry")]
        chosen = number(choices, "result") or number(choices, "default") or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return value(form.find(W + "textInput"), "default") or ""


def joined(pieces: list[Piece], hidden: bool) -> str:
    """The folded text of the pieces that are hidden, or of those that are not."""
    return folded("".join(piece.text for piece in pieces if piece.hidden is hidden))


def one_colour(pieces: list[Piece]) -> str:
    """The colour of the text where all of it has one that is not black, else ""."""
    colours = {piece.colour for piece in pieces if piece.text and not piece.text.isspace()}
    return colours.pop() if len(colours) == 1 else ""


def listnums(pieces: list[Piece]) -> Iterator[int]:
    """The places of the LISTNUM fields among the pieces."""
    return (index for index, piece in enumerate(pieces) if piece.listnum)
