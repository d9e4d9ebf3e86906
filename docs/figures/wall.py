"""Figures of lesson 1: the cost curves and the score matrix."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from docs.figures.style import BLUE, GREY, INK, LARGE, ORANGE, PALE, SMALL, WHITE, canvas, say

D_MODEL = 12_288
CROSSING = 6 * D_MODEL
SHORTEST, LONGEST = 1024, 2**20
TOKENS = 8


def cost_curves() -> Figure:
    """Forward FLOPs of one layer against length: 4n²d for the scores, 24nd² for the rest."""
    figure = canvas(4.4)
    axes = figure.subplots()
    figure.suptitle(f"Work of one layer, d_model = {D_MODEL:,}", fontsize=LARGE, fontweight="bold")
    n = np.geomspace(SHORTEST, LONGEST, 60)
    axes.loglog(n, 4 * n**2 * D_MODEL, color=ORANGE, linewidth=4)
    axes.loglog(n, 24 * n * D_MODEL**2, color=BLUE, linewidth=3.5, linestyle="--")
    height = 4.0 * CROSSING**2 * D_MODEL
    axes.plot([CROSSING], [height], "o", color=INK, markersize=10)
    axes.vlines(CROSSING, 1e12, height, color=INK, linestyle=":", linewidth=2)
    axes.annotate(
        f"equal at n = 6d\n= {CROSSING:,}",
        (CROSSING, height),
        xytext=(14, -62),
        textcoords="offset points",
        fontsize=SMALL,
        color=INK,
    )
    axes.text(1100, 2.2e14, "projections + MLP\n24·n·d² (linear)", fontsize=SMALL, color=BLUE)
    axes.text(6500, 1.5e16, "scores + AV\n4·n²·d (quadratic)", fontsize=SMALL, color=ORANGE)
    axes.set_xticks([1024, 8192, 65536, 2**20], ["1K", "8K", "64K", "1M"])
    axes.set_ylim(1e12, 3e17)
    axes.set_yticks([1e12, 1e14, 1e16])
    axes.minorticks_off()
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.set_xlabel("context length n (tokens)", fontsize=SMALL)
    axes.set_ylabel("FLOPs", fontsize=SMALL)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure


def causal_matrix() -> Figure:
    """The n x n scores, all pairs beside the causal half."""
    figure = canvas(4.5)
    both = figure.subplots(1, 2)
    heads = ("Every pair\nn × n", "Causal\nn(n + 1) / 2")
    for axes, causal, head in zip(both, (False, True), heads, strict=True):
        seen = 0
        for row, column in np.ndindex(TOKENS, TOKENS):
            scored = column <= row or not causal
            seen += scored
            axes.add_patch(_cell(row, column, scored))
        axes.set_xlim(-0.1, TOKENS + 0.1)
        axes.set_ylim(TOKENS + 2.4, -2.4)
        axes.set_aspect("equal")
        axes.axis("off")
        say(axes, (TOKENS / 2, -1.2), head, LARGE, bold=True)
        say(axes, (TOKENS / 2, TOKENS + 0.9), f"n = {TOKENS}: {seen} scores")
        say(axes, (TOKENS / 2, TOKENS + 1.9), "row: query, column: key")
    return figure


def _cell(row: int, column: int, seen: bool) -> Rectangle:
    fill = (BLUE if row == column else PALE) if seen else WHITE
    hatch = "" if seen else "xx"
    edge = INK if seen else GREY
    corner = (column + 0.05, row + 0.05)
    return Rectangle(corner, 0.9, 0.9, facecolor=fill, edgecolor=edge, hatch=hatch)
