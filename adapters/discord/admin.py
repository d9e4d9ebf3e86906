"""`/admin`: the moderators' commands, shown to who manages the server; the core checks again."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord import app_commands
from discord.app_commands import Range

from adapters.discord import choices, words
from bot.commands.words import ADMIN
from bot.rules import SETTINGS

Interaction = discord.Interaction[Any]
Short = Range[str, 1, 100]
Long = Range[str, 1, 1500]
Format = Literal["csv", "json"]
Names = Literal["names", "pseudonyms"]
Granted = Literal["attempts", "cooldown", "unlock"]

admin = app_commands.Group(
    name=ADMIN,
    description=words.ADMIN[ADMIN],
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_contexts=app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    ),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
)
course = app_commands.Group(name="course", description=words.ADMIN["course"], parent=admin)


async def _run(interaction: Interaction, sub: str, **args: str | None) -> None:
    given = {key: value for key, value in args.items() if value}
    await interaction.client.desk.command(interaction, ADMIN, {"sub": sub, **given})


async def _parts(interaction: Interaction, typed: str) -> choices.Offer:
    return choices.parts(interaction.client.desk.core.course, typed)


async def _asked(interaction: Interaction, typed: str) -> choices.Offer:
    return choices.asked_parts(interaction.client.desk.core.course, typed)


async def _settings(_: Interaction, typed: str) -> choices.Offer:
    return choices.listed(tuple(SETTINGS), typed)


@admin.command(name="overview", description=words.ADMIN["overview"])
async def overview(interaction: Interaction) -> None:
    """Show how the class stands."""
    await _run(interaction, "overview")


@admin.command(name="learner", description=words.ADMIN["learner"])
@app_commands.describe(user=words.ADMIN_OPTIONS["user"])
async def learner(interaction: Interaction, user: discord.User) -> None:
    """Show one learner's record."""
    await _run(interaction, "learner", user=user.mention)


@admin.command(name="items", description=words.ADMIN["items"])
@app_commands.describe(what=words.ADMIN_OPTIONS["asked"])
@app_commands.autocomplete(what=_asked)
async def items(interaction: Interaction, what: Short | None = None) -> None:
    """Show the statistics of questions."""
    await _run(interaction, "items", what=what)


@admin.command(name="questions", description=words.ADMIN["questions"])
async def questions(interaction: Interaction) -> None:
    """Show what the course did not cover."""
    await _run(interaction, "questions")


@admin.command(name="reset", description=words.ADMIN["reset"])
@app_commands.describe(user=words.ADMIN_OPTIONS["user"], what=words.ADMIN_OPTIONS["what"])
@app_commands.autocomplete(what=_parts)
async def reset(interaction: Interaction, user: discord.User, what: Short) -> None:
    """Take back a learner's part."""
    await _run(interaction, "reset", user=user.mention, what=what)


@admin.command(name="grant", description=words.ADMIN["grant"])
@app_commands.describe(
    user=words.ADMIN_OPTIONS["user"],
    what=words.ADMIN_OPTIONS["grant"],
    reason=words.ADMIN_OPTIONS["reason"],
)
async def grant(interaction: Interaction, user: discord.User, what: Granted, reason: Long) -> None:
    """Make an exception for a learner."""
    await _run(interaction, "grant", user=user.mention, what=what, reason=reason)


@admin.command(name="regrade", description=words.ADMIN["regrade"])
async def regrade(interaction: Interaction) -> None:
    """Mark anew after a question was corrected."""
    await _run(interaction, "regrade")


@admin.command(name="export", description=words.ADMIN["export"])
@app_commands.describe(format=words.ADMIN_OPTIONS["format"], names=words.ADMIN_OPTIONS["names"])
async def export(
    interaction: Interaction, format: Format | None = None, names: Names | None = None
) -> None:
    """Hand over the gradebook."""
    await _run(interaction, "export", format=format, names=names)


@admin.command(name="settings", description=words.ADMIN["settings"])
@app_commands.describe(name=words.ADMIN_OPTIONS["name"], value=words.ADMIN_OPTIONS["value"])
@app_commands.autocomplete(name=_settings)
async def settings(
    interaction: Interaction, name: Short | None = None, value: Short | None = None
) -> None:
    """Show the rules of the class, or change one."""
    await _run(interaction, "settings", name=name, value=value)


@admin.command(name="announce", description=words.ADMIN["announce"])
@app_commands.describe(text=words.ADMIN_OPTIONS["text"])
async def announce(interaction: Interaction, text: Long | None = None) -> None:
    """Tell everybody in the channel."""
    await _run(interaction, "announce", text=text)


@course.command(name="reload", description=words.ADMIN["course reload"])
async def reload(interaction: Interaction) -> None:
    """Read the course's files again."""
    await _run(interaction, "course")


@admin.command(name="reindex", description=words.ADMIN["reindex"])
async def reindex(interaction: Interaction) -> None:
    """Index the course again."""
    await _run(interaction, "reindex")


@admin.command(name="audit", description=words.ADMIN["audit"])
async def audit(interaction: Interaction) -> None:
    """Show who did what."""
    await _run(interaction, "audit")
