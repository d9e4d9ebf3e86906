"""More than a screen is shown a screen at a time, and all of it stays in the scrollback."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.text import Text

from adapters.terminal import words
from adapters.terminal.blocks import BLANK
from adapters.terminal.margins import Line, lines

PROMPT_LINES = 3
"""Lines kept free below a card: a blank one, the line being written, and the keys."""
MORE_LINES = 2
SHORT = 2
"""Lines of a paragraph that may stand close to the next."""
LEAST_PAGE = 4
"""No window is so low that a page has fewer lines."""
GO_ON = frozenset({"c-m", "c-j", " ", "down", "pagedown"})
STOP = frozenset({"q", "Q", "c-c", "c-d", "escape"})

Parts = Sequence[RenderableType]
Key = Callable[[], Awaitable[str]]


class Pager:
    """Print renderables to a console, stopping for a key wherever the screen is full."""

    def __init__(self, console: Console, key: Key) -> None:
        """Print to `console`, asking for keys by `key`."""
        self._console = console
        self._key = key

    async def show(self, said: Parts, offered: Parts, folded: Parts = ()) -> None:
        """Print what is said and what is offered, a blank line after it.

        What does not fit on the screen is offered `folded`, then drawn tight; what still does
        not is paged.
        """
        if self._fits(self._lines((*said, *offered))):
            self.print(said)
        else:
            offered = folded
            tight = self._tight(said)
            whole = (*said, *offered)
            if not self._fits(self._lines(whole)) and self._fits(self._lines((*tight, *offered))):
                said = tight
            await self._by_pages(said, self._lines(offered))
        self.print((*offered, Text("")))

    def _tight(self, said: Parts) -> Parts:
        """What is said without blank lines between short paragraphs, as of a list."""
        short = [isinstance(p, Text) and len(self._lines((p,))) <= SHORT for p in said]
        return [
            part
            for at, part in enumerate(said)
            if part is not BLANK or not (0 < at < len(said) - 1 and short[at - 1] and short[at + 1])
        ]

    def print(self, parts: Parts, *, indent: bool = True) -> None:
        """Print at once, however long it is."""
        self._print(self._lines(parts, indent=indent))

    def _lines(self, parts: Parts, *, indent: bool = True) -> list[Line]:
        return [line for part in parts for line in lines(self._console, part, indent=indent)]

    async def _by_pages(self, said: Parts, tail: list[Line]) -> None:
        """Print what is said a screen at a time; the last page leaves room for the `tail`."""
        printed, width = 0, self._console.width
        whole = self._lines(said)
        while not self._fits([*whole[printed:], *tail]):
            page = max(self._console.height - MORE_LINES, LEAST_PAGE)
            self._print(whole[printed : printed + page])
            printed = min(printed + page, len(whole))
            if not await self._go_on(len(whole) - printed + len(tail)):
                return
            if self._console.width != width:
                # Resized: what is left is drawn anew, from where the reader has come to.
                before, width = len(whole), self._console.width
                whole = self._lines(said)
                printed = printed * len(whole) // before
            if printed == len(whole):
                return
        self._print(whole[printed:])

    def _fits(self, shown: list[Line]) -> bool:
        """Whether the screen holds these lines; one that is too wide takes several rows.

        A dumb terminal has no screen: all is printed, and whoever reads it scrolls.
        """
        if self._console.is_dumb_terminal:
            return True
        width = self._console.width
        rows = sum(max(-(-Segment.get_line_length(line) // width), 1) for line in shown)
        return rows + PROMPT_LINES <= self._console.height

    async def _go_on(self, left: int) -> bool:
        """Ask on a line of its own, which is taken away again."""
        more = Text.assemble(("── ", "rule"), (words.MORE, "key"), (f" · {_left(left)}", "quiet"))
        self._console.print(more, end="", no_wrap=True, overflow="crop")
        try:
            while True:
                key = await self._key()
                if key in GO_ON or key in STOP:
                    return key in GO_ON
        finally:
            self._console.file.write("\r\x1b[2K")
            self._console.file.flush()

    def _print(self, shown: Iterable[Line]) -> None:
        self._console.print(Segments(_joined(shown)), end="", soft_wrap=True)


def _joined(shown: Iterable[Line]) -> Iterator[Segment]:
    for line in shown:
        yield from line
        yield Segment.line()


def _left(lines: int) -> str:
    return words.LEFT.format(lines=lines) if lines > 1 else words.LAST_LINE
