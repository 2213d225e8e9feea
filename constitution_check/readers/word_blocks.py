"""From the XML of a Word file to blocks, in one of its two texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from constitution_check.model import Block, BlockKind, Unread
from constitution_check.readers import word_inline as inline
from constitution_check.readers.word_counters import Counters
from constitution_check.readers.word_listnum import listnum_label
from constitution_check.readers.word_numbering import List
from constitution_check.readers.word_objects import chosen_branch, shows_prompt
from constitution_check.readers.word_package import too_large
from constitution_check.readers.word_paragraphs import Mark, heading_level, indent_of, is_contents_control, read_mark
from constitution_check.readers.word_parts import Parts
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import ParagraphStyle
from constitution_check.readers.word_tables import Cell, table_cells
from constitution_check.readers.word_xml import MC, M, W

MAX_PARAGRAPHS = 300_000
NOT_READ = "what it says is not part of the text that was checked; look at it in Word"
_PARAGRAPHS = frozenset((W + "p", M + "oMathPara", M + "oMath"))
_NO_TEXT = frozenset(W + name for name in ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr", "tblPr", "tblGrid"))


@dataclass
class _Flow:
    """One flow of text: the body, one note, one text box. `pending` is text whose paragraph mark is gone.

    leading: the mark under whose number and style the pending text stands, where a style separator left it open.
    """

    kind: BlockKind
    reader: inline.InlineReader
    counters: Counters
    pending: inline.Line | None = None
    pending_mark: Mark = field(default_factory=lambda: Mark(None, ParagraphStyle()))
    leading: Mark | None = None


@dataclass(frozen=True)
class _Where:
    """Where a paragraph stands: in a cell, in a contents list, in a content control that nobody has filled in."""

    cell: Cell | None = None
    contents: bool = False
    prompt: bool = False


class BlockReader:
    """Reads one text of the file; `blocks` and `unread` hold what was found after `read`.

    keep_origins: keep in `origins`, one for each block, the line that the block was made of.
    """

    def __init__(self, parts: Parts, view: View, keep_origins: bool = False) -> None:
        self._parts = parts
        self._view = view
        self._keep_origins = keep_origins
        self._reset()

    def _reset(self) -> None:
        self.blocks: list[Block] = []
        self.origins: list[inline.Line] = []
        self.unread: list[Unread] = []
        self._counters = {kind: Counters() for kind in ("paragraph", "footnote", "endnote", "textbox")}
        self._read_notes: set[tuple[str, str]] = set()
        self._tables = 0
        self._paragraphs = 0

    def read(self) -> list[Block]:
        """The blocks in document order. Raises CheckError where there are too many paragraphs.

        A body whose field marks do not pair is read again as if it had no fields: text is
        rather shown too much than lost.
        """
        if not self._read_flow("paragraph", self._parts.body):
            self._reset()
            self._read_flow("paragraph", self._parts.body, trust_fields=False)
        return self.blocks

    def _read_flow(self, kind: BlockKind, container: etree._Element, trust_fields: bool = True) -> bool:
        """Read one flow; False where a field in it never ended."""
        reader = inline.InlineReader(self._parts.styles, self._view, trust_fields)
        flow = _Flow(kind, reader, self._counters[kind])
        self._container(container, flow, _Where())
        self._flush(flow, _Where())
        return not reader.open_fields

    def _container(self, parent: etree._Element, flow: _Flow, where: _Where) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, flow, where)
            elif tag == W + "tbl":
                self._flush(flow, where)
                self._table(child, flow, where)
            elif tag in _NO_TEXT or tag in self._view.dropped:
                continue
            elif tag == W + "sdt":
                self._container(child, flow, _Where(where.cell, where.contents or is_contents_control(child),
                                                    where.prompt or shows_prompt(child)))
            elif tag == W + "altChunk":
                self._note_unread("An inserted document", "Word shows it only when it opens the file; open it in Word, "
                                  "save it, and check that")
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(child)
                if branch is not None:
                    self._container(branch, flow, where)
            elif len(child):
                self._container(child, flow, where)

    def _table(self, table: etree._Element, flow: _Flow, where: _Where) -> None:
        index = self._tables
        self._tables += 1
        for cell in table_cells(table, index, self._view):
            inside = _Where(cell, where.contents, where.prompt)
            self._container(cell.element, flow, inside)
            self._flush(flow, inside)

    # --- paragraphs ---

    def _paragraph(self, paragraph: etree._Element, flow: _Flow, where: _Where) -> None:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise too_large(self._parts.name)
        mark = read_mark(paragraph, self._parts.styles, self._view)
        line = flow.pending or inline.Line()
        flow.reader.read(paragraph, mark.style, line, where.prompt)
        if mark.joins_next or mark.leads:
            flow.pending, flow.pending_mark = line, mark
            flow.leading = flow.leading or (mark if mark.leads else None)
            return
        mark, flow.pending, flow.leading = flow.leading or mark, None, None
        self._emit(line, mark, flow, where)

    def _flush(self, flow: _Flow, where: _Where) -> None:
        """Let text whose mark is gone stand as a paragraph where none follows that it could join."""
        line, mark = flow.pending, flow.leading or flow.pending_mark
        flow.pending = flow.leading = None
        if line:
            self._emit(line, mark, flow, where)

    def _emit(self, line: inline.Line, mark: Mark, flow: _Flow, where: _Where) -> None:
        place = self._parts.lists.place(mark.numbering, mark.style)
        counted = place is not None and self._is_counted(line, mark, where)
        label = flow.counters.label(*place) if place and counted else ""
        label = mark.old_label or label
        self._number_fields(line, place, flow)
        self._add_blocks(line, mark, flow, where, label, place)
        self._name_unread(line)
        for key in line.notes:
            self._note(key, flow)
        for box in line.boxes:
            self._read_flow("textbox", box) or self._read_flow("textbox", box, trust_fields=False)

    @staticmethod
    def _is_counted(line: inline.Line, mark: Mark, where: _Where) -> bool:
        """Word numbers no bare section break and no merged-away cell, but hidden paragraphs.

        Its own "Advance value (skip numbers)" puts in empty, hidden ones to be counted.
        """
        return bool(line.pieces) or not (mark.ends_section or (where.cell is not None and where.cell.continues))

    def _number_fields(self, line: inline.Line, place: tuple[List, int] | None, flow: _Flow) -> None:
        for index in inline.listnums(line.pieces):
            piece = line.pieces[index]
            shown = listnum_label(piece.listnum, self._parts.lists, place, flow.counters)
            line.pieces[index] = inline.Piece(shown, piece.hidden, piece.colour)

    def _add_blocks(self, line: inline.Line, mark: Mark, flow: _Flow, where: _Where, label: str,
                    place: tuple[List, int] | None) -> None:
        """One block for the words, and one of its own for hidden words in the same paragraph."""
        seen, hidden = inline.joined(line.pieces, False), inline.joined(line.pieces, True)
        bare_number = not hidden and not mark.hidden and any(character.isalnum() for character in label)
        if seen or bare_number:
            self.blocks.append(self._block(line, mark, flow, where, seen, label, place))
            label = ""
        if hidden:
            self.blocks.append(self._block(line, mark, flow, where, hidden, label, place, hidden=True))
        if self._keep_origins:
            self.origins += [line] * (len(self.blocks) - len(self.origins))

    def _block(self, line: inline.Line, mark: Mark, flow: _Flow, where: _Where, text: str, label: str,
               place: tuple[List, int] | None, hidden: bool = False) -> Block:
        heading = heading_level(mark)
        contents = where.contents or mark.style.is_contents or (line.in_contents and not line.outside_contents)
        return Block(
            text=text, kind=_kind(flow, where, contents, heading), style=mark.style.name, label=label,
            level=place[1] if place and label else None, heading_level=heading,
            indent=indent_of(mark, place), hidden=hidden,
            cell=(where.cell.table, where.cell.row, where.cell.column) if where.cell else None,
            colour=inline.one_colour([piece for piece in line.pieces if piece.hidden is hidden]),
            prompt=not hidden and inline.is_prompt(line.pieces),
        )

    # --- what hangs from a paragraph ---

    def _note(self, key: tuple[str, str], flow: _Flow) -> None:
        if flow.kind in ("footnote", "endnote") or key in self._read_notes:
            return
        self._read_notes.add(key)
        note = self._parts.notes.get(key)
        if note is None:
            what = "A footnote" if key[0] == "footnote" else "An endnote"
            self._note_unread(what, "the file refers to it but does not hold it")
            return
        kind: BlockKind = "footnote" if key[0] == "footnote" else "endnote"
        if not self._read_flow(kind, note):
            self._read_flow(kind, note, trust_fields=False)

    def _name_unread(self, line: inline.Line) -> None:
        for what in line.unread:
            self._note_unread(what, NOT_READ)

    def _note_unread(self, what: str, why: str) -> None:
        before = next((block.text for block in reversed(self.blocks) if block.text), "")
        place = f"after “{before[:60].rstrip()}{'…' if len(before) > 60 else ''}”" if before else "at the start"
        self.unread.append(Unread(what=f"{what} {place}", why=why))


def _kind(flow: _Flow, where: _Where, contents: bool, heading: int | None) -> BlockKind:
    if flow.kind != "paragraph":
        return flow.kind
    if contents:
        return "contents"
    if where.cell:
        return "cell"
    return "paragraph" if heading is None else "heading"
