"""As much of Discord as a bot needs to log in over the wire and to stay connected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

HELLO, IDENTIFY, RESUME, HEARTBEAT, ACK, DISPATCH = 10, 2, 6, 1, 11, 0
BOT = {"id": "1", "username": "seminar", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "1",
    "name": "Seminar",
    "description": "",
    "icon": None,
    "summary": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": BOT,
}


class Wire:
    """A gateway and the few calls before it; it can go away, and come back.

    The next calls of an answer get 429 with the seconds that stand in `limits`; `calls` has each
    call's method with the status that it got, and `shown` what was taken.
    """

    def __init__(self) -> None:
        self.sockets: list[web.WebSocketResponse] = []
        self.identified = 0
        self.resumed = 0
        self.away = False
        self.limits: list[float] = []
        self.shown: list[Any] = []
        self.calls: list[tuple[str, int]] = []
        self._numbers = count(1)

    def app(self) -> web.Application:
        """The server's routes."""
        app = web.Application()
        app.router.add_get("/api/users/@me", _answer(BOT))
        app.router.add_get("/api/oauth2/applications/@me", _answer(APPLICATION))
        app.router.add_get("/api/applications/1/commands", _answer([]))
        app.router.add_put("/api/applications/1/commands", _answer([]))
        app.router.add_get("/gateway", self._gateway)
        app.router.add_post("/api/interactions/{id}/{token}/callback", self._called)
        app.router.add_patch("/api/webhooks/1/{token}/messages/@original", self._called)
        app.router.add_post("/api/webhooks/1/{token}", self._called)
        return app

    async def lose(self) -> None:
        """Go away: every connection ends, and there is no new one."""
        self.away = True
        for socket in self.sockets:
            await socket.close(code=1001)

    def come_back(self) -> None:
        """Take connections again."""
        self.away = False

    async def command(self, name: str) -> None:
        """Have somebody give a command in their direct messages."""
        who = {"id": "7", "username": "ada", "discriminator": "0", "avatar": None}
        number = str(next(self._numbers))
        given = {
            "id": number,
            "application_id": "1",
            "type": 2,
            "token": f"token-{number}",
            "version": 1,
            "channel_id": "5",
            "channel": {"id": "5", "type": 1},
            "user": who,
            "context": 1,
            "authorizing_integration_owners": {"1": "7"},
            "entitlements": [],
            "locale": "en-US",
            "attachment_size_limit": 10_000_000,
            "data": {"id": "9", "name": name, "type": 1, "options": []},
        }
        await self._dispatch(self.sockets[-1], "INTERACTION_CREATE", given)

    async def _called(self, request: web.Request) -> web.Response:
        if self.limits:
            seconds = self.limits.pop(0)
            self.calls.append((request.method, 429))
            told = {"message": "You are being rate limited.", "retry_after": seconds}
            # Without Via it would be Cloudflare's 429, which is not to be tried again.
            asked = {"Retry-After": str(seconds), "Via": "1.1 google"}
            return _json({**told, "global": False}, 429, asked)
        self.calls.append((request.method, 200))
        if request.content_type == "application/json":
            self.shown.append(await request.json())
        message = {
            "id": "100",
            "channel_id": "5",
            "author": BOT,
            "content": "",
            "timestamp": "2026-03-02T09:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
        }
        if request.path.endswith("/callback"):
            called = {"id": "1", "type": 2, "response_message_id": "100"}
            return _json({"interaction": called, "resource": {"type": 5, "message": message}})
        return _json(message)

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.away:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._take(socket, json.loads(frame.data), request)
        self.sockets.remove(socket)
        return socket

    async def _take(
        self, socket: web.WebSocketResponse, said: dict[str, Any], request: web.Request
    ) -> None:
        match said["op"]:
            case 1:
                await socket.send_json({"op": ACK, "d": None})
            case 2:
                self.identified += 1
                ready = {
                    "v": 10,
                    "user": BOT,
                    "guilds": [],
                    "shard": [0, 1],
                    "session_id": "session",
                    "resume_gateway_url": str(request.url.with_scheme("ws").with_query(None)),
                    "application": {"id": "1", "flags": 0},
                }
                await self._dispatch(socket, "READY", ready)
            case 6:
                self.resumed += 1
                await self._dispatch(socket, "RESUMED", {})

    async def _dispatch(self, socket: web.WebSocketResponse, name: str, what: Any) -> None:
        await socket.send_json({"op": DISPATCH, "t": name, "s": next(self._numbers), "d": what})


@asynccontextmanager
async def wire(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """Serve a Discord on loopback, to which the library is directed."""
    made = Wire()
    runner = web.AppRunner(made.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}/api")
    gateway = yarl.URL(f"ws://127.0.0.1:{port}/gateway")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    yield made
    await asyncio.gather(*(socket.close() for socket in made.sockets))
    await runner.cleanup()


def _answer(what: Any) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return _json(what)

    return answer


def _json(what: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer as JSON, which the library reads only where its type says no more than that."""
    kind = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(what).encode(), status=status, headers=kind)
