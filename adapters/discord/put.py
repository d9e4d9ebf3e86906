"""One page to Discord: as a layout, as an embed where that is refused, else as bare text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from typing import Any, TypeVar

import discord
import structlog

from adapters.discord.render.embed import buttons, content, embeds
from adapters.discord.render.files import files
from adapters.discord.render.layout import layout
from adapters.discord.render.page import Page

T = TypeVar("T")
Put = Callable[..., Awaitable[T]]
NOBODY = discord.AllowedMentions.none()

_log = structlog.get_logger(__name__)


async def send(put: Put[T], page: Page) -> T:
    """Send a page as a new message by calling `put`, and return what that returned."""
    return await _first_accepted(put, _forms(page, "files", {}))


async def edit(put: Put[T], page: Page) -> T:
    """Make a message show a page, and nothing of what it showed before."""
    return await _first_accepted(put, _forms(page, "attachments", {"view": None}))


def is_refused(error: discord.HTTPException) -> bool:
    """Whether Discord refused what was sent, rather than whom or where it was sent to."""
    return error.status == HTTPStatus.BAD_REQUEST


async def _first_accepted(put: Put[T], forms: Iterator[dict[str, Any]]) -> T:
    while True:
        form = next(forms)
        try:
            return await put(**form, allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            if not is_refused(error) or "content" in form:
                raise
            _log.warning("refused, trying a plainer form", code=error.code, reason=error.text)


def _forms(page: Page, attach: str, no_view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the forms of a page, the best first; attachments are made afresh for each."""
    yield {"view": layout(page), attach: files(page.attached)}
    view = {"view": buttons(page)} if page.rows else no_view
    yield {"embeds": embeds(page), attach: files(page.attached), **view}
    yield {"content": content(page), **view}
