"""The choices under a card: answers one a line, buttons in a row, a menu in columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from adapters.terminal import words
from adapters.terminal.blocks import BLANK, styled
from adapters.terminal.choices import Choices, Entry, Kind
from adapters.terminal.columns import Columns, Flow
from adapters.terminal.text import printable
from bot import markup


def offered(choices: Choices, *, folded: bool) -> Iterator[RenderableType]:
    """Draw all that a card offers, a blank line before each kind; `folded`: its menu in a line."""
    if options := choices.of(Kind.OPTION):
        yield from (BLANK, _answers(options))
    if sources := choices.of(Kind.SOURCE):
        yield from (BLANK, _sources(sources))
    if buttons := choices.of(Kind.BUTTON):
        yield from (BLANK, Flow(tuple(_button(entry) for entry in buttons)))
    if choices.of(Kind.MENU):
        yield from (_folded(choices),) if folded else (BLANK, *menu(choices))


def menu(choices: Choices) -> Iterator[RenderableType]:
    """Draw a menu with all its choices."""
    entries = choices.of(Kind.MENU)
    yield Text(printable(choices.menu), "quiet")
    yield Columns(tuple((_key(entry), _choice(entry)) for entry in entries))


def _folded(choices: Choices) -> Text:
    entries = choices.of(Kind.MENU)
    numbers = words.dash(entries[0].number, entries[-1].number)
    hint = f" · {words.FOLDED}"
    return Text.assemble((f"[{numbers}]", "key"), f" {printable(choices.menu)}", (hint, "quiet"))


def _answers(entries: tuple[Entry, ...]) -> Table:
    grid = _grid(3)
    for entry in entries:
        label = Text(f"{printable(entry.label)}.", "bold")
        grid.add_row(_key(entry), label, _detail(entry.detail))
    return grid


def _sources(entries: tuple[Entry, ...]) -> Table:
    grid = _grid(2)
    for entry in entries:
        grid.add_row(_key(entry), Text(printable(entry.label)))
    return grid


def _button(entry: Entry) -> Text:
    label = (printable(entry.label), "bold" if entry.primary else "")
    text = Text.assemble(_key(entry), " ", label)
    return text.append(f" · {words.ENTER}", "quiet") if entry.primary else text


def _choice(entry: Entry) -> Text:
    text = Text(printable(entry.label))
    return text.append(f" · {printable(entry.detail)}", "quiet") if entry.detail else text


def _detail(markdown: str) -> Text:
    """The text behind an answer: one paragraph of Markdown, or anything else as it is written."""
    blocks = markup.parse(markdown)
    if len(blocks) == 1 and isinstance(blocks[0], markup.Paragraph):
        return styled(blocks[0].spans)
    return Text(printable(markdown))


def _grid(columns: int) -> Table:
    """A grid whose first column holds numbers and whose last one wraps."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    for _ in range(columns - 2):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _key(entry: Entry) -> Text:
    return Text(f"[{entry.number}]", "key")
