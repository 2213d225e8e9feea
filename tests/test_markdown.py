"""Markdown: what the author typed is what is read."""

from __future__ import annotations

from pathlib import Path

from constitution_check.model import Block
from constitution_check.outline import build
from constitution_check.readers.markdown import read_markdown


def blocks(tmp_path: Path, content: str) -> tuple[Block, ...]:
    path = tmp_path / "a.md"
    path.write_text(content, encoding="utf-8")
    return read_markdown(path).blocks


def test_typed_numbers_are_kept_where_a_renderer_would_count(tmp_path: Path) -> None:
    found = blocks(tmp_path, "3. Third\n7. Seventh\n   1. inner\n   - bullet\n")
    assert [(b.label, b.text, b.level) for b in found] == [
        ("3.", "Third", 0),
        ("7.", "Seventh", 0),
        ("1.", "inner", 1),
        ("•", "bullet", 1),
    ]


def test_labels_at_line_starts_begin_paragraphs(tmp_path: Path) -> None:
    found = blocks(
        tmp_path,
        "8.6.3 The Group shall\nnot pay:\n(g) avoiders;\n(h) evaders.\n\n    (i) deep and **bold** and [linked](http://x)\n",
    )
    assert [b.text for b in found] == [
        "8.6.3 The Group shall not pay:",
        "(g) avoiders;",
        "(h) evaders.",
        "(i) deep and bold and linked",
    ]
    assert [p.number for p in build(found, "x").provisions] == ["8.6.3", "8.6.3(g)", "8.6.3(h)", "8.6.3(i)"]


def test_headings_tables_and_what_is_struck_out(tmp_path: Path) -> None:
    found = blocks(
        tmp_path,
        "---\ntitle: t\n---\n# Procurement\n\n| Ref | Text |\n|---|---|\n| 4.1 | It ~~may~~ must |\n\n"
        "A <del>no</del>yes\n",
    )
    assert [(b.text, b.kind, b.heading_level, b.cell) for b in found] == [
        ("Procurement", "heading", 1, None), ("Ref", "cell", None, (0, 0, 0)), ("Text", "cell", None, (0, 0, 1)),
        ("4.1", "cell", None, (0, 1, 0)), ("It must", "cell", None, (0, 1, 1)), ("A yes", "paragraph", None, None)]


def test_html_inside_is_read_without_its_tags(tmp_path: Path) -> None:
    assert [b.text for b in blocks(tmp_path, "<div>\n<p>One &amp; two</p>\n<p>Three</p>\n</div>\n")] == [
        "One & two",
        "Three",
    ]
