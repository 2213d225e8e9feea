"""Small PDFs for the tests, set line by line so that what must be read back is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

LEADING = 14
"""Points from line to line."""


class Sheet:
    """A PDF under construction; positions in points from the top left."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_font("Helvetica", size=11)

    def page(self) -> Sheet:
        """Opens a new page."""
        self.pdf.add_page()
        return self

    def at(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 11) -> Sheet:
        """Prints one line of text with its baseline at y."""
        self.pdf.set_font("Helvetica", style="B" if bold else "", size=size)
        self.pdf.text(x, y, text)
        return self

    def lines(self, x: float, y: float, lines: Sequence[str]) -> Sheet:
        """Prints lines of one paragraph one below the other."""
        for i, line in enumerate(lines):
            self.at(x, y + i * LEADING, line)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Draws a straight rule."""
        self.pdf.line(x0, y0, x1, y1)
        return self

    def save(self, path: Path) -> Path:
        """Writes the file."""
        self.pdf.output(str(path))
        return path
