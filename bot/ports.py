"""What the core needs from the world, and what adapters need from the core."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Protocol

from bot.actions import Action
from bot.events import Event, Learner, Place
from bot.replies import Form, Reply
from knowledge.models import Course

Clock = Callable[[], datetime]
"""The time now, aware of its zone."""

Kept = Callable[[], None]
"""Told that an event needs no more deliveries; see Core.handle."""

Wanted = Callable[[], bool]
"""Tells, to any thread, whether an event is still to be taken; see Core.handle."""


class Core(Protocol):
    """The one door between an adapter and the course (bot.engine.Engine is the real one)."""

    @property
    def course(self) -> Course:
        """The running course, for autocompletion and help."""
        ...

    def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Take one event in and give its replies, the first as soon as it is known.

        Every reply follows its commit. Handling the same event id again gives the same
        replies. With `once` it gives those that nobody else gives: none where they were marked
        as delivered; where they were not, another worker may be sending them, so they are given
        only when that worker has had its time. Closing the iterator early (the learner pressed
        Stop) ends the slow work and leaves the session usable. Never raises for what a learner
        did.

        `kept` is called when the platform may be told that the event has arrived: it is
        committed, or was settled by refusing it; before any slow work, and before the first
        reply. It is never called where the records could not take the event: whatever is then
        replied, the event is to be delivered again. It may be called twice.

        An event that is not `wanted` any more before its commit begins is not taken, and gets no
        reply.
        """
        ...

    def form(self, action: Action) -> Form | None:
        """The form that a press of this action opens, or None; quick, and without any I/O."""
        ...

    async def mark_delivered(self, event_id: str) -> None:
        """Note that every reply to this event has reached the platform; recorded soon after."""
        ...

    async def listens(self, who: Learner, where: Place) -> bool:
        """Whether plain words of this learner at this place belong to an open lab.

        Anyone may be asked about: nothing is kept of it.
        """
        ...
