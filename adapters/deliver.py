"""One event through the core to a platform, each reply sent once whatever is delivered twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing

from bot.events import Event
from bot.ports import Core, Kept, Wanted
from bot.replies import Reply

Send = Callable[[Reply], Awaitable[None]]


async def deliver(
    core: Core, event: Event, send: Send, kept: Kept | None = None, wanted: Wanted | None = None
) -> None:
    """Handle `event` and send its replies; nothing is sent where that was done before.

    `kept` is called when the platform may be told that the event has arrived, and what is not
    `wanted` any more is not done (see bot.ports.Core). A crash between the core's commit and the
    send is mended where the platform delivers the event again: it is not marked, so its stored
    replies are sent then.
    """
    arrived = told = False

    def note() -> None:
        nonlocal arrived
        arrived = True
        if kept is not None:
            kept()

    async with aclosing(core.handle(event, once=True, kept=note, wanted=wanted)) as replies:
        async for reply in replies:
            await send(reply)
            told = True
    if arrived and told:
        await core.mark_delivered(event.id)
