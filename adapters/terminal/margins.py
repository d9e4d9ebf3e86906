"""How wide text runs, and how far from the left, at the width that the screen has now."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.segment import Segment

WIDEST = 88
"""Columns of text that the eye follows well; a wider window stays empty on the right."""
INDENT = 2
NARROW = 60
"""Below this many columns nothing is indented."""

Line = list[Segment]


def lines(console: Console, part: RenderableType, *, indent: bool = True) -> list[Line]:
    """Return a renderable as lines within the margins, with no blank cells at their ends."""
    width = min(console.width, WIDEST)
    left = INDENT if indent and width >= NARROW else 0
    options = console.options.update(width=width - left)
    margin = [Segment(" " * left)] if left else []
    return [
        _trimmed([*margin, *line]) for line in Segment.split_lines(console.render(part, options))
    ]


def _trimmed(line: Line) -> Line:
    """Drop blank cells at the end, which would take a row of their own in a narrower window."""
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(), kept[-1].style)
    return kept
