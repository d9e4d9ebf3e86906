"""The words of a message, wherever it keeps them: its content, its embeds, its text displays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from adapters.discord.render.escape import unescape
from adapters.discord.render.pages import HEADING


def text_of(message: discord.Message) -> str:
    """Return what a message says, one part a line; "" where it has no words.

    A card has its words in text displays, in containers and sections; labels of buttons and
    entries of lists are no words of it. Marks that only draw, as of a heading, are taken out.
    """
    drawn = [*_of_embeds(message.embeds), *_displayed(message.components)]
    parts = (message.content, *(unescape(part.removeprefix(HEADING)) for part in drawn))
    return "\n".join(part.strip() for part in parts if part.strip())


def _of_embeds(embeds: Sequence[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from (part for part in (embed.title, embed.description) if part)
        for field in embed.fields:
            yield from (part for part in (field.name, field.value) if part)


def _displayed(components: Sequence[discord.Component]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Container | discord.SectionComponent):
            yield from _displayed(component.children)
