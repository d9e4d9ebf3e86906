"""Figures of lesson 4: the cache under each technique, and paging."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.calculator.kv_cache import kv_cache
from bot.calculator.lengths import parse_length
from bot.calculator.names import resolve_model
from bot.calculator.units import decimal
from bot.calculator.variants import variants
from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LARGE,
    ORANGE,
    SMALL,
    WHITE,
    YELLOW,
    blank,
    box,
    canvas,
    say,
)

MODEL = "Llama 2 70B"
CONTEXT = parse_length("32K")


def technique_sizes() -> tuple[tuple[str, int], ...]:
    """Bytes for one user under each technique, from the calculator."""
    side = variants(kv_cache(resolve_model(MODEL), CONTEXT))
    named = (
        ("MHA", side.mha),
        ("GQA-8", side.gqa),
        ("MQA", side.mqa),
        ("GQA-8, int8", side.int8),
        ("GQA-8, int4", side.int4),
    )
    return tuple((name, size or 0) for name, size in named)


def kv_cache_per_technique() -> Figure:
    """Bars: the same model and length, one user."""
    figure = canvas(4.4)
    axes = figure.subplots()
    figure.suptitle(
        f"KV cache of one user: shape of {MODEL},\n{CONTEXT:,} tokens, 16-bit unless said",
        fontsize=SMALL,
        fontweight="bold",
    )
    rows = technique_sizes()
    bars = axes.barh(
        [name for name, _ in rows],
        [size for _, size in rows],
        color=[GREY, BLUE, YELLOW, GREEN, ORANGE],
        edgecolor=INK,
        height=0.62,
    )
    for bar, hatch in zip(bars, ("", "//", "xx", "..", "--"), strict=True):
        bar.set_hatch(hatch)
    axes.bar_label(bars, [decimal(size) for _, size in rows], padding=6, fontsize=LARGE, color=INK)
    axes.invert_yaxis()
    axes.set_xlim(0, rows[0][1] * 1.4)
    axes.xaxis.set_visible(False)
    axes.tick_params(labelsize=LARGE, colors=INK)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    return figure


def paging() -> Figure:
    """Above: a reserved row with waste. Below: blocks anywhere, found through a table."""
    figure = canvas(5.6)
    axes = blank(figure.subplots(), 60, 56)
    say(axes, (1, 53.5), "Contiguous: room for the longest answer", LARGE, bold=True, align="left")
    for slot in range(12):
        used = slot < 5
        place = (1 + 4.8 * slot, 45)
        box(axes, place, (4.8, 5.4), BLUE if used else WHITE, "" if used else "xx", not used)
    say(axes, (13, 42.2), "used")
    say(axes, (42, 42.2), "reserved, wasted")
    say(axes, (1, 35.5), "Paged: blocks taken as they are needed", LARGE, bold=True, align="left")
    say(axes, (10.5, 30.5), "block table")
    for row, (logical, physical) in enumerate(((0, 5), (1, 1), (2, 6))):
        bottom = 22.5 - 6 * row
        box(axes, (2, bottom), (8, 5.4), WHITE)
        say(axes, (6, bottom + 2.7), str(logical))
        box(axes, (10, bottom), (9, 5.4), WHITE)
        say(axes, (14.5, bottom + 2.7), f"→ {physical}")
    say(axes, (42, 30.5), "memory: blocks of 4 slots")
    for block in range(8):
        _block(axes, block)
    say(axes, (30, 3.2), "Only the last block has empty slots (here 3)")
    return figure


def _block(axes: Axes, block: int) -> None:
    used = {5: 4, 1: 4, 6: 1}.get(block, 0)
    left, bottom = 24 + 17.6 * (block % 2), 22.5 - 5.4 * (block // 2)
    say(axes, (left + 1.0, bottom + 2.3), str(block))
    for slot in range(4):
        filled = slot < used
        empty = "xx" if used and not filled else ""
        box(axes, (left + 2.6 + 3.3 * slot, bottom), (3.3, 4.6), BLUE if filled else WHITE, empty)
