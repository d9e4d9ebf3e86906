"""A Slack that only shows: it takes what the app posts, and each learner sees their newest card."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

HELD = re.compile(r"(\d+) of \d+ exchanges")
TEAM = "T1"
BOT = "UBOT"


@dataclass
class Screen:
    """What one learner sees in the bot's DM.

    `text` is what was shown last; `blocks`, `ts` and `card` (its text) are of the newest message
    that has buttons; `held` is the newest count of a lab's exchanges.
    """

    version: int = 0
    blocks: list[dict[str, Any]] = field(default_factory=list)
    ts: str = ""
    text: str = ""
    card: str = ""
    held: int | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    changed_at: float = 0.0

    def show(self, ts: str, text: str, blocks: list[dict[str, Any]]) -> None:
        """Show a message; one without buttons leaves the card before it to be pressed."""
        self.version += 1
        self.text = "\n".join((text, *_texts(blocks)))
        if found := HELD.search(self.text):
            self.held = int(found[1])
        self.changed_at = time.perf_counter()
        if _buttons(blocks):
            self.ts, self.blocks, self.card = ts, blocks, self.text
        self.changed.set()

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The elements that can be pressed."""
        return _buttons(self.blocks)


class Screens:
    """The server. `calls` counts the Web API's methods; `pause` delays every answer of it."""

    def __init__(self) -> None:
        self.of: defaultdict[str, Screen] = defaultdict(Screen)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self.base = ""
        self._stamps = count(1)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Screens:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{user}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=4096)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.base = f"http://127.0.0.1:{port}/"
        return self

    async def __aexit__(self, *fault: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def stamp(self) -> str:
        """A timestamp that was never used."""
        return f"{int(time.time())}.{next(self._stamps):06d}"

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        args = await _arguments(request)
        known = {
            "auth.test": self._who,
            "conversations.open": self._open,
            "users.info": self._user,
            "files.getUploadURLExternal": self._place_for_file,
            "files.completeUploadExternal": self._file,
        }
        if method in known:
            return web.json_response({"ok": True, **known[method](args)})
        if method in ("chat.postMessage", "chat.update"):
            return web.json_response({"ok": True, **self._show(args)})
        if method.startswith(("assistant.", "agents.", "views.")):
            return web.json_response({"ok": True})
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def _respond(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.of[request.match_info["user"]].show(
            self.stamp(), body.get("text", ""), body.get("blocks") or []
        )
        return web.Response(text="ok")

    def _show(self, args: dict[str, Any]) -> dict[str, Any]:
        ts = args.get("ts") or self.stamp()
        blocks = args.get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        self.of[args["channel"].removeprefix("D")].show(ts, args.get("text", ""), blocks)
        return {"ts": ts, "channel": args["channel"]}

    def _who(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": TEAM, "team": "Class", "user_id": BOT, "user": "seminar", "bot_id": "B1"}

    def _open(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": f"D{args['users']}"}}

    def _user(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"user": {"id": args["user"], "team_id": TEAM}}

    def _place_for_file(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"upload_url": f"{self.base}upload/{next(self._stamps)}", "file_id": "F1"}

    def _file(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"files": [{"id": "F1", "title": "a figure"}]}

    async def _upload(self, request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="OK")


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        body: dict[str, Any] = await request.json()
        return body
    form = dict(await request.post()) if request.method == "POST" else {}
    return {**request.query, **form}


def _buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        element
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def _texts(blocks: list[dict[str, Any]]) -> list[str]:
    """Every piece of text in blocks, wherever it stands but on buttons."""
    found: list[str] = []
    for block in blocks:
        text = block.get("text")
        if block["type"] != "actions":
            found.append(text if isinstance(text, str) else (text or {}).get("text", ""))
            inner = [element.get("text", "") for element in block.get("elements", [])]
            found += [text for text in inner if isinstance(text, str)]
    return found
