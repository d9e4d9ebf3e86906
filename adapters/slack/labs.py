"""Where a learner's lab goes on, for one who wrote to the tutor in a channel."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import words
from adapters.slack.events import Incoming
from adapters.slack.memory import MOST_PEOPLE, Key, keep
from adapters.slack.origin import Origin
from adapters.slack.people import People
from bot.events import Command
from bot.flows import lab
from bot.ports import Core

TOLD_AGAIN = timedelta(days=1)
"""How long a learner who asks in channels is not reminded of their lab again."""

log = logging.getLogger(__name__)


class Labs:
    """Finds the words for it; what was said lately is remembered."""

    def __init__(self, core: Core, people: People) -> None:
        self._core, self._people = core, people
        self._told: OrderedDict[Key, datetime] = OrderedDict()

    async def pointer(self, incoming: Incoming, client: AsyncWebClient) -> str:
        """Return a sentence for whoever was just answered, or "" where there is none to say."""
        try:
            if _began_a_thread(incoming):
                here = await self._core.listens(incoming.event.who, incoming.event.where)
                return words.LAB_IN_THREAD if here else ""
            if incoming.origin.public and not self._told_lately(incoming):
                return await self._elsewhere(incoming, client)
        except Exception:
            log.exception("a lab could not be looked for")
        return ""

    async def _elsewhere(self, incoming: Incoming, client: AsyncWebClient) -> str:
        who = incoming.event.who
        if await self._core.listens(who, incoming.event.where):
            return ""
        chat = await self._people.chat(client, incoming.sender)
        place = Origin(chat, who.user, shared=False).place
        if not chat or not await self._core.listens(who, place):
            return ""
        keep(self._told, _key(incoming), incoming.event.at, MOST_PEOPLE)
        return words.LAB_IN_CHAT

    def _told_lately(self, incoming: Incoming) -> bool:
        told = self._told.get(_key(incoming))
        return told is not None and incoming.event.at - told < TOLD_AGAIN


def _began_a_thread(incoming: Incoming) -> bool:
    """Whether a lab was asked for at the top of a channel: it is held in the thread below."""
    event, origin = incoming.event, incoming.origin
    asked = isinstance(event, Command) and event.name == lab.NAME
    return asked and origin.shared and bool(origin.thread) and not origin.quiet_thread


def _key(incoming: Incoming) -> Key:
    return incoming.event.who.workspace, incoming.event.who.user
