"""A table that fits: columns where they are readable, else one short list a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

MOST_WRAPPED = 2.2
"""How many screens wide a table may be and still be wrapped in its columns."""
ROW_INDENT = 2

_FIGURE = re.compile(r"[-+~≈<>≤≥]?\s?[\d][\d.,  ]*\s?\S{0,6}")


@dataclass(frozen=True, slots=True)
class FittingTable:
    """A table that chooses its form by the width it is given when it is printed."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print as a table if the columns fit, else row by row."""
        table = self._table(lines=False)
        needed = Measurement.get(console, options.update(max_width=10_000), table)
        if needed.maximum <= options.max_width:
            yield table
        elif self._wraps_well(needed, options.max_width):
            yield self._table(lines=True)
        else:
            yield from self._row_by_row()

    def _wraps_well(self, needed: Measurement, width: int) -> bool:
        return needed.minimum <= width and needed.maximum <= MOST_WRAPPED * width

    def _table(self, *, lines: bool) -> Table:
        table = Table(
            box=box.HORIZONTALS if lines else box.SIMPLE_HEAD,
            show_lines=lines,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1),
            header_style="bold",
            border_style="rule",
        )
        for index, name in enumerate(self.header):
            column = [row[index].plain for row in self.rows]
            figures = index > 0 and all(_FIGURE.fullmatch(cell) for cell in column)
            table.add_column(name, justify="right" if figures else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*row)
        return table

    def _row_by_row(self) -> RenderResult:
        for number, row in enumerate(self.rows):
            if number:
                yield Text("")
            yield Text.assemble(row[0], style="bold")
            for name, cell in zip(self.header[1:], row[1:], strict=True):
                yield Padding(
                    Text.assemble((name.plain, "quiet"), ": ", cell), (0, 0, 0, ROW_INDENT)
                )
