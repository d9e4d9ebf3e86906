"""Pictures and documents as attachments, with words for readers who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

import discord

from adapters.discord.render.limits import MAX_ALT, fit
from bot.replies import Document, Picture

MAX_NAME = 100

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def name(attached: Picture | Document, number: int) -> str:
    """Return the file name of attachment `number` (from 1) of a message."""
    if isinstance(attached, Picture):
        return f"picture-{number}.png"
    return _UNSAFE.sub("-", attached.name)[-MAX_NAME:].lstrip(".-") or f"document-{number}.txt"


def alt(picture: Picture) -> str | None:
    """Return the words of a picture, or None where it has none."""
    return fit(" ".join(picture.alt.split()), MAX_ALT) or None


def files(attached: Sequence[Picture | Document]) -> list[discord.File]:
    """Return a fresh attachment for each: one can be sent only once."""
    return [_file(one, number) for number, one in enumerate(attached, start=1)]


def _file(attached: Picture | Document, number: int) -> discord.File:
    called = name(attached, number)
    if isinstance(attached, Picture):
        return discord.File(BytesIO(attached.png), filename=called, description=alt(attached))
    return discord.File(BytesIO(attached.text.encode()), filename=called)
