"""The message that shows an answer while it is being written, edited no faster than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import structlog

from adapters.discord.render.page import Page
from adapters.discord.render.pages import draft, thinking

EDIT_EVERY = 1.2
"""Seconds between two edits of one message; more would run into Discord's limits."""

THINK_AFTER = 1.5
"""Seconds of silence after a press before the learner is told that work is going on."""

LOST = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What an edit may end in: Discord's refusal, or a network that failed."""

Show = Callable[[Page], Awaitable[None]]

_log = structlog.get_logger(__name__)


class Draft:
    """Shows the newest text through `show`: the first at once, the next ones spaced out."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._page: Page | None = None
        self._edit: asyncio.Task[None] | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._busy = False

    def think(self) -> None:
        """After a while without any text, show that work is going on."""
        self._rest(THINK_AFTER, self._thinking)

    def write(self, text: str) -> None:
        """Show all of the answer that is written so far, as soon as an edit is due."""
        self._page = draft(text)
        if not self._busy:
            self._next()

    async def finish(self) -> None:
        """Stop, once an edit that is under way has arrived, so that it cannot come last."""
        self._page = None
        if self._edit is not None:
            await self._edit
        if self._pause is not None:
            self._pause.cancel()

    def _thinking(self) -> None:
        self._page = self._page or thinking()
        self._next()

    def _next(self) -> None:
        """Begin the next edit where there is something new to show."""
        if self._pause is not None:
            self._pause.cancel()
        page, self._page = self._page, None
        self._busy = page is not None
        if page is not None:
            self._edit = asyncio.create_task(self._put(page))

    async def _put(self, page: Page) -> None:
        """Show a page, then rest; a lost edit matters little, since a newer one follows."""
        try:
            await self._show(page)
        except LOST as error:
            _log.info("a draft's edit was lost", reason=str(error))
        finally:
            self._edit = None
            self._rest(EDIT_EVERY, self._next)

    def _rest(self, seconds: float, then: Callable[[], None]) -> None:
        self._pause = asyncio.get_running_loop().call_later(seconds, then)
