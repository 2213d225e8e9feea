"""A bar for each safeguard: how many bodies hold it, weaken it, lack it, rule the opposite. For a leaflet.

Every part of a bar carries its number and a hatching of its own beside its colour, so that the chart can be read
in black and white. The numbers stand in the file's own description too, for those who cannot see it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from constitution_check.survey.heatmap import NAMES, OUTCOMES, TONES, theme_name
from constitution_check.survey.tally import Tally

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from constitution_check.clause_records import Safeguard

_HATCHES = {"contradicted": "xxx", "missing": "...", "weakened": "///", "present": ""}
_WIDTH, _ROW, _HEAD = 8.27, 0.256, 1.45
"""Inches: as wide as A4, a row for each bar and theme (all fit the page), room for title and legend."""

_DPI = 200
_SVG = "http://www.w3.org/2000/svg"


def write_svg(tally: Tally, safeguards: Sequence[Safeguard], bodies: int, target: Path) -> Tally:
    """Write the chart as SVG with a title and a description, and give what its bars show."""
    page = BytesIO()
    drawn = draw(tally, safeguards, bodies)
    drawn.savefig(page, format="svg", metadata={"Date": None, "Creator": "Constitution Check"})
    root = etree.fromstring(page.getvalue(), etree.XMLParser(huge_tree=True, no_network=True, resolve_entities=False))
    root.set("role", "img")
    root.set("aria-labelledby", "chart-title chart-description")
    for tag, text in (("desc", described(tally, safeguards, bodies)), ("title", _title(bodies))):
        element = etree.Element(f"{{{_SVG}}}{tag}", id=f"chart-{'title' if tag == 'title' else 'description'}")
        element.text = text
        root.insert(0, element)
    target.write_bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
    return _bars(tally, safeguards)


def write_png(tally: Tally, safeguards: Sequence[Safeguard], bodies: int, target: Path) -> Tally:
    """Write the chart as PNG, its numbers in the file's description, and give what its bars show."""
    told = described(tally, safeguards, bodies)
    draw(tally, safeguards, bodies).savefig(target, format="png", dpi=_DPI, metadata={
        "Title": _title(bodies), "Description": told, "Software": "Constitution Check"})
    return _bars(tally, safeguards)


def read_svg(path: Path) -> Tally:
    """What the bars of a chart show: each carries its safeguard, outcome and number."""
    root = etree.parse(str(path), etree.XMLParser(huge_tree=True, no_network=True, resolve_entities=False)).getroot()
    bars = (re.fullmatch(r"bar:(.+):([a-z]+):(\d+)", str(group.get("id"))) for group in root.iter(f"{{{_SVG}}}g"))
    return Tally({(bar[1], bar[2]): int(bar[3]) for bar in bars if bar})


