"""Presses of buttons and choices from menus."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import events
from adapters.slack.desk import Desk
from adapters.slack.render.controls import CHOOSE, FORM, OPEN, PRESS
from bot.errors import LearnerError

PRESSES = re.compile(f"^({PRESS}|{CHOOSE}|{OPEN}):")
FORMS = re.compile(f"^{FORM}:")


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to what a card's buttons and menus send."""

    async def press(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        try:
            incoming = events.pressed(body, desk.clock())
        except LearnerError as error:
            await desk.refuse(error, events.lost(body, desk.clock()), client)
        else:
            desk.take(incoming, client)

    async def open_form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        try:
            incoming = events.pressed(body, desk.clock())
        except LearnerError as error:
            await desk.refuse(error, events.lost(body, desk.clock()), client)
        else:
            await desk.press_form(incoming, body["trigger_id"], client)

    app.action(PRESSES)(press)
    app.action(FORMS)(open_form)
