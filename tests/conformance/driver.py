"""What the conformance suite asks of an adapter's test harness."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.ports import Core


@dataclass(frozen=True, slots=True)
class Screen:
    """One card or message as a learner sees it: everything it says, and what can be pressed."""

    text: str
    buttons: tuple[str, ...] = ()


class Driver(Protocol):
    """A learner's hands and eyes on one platform.

    Every method returns what the acting learner was newly shown (new or edited), in order, once
    the platform has gone quiet. Users are named "ada", "bob"; they act in a private place (a DM).
    """

    async def command(self, user: str, name: str, **args: str) -> list[Screen]:
        """Give a command."""
        ...

    async def press(self, user: str, label: str, owner: str = "") -> list[Screen]:
        """Press the button that is or begins with `label` on the newest card that has it.

        `owner`: on that learner's card instead, where the platform lets another learner reach
        it at all; the press is forged where its interface would not show the button.
        """
        ...

    async def say(self, user: str, text: str) -> list[Screen]:
        """Write a message."""
        ...

    async def press_twice(self, user: str, label: str) -> list[Screen]:
        """Press the same button of the same card twice, before the first is answered."""
        ...

    async def press_old(self, user: str, label: str, age: int = 1) -> list[Screen]:
        """Press a button that the learner's card had `age` states ago, and has no more."""
        ...

    async def redeliver(self, user: str) -> list[Screen]:
        """Have the platform deliver the learner's last act once more."""
        ...

    async def restart(self) -> None:
        """End the bot's process and start it again: the records stay, all else is new."""
        ...


class Platform(Protocol):
    """Makes drivers. `make_core` builds a fresh engine on the same records, started."""

    name: str

    def open(self, make_core: MakeCore, folder: Path) -> AbstractAsyncContextManager[Driver]:
        """Start the adapter on a core, against a fake platform."""
        ...


class MakeCore(Protocol):
    """Builds a started engine on the class's records; the adapter closes nothing of it."""

    async def __call__(self) -> Core:
        """Return the engine, closing the one before."""
        ...
