"""Two ways to lay short texts side by side: in a row, and in equal columns."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

GAP = 3
"""Cells of space between two texts."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Short texts one after the other; a line breaks between two of them, never inside one."""

    cells: tuple[Text, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Fill each line with as many texts as it holds."""
        line = Text()
        for cell in self.cells:
            if line and line.cell_len + GAP + cell.cell_len > options.max_width:
                yield line
                line = Text()
            if line:
                line.append(" " * GAP)
            line.append_text(cell)
        yield line


@dataclass(frozen=True, slots=True)
class Columns:
    """Marked texts in as many equal columns as the width holds, first column first."""

    cells: tuple[tuple[Text, Text], ...]
    """Each text with the mark before it; a text that wraps stays clear of the mark."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print row by row, each text below the one before it in its column."""
        mark = max(mark.cell_len for mark, _ in self.cells)
        text = max(text.cell_len for _, text in self.cells)
        fitting = (options.max_width + GAP) // (mark + 1 + text + GAP)
        count = max(min(fitting, len(self.cells)), 1)
        rows = -(-len(self.cells) // count)
        grid = Table.grid()
        for column in range(-(-len(self.cells) // rows)):
            grid.add_column(justify="right", width=mark + (GAP if column else 0))
            grid.add_column(width=min(text, options.max_width - mark - 1) + 1, overflow="fold")
        for row in range(rows):
            cells = self.cells[row::rows]
            grid.add_row(*(part for mark, text in cells for part in (mark, Text(" ") + text)))
        yield grid
