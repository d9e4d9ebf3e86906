"""Messages to the bot: answered in private places, and by a pointer where others read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import structlog

from adapters.discord import places, words
from adapters.discord.events import unmentioned
from adapters.discord.ids import answer_id
from adapters.discord.put import send
from adapters.discord.render.page import Page, Press, Text
from bot.events import Place
from bot.replies import Style

if TYPE_CHECKING:
    from adapters.discord.bot import SeminarBot

WRITTEN = (discord.MessageType.default, discord.MessageType.reply)

_log = structlog.get_logger(__name__)


async def received(bot: SeminarBot, message: discord.Message) -> None:
    """Take a message: a person's own words, addressed to the bot; all else is passed over."""
    if message.author.bot or message.webhook_id or message.type not in WRITTEN or not bot.user:
        return
    mentioned = any(user.id == bot.user.id for user in message.mentions)
    where = places.of_message(message)
    if where.shared and not mentioned and not places.is_private_thread(message.channel):
        return
    try:
        where = await places.unshared(bot, message.channel, where)
        await _answer(bot, message, where, mentioned=mentioned)
    except discord.Forbidden:
        _log.info("may not write there", channel=message.channel.id)
    except Exception as error:  # noqa: BLE001 (the library would hide it)
        await bot.desk.fault_at(message.channel, error)


async def wanted(bot: SeminarBot, interaction: discord.Interaction[Any], asker: int) -> None:
    """Answer a mention to the one who wrote it, now that they pressed the pointer's button."""
    if interaction.user.id != asker:
        await bot.desk.say(interaction, words.NOT_YOURS)
        return
    await bot.desk.asked(interaction, lambda: _question(bot, interaction))


async def _answer(
    bot: SeminarBot, message: discord.Message, where: Place, *, mentioned: bool
) -> None:
    text = unmentioned(message.content, bot.user.id if bot.user else 0)
    if not where.shared and not (
        text or mentioned or isinstance(message.channel, discord.DMChannel)
    ):
        await send(message.channel.send, Page(elements=(Text(words.CANNOT_READ),), framed=False))
    elif not where.shared:
        await bot.desk.typed(message, where, text)
    elif mentioned:
        await _point(message)


async def _point(message: discord.Message) -> None:
    """Say in public only that the answer waits, since a message cannot be seen by one alone."""
    press = Press(words.POINTER_BUTTON, answer_id(message.author.id), Style.PRIMARY)
    page = Page(elements=(Text(words.POINTER),), rows=((press,),))
    await send(message.reply, page)


async def _question(bot: SeminarBot, interaction: discord.Interaction[Any]) -> str | None:
    """The words of the message that the pointer replied to; None where it is gone."""
    pointer = interaction.message
    asked = pointer.reference.message_id if pointer and pointer.reference else None
    channel = bot.get_partial_messageable(interaction.channel_id or 0)
    if asked is None or bot.user is None:
        return None
    try:
        message = await channel.fetch_message(asked)
    except discord.HTTPException:
        return None
    return unmentioned(message.content, bot.user.id)
