"""The forms of moderators' buttons: a reason, a value, an announcement."""

from __future__ import annotations

from bot.actions import Action
from bot.commands.admin.announce import FORM as ANNOUNCE
from bot.commands.admin.announce import MAX_TEXT
from bot.commands.admin.base import to
from bot.commands.words import ADMIN
from bot.flows.base import ARG, link
from bot.replies import Form, TextField
from bot.store.audit import REASON_LENGTH
from bot.words import say

MAX_VALUE = 20


def form(action: Action) -> Form | None:
    """Return the form that a moderator's button opens, or None where it opens none."""
    head, *words = action.choice.split(ARG)
    if head != ADMIN or not words:
        return None
    match words:
        case ["form-grant", user, what]:
            field = _field("reason", long=True, most=REASON_LENGTH)
            return _form("grant", to("grant", user, what), field)
        case ["form-settings", name]:
            return _form("settings", to("settings", name), _field("value", most=MAX_VALUE))
        case [word] if word == ANNOUNCE:
            field = _field("text", long=True, most=MAX_TEXT)
            return _form("announce", link(ADMIN, "announce"), field)
        case _:
            return None


def _form(words: str, action: Action, field: TextField) -> Form:
    title = say(f"admin.form_title_{words}")
    return Form(title, action, (field,), submit=say(f"admin.form_send_{words}"))


def _field(name: str, *, most: int, long: bool = False) -> TextField:
    return TextField(name, say(f"admin.form_field_{name}"), long=long, max_length=most)
