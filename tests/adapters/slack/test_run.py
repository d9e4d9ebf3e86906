"""What `seminar slack` needs before it begins."""

from __future__ import annotations

import asyncio
from typing import Any

import click
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import create_app
from adapters.slack.run import check
from adapters.slack.socket_mode import run
from bot.settings import Settings
from tests.adapters.slack.fake.server import FakeSlack
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import socket_settings

BOT = {"slack_bot_token": "xoxb-1"}
OAUTH = {"slack_client_id": "1", "slack_client_secret": "s"}


def settings(given: dict[str, Any]) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "given",
    [
        {**BOT, "slack_app_token": "xapp-1"},
        {**BOT, "slack_signing_secret": "s"},
        {**OAUTH, "slack_signing_secret": "s"},
    ],
)
def test_two_tokens_or_a_signing_secret_are_all_it_takes(given: dict[str, Any]) -> None:
    check(settings(given))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "not set up"),
        (BOT, "SEMINAR_SLACK_APP_TOKEN"),
        ({"slack_app_token": "xapp-1"}, "SEMINAR_SLACK_BOT_TOKEN"),
        ({"slack_signing_secret": "s"}, "nothing out"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(given: dict[str, Any], told: str) -> None:
    with pytest.raises(click.UsageError, match=told):
        check(settings(given))


@pytest.mark.parametrize("token", ["xoxb-wrong", "xapp-wrong"])
async def test_a_refused_token_ends_the_program_at_once(token: str) -> None:
    async with FakeSlack() as slack:
        bot, app_token = ("xoxb-test", token) if token.startswith("xapp") else (token, "xapp-test")
        client = AsyncWebClient(token=bot, base_url=slack.api)
        app = create_app(socket_settings(), ScriptedCore(), client)
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await run(app, app_token, asyncio.Event())
