"""HTTP: an ASGI app for any number of workers, with health checks and a graceful end."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler

from adapters.observe.records import Answers, always
from adapters.slack import words
from adapters.slack.app import SlackApp
from bot.errors import StoreError
from bot.observe import metrics
from bot.observe.faults import report

EVENTS_PATH = "/slack/events"
ALIVE_PATH = "/healthz"
READY_PATH = "/readyz"
METRICS_PATH = "/metrics"
GRACE = 25.0
"""Seconds that a shutdown waits for answers under way."""

OK, UNAVAILABLE = 200, 503
PLAIN = "text/plain; charset=utf-8"
RETRY_HEADER = b"x-slack-retry-num"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class HttpApp:
    """`/slack/events` and `/slack/install` for Slack; `/healthz`, `/readyz`, `/metrics` for you.

    `start` and `stop` make the core ready and let it go; between them the app is ready while
    the records answer, which `answers` tells.
    """

    def __init__(
        self,
        app: SlackApp,
        start: Callable[[], Awaitable[None]],
        stop: Callable[[], Awaitable[None]],
        answers: Answers = always,
    ) -> None:
        self._app, self._start, self._stop, self._answers = app, start, stop, answers
        self._slack = AsyncSlackRequestHandler(app, path=EVENTS_PATH)
        self._ready = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the server's own start and end."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http":
            raise ValueError(f"no {scope['type']} is served here")
        elif scope["path"] == ALIVE_PATH:
            await _text(send, OK, words.ALIVE)
        elif scope["path"] == READY_PATH:
            await self._tell_ready(send)
        elif scope["path"] == METRICS_PATH:
            await _text(send, OK, metrics.exposition().decode(), metrics.CONTENT_TYPE)
        else:
            _note_retry(scope)
            await self._slack(scope, receive, _timed(send))  # type: ignore[arg-type]

    @property
    def ready(self) -> bool:
        """Whether new work is taken, if the records answer."""
        return self._ready and self._app.desk.work.open

    async def _tell_ready(self, send: Send) -> None:
        ready = self.ready and await self._answers()
        status, text = (OK, words.READY) if ready else (UNAVAILABLE, words.NOT_READY)
        await _text(send, status, text)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._app.open_session()
        try:
            await self._start()
        except Exception as problem:  # noqa: BLE001 (told to the server, which then does not start)
            if not isinstance(problem, StoreError):
                report(problem, work="starting")
            await send({"type": "lifespan.startup.failed", "message": str(problem)})
            return
        self._ready = True
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._ready = False
        await self._app.desk.work.drain(GRACE)
        await self._stop()
        await self._app.close_session()
        await send({"type": "lifespan.shutdown.complete"})


def _note_retry(scope: Scope) -> None:
    """Count what Slack delivers again."""
    if any(name == RETRY_HEADER for name, _ in scope["headers"]):
        metrics.RETRIES.labels("Slack delivered again").inc()


def _timed(send: Send) -> Send:
    """Return `send` that notes when the answer to a request begins."""
    begun = time.perf_counter()

    async def timed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            metrics.ACK.labels("slack").observe(time.perf_counter() - begun)
        await send(message)

    return timed


async def _text(send: Send, status: int, text: str, kind: str = PLAIN) -> None:
    headers = [(b"content-type", kind.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
