"""The tutor for a person at a terminal: a line in, cards out, until they leave."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from adapters.deliver import deliver
from adapters.terminal import words
from adapters.terminal.choices import Kind
from adapters.terminal.conversation import Conversation
from adapters.terminal.intent import Give, Intent, Press, Speak, Unfold, leaves
from adapters.terminal.screen import Screen
from adapters.terminal.waiting import DELAY, Status, Waiting
from bot.commands.privacy import DELETE_NOW
from bot.errors import LearnerError
from bot.events import Event, Typed
from bot.flows.base import menu
from bot.observe.faults import report
from bot.replies import Card, Document, Form, Partial, Picture, Reply, Say, Tone

if TYPE_CHECKING:
    # Loaded when the seat is taken, so that the first card does not wait for the line editor.
    from adapters.terminal.seat import Seat

FORGET = menu(DELETE_NOW)
"""The press that deletes what is kept about a learner; here that is their lines too."""


class Interactive:
    """One learner at one terminal."""

    def __init__(
        self,
        conversation: Conversation,
        screen: Screen,
        seat: Callable[[], Seat],
        status: Status,
        delay: float = DELAY,
    ) -> None:
        """Talk on `screen` with whoever has the `seat`, which is taken once something is drawn.

        `status` tells of slow work in the background, or is empty.
        """
        self._talk = conversation
        self._screen = screen
        self._seat = seat
        self._status = status
        self._delay = delay

    async def run(self) -> None:
        """Show where the learner stands, then take lines until they leave."""
        await self._guarded(self._work(self._talk.opened()))
        prompt = self._seat().prompt
        while (line := await prompt.line()) is not None and not leaves(line):
            await self._guarded(self._take(line), line)
        self._screen.note(words.FAREWELL)

    async def _guarded(self, work: Awaitable[None], line: str = "") -> None:
        """Do some work; a fault is told by its code alone, and is in the log."""
        try:
            await work
        except LearnerError as error:
            self._screen.echo(line)
            self._screen.note(str(error), Tone.WARN)
        except Exception as problem:  # noqa: BLE001 (a learner never sees a traceback)
            self._screen.note(words.FAULT.format(error=report(problem)), Tone.BAD)

    async def _take(self, line: str) -> None:
        intent = self._talk.understand(line)
        if intent is None:
            return
        if isinstance(intent, Unfold):
            self._screen.menu(self._talk.choices)
            return
        self._screen.echo(_echo(intent, line))
        form = self._talk.form(intent)
        event = await self._filled(form) if form else self._talk.event(intent)
        if event:
            await self._deliver(event)
        if isinstance(intent, Press) and intent.entry.action == FORGET:
            self._seat().prompt.forget()

    async def _filled(self, form: Form) -> Event | None:
        """Ask for a form's fields one by one; None where the learner drops it."""
        fields: dict[str, str] = {}
        self._screen.note(form.title)
        for field in form.fields:
            value = await self._seat().prompt.field(field.label, field.value)
            if value is None:
                self._screen.note(words.FORM_DROPPED)
                return None
            fields[field.name] = value.strip()
        return self._talk.submitted(form, fields)

    async def _deliver(self, event: Event) -> None:
        """Hand an event to the core and draw its replies; Ctrl-C stops the work on it."""
        work = asyncio.ensure_future(self._work(event))
        with self._seat().keyboard.watch(work.cancel):
            await asyncio.wait([work])
        if work.cancelled():
            self._screen.note(words.STOPPED)
        else:
            work.result()

    async def _work(self, event: Event) -> None:
        default = words.LOOKING_UP if isinstance(event, Typed) else words.ONE_MOMENT

        def status() -> str:
            return self._status() or default

        async with Waiting(self._screen.console, status, self._delay) as waiting:

            async def send(reply: Reply) -> None:
                if isinstance(reply, Partial):
                    waiting.write(reply.text)
                else:
                    waiting.stop()
                    await self._draw(reply)

            await deliver(self._talk.core, event, send)

    async def _draw(self, reply: Say | Card | Picture | Document) -> None:
        match reply:
            case Card():
                await self._screen.card(reply, self._talk.take(reply))
            case Say():
                await self._screen.say(reply)
            case Picture():
                await self._screen.picture(reply)
            case Document():
                await self._screen.document(reply)


def _echo(intent: Intent, line: str) -> str:
    """What a learner did, in words: the label for a number."""
    match intent:
        case Press(entry=entry):
            is_option = entry.kind is Kind.OPTION
            return f"{entry.label}. {entry.detail}" if is_option else entry.label
        case Give() | Speak():
            return line.strip()
