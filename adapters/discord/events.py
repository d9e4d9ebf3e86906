"""What happened on Discord, as the events that the core takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

import discord

from adapters.discord.moderators import moderates
from bot.actions import Action
from bot.commands.words import parse
from bot.events import Command, Learner, Opened, Place, Pressed, Submitted, Typed

PLATFORM = "discord"

Interaction = discord.Interaction[Any]


class _Delivery(TypedDict):
    who: Learner
    where: Place
    id: str
    at: datetime


def learner(user: discord.abc.User, *, moderator: bool = False) -> Learner:
    """Return who acted.

    The workspace is empty: a Discord account is one learner in every server and in direct
    messages, so progress goes where the learner goes.
    """
    return Learner(PLATFORM, "", str(user.id), user.display_name, moderator)


def command(interaction: Interaction, where: Place, name: str, args: Mapping[str, str]) -> Command:
    """Return a command as an event."""
    return Command(**_delivery(interaction, where), name=name, args=dict(args))


def pressed(interaction: Interaction, where: Place, action: Action) -> Pressed:
    """Return a press, or a choice in a list, as an event."""
    return Pressed(**_delivery(interaction, where), action=action)


def submitted(
    interaction: Interaction, where: Place, action: Action, fields: Mapping[str, str]
) -> Submitted:
    """Return a form that was sent off as an event."""
    return Submitted(**_delivery(interaction, where), action=action, fields=dict(fields))


def asked(interaction: Interaction, where: Place, text: str) -> Command | Typed | Opened:
    """Return a message that mentioned the bot, now that its writer wants the answer.

    As everywhere, a mention may be a command in words: "quiz 2", "admin overview".
    """
    return _said(_delivery(interaction, where), text)


def typed(message: discord.Message, where: Place, text: str) -> Command | Typed | Opened:
    """Return a message as an event; a direct message knows no server, so no right is looked up."""
    delivery = _Delivery(
        who=learner(message.author),
        where=where,
        id=f"{PLATFORM}:{message.id}",
        at=message.created_at,
    )
    return _said(delivery, text)


def unmentioned(text: str, bot: int) -> str:
    """Return a message's words without the mention of the bot."""
    return re.sub(rf"<@!?{bot}>", "", text).strip()


def _said(delivery: _Delivery, text: str) -> Command | Typed | Opened:
    """A command in words, other words; a message without words is a learner who came by."""
    given = parse(text)
    if given:
        return Command(**delivery, name=given[0], args=given[1])
    return Typed(**delivery, text=text) if text else Opened(**delivery)


def _delivery(interaction: Interaction, where: Place) -> _Delivery:
    return _Delivery(
        who=learner(interaction.user, moderator=moderates(interaction)),
        where=where,
        id=f"{PLATFORM}:{interaction.id}",
        at=interaction.created_at,
    )
