"""A core that keeps a transcript of the events it was given, in the core's own words."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from bot.actions import Action
from bot.events import Command, Event, Learner, Opened, Place, Pressed, Submitted, Typed
from bot.ports import Core, Kept, Wanted
from bot.replies import Form, Reply
from knowledge.models import Course


@dataclass
class Recording:
    """Passes everything on to `core`; `transcript` outlives it."""

    core: Core
    transcript: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def course(self) -> Course:
        """The running course."""
        return self.core.course

    def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Note the event, then handle it."""
        self.transcript.append(describe(event))
        return self.core.handle(event, once=once, kept=kept, wanted=wanted)

    def form(self, action: Action) -> Form | None:
        """Pass on."""
        return self.core.form(action)

    async def listens(self, who: Learner, where: Place) -> bool:
        """Pass on."""
        return await self.core.listens(who, where)

    async def mark_delivered(self, event_id: str) -> None:
        """Pass on."""
        await self.core.mark_delivered(event_id)


def describe(event: Event) -> tuple[str, ...]:
    """The event without what differs between platforms: ids, places, times, names."""
    match event:
        case Command(name=name, args=args):
            given = sorted((key, value) for key, value in args.items() if value)
            return ("command", name, *(f"{key}={value}" for key, value in given))
        case Pressed(action=action):
            return ("pressed", action.flow, action.choice)
        case Typed(text=text):
            return ("typed", text)
        case Submitted(action=action, fields=fields):
            return ("submitted", action.flow, *sorted(fields.values()))
        case Opened():
            return ("opened",)
