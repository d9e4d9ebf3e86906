"""Progress as text: a bar that reads the same in every chat, in any font, without colour."""

from __future__ import annotations

WIDTH = 6
"""Cells of a bar: narrow enough to share a phone's line with its words."""

FULL = "█"
EMPTY = "░"


def bar(done: int, out_of: int, width: int = WIDTH) -> str:
    """Return a bar of `width` cells; full only when all is done, empty only when nothing is."""
    if out_of <= 0:
        return EMPTY * width
    cells = done * width // out_of
    if 0 < done < out_of:
        cells = min(max(cells, 1), width - 1)
    return FULL * min(cells, width) + EMPTY * max(width - cells, 0)


def percent(done: int, out_of: int) -> str:
    """Return "67%", rounded down so that 100% means all."""
    return f"{done * 100 // out_of if out_of else 0}%"
