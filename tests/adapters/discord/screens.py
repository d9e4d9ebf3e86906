"""What a person sees of a message, read back from what the bot sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import discord

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Screen:
    """One message as it is seen: `text` is without Markdown's backslashes."""

    text: str
    title: str
    buttons: tuple[str, ...]
    choices: tuple[str, ...]
    pictures: tuple[str, ...]
    files: tuple[str, ...]
    private: bool
    message: discord.Message = field(compare=False, repr=False)


def screen(message: discord.Message) -> Screen:
    """Return what is seen of a message."""
    found = parts(message)
    texts = [p["content"] for p in found if p["type"] == 10]
    texts += [message.content] * bool(message.content)
    texts += [f"## {e.title or ''}\n{e.description or ''}" for e in message.embeds]
    text = shown("\n".join(texts))
    first = text.split("\n", 1)[0]
    return Screen(
        text=text,
        title=first.removeprefix("## ") if first.startswith("## ") else "",
        buttons=tuple(p["label"] for p in found if p["type"] == 2),
        choices=tuple(o["label"] for p in found if p["type"] == 3 for o in p["options"]),
        pictures=tuple(
            i.get("description") or "" for p in found if p["type"] == 12 for i in p["items"]
        ),
        files=tuple(a.filename for a in message.attachments),
        private=message.flags.ephemeral,
        message=message,
    )


def parts(message: discord.Message) -> list[dict[str, Any]]:
    """Return every component of a message."""
    return list(walk([component.to_dict() for component in message.components]))


def walk(components: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield every component, the outer before the inner."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component["accessory"]] if "accessory" in component else [])


def shown(text: str) -> str:
    """Return text as Discord shows it: without backslashes and invisible breaks."""
    return _ESCAPED.sub(r"\1", text).replace(ZERO_WIDTH, "")
