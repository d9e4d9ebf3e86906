"""The Stop button that Slack shows while the tutor works."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to Stop."""

    async def stop(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        event = body["event"]
        key = (event["channel"], event.get("thread_ts") or "")
        stamps = event.get("streaming_message_ts") or []
        at = event.get("event_ts") or f"{desk.clock().timestamp():.6f}"
        return await desk.stop(body["event_id"], stamps, key, at, client)

    app.event("agent_session_stopped")(stop)
