"""Any reply as things rich can print: what it says, and apart from that what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from adapters.terminal import theme, words
from adapters.terminal.blocks import BLANK, Ruled, body, hanging
from adapters.terminal.choices import Choices
from adapters.terminal.files import Locate, short
from adapters.terminal.options import offered
from adapters.terminal.text import printable
from bot.replies import Card, Document, Field, Picture, Say


@dataclass(frozen=True, slots=True)
class Drawing:
    """A reply drawn: `said` may be paged, what is offered is always shown whole.

    `folded` is `offered` in fewer lines, for where the screen is too low.
    """

    said: tuple[RenderableType, ...]
    offered: tuple[RenderableType, ...] = ()
    folded: tuple[RenderableType, ...] = ()


def draw_card(card: Card, choices: Choices, locate: Locate) -> Drawing:
    """Draw a card and its numbered choices."""
    title = Text(f"{theme.MARKS.get(card.tone, '')}{printable(card.title)}", theme.tone(card.tone))
    said: list[RenderableType] = [Ruled(title)]
    for part in _parts(card, locate):
        said += [BLANK, *part]
    return Drawing(
        tuple(said),
        tuple(offered(choices, folded=False)),
        tuple(offered(choices, folded=True)),
    )


def draw_say(say: Say) -> Drawing:
    """Draw a sentence, behind the sign of its tone."""
    parts = tuple(body(say.text))
    mark = theme.MARKS.get(say.tone)
    if mark and parts:
        parts = (hanging(Text(mark.strip(), theme.tone(say.tone)), parts[0]), *parts[1:])
    return Drawing(parts)


def draw_document(document: Document, path: Path | None) -> Drawing:
    """Draw what a document is, above the place of its file or else its text."""
    content = place(path) if path else Text(printable(document.text), overflow="fold")
    return Drawing((*body(document.caption), BLANK, content))


def draw_picture(picture: Picture, path: Path | None) -> tuple[RenderableType, ...]:
    """Draw a picture as a framed note of what is to be seen, above the file to open."""
    words_ = [part for part in (picture.caption, picture.alt) if part]
    lines = Text(printable("\n\n".join(words_)))
    if picture.caption:
        lines.stylize("quiet", len(printable(picture.caption)))
    frame = Panel(
        lines,
        title=Text(words.PICTURE, "quiet"),
        title_align="left",
        box=box.ROUNDED,
        border_style="rule",
        padding=(0, 1),
    )
    return (frame, place(path)) if path else (frame,)


def place(path: Path) -> Text:
    """Return a path to open or to copy: never broken, and a link where the terminal knows links."""
    link = Style(link=path.as_uri()) if path.is_absolute() else Style()
    return Text.assemble((short(path), link), style="quiet", no_wrap=True, overflow="ignore")


def _parts(card: Card, locate: Locate) -> Iterator[list[RenderableType]]:
    """The parts of a card that have something to say, top to bottom."""
    if card.body:
        yield list(body(card.body))
    if card.fields:
        yield [_fields(card.fields)]
    for picture in card.pictures:
        yield list(draw_picture(picture, locate(picture)))
    if card.footer:
        yield [Text(printable(card.footer), "quiet")]


def _fields(fields: tuple[Field, ...]) -> Table:
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="quiet")
    grid.add_column(overflow="fold")
    for field in fields:
        grid.add_row(Text(printable(field.name)), Text(printable(field.value)))
    return grid
