"""A button's meaning, to and from a string of at most 100 characters."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import LearnerError
from bot.words import say

MAX_ACTION = 100
"""The longest string that every platform hands back with a press (Discord's custom_id)."""

SCHEME = "s1"
NO_SESSION = "-"
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Action:
    """What a press means: the choice made in a session's turn.

    `turn` is the guard: it must equal the session's own turn, or the card is out of date.
    A card that belongs to no session (the menu) has session "-" and turn 0.
    """

    flow: str
    choice: str = ""
    session: str = NO_SESSION
    turn: int = 0

    def encode(self) -> str:
        """Return the action as a string; ValueError where it would exceed MAX_ACTION."""
        text = f"{SCHEME}:{self.flow}:{self.session}:{self.turn}:{self.choice}"
        if len(text) > MAX_ACTION:
            raise ValueError(f"action of {len(text)} characters: {text}")
        return text


def decode(text: str) -> Action:
    """Return the action that `encode` made `text` of; LearnerError for anything else."""
    parts = text.split(":", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != SCHEME or not _is_count(parts[3]):
        raise LearnerError(say("menu.unknown_button"))
    _, flow, session, turn, choice = parts
    return Action(flow=flow, choice=choice, session=session, turn=int(turn))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9  # noqa: PLR2004 (fits any integer column)
