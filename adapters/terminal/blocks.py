"""A Markdown body as things rich can print at any width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from adapters.terminal.tables import FittingTable
from adapters.terminal.text import printable
from bot import markup

BLANK = Text("")
BULLET = "•"
BAR = "▏"


@dataclass(frozen=True, slots=True)
class Barred:
    """Something set apart by a bar along its left side."""

    content: RenderableType
    style: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print each line of the content behind the bar."""
        bar = Segment(f"{BAR} ", console.get_style(self.style))
        inner = options.update(width=max(options.max_width - 2, 1))
        for line in console.render_lines(self.content, inner, pad=False):
            yield bar
            yield from line
            yield Segment.line()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A title, wrapped where it must be, with a rule from its end to the margin."""

    title: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print the title's lines and the rule."""
        *lines, last = self.title.wrap(console, options.max_width)
        yield from lines
        rest = options.max_width - last.cell_len - 1
        yield Text.assemble(last, " ", ("─" * rest, "rule")) if rest > 0 else last


def body(markdown: str) -> Iterator[RenderableType]:
    """Return a body's blocks, a blank line between them."""
    for number, block in enumerate(markup.parse(markdown)):
        if number:
            yield BLANK
        yield _block(block)


def styled(spans: Iterable[markup.Span], style: str = "") -> Text:
    """Return spans as styled text that cannot steer the terminal."""
    text = Text(style=style)
    for span in spans:
        marks = [("bold", span.bold), ("italic", span.italic), ("code", span.code)]
        text.append(printable(span.text), " ".join(name for name, there in marks if there))
    return text


def hanging(mark: Text, content: RenderableType) -> Table:
    """Return a mark with its content beside it, wrapped clear of the mark."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(mark, content)
    return grid


def _block(block: markup.Block) -> RenderableType:
    match block:
        case markup.Paragraph():
            return styled(block.spans)
        case markup.Heading():
            return styled(block.spans, "heading")
        case markup.Quote():
            return Barred(styled(block.spans, "italic"), "rule")
        case markup.Fenced():
            return Barred(_fenced(block), "key" if block.is_formula else "rule")
        case markup.Bullets():
            return _bullets(block)
        case markup.Table():
            return FittingTable(
                tuple(styled(cell) for cell in block.header),
                tuple(tuple(styled(cell) for cell in row) for row in block.rows),
            )


def _fenced(block: markup.Fenced) -> Text:
    text = printable(block.text.expandtabs(4))
    return Text(text, "formula" if block.is_formula else "code", overflow="fold")


def _bullets(block: markup.Bullets) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for number, item in enumerate(block.items, start=1):
        grid.add_row(Text(f"{number}." if block.ordered else BULLET, "quiet"), styled(item))
    return grid
