"""The fake Slack on the wire: Web API, response_url, uploads, Socket Mode and signed HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.adapters.slack.fake import limits
from tests.adapters.slack.fake.methods import METHODS
from tests.adapters.slack.fake.state import URL_USES, Message, Refusal, State

BOT_TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SECRET = "signing-secret"
ACK_SECONDS = 3.0


class FakeSlack:
    """A Slack with one app in it.

    `calls` lists every call of the Web API; `limited` makes the next calls of a method fail with
    429; `missing` are methods that the workspace does not have; `scopes` is what was granted.
    """

    def __init__(self, scopes: set[str] | None = None) -> None:
        self.state = State()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[tuple[str, str, list[str]]] = []
        self.limited: dict[str, list[int]] = {}
        self.missing: set[str] = set()
        self.scopes = scopes
        self.tokens = {BOT_TOKEN, "xoxb-granted"}
        self.base = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.request_url = ""
        self.connected = asyncio.Event()
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> FakeSlack:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/apps.connections.open", self._open_socket)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.base = f"http://127.0.0.1:{port}/"
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=connector)
        return self

    async def __aexit__(self, *fault: object) -> None:
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """The base_url of a client."""
        return f"{self.base}api/"

    async def deliver(self, kind: str, payload: Mapping[str, Any], retry: int = 0) -> Any:
        """Send a payload to the app; return its answer. TimeoutError after three seconds."""
        if self.request_url:
            return await self._post(kind, payload, retry)
        return await self._envelope(kind, payload, retry)

    async def disconnect(self) -> None:
        """Close every socket, as Slack does now and then."""
        self.connected.clear()
        for socket in self.sockets:
            await socket.close()

    def response_url(self, id_: str) -> str:
        """The address of a response_url."""
        return f"{self.base}respond/{id_}"

    async def _post(self, kind: str, payload: Mapping[str, Any], retry: int) -> Any:
        body, type_ = _encode(kind, payload)
        headers = {**sign(body, self.state.now), "Content-Type": type_}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
        sent = self._session.post(self.request_url, data=body, headers=headers, timeout=timeout)
        async with sent as answer:
            text = await answer.text()
            assert answer.status == 200, (answer.status, text)
            return json.loads(text) if text.startswith("{") else text

    async def _envelope(self, kind: str, payload: Mapping[str, Any], retry: int) -> Any:
        id_ = self.state.name("E")
        self._acks[id_] = asyncio.get_running_loop().create_future()
        envelope: dict[str, Any] = {
            "envelope_id": id_,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await self.connected.wait()
        await self.sockets[-1].send_json(envelope)
        try:
            return await asyncio.wait_for(self._acks[id_], ACK_SECONDS)
        finally:
            del self._acks[id_]

    async def _open_socket(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        url = self.base.replace("http", "ws") + "socket"
        return web.json_response({"ok": True, "url": url})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        self.connected.set()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                answer = json.loads(frame.data)
                waiting = self._acks.get(answer.get("envelope_id", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer.get("payload", ""))
        self.sockets.remove(socket)
        return socket

    async def _api(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        args = await _arguments(request)
        if self.limited.get(name):
            wait = str(self.limited[name].pop(0))
            limited = {"ok": False, "error": "ratelimited"}
            return web.json_response(limited, status=429, headers={"Retry-After": wait})
        self.calls.append((name, args))
        try:
            self._authorize(request, name)
            function, _ = METHODS[name]
            done = {"ok": True, **function(self.state, args, self.base)}
            granted = {"x-oauth-scopes": ",".join(sorted(self.scopes or ()))}
            return web.json_response(done, headers=granted)
        except Refusal as refusal:
            self.refused.append((name, refusal.error, refusal.detail))
            told = {"ok": False, "error": refusal.error}
            if refusal.detail:
                told["response_metadata"] = {"messages": refusal.detail}  # type: ignore[assignment]
            return web.json_response(told)

    def _authorize(self, request: web.Request, name: str) -> None:
        if name not in METHODS or name in self.missing:
            raise Refusal("unknown_method")
        _, scope = METHODS[name]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if name != "oauth.v2.access" and token not in self.tokens:
            raise Refusal("invalid_auth")
        if self.scopes is not None and scope and scope not in self.scopes:
            raise Refusal("missing_scope", [f"needed: {scope}"])

    async def _upload(self, request: web.Request) -> web.Response:
        self.state.files[request.match_info["id"]].content = await request.read()
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        url = self.state.urls.get(request.match_info["id"])
        body = await request.json()
        self.calls.append(("response_url", body))
        if url is None or url.expires < self.state.now:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if url.uses >= URL_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        url.uses += 1
        blocks = body.get("blocks") or []
        found = limits.problems(blocks, "message", self.state.files) if blocks else []
        if found or not body.get("text"):
            self.refused.append(("response_url", "invalid_blocks", found))
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        message = url.message
        if not body.get("replace_original") or message is None:
            message = Message(url.channel, self.state.stamp(), self.state.bot_user)
            message.only = url.user if body.get("response_type") == "ephemeral" else ""
            message.thread = body.get("thread_ts") or ""
            self.state.messages.append(message)
        message.text, message.blocks = body["text"], blocks
        self.state.revise(message)
        return web.Response(text="ok")


def sign(body: str, now: float) -> dict[str, str]:
    """Return the headers with which Slack signs a request."""
    base = f"v0:{int(now)}:{body}".encode()
    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(int(now)), "X-Slack-Signature": f"v0={digest}"}


def _encode(kind: str, payload: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = dict(payload) if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return {name: value for name, value in (await request.json()).items() if value is not None}
    form = dict(await request.post()) if request.method == "POST" else {}
    args: dict[str, Any] = {**request.query, **form}
    args.pop("token", None)
    return args
