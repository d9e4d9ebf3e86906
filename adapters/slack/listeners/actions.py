"""Presses of buttons and choices from menus."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events
from adapters.slack.desk import Desk
from adapters.slack.render.controls import CHOOSE, FORM, OPEN, PRESS
from bot.errors import LearnerError

PRESSES = re.compile(f"^({PRESS}|{CHOOSE}|{OPEN}):")
FORMS = re.compile(f"^{FORM}:")


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to what a card's buttons and menus send."""

    async def press(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        try:
            incoming = events.pressed(body, desk.clock())
        except LearnerError as error:
            return await desk.refuse(error, events.lost(body, desk.clock()), client)
        return await desk.take(incoming, client)

    async def open_form(body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        try:
            incoming = events.pressed(body, desk.clock())
        except LearnerError as error:
            return await desk.refuse(error, events.lost(body, desk.clock()), client)
        return await desk.press_form(incoming, body["trigger_id"], client)

    app.action(PRESSES)(press)
    app.action(FORMS)(open_form)
