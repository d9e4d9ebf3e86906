"""`/admin`: the moderators' commands. Discord shows them to some; who may is asked at each use."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands
from discord.app_commands import Range

from adapters.discord import choices, words
from adapters.discord.events import Interaction
from adapters.discord.options import Short, for_moderators, from_course, one_of, run
from bot.commands.words import ADMIN
from bot.rules import SETTINGS

Long = Range[str, 1, 1500]
Format = Literal["csv", "json"]
Names = Literal["names", "pseudonyms"]
Granted = Literal["attempts", "cooldown", "unlock"]

PARTS = for_moderators(from_course(choices.parts))
ASKED = for_moderators(from_course(choices.asked_parts))
RULES = for_moderators(one_of(tuple(SETTINGS)))

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


@admin.command(name="overview", description=words.ADMIN["overview"])
async def overview(interaction: Interaction) -> None:
    """Show how the class stands."""
    await run(interaction, ADMIN, sub="overview")


@admin.command(name="learner", description=words.ADMIN["learner"])
@app_commands.describe(user=words.ADMIN_OPTIONS["user"])
async def learner(interaction: Interaction, user: discord.User) -> None:
    """Show one learner's record."""
    await run(interaction, ADMIN, sub="learner", user=user.mention)


@admin.command(name="items", description=words.ADMIN["items"])
@app_commands.describe(what=words.ADMIN_OPTIONS["asked"])
@app_commands.autocomplete(what=ASKED)
async def items(interaction: Interaction, what: Short | None = None) -> None:
    """Show the statistics of questions."""
    await run(interaction, ADMIN, sub="items", what=what)


@admin.command(name="questions", description=words.ADMIN["questions"])
async def questions(interaction: Interaction) -> None:
    """Show what the course did not cover."""
    await run(interaction, ADMIN, sub="questions")


@admin.command(name="reset", description=words.ADMIN["reset"])
@app_commands.describe(user=words.ADMIN_OPTIONS["user"], what=words.ADMIN_OPTIONS["what"])
@app_commands.autocomplete(what=PARTS)
async def reset(interaction: Interaction, user: discord.User, what: Short) -> None:
    """Take back a learner's part."""
    await run(interaction, ADMIN, sub="reset", user=user.mention, what=what)


@admin.command(name="grant", description=words.ADMIN["grant"])
@app_commands.describe(
    user=words.ADMIN_OPTIONS["user"],
    what=words.ADMIN_OPTIONS["grant"],
    reason=words.ADMIN_OPTIONS["reason"],
)
async def grant(interaction: Interaction, user: discord.User, what: Granted, reason: Long) -> None:
    """Make an exception for a learner."""
    await run(interaction, ADMIN, sub="grant", user=user.mention, what=what, reason=reason)


@admin.command(name="regrade", description=words.ADMIN["regrade"])
async def regrade(interaction: Interaction) -> None:
    """Mark anew after a question was corrected."""
    await run(interaction, ADMIN, sub="regrade")


@admin.command(name="export", description=words.ADMIN["export"])
@app_commands.describe(format=words.ADMIN_OPTIONS["format"], names=words.ADMIN_OPTIONS["names"])
async def export(
    interaction: Interaction, format: Format | None = None, names: Names | None = None
) -> None:
    """Hand over the gradebook."""
    await run(interaction, ADMIN, sub="export", format=format, names=names)


@admin.command(name="settings", description=words.ADMIN["settings"])
@app_commands.describe(name=words.ADMIN_OPTIONS["name"], value=words.ADMIN_OPTIONS["value"])
@app_commands.autocomplete(name=RULES)
async def settings(
    interaction: Interaction, name: Short | None = None, value: Short | None = None
) -> None:
    """Show the rules of the class, or change one."""
    await run(interaction, ADMIN, sub="settings", name=name, value=value)


@admin.command(name="announce", description=words.ADMIN["announce"])
@app_commands.describe(text=words.ADMIN_OPTIONS["text"])
async def announce(interaction: Interaction, text: Long | None = None) -> None:
    """Tell everybody in the channel."""
    await run(interaction, ADMIN, sub="announce", text=text)


@course.command(name="reload", description=words.ADMIN["course reload"])
async def reload(interaction: Interaction) -> None:
    """Read the course's files again."""
    await run(interaction, ADMIN, sub="course")


@admin.command(name="reindex", description=words.ADMIN["reindex"])
async def reindex(interaction: Interaction) -> None:
    """Index the course again."""
    await run(interaction, ADMIN, sub="reindex")


@admin.command(name="audit", description=words.ADMIN["audit"])
async def audit(interaction: Interaction) -> None:
    """Show who did what."""
    await run(interaction, ADMIN, sub="audit")
