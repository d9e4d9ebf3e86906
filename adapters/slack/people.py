"""What Slack must be asked about people: where a guest is at home, and the bot's DM with them."""

from __future__ import annotations

from collections import OrderedDict

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.identity import Identity

RUNS_THE_WORKSPACE = ("is_admin", "is_owner", "is_primary_owner")
MAX_KNOWN = 10_000
"""People remembered at most; the one asked about longest ago is forgotten first."""


class People:
    """Remembers what Slack answered."""

    def __init__(self) -> None:
        self._homes: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._chats: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def home(self, client: AsyncWebClient, sender: Identity) -> str:
        """Return the key of the organisation that the sender belongs to."""
        if sender.local:
            return sender.installed
        key = (sender.installed, sender.user)
        if key not in self._homes:
            _keep(self._homes, key, await _home(client, sender))
        return self._homes[key]

    async def moderates(self, client: AsyncWebClient, sender: Identity) -> bool:
        """Whether the sender runs the workspace; asked anew each time, since that may change."""
        if not sender.local:
            return False
        try:
            user = (await client.users_info(user=sender.user))["user"]
        except SlackApiError:
            return False
        return any(user.get(role) for role in RUNS_THE_WORKSPACE)

    async def chat(self, client: AsyncWebClient, sender: Identity) -> str:
        """Return the id of the bot's own DM with the sender, or "" where there can be none."""
        key = (sender.installed, sender.user)
        if key not in self._chats:
            try:
                opened = await client.conversations_open(users=sender.user)
            except SlackApiError:
                return ""
            _keep(self._chats, key, opened["channel"]["id"])
        return self._chats[key]


async def _home(client: AsyncWebClient, sender: Identity) -> str:
    try:
        user = (await client.users_info(user=sender.user))["user"]
    except SlackApiError:
        return sender.team
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    return enterprise or user.get("team_id") or sender.team


def _keep(known: OrderedDict[tuple[str, str], str], key: tuple[str, str], value: str) -> None:
    known[key] = value
    if len(known) > MAX_KNOWN:
        known.popitem(last=False)
