"""Figures of lesson 2: which tokens a token sees, and FlashAttention's tiles."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
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

TOKENS = 12
SIDE = 1
STRIDE = 4
RANDOM_EACH = 2
SEED = 7
TILES = 4
NOW = (1, 2)
LOCAL, GLOBAL, RANDOM = 1, 2, 3
Cells = NDArray[np.int64]
LOOK = {LOCAL: (BLUE, ""), GLOBAL: (YELLOW, "///"), RANDOM: (GREEN, "...")}


def attention_patterns() -> Figure:
    """Five patterns as matrices: full, window, window + global, strided, BigBird."""
    figure = canvas(5.4)
    grid = figure.subplots(2, 3)
    drawn = (
        ("Full", full()),
        ("Window", window()),
        ("Window\n+ global", with_global(window())),
        ("Strided", strided()),
        ("BigBird:\n+ random", with_random(with_global(window()))),
    )
    for axes, (title, cells) in zip(grid.flat, drawn, strict=False):
        _matrix(axes, cells)
        axes.set_title(title, fontsize=SMALL, fontweight="bold", color=INK)
    _legend(grid.flat[5])
    return figure


def full() -> Cells:
    """Every token sees every token."""
    return np.full((TOKENS, TOKENS), LOCAL)


def window() -> Cells:
    """A token sees SIDE neighbours on each side."""
    row, column = np.indices((TOKENS, TOKENS))
    return np.where(abs(row - column) <= SIDE, LOCAL, 0)


def with_global(cells: Cells) -> Cells:
    """The first token sees all and is seen by all."""
    marked = cells.copy()
    marked[0, :] = marked[:, 0] = GLOBAL
    return marked


def strided() -> Cells:
    """A token sees its neighbours and every STRIDE-th token before it (Sparse Transformer)."""
    row, column = np.indices((TOKENS, TOKENS))
    near = (row - column >= 0) & (row - column < STRIDE)
    far = (row >= column) & ((row - column) % STRIDE == 0) & ~near
    return np.where(near, LOCAL, np.where(far, RANDOM, 0))


def with_random(cells: Cells) -> Cells:
    """Each token also sees a few tokens drawn at random."""
    marked = cells.copy()
    draw = np.random.default_rng(SEED)
    for row in range(1, TOKENS):
        free = np.flatnonzero(marked[row] == 0)
        marked[row, draw.choice(free, RANDOM_EACH, replace=False)] = RANDOM
    return marked


def flash_tiles() -> Figure:
    """HBM holds Q, K, V and the output; SRAM holds one tile of scores, thrown away when done."""
    figure = canvas(4.6)
    axes = blank(figure.subplots(), 60, 46.5)
    box(axes, (1, 9), (15, 33), PALE)
    say(axes, (8.5, 44), "HBM", LARGE, bold=True)
    for row, name in enumerate(("Q", "K", "V", "output")):
        box(axes, (3, 33.6 - 7.6 * row), (11, 6), WHITE)
        say(axes, (8.5, 36.6 - 7.6 * row), name)
    say(axes, (8.5, 5.5), "n × d each:\nO(n) memory")
    say(axes, (30, 44), "n × n scores", LARGE, bold=True)
    for row, column in np.ndindex(TILES, TILES):
        now, done = (row, column) == NOW, (row, column) < NOW
        place = (21 + 4.5 * column, 17 + 5.5 * (TILES - 1 - row))
        hatch = "xx" if done else ""
        box(axes, place, (4.5, 5.5), ORANGE if now else WHITE, hatch, dashed=not now)
    say(axes, (30, 10), "done tiles (x)\nthrown away")
    box(axes, (43, 17), (16, 22), PALE)
    say(axes, (51, 44), "SRAM", LARGE, bold=True)
    box(axes, (48.7, 31.5), (4.5, 5.5), ORANGE)
    say(axes, (51, 24.3), "one tile,\nrunning\nmax, sum")
    say(axes, (51, 10), "small and\nvery fast")
    row, column = NOW
    arrow(axes, (25.7 + 4.5 * column, 19.8 + 5.5 * (TILES - 1 - row)), (48.4, 34.2))
    return figure


def _matrix(axes: Axes, cells: Cells) -> None:
    for (row, column), kind in np.ndenumerate(cells):
        fill, hatch = LOOK.get(int(kind), (WHITE, ""))
        axes.add_patch(
            Rectangle((column, row), 1, 1, facecolor=fill, hatch=hatch,
                      edgecolor=INK if kind else GREY, linewidth=0.7)
        )  # fmt: skip
    axes.set_xlim(-0.2, TOKENS + 0.2)
    axes.set_ylim(TOKENS + 0.2, -0.2)
    axes.set_aspect("equal")
    axes.axis("off")


def _legend(axes: Axes) -> None:
    blank(axes, 10, 10)
    words = ((LOCAL, "near"), (GLOBAL, "global"), (RANDOM, "far or\nrandom"))
    for row, (kind, word) in enumerate(words):
        fill, hatch = LOOK[kind]
        box(axes, (0.3, 7.4 - 3 * row), (2, 1.8), fill, hatch)
        say(axes, (3.0, 8.3 - 3 * row), word, align="left")
