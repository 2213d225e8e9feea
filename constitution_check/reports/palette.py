"""Colours of the verdicts, RRGGBB, the same in every format; each pair reads at 4.5:1 or better.

Colour is never alone: the verdict always stands beside it as a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from constitution_check.model import Finding, Verdict


@dataclass(frozen=True)
class Tone:
    """A text colour on a background, and the style of the same on a terminal (rich)."""

    ink: str
    ground: str
    terminal: str
    symbol: str


TONES: dict[Verdict, Tone] = {
    Verdict.PRESENT: Tone("0B5D2A", "E2F1E6", "green", "✓"),
    Verdict.WEAKENED: Tone("744000", "FDEFD5", "yellow", "~"),
    Verdict.MISSING: Tone("8C1414", "FBE4E1", "red", "✗"),
}
CONTRADICTED = Tone("FFFFFF", "7D0F0F", "bold red", "!")
INK = "1D2730"
PLAIN = Tone("1D2730", "EEF3F8", "", "=")
MUTED = "4F5B66"
ACCENT = "123F6D"
PAPER = "FFFFFF"
PANEL = "EEF3F8"
MARK = "FFE58A"
GONE = Tone("8C1414", "FBE4E1", "red strike", "-")
"""Words taken out; struck through as well."""
COME = Tone("0B5D2A", "E2F1E6", "green underline", "+")
"""Words put in; underlined as well."""


def tone_of(finding: Finding) -> Tone:
    """The tone of a finding: contradicted before any verdict."""
    return CONTRADICTED if finding.contradicted else TONES[finding.verdict]


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of two RRGGBB colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
