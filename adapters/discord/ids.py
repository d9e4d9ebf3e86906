"""The ids of buttons and lists: what Discord hands back with a press."""

from __future__ import annotations

from adapters.discord.render.limits import MAX_CUSTOM_ID
from bot.actions import Action

SELECT = "menu"
ANSWER = "answer"
COPY = "|"

SELECT_TEMPLATE = rf"{SELECT}:(?P<number>\d+)"
ANSWER_TEMPLATE = rf"{ANSWER}:(?P<asker>\d+)"
BUTTON_TEMPLATE = rf"(?s)(?!{SELECT}:|{ANSWER}:)(?P<id>.+)"
"""Every other id, so that a button of any older version is still answered."""

_MOST_COPIES = 9


def button_id(action: Action, taken: set[str]) -> str | None:
    """Return an id for a button and note it in `taken`: no two in a message may be equal.

    A second button with the same action gets "2|" in front. None where that does not fit;
    the first button does the same.
    """
    plain = action.encode()
    copies = (f"{number}{COPY}{plain}" for number in range(2, _MOST_COPIES + 1))
    for wanted in (plain, *copies):
        if wanted not in taken and len(wanted) <= MAX_CUSTOM_ID:
            taken.add(wanted)
            return wanted
    return None


def action_text(custom_id: str) -> str:
    """Return the encoded action inside a button's id."""
    head, mark, rest = custom_id.partition(COPY)
    return rest if mark and head.isascii() and head.isdigit() and len(head) == 1 else custom_id


def select_id(number: int) -> str:
    """Return the id of the list number `number` of a message; its actions are its values."""
    return f"{SELECT}:{number}"


def answer_id(asker: int) -> str:
    """Return the id of the button that answers a mention to the one who asked."""
    return f"{ANSWER}:{asker}"
