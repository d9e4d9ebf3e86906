"""One look for every figure of the course: sizes, inks and small helpers.

A figure is 1200 pixels wide and is read at about 400 on a phone, so SMALL type is about 14
pixels there. Every difference is told by hatch, mark or word as well as by colour.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from bot.calculator.chart import BLUE, INK, LARGE, ORANGE, PALE, SMALL

WIDTH = 6.0
DOTS = 200
GREEN = "#009e73"
YELLOW = "#e69f00"
GREY = "#c9d2da"
WHITE = "#ffffff"

__all__ = [
    "BLUE", "GREEN", "GREY", "INK", "LARGE", "ORANGE", "PALE", "SMALL", "WHITE", "YELLOW",
    "arrow", "blank", "box", "canvas", "say",
]  # fmt: skip


def canvas(height: float = 4.0) -> Figure:
    """Return an empty figure, WIDTH x `height` inches."""
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def blank(axes: Axes, width: float, height: float) -> Axes:
    """Make axes a drawing board of `width` x `height` units."""
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    return axes


def box(
    axes: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    fill: str,
    hatch: str = "",
    dashed: bool = False,
) -> None:
    """Draw a rectangle with its lower left `corner`."""
    axes.add_patch(
        FancyBboxPatch(
            corner,
            *size,
            boxstyle="square,pad=0",
            facecolor=fill,
            edgecolor=INK,
            linewidth=1.3,
            hatch=hatch,
            linestyle="--" if dashed else "-",
        )
    )


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow."""
    axes.add_patch(
        FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=22, color=INK, linewidth=2.2)
    )


def say(
    axes: Axes,
    place: tuple[float, float],
    text: str,
    size: float = SMALL,
    bold: bool = False,
    align: str = "center",
    colour: str = INK,
) -> None:
    """Write `text`, centred on its height."""
    axes.text(
        *place,
        text,
        fontsize=size,
        color=colour,
        ha=align,
        va="center",
        fontweight="bold" if bold else "normal",
        linespacing=1.15,
    )
