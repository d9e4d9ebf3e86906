"""A message with less in it, for where Slack refuses its tables or pictures."""

from __future__ import annotations

from typing import Any

from adapters.slack import words
from adapters.slack.render.body import rows
from adapters.slack.render.card import Message, context
from adapters.slack.render.pages import MAX_BLOCKS
from adapters.slack.render.text import Block
from bot.markup import Span, Spans, Table


def has_picture(message: Message) -> bool:
    """Whether the message shows an image."""
    return any(block["type"] == "image" for block in message.blocks)


def simpler(message: Message, most: int = MAX_BLOCKS) -> Message:
    """Return the message with lines for its table and words for its pictures, cut to `most`."""
    blocks = [part for block in message.blocks for part in _block(block)]
    return Message(message.text, blocks[:most] or [context(words.MORE)])


def _block(block: Block) -> list[Block]:
    match block["type"]:
        case "image":
            return [context(f"[{block['alt_text']}]")]
        case "table":
            header, *others = block["rows"]
            return rows(Table(_row(header), tuple(_row(row) for row in others)))
        case _:
            return [block]


def _row(cells: list[Block]) -> tuple[Spans, ...]:
    return tuple(_spans(cell) for cell in cells)


def _spans(cell: Block) -> Spans:
    return tuple(_span(element) for part in cell["elements"] for element in part["elements"])


def _span(element: dict[str, Any]) -> Span:
    return Span(element["text"], **element.get("style", {}))
