"""One act from acknowledgement to last reply: who sent it, the core's answer, and every fault."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.deliver import deliver
from adapters.slack import words
from adapters.slack.events import Incoming, form_metadata
from adapters.slack.features import Features, code
from adapters.slack.kinds import moderating, slow
from adapters.slack.labs import Labs
from adapters.slack.origin import Origin
from adapters.slack.people import People
from adapters.slack.render.form import form as draw_form
from adapters.slack.send import HomeSender, MessageSender, Sender, Tools
from adapters.slack.status import Status
from adapters.slack.stream import StoppedError
from adapters.slack.watch import Watch, conversation
from adapters.slack.work import NOWHERE, OK, Act, Key, Work
from bot.errors import LearnerError
from bot.events import Pressed
from bot.observe.faults import report
from bot.ports import Clock, Core
from bot.replies import Reply, Say, Tone
from bot.settings import Settings

LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

log = structlog.get_logger(__name__)


class Desk:
    """Takes acts in, works on each in a task of its own, and never lets one fail unseen."""

    def __init__(self, core: Core, settings: Settings, clock: Clock, tools: Tools) -> None:
        self.core, self.clock = core, clock
        self.work, self.people = Work(), People(settings.moderators, clock)
        self._labs = Labs(core, self.people)
        self._guests = settings.slack_external_users
        self._tools = tools
        self._watch = Watch(self.work, tools.stops, tools.pause)
        self._features: defaultdict[str, Features] = defaultdict(Features)

    async def take(self, incoming: Incoming | None, client: AsyncWebClient) -> BoltResponse:
        """Answer an act; return what Slack is told of it, once that is known."""
        return await self._take(incoming, client, self._answer)

    async def take_if_listening(
        self, incoming: Incoming | None, client: AsyncWebClient
    ) -> BoltResponse:
        """Answer plain words in a thread, if they are said to the tutor."""
        return await self._take(incoming, client, self._answer_talk)

    async def dashboard(self, incoming: Incoming, client: AsyncWebClient) -> BoltResponse:
        """Draw the Home tab: the next step, and where the learner stands."""
        return await self._take(incoming, client, self._dashboard)

    async def press_form(
        self, incoming: Incoming, trigger: str, client: AsyncWebClient
    ) -> BoltResponse:
        """Open a press's form; nothing comes before, since a trigger lives three seconds.

        Nothing is recorded of it: such a press is acknowledged when its form stands open.
        """
        event = incoming.event
        form = self.core.form(event.action) if isinstance(event, Pressed) else None
        if form is None:
            return await self.take(incoming, client)
        view = draw_form(form, form_metadata(form.action, incoming.origin))

        async def opens(incoming: Incoming, client: AsyncWebClient, act: Act) -> None:
            try:
                await client.views_open(trigger_id=trigger, view=view)
                act.keep()
            except SlackApiError as error:
                if code(error) not in LATE:
                    raise
                act.keep()
                await self._sender(incoming, client)(Say(words.FORM_LATE, Tone.WARN))

        return await self._take(incoming, client, opens)

    async def refuse(
        self, error: LearnerError, incoming: Incoming, client: AsyncWebClient
    ) -> BoltResponse:
        """Tell the learner why an act cannot be done."""

        async def tells(incoming: Incoming, client: AsyncWebClient, act: Act) -> None:
            act.keep()
            await self._sender(incoming, client)(Say(str(error), Tone.WARN))

        return await self._take(incoming, client, tells)

    async def stop(
        self, id_: str, stamps: list[str], key: Key, at: str, client: AsyncWebClient
    ) -> BoltResponse:
        """End what is being worked on in a thread, done before `at`, at whichever worker."""

        async def stops(act: Act) -> None:
            for stamp in stamps:
                await self._tools.stops.add(key[0], stamp)
            await self._tools.stops.add(conversation(key), at)
            stopped = self.work.stop(key)
            act.keep()
            if not stopped:
                origin = Origin(channel=key[0], user="", thread=key[1])
                await Status(client, origin, Features()).idle()

        return await self.work.take(id_, NOWHERE, stops, goes_on=True)

    async def _take(
        self,
        incoming: Incoming | None,
        client: AsyncWebClient,
        answer: Callable[[Incoming, AsyncWebClient, Act], Coroutine[Any, Any, None]],
    ) -> BoltResponse:
        """Work on an act in a task of its own; what is no act is acknowledged at once."""
        if incoming is None:
            return BoltResponse(status=OK)

        async def safely(act: Act) -> None:
            try:
                await answer(incoming, client, act)
            except Exception as error:  # noqa: BLE001 (no fault goes unseen)
                await self._failed(error, incoming, client, None)

        key = (incoming.origin.channel, incoming.origin.thread)
        # What a moderator asks about a large class may take longer: it is done even so.
        goes_on = incoming.comes_again or moderating(incoming.event)
        return await self.work.take(incoming.event.id, key, safely, goes_on=goes_on)

    async def _dashboard(self, incoming: Incoming, client: AsyncWebClient, act: Act) -> None:
        incoming = await self._settled(incoming, client)
        features = self._feature_of(incoming)
        sender = HomeSender(client, incoming.origin, self._tools, features, dashboard=True)
        if self._barred(incoming):
            act.keep()
            await sender(Say(words.EXTERNAL, Tone.WARN))
            return
        await deliver(self.core, incoming.event, sender, act.keep, act.wanted)

    async def _answer_talk(self, incoming: Incoming, client: AsyncWebClient, act: Act) -> None:
        try:
            settled = await self._settled(incoming, client)
            said_to_us = await self.core.listens(settled.event.who, settled.event.where)
        except Exception as problem:  # noqa: BLE001 (not told: perhaps nobody spoke to the tutor)
            report(problem, delivery=incoming.event.id, work="placing words in a thread")
            return
        if said_to_us:
            await self._answer(incoming, client, act)
        else:
            act.keep()

    async def _answer(self, incoming: Incoming, client: AsyncWebClient, act: Act) -> None:
        sender: Sender | None = None
        try:
            incoming = await self._settled(incoming, client)
            sender = self._sender(incoming, client)
            if self._barred(incoming):
                act.keep()
                await sender(Say(words.EXTERNAL, Tone.WARN))
                return
            told = await self._with_status(incoming, client, sender, act)
            if told and (pointer := await self._labs.pointer(incoming, client)):
                await sender(Say(pointer, Tone.INFO))
        except StoppedError:
            await self._stopped(incoming, client, sender)
        except asyncio.CancelledError:
            if not self.work.was_stopped(incoming.event.id):
                raise
            await self._stopped(incoming, client, sender)
        except LearnerError as error:
            act.keep()
            await self._sender(incoming, client)(Say(str(error), Tone.WARN))
        except Exception as error:  # noqa: BLE001 (the one place that takes every fault)
            await self._failed(error, incoming, client, sender)

    async def _with_status(
        self, incoming: Incoming, client: AsyncWebClient, sender: Sender, act: Act
    ) -> bool:
        """Answer; return whether anything was said: a repeat may have been answered before."""
        told = False

        async def send(reply: Reply) -> None:
            nonlocal told
            await self.work.give_way()
            await sender(reply)
            told = True

        if not slow(incoming.event) or incoming.origin.home:
            await deliver(self.core, incoming.event, send, act.keep, act.wanted)
            return told
        status = self._status(incoming, client)
        shown = asyncio.create_task(status.working())
        try:
            with self._watch.over(incoming.event.id, incoming.event.at):
                await deliver(self.core, incoming.event, send, act.keep, act.wanted)
        finally:
            await shown
        await status.idle()
        return told

    async def _stopped(
        self, incoming: Incoming, client: AsyncWebClient, sender: Sender | None
    ) -> None:
        """Close what is half written; the event counts as answered, so no retry begins again."""
        if sender is not None:
            await sender.abandon()
            await sender(Say(words.STOPPED))
        await self._status(incoming, client).idle()
        await self.core.mark_delivered(incoming.event.id)

    async def _failed(
        self, error: Exception, incoming: Incoming, client: AsyncWebClient, sender: Sender | None
    ) -> None:
        error_id = report(error, delivery=incoming.event.id)
        told = words.FAILED.format(error_id=error_id)
        try:
            sender = sender or self._sender(incoming, client)
            await sender.abandon()
            await sender(Say(told, Tone.BAD))
            await self._status(incoming, client).idle()
        except Exception:
            log.exception("a fault could not be told", error=error_id)

    async def _settled(self, incoming: Incoming, client: AsyncWebClient) -> Incoming:
        """Ask Slack for what the payload leaves open: a guest's home, or whose DM this is."""
        sender, origin = incoming.sender, incoming.origin
        home = await self.people.home(client, sender)
        if origin.response_url and not origin.shared and not origin.message:
            own = await self.people.chat(client, sender)
            origin = replace(origin, shared=origin.channel != own)
        who = sender.learner(home)
        if moderating(incoming.event):
            who = replace(who, moderator=await self.people.moderates(client, sender))
        event = replace(incoming.event, who=who, where=origin.place)
        return replace(incoming, event=event, origin=origin)

    def _barred(self, incoming: Incoming) -> bool:
        return not self._guests and incoming.event.who.workspace != incoming.sender.installed

    def _sender(self, incoming: Incoming, client: AsyncWebClient) -> Sender:
        origin = incoming.origin
        features = self._feature_of(incoming)
        if origin.home:
            return HomeSender(client, origin, self._tools, features)
        return MessageSender(client, origin, self._tools, features)

    def _status(self, incoming: Incoming, client: AsyncWebClient) -> Status:
        return Status(client, incoming.origin, self._feature_of(incoming))

    def _feature_of(self, incoming: Incoming) -> Features:
        return self._features[incoming.sender.installed]
