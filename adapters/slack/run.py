"""Run the Slack app: Socket Mode with two tokens, HTTP with a signing secret."""

from __future__ import annotations

import asyncio
import signal

import aiohttp
import click
import uvicorn
from slack_sdk.errors import SlackApiError

from adapters.cli.options import settings as settings_from_environment
from adapters.compose import build
from adapters.slack.app import create_app
from adapters.slack.features import code
from adapters.slack.http_mode import GRACE, HttpApp
from adapters.slack.reminders import courier
from adapters.slack.socket_mode import run as run_socket
from bot.observe.health import HEALTH
from bot.observe.logs import configure
from bot.settings import Settings

NOTHING_SET = (
    "Slack is not set up: set SEMINAR_SLACK_BOT_TOKEN and SEMINAR_SLACK_APP_TOKEN for Socket Mode, "
    "or SEMINAR_SLACK_SIGNING_SECRET for HTTP. `seminar doctor` explains each."
)
REFUSED = "Slack refuses a token ({code}): `seminar doctor` says which, and what to do about it."
UNREACHABLE = "Slack cannot be reached ({problem}): check the network, then start again."


def run(settings: Settings) -> None:
    """Run until interrupted; UsageError where the settings are not enough."""
    check(settings)
    if settings.slack_app_token:
        asyncio.run(_socket(settings))
    else:
        uvicorn.Server(_server(settings)).run()


def check(settings: Settings) -> None:
    """Raise UsageError with what is missing."""
    one_workspace = settings.slack_bot_token is not None
    if settings.slack_app_token is not None and one_workspace:
        return
    if settings.slack_signing_secret is None:
        raise click.UsageError(NOTHING_SET)
    if not one_workspace and not settings.slack_client_id:
        raise click.UsageError(
            "A signing secret alone lets Slack in but nothing out: set SEMINAR_SLACK_BOT_TOKEN, "
            "or SEMINAR_SLACK_CLIENT_ID and SEMINAR_SLACK_CLIENT_SECRET for many workspaces."
        )


def asgi() -> HttpApp:
    """Return the HTTP app from the environment, for a server of your own with many workers.

    `uvicorn --factory adapters.slack.run:asgi --workers 4`
    """
    settings = settings_from_environment()
    configure(settings.log_level)
    return http_app(settings)


def http_app(settings: Settings) -> HttpApp:
    """Return the HTTP app with its engine."""
    engine = build(settings)
    app = create_app(settings, engine)

    async def start() -> None:
        await engine.start()
        engine.reach_out(courier(settings, app.client))

    served = HttpApp(app, start, engine.close, engine.answers)
    HEALTH.told_by(lambda: served.ready)
    return served


def _server(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        http_app(settings),
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,  # uvicorn logs as all else does
        access_log=False,
        timeout_graceful_shutdown=int(GRACE),
    )


async def _socket(settings: Settings) -> None:
    token = settings.slack_app_token
    if token is None:
        raise click.UsageError(NOTHING_SET)
    engine = build(settings)
    until = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, until.set)
    await engine.start()
    try:
        app = create_app(settings, engine)
        engine.reach_out(courier(settings, app.client))
        await run_socket(app, token.get_secret_value(), until, engine.answers)
    except SlackApiError as refusal:
        raise click.UsageError(REFUSED.format(code=code(refusal))) from refusal
    except aiohttp.ClientError as problem:
        raise click.UsageError(UNREACHABLE.format(problem=problem)) from problem
    finally:
        await engine.close()
