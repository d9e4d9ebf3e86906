"""The Slack app: settings and a core in, a Bolt app that listens out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.desk import Desk
from adapters.slack.faults import fault
from adapters.slack.listeners import register
from adapters.slack.oauth import authorization
from adapters.slack.pictures import Pictures
from adapters.slack.send import Tools
from adapters.slack.stops import LocalStops, SharedStops
from bot.engine import Engine
from bot.ports import Clock, Core
from bot.settings import Settings
from bot.store.database import open_database

MAX_RATE_RETRIES = 5
MAX_CONNECTIONS = 100


class SlackApp(AsyncApp):
    """A Bolt app that knows its desk, so that whoever runs it can let it finish.

    `own` is an engine that starts with the first delivery and ends with the session.
    """

    desk: Desk
    own: Engine | None = None

    async def open_session(self) -> None:
        """Keep connections to Slack open from now on; without, each call makes its own."""
        connector = aiohttp.TCPConnector(limit=MAX_CONNECTIONS)
        timeout = aiohttp.ClientTimeout(total=self.client.timeout)
        self.client.session = aiohttp.ClientSession(connector=connector, timeout=timeout)

    async def close_session(self) -> None:
        """Close what `open_session` opened, and an engine of the app's own."""
        if self.client.session is not None:
            await self.client.session.close()
        own, self.own = self.own, None
        if own is not None:
            await own.close()


def create_app(
    settings: Settings,
    engine: Core | None = None,
    client: AsyncWebClient | None = None,
    clock: Clock | None = None,
) -> SlackApp:
    """Return the app for one workspace (a bot token), or for many (OAuth; see oauth.py).

    `engine`, `client` and `clock` are for whoever brings their own, such as a test. An engine
    that is brought was started by whoever brings it; one that is built here starts by itself.
    """
    client = client or AsyncWebClient(token=_secret(settings, "slack_bot_token"))
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(MAX_RATE_RETRIES))
    client.retry_handlers.append(AsyncServerErrorRetryHandler())
    app = SlackApp(
        name="seminar",
        client=client,
        signing_secret=_secret(settings, "slack_signing_secret") or "",
        # An acknowledgement is what a listener returns once the act is recorded. Otherwise Bolt
        # would acknowledge events before it calls the listener.
        process_before_response=True,
        **authorization(settings),
    )
    if settings.slack_client_id:
        app.enable_token_revocation_listeners()
    if engine is None:
        engine = app.own = _engine(settings)
        app.use(_started(app.own))
    app.desk = Desk(engine, settings, clock or _now, _tools(settings))
    register(app, app.desk)
    app.error(fault)
    return app


def _tools(settings: Settings) -> Tools:
    """A single process keeps its stops to itself; there may be several with HTTP or a server."""
    several = settings.slack_app_token is None or settings.database_url is not None
    stops = SharedStops(open_database(settings.database)) if several else LocalStops()
    return Tools(Pictures(), stops, time.monotonic, asyncio.sleep)


def _started(own: Engine) -> Callable[..., Awaitable[None]]:
    """Return what lets a delivery pass once the engine has been started."""
    once = asyncio.Lock()
    ready = False

    async def start_first(next_: Callable[[], Awaitable[Any]]) -> None:
        nonlocal ready
        async with once:
            if not ready:
                await own.start()
                ready = True
        await next_()

    return start_first


def _engine(settings: Settings) -> Engine:
    from adapters.compose import build  # noqa: PLC0415 (only who needs an engine builds one)

    return build(settings)


def _secret(settings: Settings, name: str) -> str | None:
    value = getattr(settings, name)
    return value.get_secret_value() if value else None


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 (the adapter's clock)
