"""Text made safe and short for Slack: escaped, free of control characters, cut to a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.markup import Span, Spans

Block = dict[str, Any]

MAX_FALLBACK = 3900
"""Slack advises 4,000 characters for a message's `text`; escapes count, so it is cut last."""

ELLIPSIS = "…"
_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_COUNTED = frozenset({"text", "alt_text"})


def units(text: str) -> int:
    """Length as Slack may count it: UTF-16 units, the larger of the two ways of counting."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return `text` without the characters that JSON or Slack cannot carry."""
    return _UNSENDABLE.sub("", text)


def clip(text: str, limit: int) -> str:
    """Return `text` in at most `limit` units, with an ellipsis where it was cut."""
    text = clean(text)
    if units(text) <= limit:
        return text
    return head(text, limit - 1).rstrip() + ELLIPSIS


def head(text: str, limit: int) -> str:
    """Return the longest beginning of `text` that has at most `limit` units."""
    if units(text) <= limit:
        return text
    used = 0
    for index, character in enumerate(text):
        used += units(character)
        if used > limit:
            return text[:index]
    return text


def escape(text: str) -> str:
    """Return `text` with no power in mrkdwn: no mention, no link, no channel call."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(text: str) -> str:
    """Return the `text` of a message with blocks: for notifications and screen readers."""
    return clip(escape(clip(text, MAX_FALLBACK)), MAX_FALLBACK) or ELLIPSIS


def plain_text(text: str, limit: int) -> Block:
    """Return a plain_text object; `:smile:` stays as it was written."""
    return {"type": "plain_text", "text": clip(text, limit).strip() or ELLIPSIS, "emoji": False}


def elements(spans: Spans) -> list[Block]:
    """Return spans as rich text elements, which Slack draws and never parses."""
    return [_element(span) for span in spans if clean(span.text)]


def chunks(spans: Spans, limit: int) -> Iterator[Spans]:
    """Yield `spans` in groups of at most `limit` units, cut at a space where there is one."""
    group: list[Span] = []
    room = limit
    for span in spans:
        rest = clean(span.text)
        while units(rest) > room:
            cut = _cut(rest, room)
            group.append(_part(span, rest[:cut]))
            yield tuple(group)
            group, room, rest = [], limit, rest[cut:].lstrip(" ")
        group.append(_part(span, rest))
        room -= units(rest)
    if group:
        yield tuple(group)


def weight(value: Any) -> int:
    """Return how much text a block or a list of blocks shows, in units."""
    if isinstance(value, dict):
        return sum(
            units(part) if key in _COUNTED and isinstance(part, str) else weight(part)
            for key, part in value.items()
        )
    return sum(map(weight, value)) if isinstance(value, list) else 0


def _cut(text: str, room: int) -> int:
    whole = len(head(text, max(room, 1)))
    space = text.rfind(" ", whole // 2, whole)
    return space + 1 if space > 0 else max(whole, 1)


def _part(span: Span, text: str) -> Span:
    return Span(text, bold=span.bold, italic=span.italic, code=span.code)


def _element(span: Span) -> Block:
    style = {name: True for name in ("bold", "italic", "code") if getattr(span, name)}
    element: Block = {"type": "text", "text": clean(span.text)}
    return {**element, "style": style} if style else element
