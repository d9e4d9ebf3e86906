"""A core that says what a test tells it to, and keeps what it was told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

from bot import forms
from bot.actions import Action
from bot.events import Command, Event, Learner, Place, Pressed, Submitted, Typed
from bot.ports import Kept, Wanted
from bot.replies import Form, Reply
from knowledge.models import Course
from tests.classroom import small_course

Line = Reply | Exception | Callable[[], Awaitable[None]]
"""A reply to give, a fault to raise, or something to wait for."""


class ScriptedCore:
    """Answers a command by its name, a press by its choice, words by themselves."""

    def __init__(self, course: Course | None = None) -> None:
        self.course = course or small_course()
        self.script: dict[str, list[Line]] = {}
        self.forms: dict[str, Form] = {}
        self.events: list[Event] = []
        self.done: set[str] = set()
        self.stopped = 0
        self.away: Callable[[], Awaitable[None]] | None = None

    def on(self, what: str, *lines: Line) -> None:
        """Tell what to do when `what` comes."""
        self.script[what] = list(lines)

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Play the script of an event, which is kept once the records are no more `away`."""
        if self.away is not None:
            await self.away()
        if kept is not None:
            kept()
        if once and event.id in self.done:
            return
        self.events.append(event)
        try:
            for line in self.script.get(_name(event), []):
                if isinstance(line, Exception):
                    raise line
                if callable(line):
                    await line()
                else:
                    yield line
        except (asyncio.CancelledError, GeneratorExit):
            self.stopped += 1
            raise

    def form(self, action: Action) -> Form | None:
        """The form of a choice, where the test gave one."""
        return self.forms.get(action.choice) or forms.form(action)

    async def listens(self, who: Learner, where: Place) -> bool:
        """No lab is ever open in a script."""
        return False

    async def mark_delivered(self, event_id: str) -> None:
        """Note that every reply to an event was sent."""
        self.done.add(event_id)


def wait(seconds: float) -> Callable[[], Awaitable[None]]:
    """A pause of the tutor, in the simulator's time."""
    return lambda: asyncio.sleep(seconds)


def _name(event: Event) -> str:
    match event:
        case Command(name=name):
            return name
        case Pressed(action=action) | Submitted(action=action):
            return action.choice
        case Typed(text=text):
            return text
        case _:
            return ""
