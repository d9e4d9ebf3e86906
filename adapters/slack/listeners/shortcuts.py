"""The message shortcut "Ask the tutor about this"."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events, words
from adapters.slack.desk import Desk
from bot.errors import LearnerError

ASK_ABOUT = "ask_about"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the shortcut in a message's menu."""

    async def take(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        incoming = events.shortcut(body, desk.clock())
        if not events.words_of(body["message"]):
            return await desk.refuse(LearnerError(words.NO_WORDS), incoming, client)
        return await desk.take(incoming, client)

    app.message_shortcut(ASK_ABOUT)(take)
