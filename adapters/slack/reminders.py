"""Cards that nobody asked for just now: to a learner's direct messages, or into a channel."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import QUIET, told
from adapters.slack.features import code
from adapters.slack.identity import PLATFORM
from adapters.slack.oauth import SqlInstallations, seal
from adapters.slack.patience import BAD_BLOCKS
from adapters.slack.render import card as draw
from adapters.slack.render.card import Message
from adapters.slack.render.simpler import simpler
from bot.courier import UnreachableError
from bot.events import Learner
from bot.replies import Card
from bot.settings import Settings
from bot.store.database import open_database

IN_VAIN = frozenset(
    {
        "channel_is_archived",
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
"""Why nothing can be said to a person or in a channel; all other refusals are about the app."""


class SlackCourier:
    """Reaches the people of one workspace, or, with `installations`, of many."""

    platform = PLATFORM

    def __init__(
        self, client: AsyncWebClient, installations: SqlInstallations | None = None
    ) -> None:
        self._client, self._installations = client, installations

    async def to_learner(self, who: Learner, workspace: str, card: Card) -> None:
        """Write to the app's own conversation with a learner."""
        await self._post(workspace, who.user, card)

    async def to_channel(self, workspace: str, channel: str, card: Card) -> None:
        """Write into a channel that the app is in."""
        await self._post(workspace, channel, card)

    async def _post(self, workspace: str, channel: str, card: Card) -> None:
        allowed = await self._token(workspace)
        try:
            for message in draw.card(card, {}):
                await self._send(channel, message, allowed)
        except SlackApiError as refusal:
            if (why := code(refusal)) in IN_VAIN:
                raise UnreachableError(why) from refusal
            raise

    async def _send(self, channel: str, message: Message, allowed: dict[str, Any]) -> None:
        try:
            await self._client.chat_postMessage(
                channel=channel, **told(message), **QUIET, **allowed
            )
        except SlackApiError as refusal:
            if code(refusal) not in BAD_BLOCKS:
                raise
            plainer = told(simpler(message))
            await self._client.chat_postMessage(channel=channel, **plainer, **QUIET, **allowed)

    async def _token(self, workspace: str) -> dict[str, Any]:
        """The workspace's own token as an argument; none where the client has the only one."""
        if self._installations is None:
            return {}
        bot = await self._installations.of_host(workspace)
        if bot is None:
            raise LookupError("the app is not installed there")
        return {"token": bot.bot_token}


def courier(settings: Settings, client: AsyncWebClient) -> SlackCourier:
    """Return the courier for one workspace, or for all that the app is installed in."""
    if not settings.slack_client_id:
        return SlackCourier(client)
    installations = SqlInstallations(open_database(settings.database), seal(settings))
    return SlackCourier(client, installations)
