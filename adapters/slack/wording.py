"""What a learner wrote on Slack, as they meant it: entities and links back to plain words."""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(r"<([^<>]*)>")


def plain_words(text: str, bot_user: str = "", *, keep_mentions: bool = False) -> str:
    """Return message text without Slack's markup; a mention of the bot itself is left out.

    `keep_mentions` leaves mentions of people as "<@U123>", for whoever must know who is meant.
    """
    spoken = _TOKEN.sub(lambda found: _token(found[1], bot_user, keep=keep_mentions), text)
    return html.unescape(spoken).strip()


def mentions(text: str, user: str) -> bool:
    """Whether `text` mentions this user."""
    return bool(user) and re.search(rf"<@{re.escape(user)}(\|[^>]*)?>", text) is not None


def _token(token: str, bot_user: str, *, keep: bool) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        named = f"<{target}>" if keep else f"@{label or target[1:]}"
        return "" if target[1:] == bot_user else named
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return f"@{label or target[1:].split('^')[0]}"
    return label or target
