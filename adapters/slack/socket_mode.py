"""Socket Mode: the app calls Slack, so nothing needs to be reachable from outside."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackApp

GRACE = 25.0
"""Seconds that a shutdown waits for answers under way."""

log = logging.getLogger(__name__)


def handler(app: SlackApp, app_token: str) -> AsyncSocketModeHandler:
    """Return the connection, not yet made; it reconnects by itself."""
    connecting = AsyncWebClient(token=app_token, base_url=app.client.base_url)
    return AsyncSocketModeHandler(app, app_token, web_client=connecting)


async def run(app: SlackApp, app_token: str, until: asyncio.Event) -> None:
    """Listen until told to stop; then take nothing new, and finish what was begun.

    SlackApiError where Slack refuses one of the tokens.
    """
    await app.open_session()
    socket = handler(app, app_token)
    try:
        await app.client.auth_test()
        # Asked first, because the connection itself would try a refused token for ever.
        await app.client.apps_connections_open(app_token=app_token)
        await socket.connect_async()  # type: ignore[no-untyped-call]
        log.info("connected to Slack in Socket Mode")
        await until.wait()
    finally:
        await socket.close_async()  # type: ignore[no-untyped-call]
        await app.desk.work.drain(GRACE)
        await app.close_session()
