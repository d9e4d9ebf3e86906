"""Forms sent off."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events
from adapters.slack.desk import Desk
from adapters.slack.render.form import CALLBACK


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the one kind of modal there is."""

    async def take(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        return await desk.take(events.submitted(body, desk.clock()), client)

    app.view_submission(CALLBACK)(take)
