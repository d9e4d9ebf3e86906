"""The port to people who did not just write: into their direct messages, or into a channel."""

from __future__ import annotations

from typing import Protocol

from bot.events import Learner
from bot.replies import Card


class UnreachableError(Exception):
    """Nothing can be brought there, however often it is tried: closed, gone, or not allowed."""


class Courier(Protocol):
    """Brings cards of one platform.

    `workspace` is the class's: the server, team or organisation that runs the course there; empty
    for a class of people who belong to none. Each method raises UnreachableError where it is of no
    use to try again, and anything else where it may be.
    """

    @property
    def platform(self) -> str:
        """The platform of the learners and classes that it reaches, as in Learner.platform."""
        ...

    async def to_learner(self, who: Learner, workspace: str, card: Card) -> None:
        """Bring a card to a learner's direct messages, where nobody else reads it."""
        ...

    async def to_channel(self, workspace: str, channel: str, card: Card) -> None:
        """Bring a card to everybody in a channel, named as bot.rules.channel names it."""
        ...
