"""Draw every figure of the built-in course: `python -m docs.draw_figures`.

The numbers come from the calculator or from plain data; equal inputs give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from bot.calculator.chart import to_png
from docs.figures import economy, patterns, recurrence, wall

COURSE = Path(__file__).parent.parent / "knowledge" / "courses" / "long-context"

FIGURES: dict[str, Callable[[], Figure]] = {
    "1-quadratic-wall/figures/cost-curves.png": wall.cost_curves,
    "1-quadratic-wall/figures/causal-matrix.png": wall.causal_matrix,
    "2-sparse-attention/figures/attention-patterns.png": patterns.attention_patterns,
    "2-sparse-attention/figures/flash-tiles.png": patterns.flash_tiles,
    "3-state-space-models/figures/recurrence-and-cache.png": recurrence.recurrence_and_cache,
    "3-state-space-models/figures/associativity.png": recurrence.associativity,
    "4-kv-cache-economy/figures/kv-cache-per-technique.png": economy.kv_cache_per_technique,
    "4-kv-cache-economy/figures/paging.png": economy.paging,
}


def draw_all(course: Path) -> list[Path]:
    """Draw the figures into the lesson folders of `course`; return the files written."""
    written: list[Path] = []
    for name, make in FIGURES.items():
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_png(make()))
        written.append(path)
    return written


if __name__ == "__main__":
    for drawn in draw_all(COURSE):
        print(drawn)
