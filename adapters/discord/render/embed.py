"""A page drawn as an embed, or as bare text: what is sent where Discord refuses the layout."""

from __future__ import annotations

import discord
from discord import ui

from adapters.discord.buttons import drawn
from adapters.discord.render.colours import accent
from adapters.discord.render.escape import escape
from adapters.discord.render.files import name
from adapters.discord.render.limits import (
    MAX_CONTENT,
    MAX_EMBED_TEXT,
    MAX_EMBED_TITLE,
    MAX_LEGACY_ROWS,
    fit,
)
from adapters.discord.render.page import Page, Text
from bot.replies import Picture


def embeds(page: Page) -> list[discord.Embed]:
    """Return a page as an embed, and one more for each further picture."""
    embed = discord.Embed(
        title=fit(escape(page.title), MAX_EMBED_TITLE) or None,
        description=fit(_text(page), MAX_EMBED_TEXT) or None,
        colour=accent(page.tone),
    )
    pictures = [
        f"attachment://{name(attached, number)}"
        for number, attached in enumerate(page.attached, start=1)
        if isinstance(attached, Picture)
    ]
    if pictures:
        embed.set_image(url=pictures[0])
    told = [embed] if embed else []
    return [*told, *(discord.Embed().set_image(url=url) for url in pictures[1:])]


def buttons(page: Page) -> ui.View:
    """Return a page's rows as a view without a layout; the sixth row and on have no room."""
    view = ui.View(timeout=None)
    for number, row in enumerate(page.rows[:MAX_LEGACY_ROWS]):
        for item in drawn(row):
            item.row = number
            view.add_item(item)
    return view


def content(page: Page) -> str:
    """Return a page as the text of a plain message."""
    title = f"**{escape(page.title)}**\n" if page.title else ""
    return fit(title + _text(page), MAX_CONTENT)


def _text(page: Page) -> str:
    return "\n\n".join(element.text for element in page.elements if isinstance(element, Text))
