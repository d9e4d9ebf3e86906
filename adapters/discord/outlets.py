"""Where the replies to one event go: new messages, edits of the pressed card, drafts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Protocol, cast

import discord
import structlog

from adapters.discord.arrival import Arrival
from adapters.discord.draft import Draft
from adapters.discord.put import edit, is_refused, send
from adapters.discord.render.page import Page
from adapters.discord.render.pages import pages, thinking
from bot.replies import Card, Partial, Reply, Say

_log = structlog.get_logger(__name__)

Change = Callable[..., Awaitable[Any]]
"""Edits one message: `edit_original_response`, or a message's own `edit`."""


class Posted(Protocol):
    """A message that can be changed and taken away."""

    async def edit(self, **what: Any) -> Any:
        """Make it show something else."""
        ...

    async def delete(self) -> None:
        """Take it away."""
        ...


class Outlet:
    """Sends replies in order; a draft is shown in the message that its answer then takes."""

    def __init__(self) -> None:
        self._draft: Draft | None = None
        self._shown: Posted | None = None
        self._written = False

    async def send(self, reply: Reply) -> None:
        """Show one reply."""
        if isinstance(reply, Partial):
            self._written = True
            self._draft = self._draft or Draft(self._show)
            self._draft.write(reply.text)
            return
        await self._settle()
        first, *others = pages(reply)
        await self._first(reply, first)
        for page in others:
            await self._new(page, _is_private(reply))

    async def close(self) -> None:
        """Leave nothing under way, and no promise of an answer that did not come."""
        await self._settle()
        shown, self._shown = self._shown, None
        await self._discard(shown)

    async def _settle(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None:
            await draft.finish()

    async def _first(self, reply: Reply, page: Page) -> None:
        """Show a reply's first page: in the draft's place, on the pressed card, or anew."""
        shown, self._shown = self._shown, None
        replaced = self._replaced(reply)
        if shown is not None and (self._written or replaced is None):
            await self._change(shown.edit, reply, page)
        else:
            await self._discard(shown)
            await self._change(replaced, reply, page)
        self._written = False

    async def _change(self, change: Change | None, reply: Reply, page: Page) -> None:
        """Edit a message; a new one is sent where it cannot be edited or is gone."""
        if change is not None:
            try:
                await edit(change, page)
            except discord.HTTPException as error:
                if not (is_refused(error) or error.status == HTTPStatus.NOT_FOUND):
                    raise
                _log.info("not editable, sending anew", code=error.code)
            else:
                return
        await self._new(page, _is_private(reply))

    async def _show(self, page: Page) -> None:
        if self._shown is None:
            self._shown = await self._new(page, private=True)
        else:
            await edit(self._shown.edit, page)

    async def _discard(self, shown: Posted | None) -> None:
        if shown is not None:
            with suppress(discord.HTTPException):
                await shown.delete()

    def _replaced(self, reply: Reply) -> Change | None:
        """The edit of the message that this reply replaces, or None."""
        return None

    async def _new(self, page: Page, private: bool) -> Posted:
        raise NotImplementedError


class ChannelOutlet(Outlet):
    """Replies to a message, in its channel: a direct message or a learner's own thread."""

    def __init__(self, channel: discord.abc.Messageable) -> None:
        super().__init__()
        self._channel = channel

    async def _new(self, page: Page, private: bool) -> Posted:
        post: Change = self._channel.send
        return cast(Posted, await send(post, page))


class InteractionOutlet(Outlet):
    """Replies to an interaction once it is acknowledged; private ones are seen by one person."""

    def __init__(self, arrival: Arrival, *, shared: bool) -> None:
        super().__init__()
        self._arrival = arrival
        self._interaction = arrival.interaction
        self._shared = shared

    async def send(self, reply: Reply) -> None:
        """Show one reply; LateError where Discord takes none."""
        self._arrival.kept()
        await self._arrival.confirmed()
        await super().send(reply)

    async def close(self) -> None:
        """Leave nothing under way, and nothing unacknowledged."""
        self._arrival.kept()
        if await self._arrival.acknowledged():
            await super().close()

    async def _show(self, page: Page) -> None:
        if await self._arrival.acknowledged():
            await super()._show(page)

    async def _new(self, page: Page, private: bool) -> Posted:
        post = self._interaction.followup.send
        posting = _waiting(post, ephemeral=private and self._shared)
        return cast(Posted, await send(posting, page))


class CommandOutlet(InteractionOutlet):
    """Replies to a command: the first takes the place of "Seminar is thinking"."""

    def __init__(self, arrival: Arrival, *, shared: bool) -> None:
        super().__init__(arrival, shared=shared)
        self._shown = _Original(arrival.interaction)

    async def _first(self, reply: Reply, page: Page) -> None:
        shown = self._shown
        if shown is None or not self._shared or _is_private(reply):
            await super()._first(reply, page)
            return
        # No edit makes a private response public, and the first message after an empty one
        # takes its place: so it is filled, the public message is sent, and then it goes.
        self._shown = None
        await edit(shown.edit, thinking())
        await self._new(page, private=False)
        await self._discard(shown)


class PressOutlet(InteractionOutlet):
    """Replies to a press, or to a form that a card opened: a card may replace the pressed one."""

    def __init__(self, arrival: Arrival, *, shared: bool) -> None:
        super().__init__(arrival, shared=shared)
        self._draft = Draft(self._show)
        self._draft.think()

    def _replaced(self, reply: Reply) -> Change | None:
        if not (isinstance(reply, Card) and reply.replaces):
            return None
        message = self._interaction.message
        public = self._shared and not (message and message.flags.ephemeral)
        if public and _is_private(reply):
            return None
        return self._interaction.edit_original_response


class _Original:
    """The first response to an interaction."""

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction

    async def edit(self, **what: Any) -> Any:
        return await self._interaction.edit_original_response(**what)

    async def delete(self) -> None:
        await self._interaction.delete_original_response()


def _waiting(post: Change, **how: Any) -> Change:
    async def posted(**what: Any) -> Any:
        return await post(**what, **how, wait=True)

    return posted


def _is_private(reply: Reply) -> bool:
    return reply.private if isinstance(reply, Card | Say) else True
