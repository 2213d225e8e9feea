"""What stands inside one paragraph: its words, its fields, and what hangs from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from constitution_check.readers.word_xml import MC, M, W, first, shape_of

_RUN, _RUN_PROPERTIES, _FIELD_MARK, _SYMBOL = W + "r", W + "rPr", W + "fldChar", W + "sym"
_SIMPLE_FIELD, _CONTROL, _LINKED, _ALTERNATE = W + "fldSimple", W + "sdt", W + "subDoc", MC + "AlternateContent"
_TEXTS = frozenset((W + "t", W + "delText", M + "t"))
_CODES = frozenset((W + "instrText", W + "delInstrText"))
_SHOWN = {W + "tab": " ", W + "ptab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
# Marks without content that stand in nearly every paragraph.
_PLAIN_MARKS = frozenset(W + name for name in (
    "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_GRAPHICS = frozenset(W + name for name in ("drawing", "pict", "object", "control", "contentPart"))
# Properties, comments and ruby readings: never words of the document.
_SKIPPED = frozenset(W + name for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText", "rt", "rubyPr",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference", "fldData",
)) | {M + "rPr", M + "ctrlPr", W + "softHyphen", W + "lastRenderedPageBreak"}
_INVISIBLE = dict.fromkeys((*range(0x80, 0xA0), *map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff")))


@dataclass(slots=True)
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


@dataclass(slots=True)
class Line:
    """What was gathered from a paragraph, or from several whose marks are gone.

    special: a piece is hidden, coloured, a prompt, or a number that is yet to be counted; most lines have none.
    """

    paragraphs: list[etree._Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    special: bool = False
    in_contents: bool = False
    outside_contents: bool = False

    def __bool__(self) -> bool:
        return bool(self.pieces or self.notes or self.boxes or self.unread)


def folded(text: str) -> str:
    """White space of every kind folded to single spaces; soft hyphens and zero-width marks taken out."""
    if "  " not in text and text.isprintable():  # of all white space and all marks, a single space alone is printable
        return text.strip(" ")
    return " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())


class Looks:
    """How the runs of one text of a file look; worked out once for all runs with the same properties and style."""

    def __init__(self, styles: Styles, view: View) -> None:
        self._styles, self._view = styles, view
        self._known: dict[object, RunLook] = {}

    def of(self, style: ParagraphStyle, properties: etree._Element) -> RunLook:
        """The look of a run with this w:rPr in a paragraph of this style."""
        key = (style.chain[:1], shape_of(properties))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._styles.look(style, self._view.properties(properties))
        return found


class InlineReader:
    """Reads the paragraphs of one flow of text in order; fields may run over several of them.

    trust_fields: False reads a flow whose field marks do not pair, as if it had none.
    """

    def __init__(self, looks: Looks, view: View, trust_fields: bool = True) -> None:
        self._looks = looks
        self._dropped = view.dropped
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
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in _SKIPPED or tag in self._dropped:
                continue
            elif tag in _TEXTS:
                self._add(child.text or "", origin=child)
            elif tag in _PLAIN_MARKS:
                continue
            elif tag == _SIMPLE_FIELD:
                self._simple_field(child)
            elif tag == _ALTERNATE:
                self._branch(child, self._walk)
            elif tag in _GRAPHICS:
                self._graphic(child)
            elif tag == _CONTROL:
                self._control(child)
            elif tag == _LINKED:
                self._line.unread.append("A linked document")
            else:
                self._walk(child)

    def _control(self, control: etree._Element) -> None:
        outer, self._prompt = self._prompt, self._prompt or shows_prompt(control)
        self._walk(control)
        self._prompt = outer

    def _run(self, run: etree._Element) -> None:
        content = run[:]
        properties = first(content, _RUN_PROPERTIES) if len(content) > 1 else None
        self._look = self._style.look if properties is None else self._looks.of(self._style, properties)
        self._run_content(content)
        self._look = self._style.look

    def _run_content(self, run: Iterable[etree._Element]) -> None:
        for child in run:
            tag = child.tag
            if tag in _TEXTS:
                self._add(child.text or "", origin=child)
            elif tag in _SKIPPED:
                if tag in _CODES and self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code.append(child.text or "")
            elif tag in _SHOWN:
                self._add(_SHOWN[tag], origin=child)
            elif tag == _FIELD_MARK:
                self._field_mark(child)
            elif tag == _SYMBOL:
                self._add(sym_text(child), origin=child)
            elif tag in _NOTES:
                self._line.notes.append((_NOTES[tag], child.get(W + "id", "")))
            elif tag in _GRAPHICS:
                self._graphic(child)
            elif tag == _ALTERNATE:
                self._branch(child, self._run_content)
            else:
                self._walk(child)

    def _branch(self, alternate: etree._Element, read: Callable[[etree._Element], None]) -> None:
        branch = chosen_branch(alternate)
        if branch is not None:
            read(branch)

    def _add(self, text: str, listnum: str = "", origin: etree._Element | None = None) -> None:
        if self._muted or not (text or listnum):
            return
        if not text.isascii():
            text = plain(text)
        line, look = self._line, self._look
        if text and not text.isspace():
            if self._fields and self._is_shown_in_contents():
                line.in_contents = True
            else:
                line.outside_contents = True
        if look.vanish or look.colour or listnum or self._prompt:
            line.special = True
            line.pieces.append(Piece(text, bool(look.vanish), look.colour or "", listnum, origin, self._prompt))
        else:
            line.pieces.append(Piece(text, False, "", "", origin))

    def _is_shown_in_contents(self) -> bool:
        """Whether a table of contents is among the open fields, all of which now have something to show."""
        for one in self._fields:
            one.has_shown = True
        return any(one.is_contents for one in self._fields)

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


def joined(pieces: list[Piece]) -> str:
    """The folded text of the pieces."""
    return folded(pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces]))


def is_marked(pieces: list[Piece]) -> bool:
    """Whether any piece has a colour or asks to be replaced."""
    return any(piece.colour or piece.prompt for piece in pieces)


def is_prompt(pieces: list[Piece]) -> bool:
    """Whether all of the text only asks to be replaced."""
    worded = [piece.prompt for piece in pieces if piece.text and not piece.text.isspace()]
    return bool(worded) and all(worded)


def one_colour(pieces: list[Piece]) -> str:
    """The colour of the text where all of it has one that is not black, else ""."""
    colours = {piece.colour for piece in pieces if piece.text and not piece.text.isspace()}
    return colours.pop() if len(colours) == 1 else ""
