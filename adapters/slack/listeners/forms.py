"""Forms sent off."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events, words
from adapters.slack.desk import Desk
from adapters.slack.render.form import CALLBACK, blank


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the one kind of modal there is; it stays open until it is filled in."""

    async def take(body: dict[str, Any], client: AsyncWebClient, ack: AsyncAck) -> BoltResponse:
        if empty := blank(body["view"]):
            return await ack(response_action="errors", errors=dict.fromkeys(empty, words.BLANK))
        return await desk.take(events.submitted(body, desk.clock()), client)

    app.view_submission(CALLBACK)(take)
