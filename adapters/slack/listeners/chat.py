"""Messages: in a DM, by mention in a channel, and in a thread where a lab is open."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events
from adapters.slack.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to messages and mentions."""

    async def message(
        body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> BoltResponse:
        incoming = events.typed(body, context.bot_user_id or "", desk.clock())
        if incoming is not None and incoming.origin.shared:
            return await desk.take_if_listening(incoming, client)
        return await desk.take(incoming, client)

    async def mention(
        body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> BoltResponse:
        incoming = events.mentioned(body, context.bot_user_id or "", desk.clock())
        return await desk.take(incoming, client)

    app.event("message")(message)
    app.event("app_mention")(mention)
