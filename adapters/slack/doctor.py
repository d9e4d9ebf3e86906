"""What can be wrong with the Slack set-up, each thing with its remedy; for `seminar doctor`."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import aiohttp
import click
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.checks import Finding, bad, good, unset
from adapters.slack.features import code
from adapters.slack.manifest import scopes
from adapters.slack.oauth import seal
from bot.settings import Settings

BOT_PREFIX = "xoxb-"
APP_PREFIX = "xapp-"
PAGE = "https://api.slack.com/apps"

REFUSALS = {
    "invalid_auth": "Slack does not know this token: copy it again.",
    "account_inactive": "The app was removed from the workspace: install it again.",
    "token_revoked": "The token was revoked: install the app again and copy the new one.",
    "token_expired": "Turn token rotation off, then install the app again.",
    "not_allowed_token_type": "This is a token of another kind: copy the right one.",
    "missing_scope": "Make a new app-level token with the scope connections:write.",
}
"""What to do about each of Slack's refusals."""


async def examine(settings: Settings, base_url: str = AsyncWebClient.BASE_URL) -> list[Finding]:
    """Look at the settings, then ask Slack about the tokens; one finding where none is set."""
    if not _wanted(settings):
        remedy = "For Slack, create the app from adapters/slack/manifest.yaml: see docs/slack.md."
        return [unset("Slack", remedy)]
    found = [finding for finding in _settings(settings) if finding]
    try:
        if settings.slack_bot_token:
            found.extend(await _ask_about_bot(settings.slack_bot_token, base_url))
        if settings.slack_app_token:
            found.append(await _ask_about_socket(settings.slack_app_token, base_url))
    except (aiohttp.ClientError, TimeoutError, OSError) as problem:
        found.append(bad("Slack", f"cannot be reached ({problem})", "Check the network or proxy."))
    return found


def _wanted(settings: Settings) -> bool:
    tokens = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        settings.slack_client_id,
    )
    return any(tokens)


def _settings(settings: Settings) -> Iterator[Finding | None]:
    yield _prefixed("SEMINAR_SLACK_BOT_TOKEN", settings.slack_bot_token, BOT_PREFIX)
    yield _prefixed("SEMINAR_SLACK_APP_TOKEN", settings.slack_app_token, APP_PREFIX)
    yield _transport(settings)
    if settings.slack_bot_token is None and not settings.slack_client_id:
        remedy = "Set SEMINAR_SLACK_BOT_TOKEN, or SEMINAR_SLACK_CLIENT_ID for many workspaces."
        yield bad("Slack bot token", "Slack may come in, but no answer can go out", remedy)
    if settings.slack_client_id:
        yield from _oauth(settings)


def _prefixed(name: str, value: SecretStr | None, prefix: str) -> Finding | None:
    """A token of the wrong kind; None where it is the right one, or not set."""
    if value is None or value.get_secret_value().startswith(prefix):
        return None
    swapped = {BOT_PREFIX: APP_PREFIX, APP_PREFIX: BOT_PREFIX}[prefix]
    other = value.get_secret_value().startswith(swapped)
    found = "the two tokens are swapped" if other else f"does not begin with {prefix}"
    return bad(name, found, f"Copy the token that begins with {prefix} from {PAGE}.")


def _transport(settings: Settings) -> Finding:
    if settings.slack_app_token:
        return good("Slack transport", "Socket Mode: nothing has to be reachable from outside")
    if settings.slack_signing_secret:
        return _port(settings)
    remedy = (
        "Set SEMINAR_SLACK_APP_TOKEN for Socket Mode, or SEMINAR_SLACK_SIGNING_SECRET for HTTP: "
        f"both stand under Basic Information at {PAGE}."
    )
    return bad("Slack transport", "neither Socket Mode nor HTTP is set up", remedy)


def _port(settings: Settings) -> Finding:
    """Whether the HTTP server could listen where it is told to."""
    where = f"{settings.http_host}:{settings.http_port}"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.http_host, settings.http_port))
        except OSError as problem:
            found = f"nothing can listen at {where} ({problem})"
            return bad("Slack transport", found, "Set SEMINAR_HTTP_PORT to a free port.")
    return good("Slack transport", f"HTTP at {where}; Slack's request URL leads to /slack/events")


def _oauth(settings: Settings) -> Iterator[Finding]:
    if settings.slack_client_secret is None:
        remedy = f"Copy it from Basic Information at {PAGE}."
        yield bad("SEMINAR_SLACK_CLIENT_SECRET", "not set, and OAuth needs it", remedy)
    try:
        seal(settings)
    except click.UsageError as problem:
        remedy = "Set it to a key of its own, and keep that key apart from the database."
        yield bad("SEMINAR_ENCRYPTION_KEY", problem.format_message(), remedy)
    else:
        yield good("SEMINAR_ENCRYPTION_KEY", "tokens are kept encrypted")


async def _ask_about_bot(token: SecretStr, base_url: str) -> list[Finding]:
    client = AsyncWebClient(token=token.get_secret_value(), base_url=base_url)
    try:
        known = await client.auth_test()
    except SlackApiError as error:
        return [_refused("Slack bot token", error)]
    granted = set((known.headers.get("x-oauth-scopes") or "").replace(" ", "").split(","))
    missing = [scope for scope in scopes() if scope not in granted]
    who = good("Slack bot token", f"signed in to {known['team']} as {known['user']}")
    if not missing:
        return [who, good("Slack scopes", "all granted")]
    remedy = (
        "Add them under OAuth & Permissions, or paste the manifest again; then reinstall the app."
    )
    return [who, bad("Slack scopes", f"missing: {', '.join(missing)}", remedy)]


async def _ask_about_socket(token: SecretStr, base_url: str) -> Finding:
    client = AsyncWebClient(base_url=base_url)
    try:
        await client.apps_connections_open(app_token=token.get_secret_value())
    except SlackApiError as error:
        return _refused("Slack app token", error)
    return good("Slack app token", "Socket Mode opens")


def _refused(name: str, error: SlackApiError) -> Finding:
    told = code(error)
    if not told:
        status = getattr(error.response, "status_code", "no status")
        return bad(name, f"Slack fails by itself ({status})", "Wait a while, then ask again.")
    return bad(name, f"Slack answers {told}", REFUSALS.get(told, f"See {PAGE}."))
