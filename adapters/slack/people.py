"""What Slack must be asked about people: where a guest is at home, and the bot's DM with them."""

from __future__ import annotations

from collections import OrderedDict

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import words
from adapters.slack.identity import PLATFORM, Identity
from adapters.slack.memory import MOST_PEOPLE, keep
from adapters.slack.moderators import Moderators
from bot.errors import LearnerError
from bot.ports import Clock


class People:
    """Remembers what Slack answered."""

    def __init__(self, listed: frozenset[str], clock: Clock) -> None:
        """`listed` are those whom the operator names: Slack is not asked about them."""
        self._listed, self._moderators = listed, Moderators(clock)
        self._homes: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._chats: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def home(self, client: AsyncWebClient, sender: Identity) -> str:
        """Return the key of the organisation that the sender belongs to."""
        if sender.local:
            return sender.installed
        key = (sender.installed, sender.user)
        if key not in self._homes:
            keep(self._homes, key, await _home(client, sender), MOST_PEOPLE)
        return self._homes[key]

    async def moderates(self, client: AsyncWebClient, sender: Identity) -> bool:
        """Whether the sender runs the class; LearnerError where Slack does not say who they are."""
        if f"{PLATFORM}:{sender.user}" in self._listed:
            return True
        runs = await self._moderators.runs(client, sender)
        if runs is None:
            raise LearnerError(words.NOT_SAID)
        return runs

    async def chat(self, client: AsyncWebClient, sender: Identity) -> str:
        """Return the id of the bot's own DM with the sender, or "" where there can be none."""
        key = (sender.installed, sender.user)
        if key not in self._chats:
            try:
                opened = await client.conversations_open(users=sender.user)
            except SlackApiError:
                return ""
            keep(self._chats, key, opened["channel"]["id"], MOST_PEOPLE)
        return self._chats[key]


async def _home(client: AsyncWebClient, sender: Identity) -> str:
    try:
        user = (await client.users_info(user=sender.user))["user"]
    except SlackApiError:
        return sender.team
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    return enterprise or user.get("team_id") or sender.team
