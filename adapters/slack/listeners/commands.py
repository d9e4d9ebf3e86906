"""Slash commands: each by its own name, or all behind one."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events
from adapters.slack.desk import Desk

ANY_COMMAND = re.compile("^/")
"""Names are the manifest's business: one that the core does not know holds all the others."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every slash command."""

    async def take(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        return await desk.take(events.command(body, desk.clock()), client)

    app.command(ANY_COMMAND)(take)
