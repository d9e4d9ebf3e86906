"""Slow work is seen: a line that moves, or the answer as far as it is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.live import Live
from rich.segment import Segment
from rich.spinner import Spinner
from rich.text import Text

from adapters.terminal.blocks import BLANK, body
from adapters.terminal.margins import lines

DELAY = 0.3
"""Seconds of work before it is worth a line."""
REFRESH = 10
"""Times a second that the line is drawn anew."""
MARGIN = 2
"""Lines kept free around an answer that is being written."""

Status = Callable[[], str]
"""What the program is doing now, in a few words."""


class Waiting:
    """Show that work is going on, once it has taken a moment, until it is stopped."""

    def __init__(self, console: Console, status: Status, delay: float = DELAY) -> None:
        """Draw on `console` what `status` says, after `delay` seconds."""
        self._console = console
        self._status = status
        self._delay = delay
        self._live: Live | None = None
        self._timer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to wait."""
        self._timer = asyncio.create_task(self._later())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take away whatever was drawn."""
        self.stop()

    def write(self, markdown: str) -> None:
        """Show the answer as far as it is written."""
        self._draw(_Tail(tuple(body(markdown))))

    def stop(self) -> None:
        """Take the moving line away, so that something else can be printed."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._live:
            self._live.stop()
            self._live = None

    async def _later(self) -> None:
        await asyncio.sleep(self._delay)
        self._draw(_Line(self._status))

    def _draw(self, content: RenderableType) -> None:
        if self._timer and not self._timer.done() and self._timer is not asyncio.current_task():
            self._timer.cancel()
        if self._live is None:
            self._live = Live(
                content, console=self._console, transient=True, refresh_per_second=REFRESH
            )
            self._live.start()
        self._live.update(content, refresh=True)


class _Line:
    """A spinner before words that may change while it turns."""

    def __init__(self, status: Status) -> None:
        self._status = status
        self._spinner = Spinner("dots", style="key")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self._spinner.update(text=Text(f"{self._status()}…", "quiet"))
        yield from _within((BLANK, self._spinner), console)


class _Tail:
    """The last lines of an answer, as many as the screen holds."""

    def __init__(self, parts: tuple[RenderableType, ...]) -> None:
        self._parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _within((BLANK, *self._parts), console)


def _within(parts: tuple[RenderableType, ...], console: Console) -> RenderResult:
    """The last lines of some parts, as many as the screen holds, within its margins."""
    shown = [line for part in parts for line in lines(console, part)]
    for line in shown[-max(console.height - MARGIN, 1) :]:
        yield from line
        yield Segment.line()
