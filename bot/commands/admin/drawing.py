"""Draw a class as a PNG that can be read on a phone and without colour.

Like bot.calculator.chart: matplotlib is imported only while drawing, 6 inches at 200 dots are
1200 pixels, and type of SMALL points is about 14 pixels high on a phone 400 pixels wide.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.commands.admin.figures import (
    NONE,
    RIGHT,
    Figure,
    Heat,
    Items,
    Spread,
    in_percent,
    rounded,
)
from bot.gradebook import passes
from bot.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

WIDTH = 6.0
DOTS = 200
ROW = 0.3
"""Inches that a row of a list takes."""

MARGIN = 0.1
"""Inches that stay empty around everything."""

BETWEEN = 0.06
"""What stays empty between two panels, as a share of their height."""

TINY, SMALL = 11, 14
INK, DARK, PALE = "#1b2a3a", "#0b4f8a", "#e8eef4"
MAX_NAME = 14


def draw(figure: Figure) -> bytes:
    """Return the figure as PNG; the same figure gives the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 (slow, seldom needed)
    from matplotlib.figure import Figure as Canvas  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    layout = ConstrainedLayoutEngine(w_pad=MARGIN, h_pad=MARGIN, hspace=BETWEEN)
    canvas = Canvas(figsize=(WIDTH, _height(figure)), dpi=DOTS, layout=layout)
    FigureCanvasAgg(canvas)
    match figure:
        case Heat():
            _heat(canvas, figure)
        case Spread():
            _spread(canvas, figure)
        case Items():
            _items(canvas, figure)
    buffer = io.BytesIO()
    canvas.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _height(figure: Figure) -> float:
    match figure:
        case Heat():
            return 1.6 + ROW * len(figure.rows)
        case Spread():
            return 6.0 if figure.scores and figure.parts else 3.4
        case Items():
            return 1.5 + ROW * 1.25 * len(figure.rows)


def _heat(canvas: Canvas, figure: Heat) -> None:
    """Right is dark, wrong is pale with a cross, unanswered is empty: told apart without colour."""
    axes = canvas.subplots()
    _title(canvas, say("admin.draw_heat"))
    for row, (_, marks) in enumerate(figure.rows):
        for column, mark in enumerate(marks):
            _cell(axes, column, row, mark)
    axes.set_xlim(-0.5, len(figure.columns) - 0.5)
    axes.set_ylim(len(figure.rows) - 0.5, -0.5)
    names = [_short(name, row) for row, (name, _) in enumerate(figure.rows, start=1)]
    axes.set_yticks(range(len(names)), names, parse_math=False)
    crowded = len(figure.columns) > 12  # noqa: PLR2004 (labels of more columns would touch)
    axes.set_xticks(range(len(figure.columns)), figure.columns, rotation=90 if crowded else 0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=TINY, colors=INK)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(say("admin.draw_heat_key"), fontsize=TINY, color=INK)


def _cell(axes: Axes, column: int, row: int, mark: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    fill = DARK if mark == RIGHT else "white" if mark == NONE else PALE
    corner = (column - 0.45, row - 0.45)
    axes.add_patch(Rectangle(corner, 0.9, 0.9, facecolor=fill, edgecolor="#9fb0c0", linewidth=0.6))
    if mark not in (RIGHT, NONE):
        axes.plot(column, row, marker="x", color=INK, markersize=5, markeredgewidth=1.4)


def _spread(canvas: Canvas, figure: Spread) -> None:
    shown = bool(figure.parts) + bool(figure.scores)
    panels: Any = canvas.subplots(shown, 1, squeeze=False)
    if figure.parts:
        _columns(panels[0][0], figure.parts, say("admin.draw_parts"), say("admin.draw_parts_axis"))
    if figure.scores:
        out_of = len(figure.scores) - 1
        under = [not passes(s, out_of, figure.pass_mark) for s in range(out_of + 1)]
        axis = say("admin.draw_scores_axis", mark=figure.pass_mark)
        _columns(panels[-1][0], figure.scores, say("admin.draw_scores"), axis, under)


def _columns(
    axes: Axes, counts: tuple[int, ...], title: str, axis: str, hatched: list[bool] | None = None
) -> None:
    bars = axes.bar(range(len(counts)), counts, color=DARK, edgecolor=INK, width=0.8)
    for bar, pale in zip(bars, hatched or [False] * len(counts), strict=True):
        if pale:
            bar.set(facecolor=PALE, hatch="///")
    most = max(counts, default=0)
    labels = [_thousands(n) if n else "" for n in counts]
    axes.bar_label(bars, labels, fontsize=TINY - 1, color=INK, padding=2)
    axes.set_title(title, fontsize=SMALL, color=INK, fontweight="bold", loc="left")
    axes.set_xlabel(axis, fontsize=TINY, color=INK)
    axes.set_xticks(range(len(counts)))
    axes.set_ylim(0, most * 1.15 or 1)
    axes.yaxis.set_visible(False)
    axes.tick_params(length=0, labelsize=TINY, colors=INK)
    axes.spines[["top", "left", "right"]].set_visible(False)


def _items(canvas: Canvas, figure: Items) -> None:
    axes = canvas.subplots()
    _title(canvas, figure.title)
    shares = [share or 0.0 for _, share, _ in figure.rows]
    bars = axes.barh(range(len(shares)), shares, color=DARK, edgecolor=INK, height=0.62)
    for bar, (_, _, index) in zip(bars, figure.rows, strict=True):
        if index is not None and index < 0:
            bar.set(facecolor=PALE, hatch="///")
    for row, (_, share, index) in enumerate(figure.rows):
        right, sort = in_percent(share), rounded(index)
        axes.text(1.03, row, right, va="center", ha="left", fontsize=TINY, color=INK)
        weight = "bold" if index is not None and index < 0 else "normal"
        axes.text(
            1.36, row, sort, va="center", ha="right", fontsize=TINY, color=INK, fontweight=weight
        )
    axes.text(1.03, -0.95, say("admin.draw_right"), fontsize=TINY, color=INK, ha="left")
    axes.text(1.36, -0.95, say("admin.draw_index"), fontsize=TINY, color=INK, ha="right")
    axes.set_yticks(range(len(shares)), [label for label, _, _ in figure.rows])
    axes.set_xlim(0, 1.4)
    axes.set_ylim(len(shares) - 0.4, -1.3)
    axes.set_xlabel(say("admin.draw_items_key"), fontsize=TINY, color=INK)
    axes.xaxis.set_ticks([])
    axes.tick_params(length=0, labelsize=TINY, colors=INK)
    axes.spines[["top", "right", "bottom"]].set_visible(False)


def _title(canvas: Canvas, text: str) -> None:
    """A title over everything, at the left edge as that of every panel."""
    left = MARGIN / WIDTH
    canvas.suptitle(text, x=left, ha="left", fontsize=SMALL, color=INK, fontweight="bold")


def _short(name: str, row: int) -> str:
    """A name that fits; "no. 3" for one in a script that the font does not have."""
    if not all(ord(letter) in _letters() for letter in name):
        return say("admin.draw_number", number=row)
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…"


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def _thousands(number: int) -> str:
    return str(number) if number < 10_000 else f"{number / 1000:.0f}k"  # noqa: PLR2004
