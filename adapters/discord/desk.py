"""The desk: whatever arrives is recorded, acknowledged, handled once, and answered kindly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import discord
import structlog

from adapters.deliver import deliver
from adapters.discord import events, places, words
from adapters.discord.arrival import Arrival, LateError
from adapters.discord.draft import LOST
from adapters.discord.forms import modal, written
from adapters.discord.outlets import ChannelOutlet, CommandOutlet, Outlet, PressOutlet
from adapters.discord.put import send
from adapters.discord.render.pages import pages
from bot.actions import Action, decode
from bot.errors import LearnerError
from bot.events import Event, Place
from bot.observe.faults import report
from bot.ports import Core
from bot.replies import Say, Tone

Interaction = discord.Interaction[discord.Client]
P = ParamSpec("P")
Entry = Callable[Concatenate["Desk", Interaction, P], Coroutine[Any, Any, None]]

GONE = frozenset({10062, 40060})
"""Discord's codes for an interaction that it forgot, and for one that was answered before."""

_log = structlog.get_logger(__name__)


def guarded(entry: Entry[P]) -> Entry[P]:
    """Tell whoever acted of a fault on the way to the core: the library would hide it."""

    @wraps(entry)
    async def guard(
        desk: Desk, interaction: Interaction, /, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        try:
            await entry(desk, interaction, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 (whatever it is, the learner gets a code to quote)
            await desk.fault(interaction, error)

    return guard


class Desk:
    """Takes interactions and messages to the core, and its replies back."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    @guarded
    async def command(self, interaction: Interaction, name: str, args: Mapping[str, str]) -> None:
        """Give a command to the core."""
        where = places.of_interaction(interaction)
        arrival = await self._arrival(interaction, thinking=True, private=where.shared)
        if arrival is not None:
            event = events.command(interaction, where, name, args)
            await self._handle(event, CommandOutlet(arrival, shared=where.shared), arrival)

    @guarded
    async def pressed(self, interaction: Interaction, text: str) -> None:
        """Give a press to the core, or open the form that it asks for; `text` is the action."""
        action = await self._action(interaction, text)
        if action is None or await self._opened_form(interaction, action):
            return
        arrival = await self._arrival(interaction)
        if arrival is not None:
            where = await self._place(interaction)
            event = events.pressed(interaction, where, action)
            await self._handle(event, PressOutlet(arrival, shared=where.shared), arrival)

    @guarded
    async def submitted(self, interaction: Interaction) -> None:
        """Give a form that was sent off to the core."""
        data: Mapping[str, Any] = interaction.data or {}
        action = await self._action(interaction, str(data.get("custom_id", "")))
        on_card = interaction.message is not None
        private = places.of_interaction(interaction).shared
        if action is None:
            return
        arrival = await self._arrival(interaction, thinking=not on_card, private=private)
        if arrival is None:
            return
        where = await self._place(interaction)
        event = events.submitted(interaction, where, action, written(data))
        kind = PressOutlet if on_card else CommandOutlet
        await self._handle(event, kind(arrival, shared=where.shared), arrival)

    @guarded
    async def asked(
        self, interaction: Interaction, find: Callable[[], Awaitable[str | None]]
    ) -> None:
        """Give a message that mentioned the bot to the core, its answer for the writer alone.

        `find` looks the message up; None where it is gone.
        """
        where = places.of_interaction(interaction)
        arrival = await self._arrival(interaction, thinking=True, private=where.shared)
        if arrival is None:
            return
        outlet = CommandOutlet(arrival, shared=where.shared)
        text = await find()
        if text is None:
            await outlet.send(Say(words.MESSAGE_GONE))
        else:
            await self._handle(events.asked(interaction, where, text), outlet, arrival)

    async def typed(self, message: discord.Message, where: Place, text: str) -> None:
        """Give a message to the core and answer it where it was written."""
        outlet = ChannelOutlet(message.channel)
        if self._closing:
            await outlet.send(Say(words.CLOSING))
            return
        async with message.channel.typing():
            await self._handle(events.typed(message, where, text), outlet)

    async def say(self, interaction: Interaction, text: str) -> None:
        """Tell one person something, and nothing else."""
        where = places.of_interaction(interaction)
        (page,) = pages(Say(text))

        async def respond(**what: Any) -> Any:
            if interaction.response.is_done():
                return await interaction.followup.send(**what, ephemeral=where.shared)
            return await interaction.response.send_message(**what, ephemeral=where.shared)

        with suppress(discord.InteractionResponded, *LOST):
            await send(respond, page)

    async def fault(self, interaction: Interaction, error: BaseException) -> None:
        """Log a fault, and tell the learner the code under which it is in the log."""
        code = report(error, interaction=interaction.id)
        await self.say(interaction, words.FAULT.format(error=code))

    async def fault_at(self, channel: discord.abc.Messageable, error: BaseException) -> None:
        """Log a fault, and tell the code to whoever wrote in a channel."""
        with suppress(*LOST):
            await ChannelOutlet(channel).send(Say(words.FAULT.format(error=report(error))))

    async def close(self, grace: float) -> None:
        """Take nothing new, and wait at most `grace` seconds for what is under way."""
        self._closing = True
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=grace)

    async def _action(self, interaction: Interaction, text: str) -> Action | None:
        try:
            return decode(text)
        except LearnerError as error:
            await self.say(interaction, str(error))
            return None

    async def _opened_form(self, interaction: Interaction, action: Action) -> bool:
        form = self.core.form(action)
        if form is None:
            return False
        try:
            await interaction.response.send_modal(modal(form))
        except discord.HTTPException as error:
            if error.code not in GONE:
                raise
            _log.warning("form not opened", interaction=interaction.id, reason=str(error))
        return True

    async def _place(self, interaction: Interaction) -> Place:
        where = places.of_interaction(interaction)
        return await places.unshared(interaction.client, interaction.channel, where)

    async def _arrival(
        self, interaction: Interaction, *, thinking: bool = False, private: bool = False
    ) -> Arrival | None:
        """Take an interaction in, to be acknowledged when it is recorded; None while closing."""
        if self._closing:
            await self.say(interaction, words.CLOSING)
            return None
        return Arrival(interaction, thinking=thinking, private=private)

    async def _handle(self, event: Event, outlet: Outlet, arrival: Arrival | None = None) -> None:
        """Bring one event through the core; the same event under way is left alone."""
        task = asyncio.current_task()
        if event.id in self._under_way or task is None:
            if arrival is not None:
                arrival.forget()
            return
        self._under_way[event.id] = task
        kept = arrival.kept if arrival is not None else None
        try:
            await self._guarded(lambda: deliver(self.core, event, outlet.send, kept), outlet)
        finally:
            del self._under_way[event.id]
            await outlet.close()

    async def _guarded(self, work: Callable[[], Awaitable[None]], outlet: Outlet) -> None:
        try:
            await work()
        except LateError:
            _log.info("answered too late")
        except discord.Forbidden:
            _log.info("may not reply there")
        except Exception as problem:  # noqa: BLE001 (the error desk: whatever it is, the learner gets a code to quote)
            told = words.FAULT.format(error=report(problem))
            with suppress(LateError, *LOST):
                await outlet.send(Say(told, Tone.WARN))
