"""What can be wrong with the Discord set-up, each thing with its remedy; for `seminar doctor`."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import aiohttp
import discord

from adapters.checks import Finding, bad, good, unset
from adapters.discord.invite import invite_url, missing
from bot.settings import Settings

PORTAL = "https://discord.com/developers/applications"
MAX_SERVERS = 5
"""Servers that are looked into: enough to find a mistake that was made everywhere."""

MISSING_ACCESS = 50001

_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}")
_SECRET = re.compile(r"[\w-]{32}")
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


async def examine(settings: Settings) -> list[Finding]:
    """Look at the token, then ask Discord about the bot; one finding where none is set."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not token:
        remedy = f"For Discord, put the bot's token into SEMINAR_DISCORD_TOKEN: see {PORTAL}."
        return [unset("Discord", remedy)]
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            return [finding async for finding in ask(client)]
    except discord.LoginFailure:
        return [bad("Discord token", "Discord does not know it", _remedy(token))]
    except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
        return [bad("Discord", f"cannot be reached ({problem})", "Check the network or proxy.")]


async def ask(client: discord.Client) -> AsyncIterator[Finding]:
    """Yield what a client that is logged in finds out about its application and servers."""
    application = await client.application_info()
    yield good("Discord token", f"belongs to {application.name}")
    yield _endpoint(application)
    yield _installs(application)
    yield good("Discord intents", "no privileged intent is needed")
    yield good("Discord invite", invite_url(application.id))
    servers = [guild async for guild in client.fetch_guilds(limit=MAX_SERVERS)]
    for server in servers:
        yield await _scope(client, application.id, server)
        yield await _permissions(client, server)
    if not servers:
        yield unset("Discord servers", "Open the invite link to add the bot to a server.")


def _remedy(token: str) -> str:
    """Say what a wrong token probably is."""
    again = f"Make a new one with “Reset Token” on the Bot page of {PORTAL}."
    if token.lower().startswith("bot "):
        return "Leave out the word “Bot” in front of the token."
    if _PUBLIC_KEY.fullmatch(token):
        return f"This is the application's public key, not the bot's token. {again}"
    if _SECRET.fullmatch(token):
        return f"This looks like the client secret, not the bot's token. {again}"
    if not _TOKEN.fullmatch(token):
        return f"A token has three parts with a dot between them; this one was cut. {again}"
    return f"It was reset or deleted. {again}"


def _endpoint(application: discord.AppInfo) -> Finding:
    if application.interactions_endpoint_url:
        return bad(
            "Discord interactions",
            f"are sent to {application.interactions_endpoint_url}, so the bot never gets them",
            f"Clear “Interactions Endpoint URL” under General Information at {PORTAL}.",
        )
    return good("Discord interactions", "come to the bot")


def _installs(application: discord.AppInfo) -> Finding:
    known = application.guild_integration_config or application.user_integration_config
    if known is not None and application.guild_integration_config is None:
        return bad(
            "Discord installation",
            "the bot cannot be added to servers",
            f"Tick “Guild Install” under Installation at {PORTAL}.",
        )
    if known is not None and application.user_integration_config is None:
        return bad(
            "Discord installation",
            "learners cannot add the bot to their own account",
            f"Tick “User Install” under Installation at {PORTAL}, if they should.",
        )
    return good("Discord installation", "for servers and for single users")


async def _scope(client: discord.Client, application: int, server: discord.Guild) -> Finding:
    name = f"Discord commands in {server.name}"
    try:
        await client.http.get_guild_commands(application, server.id)
    except discord.Forbidden as refused:
        if refused.code != MISSING_ACCESS:
            raise
        remedy = f"Invite it again, with the scope applications.commands: {invite_url(application)}"
        return bad(name, "the scope applications.commands is missing", remedy)
    return good(name, "may be used")


async def _permissions(client: discord.Client, server: discord.Guild) -> Finding:
    name = f"Discord permissions in {server.name}"
    whole = await client.fetch_guild(server.id)
    me = await whole.fetch_member(client.user.id if client.user else 0)
    lacking = missing(me.guild_permissions)
    if lacking:
        remedy = "Give the bot's role these permissions, or invite it again with the link above."
        return bad(name, f"missing: {', '.join(lacking)}", remedy)
    return good(name, "all there")
