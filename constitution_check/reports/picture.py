"""The whole on one page: every safeguard by theme, its verdict in words, a square with a sign for each of its parts.

Colour only helps: the verdict is a word, each part a sign. `described` says the same for those who cannot see it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from constitution_check.model import Finding, Report, Status, Verdict
from constitution_check.reports import palette
from constitution_check.reports.clean import clean
from constitution_check.reports.palette import Tone
from constitution_check.words import VERDICTS, listed, verdict_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGNS: dict[Status, tuple[str, Tone, str]] = {
    Status.MET: ("✓", palette.TONES[Verdict.PRESENT], "secured"),
    Status.WEAKENED: ("~", palette.TONES[Verdict.WEAKENED], "weakened"),
    Status.ABSENT: ("✗", palette.TONES[Verdict.MISSING], "not there"),
    Status.CONTRADICTED: ("!", palette.CONTRADICTED, "the opposite is ruled")}
WIDTH = 6.46  # inches, the text's width on A4
_ROW, _MOST_HEIGHT, _DPI = 0.215, 9.0, 140
_SQUARES, _STEP, _WORD = 0.60, 0.036, 0.765  # where the squares begin, how far apart, where the verdict stands
_LINE = 52  # letters of a title on a line


def draw_picture(report: Report) -> bytes:
    """The picture as PNG, no taller than an A4 page takes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = _rows(report.findings)
    height = min((len(rows) + 3) * _ROW, _MOST_HEIGHT)
    held = BytesIO()
    with rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 1)
        axes.set_ylim(len(rows) + 0.5, -2.5)
        axes.axis("off")
        _legend(axes)
        for at, row in enumerate(rows):
            if isinstance(row, str):
                axes.text(0, at + 0.1, row, fontsize=9, fontweight="bold", color=f"#{palette.ACCENT}", va="center")
            else:
                _finding(axes, at, row)
        figure.savefig(held, format="png", dpi=_DPI, metadata={"Software": "Constitution Check"})
    return held.getvalue()


def _rows(findings: Iterable[Finding]) -> list[Finding | str]:
    """The findings under their themes, in the report's order."""
    themes: dict[str, list[Finding]] = {}
    for finding in findings:
        themes.setdefault(clean(finding.theme), []).append(finding)
    rows: list[Finding | str] = []
    for theme, held in themes.items():
        rows += [theme, *held]
    return rows


def _legend(axes: Axes) -> None:
    axes.text(0, -2.1, "One square for each part; a dashed one is an improvement that the verdict does not need",
              fontsize=7.5, va="center", color=f"#{palette.INK}")
    at = 0.0
    for sign, tone, word in SIGNS.values():
        _square(axes, at, -1.1, sign, tone)
        axes.text(at + 0.035, -1.1, word, fontsize=8, va="center", color=f"#{palette.INK}")
        at += 0.075 + 0.0125 * len(word)


def _finding(axes: Axes, at: int, finding: Finding) -> None:
    title = "\n".join(textwrap.wrap(clean(finding.title).strip().rstrip("."), _LINE)[:2])
    axes.text(0.015, at, title, fontsize=7.6 if "\n" not in title else 6.8, va="center", linespacing=0.95,
              color=f"#{palette.INK}")
    for n, limb in enumerate(finding.limbs):
        sign, tone, _ = SIGNS[limb.status]
        _square(axes, _SQUARES + n * _STEP, at, sign, tone, dashed=not limb.essential)
    tone = palette.tone_of(finding)
    axes.text(_WORD, at, verdict_words(finding), fontsize=7.6, fontweight="bold", va="center", color=f"#{tone.ink}",
              bbox={"facecolor": f"#{tone.ground}", "edgecolor": "none", "pad": 1.6})


def _square(axes: Axes, x: float, y: float, sign: str, tone: Tone, dashed: bool = False) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y - 0.4), 0.028, 0.8, facecolor=f"#{tone.ground}", edgecolor=f"#{palette.INK}",
                             linewidth=0.5, linestyle=(0, (2, 2)) if dashed else "-"))
    axes.text(x + 0.014, y, sign, fontsize=7.5, fontweight="bold", ha="center", va="center", color=f"#{tone.ink}")


def described(report: Report) -> str:
    """What the picture shows, theme by theme, in words."""
    told = []
    for theme in dict.fromkeys(finding.theme for finding in report.findings):
        held = [finding for finding in report.findings if finding.theme == theme]
        numbers = [f"{sum(f.verdict is verdict for f in held)} {word.lower()}" for verdict, word in VERDICTS.items()]
        told.append(f"{clean(theme)}: {listed(numbers)}")
    denied = sum(finding.contradicted for finding in report.findings)
    worse = f" Of all these, {denied} {'is' if denied == 1 else 'are'} contradicted." if denied else ""
    return (f"Every safeguard by theme, with its verdict and its parts. {'. '.join(told)}.{worse} The table of all "
            "safeguards says the same of each.")
