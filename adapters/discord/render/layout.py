"""A page drawn as Components V2: the form that every message normally has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from discord import MediaGalleryItem, SeparatorSpacing, ui

from adapters.discord.buttons import drawn
from adapters.discord.render.colours import accent
from adapters.discord.render.escape import escape
from adapters.discord.render.files import alt, name
from adapters.discord.render.page import Page, Rule, Text
from adapters.discord.render.pages import HEADING
from bot.replies import Document, Picture

Item = ui.Item[Any]


def layout(page: Page) -> ui.LayoutView:
    """Return the view of a page; it never times out, since its ids carry all it knows."""
    view = ui.LayoutView(timeout=None)
    items = [*_told(page), *(ui.ActionRow(*drawn(row)) for row in page.rows)]
    if page.framed or page.rows:
        view.add_item(ui.Container(*items, accent_colour=accent(page.tone)))
    else:
        for item in items:
            view.add_item(item)
    return view


def _told(page: Page) -> Iterator[Item]:
    elements = list(page.elements)
    title = f"{HEADING}{escape(page.title)}" if page.title else ""
    if title and elements and isinstance(elements[0], Text):
        elements[0] = Text(f"{title}\n{elements[0].text}")
    elif title:
        elements.insert(0, Text(title))
    numbers = count(1)
    for element in elements:
        match element:
            case Text(text=text):
                yield ui.TextDisplay(text)
            case Rule():
                yield ui.Separator(spacing=SeparatorSpacing.small)
            case Picture():
                media = f"attachment://{name(element, next(numbers))}"
                yield ui.MediaGallery(MediaGalleryItem(media, description=alt(element)))
            case Document():
                yield ui.File(f"attachment://{name(element, next(numbers))}")
