"""`/admin audit`: who did what, when, to whom and why."""

from __future__ import annotations

from bot.commands.admin.base import (
    Args,
    Desk,
    Done,
    home_button,
    page_buttons,
    page_of,
    pages_of,
    quoted,
)
from bot.replies import Card
from bot.store import audit as book
from bot.store.audit import Entry
from bot.words import say

PAGE = 10


def audit(desk: Desk, args: Args) -> Done:
    """Return a page of the audit, newest first."""
    total = book.size(desk.unit, desk.class_id)
    pages = pages_of(total, PAGE)
    page = page_of(args, pages)
    found = book.entries(desk.unit, desk.class_id, PAGE, (page - 1) * PAGE)
    card = Card(
        title=say("admin.audit_title"),
        body="\n".join(_line(entry) for entry in found) if found else say("admin.audit_none"),
        buttons=(*page_buttons("audit", (), page, pages), home_button()),
        footer=say("admin.page", page=page, pages=pages),
    )
    return Done((card,))


def _line(entry: Entry) -> str:
    parts = (
        say("admin.audit_target", target=quoted(entry.target)) if entry.target else "",
        quoted(entry.what),
        say("admin.audit_reason", reason=quoted(entry.reason)) if entry.reason else "",
    )
    return say(
        "admin.audit_line",
        at=f"{entry.at:%Y-%m-%d %H:%M}",
        actor=quoted(entry.actor) or say("admin.audit_nobody"),
        action=say(f"admin.did_{entry.action.replace('-', '_')}"),
        rest=" · ".join(part for part in parts if part),
    ).rstrip(" ·")
