"""The least a Slack app can be: a bare Bolt app that acknowledges a press and edits its message."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.faults.worker import SECRET, TOKEN, Orders

READY_PATH = "/readyz"


def run(orders: Orders) -> None:
    """Serve until killed; nothing is kept anywhere."""
    log = (orders.home / f"bare-{os.getpid()}.log").open("a", buffering=1)
    sys.stdout = sys.stderr = log
    uvicorn.run(_Served(orders), host="127.0.0.1", port=orders.port, log_config=None)


class _Served:
    """Bolt's own ASGI handler, and a word that it is ready."""

    def __init__(self, orders: Orders) -> None:
        self._client = AsyncWebClient(token=TOKEN, base_url=f"{orders.slack}api/")
        app = AsyncApp(client=self._client, signing_secret=SECRET)
        app.action(re.compile("^press"))(_press)
        self._slack = AsyncSlackRequestHandler(app, path="/slack/events")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self._client.session = aiohttp.ClientSession()
            await send({"type": "lifespan.startup.complete"})
        elif scope["path"] == READY_PATH:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"ready"})
        else:
            await self._slack(scope, receive, send)


async def _press(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    button = {
        "type": "button",
        "action_id": "press:0",
        "text": {"type": "plain_text", "text": "Again"},
        "value": "again",
    }
    await client.chat_update(
        channel=body["channel"]["id"],
        ts=body["container"]["message_ts"],
        text="pressed",
        blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": "Pressed."}},
            {"type": "actions", "elements": [button]},
        ],
    )
