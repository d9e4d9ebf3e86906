"""Who runs the class in a Discord server: who manages it, has a role for it, or is named for it."""

from __future__ import annotations

from typing import Any

import discord

NAMED = "discord:"
"""What stands before the user id of a person on the operator's own list."""


def moderates(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person behind an interaction runs the class where it happened.

    Permissions and roles are those that Discord sends with the interaction, so they are as they
    are now. A direct message comes with neither: there, only the operator's own list counts.
    """
    if interaction.permissions.manage_guild:
        return True
    user, settings = interaction.user, interaction.client.settings
    if f"{NAMED}{user.id}" in settings.moderators:
        return True
    roles = settings.discord_moderator_roles
    return isinstance(user, discord.Member) and any(map(user.get_role, roles))
