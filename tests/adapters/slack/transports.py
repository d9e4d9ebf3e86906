"""The app on the wire: Socket Mode or HTTP, with the settings of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from adapters.slack.app import SlackApp
from adapters.slack.http_mode import HttpApp
from adapters.slack.socket_mode import run
from bot.settings import Settings
from tests.adapters.slack.fake.server import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack

Stop = Callable[[], Awaitable[None]]


def socket_settings(**more: Any) -> Settings:
    """Settings for Socket Mode."""
    tokens = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN}
    return Settings(_env_file=None, **{**tokens, **more})  # type: ignore[call-arg]


def http_settings(**more: Any) -> Settings:
    """Settings for HTTP."""
    tokens = {"slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET}
    return Settings(_env_file=None, **{**tokens, **more})  # type: ignore[call-arg]


async def start_socket(app: SlackApp, slack: FakeSlack) -> Stop:
    """Connect the app in Socket Mode; return what ends it."""
    until = asyncio.Event()
    running = asyncio.create_task(run(app, APP_TOKEN, until))
    await slack.connected.wait()

    async def stop() -> None:
        slack.connected.clear()
        until.set()
        await running

    return stop


async def start_http(app: SlackApp, slack: FakeSlack) -> Stop:
    async def nothing() -> None:
        return

    config = uvicorn.Config(
        HttpApp(app, nothing, nothing), host="127.0.0.1", port=0, log_level="warning"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn tells it in no other way)
        await asyncio.sleep(0)
    port = server.servers[0].sockets[0].getsockname()[1]
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    slack.state.now = time.time()

    async def stop() -> None:
        server.should_exit = True
        await serving

    return stop
