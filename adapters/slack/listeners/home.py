"""The Home tab as the learner's dashboard, and the Messages tab as the way to the tutor."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events, words
from adapters.slack.desk import Desk
from adapters.slack.features import code
from adapters.slack.prompts import suggested
from adapters.slack.render.home import BACK
from adapters.slack.work import NOWHERE

log = logging.getLogger(__name__)


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to both tabs being opened, and to the way back to the dashboard."""

    async def opened(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        if body["event"].get("tab") != "messages":
            return await desk.dashboard(events.home_opened(body, desk.clock()), client)
        channel = body["event"]["channel"]
        desk.work.begin(f"prompts:{channel}", NOWHERE, lambda _: suggest(channel, client))
        return await desk.take(events.greeted(body, desk.clock()), client)

    async def back(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        return await desk.dashboard(events.home_asked(body, desk.clock()), client)

    async def suggest(channel: str, client: AsyncWebClient) -> None:
        prompts = suggested(desk.core.course)
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=words.PROMPTS_TITLE, prompts=prompts
            )
        except SlackApiError as error:
            log.info("suggested prompts refused: %s", code(error))

    app.event("app_home_opened")(opened)
    app.action(BACK)(back)
