"""Draw a calculation as a PNG that can be read on a phone and without colour.

matplotlib is imported only while drawing. 6 x 4 inches at 200 dots are 1200 x 800 pixels: at a
phone's 400 pixels a point of type is a third as large, so SMALL is about 14 pixels there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.calculator.charts import Bars, Chart, Curve
from bot.calculator.units import decimal, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (6.0, 4.0)
DOTS = 200
SMALL = 15
LARGE = 16
INK = "#1b2a3a"
BLUE = "#0072b2"
ORANGE = "#d55e00"
PALE = "#d9e6f2"
HATCHES = ("", "//", "xx", "..", "--", "oo")
FILLS = ("#9fb8cc", BLUE, "#e69f00", "#009e73", "#cc79a7", "#999999")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG and the same in words, with its numbers, for who cannot see it."""

    png: bytes
    alt: str


def draw(chart: Chart) -> Drawn:
    """Draw `chart`; the same chart gives the same bytes."""
    # matplotlib takes a second to load; only who asks for a picture pays for it.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    match chart:
        case Bars():
            _bars(figure, chart)
        case Curve():
            _curve(figure, chart)
    return Drawn(to_png(figure), alt_text(chart))


def alt_text(chart: Chart) -> str:
    """Say in words what `chart` shows."""
    title = chart.title.replace("\n", ", ")
    match chart:
        case Bars():
            said = "; ".join(f"{label} {decimal(size)}" for label, size in chart.bars)
            return f"Bar chart. {title}: {said}."
        case Curve():
            work, length = short(_at(chart, chart.end)), short(chart.end / chart.start)
            return (
                f"Line chart. {title}: from {chart.start:,} to {chart.end:,} tokens attention work "
                f"grows {work} times, while the length grows {length} times."
            )


def to_png(figure: Figure) -> bytes:
    """Return the figure as PNG without dates, so that equal pictures are equal bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def tidy(axes: Axes) -> None:
    """Take away what is not data."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=SMALL, colors=INK)


def _bars(figure: Figure, chart: Bars) -> None:
    axes = figure.subplots()
    figure.suptitle(chart.title, fontsize=LARGE, color=INK, fontweight="bold")
    labels = [label for label, _ in chart.bars]
    sizes = [size for _, size in chart.bars]
    drawn = axes.barh(labels, sizes, color=FILLS[: len(sizes)], edgecolor=INK, height=0.62)
    for bar, hatch in zip(drawn, HATCHES, strict=False):
        bar.set_hatch(hatch)
    axes.bar_label(drawn, [decimal(size) for size in sizes], padding=6, fontsize=LARGE, color=INK)
    axes.invert_yaxis()
    axes.set_xlim(0, max(sizes) * 1.55)
    axes.xaxis.set_visible(False)
    tidy(axes)
    axes.spines["bottom"].set_visible(False)


def _curve(figure: Figure, chart: Curve) -> None:
    axes = figure.subplots()
    figure.suptitle(chart.title, fontsize=LARGE, color=INK, fontweight="bold")
    lengths = [n for n, _ in chart.points]
    work = [multiple for _, multiple in chart.points]
    linear = [n / chart.start for n in lengths]
    axes.loglog(lengths, work, color=ORANGE, linewidth=4)
    axes.loglog(lengths, linear, color=BLUE, linewidth=3, linestyle="--")
    axes.plot([chart.end], [_at(chart, chart.end)], "o", color=ORANGE, markersize=11)
    axes.plot([chart.end], [chart.end / chart.start], "s", color=BLUE, markersize=9)
    for value, word in ((_at(chart, chart.end), "attention"), (chart.end / chart.start, "length")):
        axes.annotate(
            f"{word}\n×{short(value)}",
            (chart.end, value),
            textcoords="offset points",
            fontsize=SMALL,
            color=INK,
            va="center",
            xytext=(12, 0),
        )
    axes.set_xticks([chart.start, chart.end], [f"{chart.start:,}", f"{chart.end:,}"])
    axes.minorticks_off()
    axes.set_xlim(chart.start * 0.9, chart.end * (chart.end / chart.start) ** 0.45)
    axes.set_xlabel("tokens", fontsize=SMALL, color=INK)
    axes.set_ylabel("times the cost", fontsize=SMALL, color=INK)
    tidy(axes)


def _at(chart: Curve, tokens: int) -> float:
    return dict(chart.points)[tokens]
