"""One event through the core to a platform, each reply sent once whatever is delivered twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing

from bot.events import Event
from bot.ports import Core
from bot.replies import Reply

Send = Callable[[Reply], Awaitable[None]]


async def deliver(core: Core, event: Event, send: Send) -> None:
    """Handle `event` and send its replies; nothing is sent where that was done before.

    A crash between the core's commit and the send is mended by the platform's own retry:
    the event is not marked, so its stored replies are sent then.
    """
    async with aclosing(core.handle(event, once=True)) as replies:
        async for reply in replies:
            await send(reply)
    await core.mark_delivered(event.id)