def read_png(path: Path, safeguards: Sequence[Safeguard]) -> Tally:
    """What the description of a picture says, once the picture itself has been read whole."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.load()
        told = str(picture.info.get("Description", ""))
    by_title = {safeguard.title: safeguard.id for safeguard in safeguards}
    outcomes = {name.lower(): outcome for outcome, name in NAMES.items()}
    tally: Tally = Tally()
    for line in told.splitlines():
        title, _, numbers = line.rpartition(": ")
        for number, name in re.findall(r"(\d+) (\w+)", numbers) if title in by_title else ():
            tally[by_title[title], outcomes[name]] = int(number)
    return tally


def described(tally: Tally, safeguards: Sequence[Safeguard], bodies: int) -> str:
    """The chart in words: a line for each safeguard."""
    lines = [f"{_title(bodies)}."]
    for safeguard in safeguards:
        parts = [f"{tally[safeguard.id, outcome]} {NAMES[outcome].lower()}" for outcome in OUTCOMES[::-1]
                 if tally[safeguard.id, outcome]]
        lines.append(f"{safeguard.title}: {', '.join(parts) or 'no body'}")
    return "\n".join(lines)


def _title(bodies: int) -> str:
    return f"Which safeguards {bodies:,} {'constitution holds' if bodies == 1 else 'constitutions hold'}"


def _bars(tally: Tally, safeguards: Sequence[Safeguard]) -> Tally:
    known = {safeguard.id for safeguard in safeguards}
    return Tally({key: number for key, number in tally.items() if key[0] in known and number})


def draw(tally: Tally, safeguards: Sequence[Safeguard], bodies: int) -> Figure:
    """The chart as a figure. tally: how many bodies, by safeguard and outcome."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = _rows(safeguards)
    height = len(rows) * _ROW + _HEAD
    with rc_context({"font.family": "DejaVu Sans", "svg.fonttype": "path",
                     "svg.hashsalt": "survey", "hatch.linewidth": 0.6}):
        figure = Figure(figsize=(_WIDTH, height))
        axes = figure.add_axes((0.44, 0.15 / height, 0.53, (height - _HEAD + 0.1) / height))
        _frame(axes, rows, bodies)
        for at, row in enumerate(rows):
            if not isinstance(row, str):
                _bar(axes, at, row, tally, bodies)
        _legend(figure, height)
        figure.text(0.03, 1 - 0.42 / height, _title(bodies), fontsize=17, fontweight="bold", color="#123F6D")
        figure.text(0.03, 1 - 0.72 / height, "Number of bodies, by what their constitution does", fontsize=11)
        figure.canvas.draw()
    return figure


def _rows(safeguards: Sequence[Safeguard]) -> list[Safeguard | str]:
    """The safeguards under their themes, from the top."""
    rows: list[Safeguard | str] = []
    for at, safeguard in enumerate(safeguards):
        if not at or safeguard.theme != safeguards[at - 1].theme:
            rows.append(theme_name(safeguard.theme))
        rows.append(safeguard)
    return rows


def _frame(axes: Axes, rows: Sequence[Safeguard | str], bodies: int) -> None:
    axes.set_xlim(0, max(bodies, 1))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.axis("off")
    for at, row in enumerate(rows):
        if isinstance(row, str):
            axes.text(-0.775, at + 0.12, row, transform=axes.get_yaxis_transform(), fontsize=11, fontweight="bold",
                      color="#123F6D", va="center")
            continue
        title = "\n".join(textwrap.wrap(row.title, 54)[:2])
        axes.text(-0.02, at, title, transform=axes.get_yaxis_transform(), ha="right", va="center", linespacing=0.95,
                  fontsize=8 if "\n" not in title else 7.4)


def _bar(axes: Axes, at: int, safeguard: Safeguard, tally: Tally, bodies: int) -> None:
    start = 0
    for outcome in OUTCOMES[::-1]:
        number = tally[safeguard.id, outcome]
        if not number:
            continue
        tone = TONES[outcome]
        (bar,) = axes.barh(at, number, left=start, height=0.8, color=f"#{tone.ground}", edgecolor=f"#{_edge(outcome)}",
                           hatch=_HATCHES[outcome], linewidth=0.8)
        bar.set_gid(f"bar:{safeguard.id}:{outcome}:{number}")
        if number / max(bodies, 1) > 0.02 * len(str(number)):
            axes.text(start + number / 2, at, str(number), ha="center", va="center", fontsize=8, fontweight="bold",
                      color=f"#{tone.ink}", bbox={"facecolor": f"#{tone.ground}", "edgecolor": "none", "pad": 0.8})
        start += number


def _edge(outcome: str) -> str:
    """The colour of outline and hatching: the ink, but on the dark ground of what is contradicted a pale red."""
    return "D98C8C" if outcome == "contradicted" else TONES[outcome].ink


def _legend(figure: Figure, height: float) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=f"#{TONES[one].ground}", edgecolor=f"#{_edge(one)}", hatch=_HATCHES[one],
                     label=NAMES[one]) for one in OUTCOMES[::-1]]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.02, 1 - 0.85 / height), ncols=4, frameon=False,
                  fontsize=10, handlelength=2.2, handleheight=1.3)
