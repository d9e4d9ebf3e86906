"""Socket Mode: the app calls Slack, so nothing needs to be reachable from outside."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.observe.records import Answers, answering
from adapters.slack.app import SlackApp
from bot.observe import metrics
from bot.observe.health import HEALTH

GRACE = 25.0
"""Seconds that a shutdown waits for answers under way."""

log = logging.getLogger(__name__)


class Handler(AsyncSocketModeHandler):
    """Bolt's own, which also notes how long acknowledgements take, and what comes again."""

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Take one envelope and acknowledge it."""
        if req.retry_attempt:
            metrics.RETRIES.labels("Slack delivered again").inc()
        with metrics.ACK.labels("slack").time():
            await super().handle(client, req)


def handler(app: SlackApp, app_token: str) -> Handler:
    """Return the connection, not yet made; it reconnects by itself."""
    connecting = AsyncWebClient(token=app_token, base_url=app.client.base_url)
    return Handler(app, app_token, web_client=connecting)


async def run(
    app: SlackApp, app_token: str, until: asyncio.Event, answers: Answers | None = None
) -> None:
    """Listen until told to stop; then take nothing new, and finish what was begun.

    It is ready while it is connected and the records answer, which `answers` tells.
    SlackApiError where Slack refuses one of the tokens.
    """
    await app.open_session()
    socket = handler(app, app_token)
    answer = answering(answers)
    HEALTH.told_by(lambda: app.desk.work.open and _connected(socket) and answer())
    try:
        await app.client.auth_test()
        # Asked first, because the connection itself would try a refused token for ever.
        await app.client.apps_connections_open(app_token=app_token)
        await socket.connect_async()  # type: ignore[no-untyped-call]
        log.info("connected to Slack in Socket Mode")
        await until.wait()
    finally:
        await app.desk.work.close()
        await socket.close_async()  # type: ignore[no-untyped-call]
        await app.desk.work.drain(GRACE)
        await app.close_session()


def _connected(socket: Handler) -> bool:
    session = socket.client.current_session
    return session is not None and not session.closed
