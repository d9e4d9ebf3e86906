"""What a user sees of a message: its words, its buttons, and who else sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from adapters.slack.render.card import SIGNS
from tests.adapters.slack.fake.state import Message


@dataclass(frozen=True, slots=True)
class Seen:
    """One message, or the Home tab, as a user sees it."""

    title: str
    text: str
    buttons: tuple[str, ...]
    private: bool
    ts: str
    thread: str
    where: str


def element_of(blocks: list[Any], label: str) -> dict[str, Any] | None:
    """Return the button, or the select with the entry, whose label begins with `label`.

    An option's button begins with its letter, and its whole text is its label as well.
    """
    for block in blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["type"] == "button" and _labelled(element, label):
                return dict(element)
            for option in element.get("options", []):
                if option["text"]["text"].startswith(label):
                    return {
                        "type": element["type"],
                        "action_id": element["action_id"],
                        "selected_option": option,
                    }
    return None


def _labelled(button: dict[str, Any], label: str) -> bool:
    names = (button["text"]["text"], button.get("accessibility_label", ""))
    bare = tuple(re.sub(r"^[A-J]\.\s+", "", name) for name in names)
    return any(name.startswith(label) for name in (*names, *bare))


def seen(message: Message) -> Seen:
    """Return a message as it is seen."""
    titles = [b["text"]["text"] for b in message.blocks if b["type"] == "header"]
    title = titles[0] if titles else ""
    for sign in SIGNS.values():
        title = title.removeprefix(f"{sign} ")
    return Seen(
        title=title,
        text="\n".join(_texts(message.blocks)) if message.blocks else message.text,
        buttons=tuple(_labels(message.blocks)),
        private=bool(message.only) or message.channel.startswith(("D", "home")),
        ts=message.ts,
        thread=message.thread,
        where=message.channel,
    )


def _labels(blocks: list[Any]) -> list[str]:
    elements = [e for b in blocks if b["type"] == "actions" for e in b["elements"]]
    return [e["text"]["text"] for e in elements if e["type"] == "button"]


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if not isinstance(value, dict) or value.get("type") in ("button", "static_select"):
        return []
    if value.get("type") == "rich_text_section":
        return ["".join(part["text"] for part in value["elements"])]
    own = [value[key] for key in ("text", "alt_text") if isinstance(value.get(key), str)]
    return own + [text for part in value.values() for text in _texts(part)]
