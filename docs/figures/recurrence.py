"""Figures of lesson 3: a growing cache against a fixed state, and the order of three products."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import resolve_model
from docs.figures.style import (
    BLUE,
    GREEN,
    INK,
    LARGE,
    ORANGE,
    PALE,
    SMALL,
    WHITE,
    YELLOW,
    arrow,
    blank,
    box,
    canvas,
    say,
)

LONGEST = 131_072
MIDDLE = 12.0
ROOMY = 16
FILLS = {"φ(Q)": BLUE, "φ(K)ᵀ": GREEN, "V": YELLOW, "n × n": ORANGE, "d × d": ORANGE}


def recurrence_and_cache() -> Figure:
    """Above: what is kept after five tokens. Below: bytes against length, from the calculator."""
    figure = canvas(6.0)
    top, bottom = figure.subplots(2, 1, height_ratios=(1.0, 1.15))
    _kept(blank(top, 60, 26))
    transformer, ssm = resolve_model("OPT 13B"), resolve_model("Mamba 2.8B")
    lengths = np.geomspace(256, LONGEST, 40).astype(int)
    cache = [kv_cache(transformer, int(n)).bytes_total / 1e9 for n in lengths]
    state = [kv_cache(ssm, int(n)).bytes_total / 1e9 for n in lengths]
    bottom.loglog(lengths, cache, color=ORANGE, linewidth=4)
    bottom.loglog(lengths, state, color=BLUE, linewidth=4, linestyle="--")
    bottom.text(600, 9, "KV cache, OPT 13B:\ngrows with n", fontsize=SMALL, color=ORANGE)
    bottom.text(4200, 0.024, "state, Mamba 2.8B:\nfixed, 13.1 MB", fontsize=SMALL, color=BLUE)
    bottom.set_xticks([512, 8192, LONGEST], ["512", "8K", "128K"])
    bottom.set_yticks([0.01, 1, 100], ["10 MB", "1 GB", "100 GB"])
    bottom.set_ylim(0.006, 300)
    bottom.minorticks_off()
    bottom.tick_params(labelsize=SMALL, colors=INK)
    bottom.set_xlabel("tokens read", fontsize=SMALL)
    for side in ("top", "right"):
        bottom.spines[side].set_visible(False)
    return figure


def associativity() -> Figure:
    """(Q K^T) V goes through n x n; Q (K^T V) goes through d x d."""
    figure = canvas(5.2)
    upper, lower = figure.subplots(2, 1)
    for axes in (upper, lower):
        blank(axes, 60, 25)
    query, key, value = ("φ(Q)", 4, 16), ("φ(K)ᵀ", 16, 4), ("V", 4, 16)
    say(upper, (30, 23.4), "(φ(Q) φ(K)ᵀ) V:  work O(n²·d)", LARGE, bold=True)
    _product(upper, 1.0, ("(", query, "·", key, "→", ("n × n", 16, 16), ")", "·", value))
    say(lower, (30, 23.4), "φ(Q) (φ(K)ᵀ V):  work O(n·d²)", LARGE, bold=True)
    _product(lower, 6.0, (query, "·", "(", key, "·", value, "→", ("d × d", 4, 4), ")"))
    return figure


def _kept(axes: Axes) -> None:
    say(axes, (1, 24.4), "Transformer: every token kept", LARGE, bold=True, align="left")
    for token in range(5):
        box(axes, (1 + 7 * token, 16), (6, 5.4), ORANGE, "//")
        axes.text(
            4 + 7 * token, 18.7, f"kv{token + 1}", fontsize=SMALL, ha="center", va="center",
            color=INK, bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 2},
        )  # fmt: skip
    box(axes, (36, 16), (6, 5.4), WHITE, dashed=True)
    say(axes, (39, 18.7), "+1")
    say(axes, (51, 18.7), "grows")
    say(axes, (1, 11.4), "State space model: one state", LARGE, bold=True, align="left")
    box(axes, (1, 1.2), (6, 5.4), WHITE)
    say(axes, (4, 3.9), "xₜ")
    arrow(axes, (7.3, 3.9), (14, 3.9))
    box(axes, (14.5, 1.2), (13, 5.4), PALE)
    say(axes, (21, 3.9), "state hₜ")
    axes.add_patch(
        FancyArrowPatch(
            (26.5, 6.8), (15.5, 6.8), arrowstyle="-|>", mutation_scale=18, color=INK,
            linewidth=2, connectionstyle="arc3,rad=0.28",
        )
    )  # fmt: skip
    arrow(axes, (27.8, 3.9), (34.5, 3.9))
    box(axes, (35, 1.2), (6, 5.4), WHITE)
    say(axes, (38, 3.9), "yₜ")
    say(axes, (51, 3.9), "rewritten,\nsame size")


def _product(axes: Axes, x: float, parts: tuple[str | tuple[str, int, int], ...]) -> None:
    """Draw signs and matrices (name, width, height) from `x` on, all matrices to one scale."""
    for part in parts:
        if isinstance(part, str):
            say(axes, (x + 1.4, MIDDLE), part, LARGE + 6, bold=True)
            x += 2.9
            continue
        name, width, height = part
        made = name in ("n × n", "d × d")
        box(axes, (x, MIDDLE - height / 2), (width, height), FILLS[name], "//" if made else "")
        inside = width >= ROOMY
        below = MIDDLE if inside else MIDDLE - height / 2 - 1.8
        axes.text(
            x + width / 2, below, name, fontsize=SMALL, ha="center", va="center", color=INK,
            bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 2} if inside else None,
        )  # fmt: skip
        x += width
