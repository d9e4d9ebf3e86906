"""What the bot asks for when it is invited to a server: as little as it needs."""

from __future__ import annotations

import discord
from discord.utils import oauth_url

SCOPES = ("bot", "applications.commands")

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


def invite_url(application: int) -> str:
    """Return the link that invites the bot with exactly these scopes and permissions."""
    return oauth_url(application, permissions=PERMISSIONS, scopes=SCOPES)


def missing(granted: discord.Permissions) -> list[str]:
    """Return the permissions that were not granted, by the names that Discord shows."""
    lacking = discord.Permissions(PERMISSIONS.value & ~granted.value)
    return [name.replace("_", " ") for name, wanted in lacking if wanted]
