"""From the XML of a Word file to blocks, in one of its two texts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lxml import etree
from pydantic import TypeAdapter

from constitution_check.model import Block, BlockKind, Unread
from constitution_check.readers import word_inline as inline
from constitution_check.readers.word_counters import Counters
from constitution_check.readers.word_layout import Layout, Layouts
from constitution_check.readers.word_listnum import listnum_label
from constitution_check.readers.word_objects import chosen_branch, shows_prompt
from constitution_check.readers.word_package import too_large
from constitution_check.readers.word_paragraphs import Mark, is_contents_control
from constitution_check.readers.word_parts import Parts
from constitution_check.readers.word_revisions import View
from constitution_check.readers.word_styles import ParagraphStyle
from constitution_check.readers.word_tables import Cell, table_cells
from constitution_check.readers.word_xml import MC, M, W

MAX_PARAGRAPHS = 300_000
NOT_READ = "what it says is not part of the text that was checked; look at it in Word"
_PARAGRAPHS = frozenset((W + "p", M + "oMathPara", M + "oMath"))
_BLOCKS = TypeAdapter(list[Block])
_TABLE, _CONTROL = W + "tbl", W + "sdt"
_NO_TEXT = frozenset(W + name for name in ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr", "tblPr", "tblGrid"))


@dataclass
class _Flow:
    """One flow of text: the body, one note, one text box. `pending` is text whose paragraph mark is gone.

    leading: the layout under whose number and style the pending text stands, where a style separator left it open.
    """

    kind: BlockKind
    reader: inline.InlineReader
    counters: Counters
    pending: inline.Line | None = None
    pending_layout: Layout = field(default_factory=lambda: Layout(Mark(None, ParagraphStyle())))
    leading: Layout | None = None


class _Where(NamedTuple):
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
        self._layouts = Layouts(parts.styles, parts.lists, view)
        self._looks = inline.Looks(parts.styles, view)
        self._keep_origins = keep_origins
        self._reset()

    def _reset(self) -> None:
        self.blocks: list[Block] = []
        self._rows: list[dict[str, Any]] = []  # what the blocks are made of, all at once when everything is read
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
        self.blocks = _BLOCKS.validate_python(self._rows)
        return self.blocks

    def _read_flow(self, kind: BlockKind, container: etree._Element, trust_fields: bool = True) -> bool:
        """Read one flow; False where a field in it never ended."""
        reader = inline.InlineReader(self._looks, self._view, trust_fields)
        flow = _Flow(kind, reader, self._counters[kind])
        self._container(container, flow, _Where())
        self._flush(flow, _Where())
        return not reader.open_fields

    def _container(self, parent: etree._Element, flow: _Flow, where: _Where) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, flow, where)
            elif tag == _TABLE:
                self._flush(flow, where)
                self._table(child, flow, where)
            elif tag in _NO_TEXT or tag in self._view.dropped:
                continue
            elif tag == _CONTROL:
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
        layout = self._layouts.of(paragraph)
        mark, line = layout.mark, flow.pending or inline.Line()
        flow.reader.read(paragraph, mark.style, line, where.prompt)
        if mark.joins_next or mark.leads:
            flow.pending, flow.pending_layout = line, layout
            flow.leading = flow.leading or (layout if mark.leads else None)
            return
        layout, flow.pending, flow.leading = flow.leading or layout, None, None
        self._emit(line, layout, flow, where)

    def _flush(self, flow: _Flow, where: _Where) -> None:
        """Let text whose mark is gone stand as a paragraph where none follows that it could join."""
        line, layout = flow.pending, flow.leading or flow.pending_layout
        flow.pending = flow.leading = None
        if line:
            self._emit(line, layout, flow, where)

    def _emit(self, line: inline.Line, layout: Layout, flow: _Flow, where: _Where) -> None:
        place = layout.place
        counted = place is not None and self._is_counted(line, layout.mark, where)
        label = flow.counters.label(*place) if place and counted else ""
        if line.special:
            self._number_fields(line, layout, flow)
        self._add_blocks(line, layout, flow, where, layout.mark.old_label or label)
        for what in line.unread:
            self._note_unread(what, NOT_READ)
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

    def _number_fields(self, line: inline.Line, layout: Layout, flow: _Flow) -> None:
        for index, piece in enumerate(line.pieces):
            if piece.listnum:
                shown = listnum_label(piece.listnum, self._parts.lists, layout.place, flow.counters)
                line.pieces[index] = replace(piece, text=shown, listnum="", origin=None)

    def _add_blocks(self, line: inline.Line, layout: Layout, flow: _Flow, where: _Where, label: str) -> None:
        """One block for the words, and one of its own for hidden words in the same paragraph."""
        hidden = [piece for piece in line.pieces if piece.hidden] if line.special else []
        seen = [piece for piece in line.pieces if not piece.hidden] if hidden else line.pieces
        words, hidden_words = inline.joined(seen), inline.joined(hidden) if hidden else ""
        if words or (label and not hidden_words and not layout.mark.hidden and any(map(str.isalnum, label))):
            self._rows.append(self._row(line, layout, flow, where, words, label, seen))
            label = ""
        if hidden_words:
            self._rows.append(self._row(line, layout, flow, where, hidden_words, label, hidden))
        if self._keep_origins:
            self.origins += [line] * (len(self._rows) - len(self.origins))

    @staticmethod
    def _row(line: inline.Line, layout: Layout, flow: _Flow, where: _Where, text: str, label: str,
             pieces: list[inline.Piece]) -> dict[str, Any]:
        """The fields of one block."""
        style, hidden = layout.mark.style, bool(pieces) and pieces[0].hidden
        contents = where.contents or style.is_contents or (line.in_contents and not line.outside_contents)
        block: dict[str, Any] = {"text": text, "kind": _kind(flow, where, contents, layout.heading),
                                 "style": style.name, "indent": layout.indent, "heading_level": layout.heading}
        if label:
            block["label"], block["level"] = label, layout.place[1] if layout.place else None
        if where.cell:
            block["cell"] = (where.cell.table, where.cell.row, where.cell.column)
        if line.special and (hidden or inline.is_marked(pieces)):
            block.update(hidden=hidden, colour=inline.one_colour(pieces),
                         prompt=not hidden and inline.is_prompt(pieces))
        return block

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

    def _note_unread(self, what: str, why: str) -> None:
        before = next((row["text"] for row in reversed(self._rows) if row["text"]), "")
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
