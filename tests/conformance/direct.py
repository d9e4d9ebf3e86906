"""The core with no platform around it: the driver that all others are compared with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.clock import now
from bot.events import Command, Event, Learner, Place, Pressed, Typed
from bot.plain import plain
from bot.ports import Core
from bot.replies import Button, Card, Partial, Reply
from tests.conformance.driver import Driver, MakeCore, Screen


class DirectDriver:
    """Hands events to the core and reads its replies."""

    def __init__(self, core: Core, make_core: MakeCore) -> None:
        self._core = core
        self._make_core = make_core
        self._ids = count()
        self._cards: dict[str, list[Card]] = {}
        self._last: dict[str, Event] = {}

    async def command(self, user: str, name: str, **args: str) -> list[Screen]:
        return await self._send(Command(*self._head(user), name, args))

    async def press(self, user: str, label: str, owner: str = "") -> list[Screen]:
        cards = self._cards[owner or user]
        button = next(b for card in reversed(cards) for b in card.buttons if _is(b, label))
        return await self._send(Pressed(*self._head(user), button.action))

    async def say(self, user: str, text: str) -> list[Screen]:
        return await self._send(Typed(*self._head(user), text))

    async def press_twice(self, user: str, label: str) -> list[Screen]:
        both = await asyncio.gather(self.press(user, label), self.press(user, label))
        return [screen for screens in both for screen in screens]

    async def press_old(self, user: str, label: str, age: int = 1) -> list[Screen]:
        card = self._cards[user][-1 - age]
        button = next(button for button in card.buttons if _is(button, label))
        return await self._send(Pressed(*self._head(user), button.action))

    async def redeliver(self, user: str) -> list[Screen]:
        return await self._send(self._last[user])

    async def restart(self) -> None:
        self._core = await self._make_core()

    def _head(self, user: str) -> tuple[Learner, Place, str, datetime]:
        who = Learner("direct", "school", user, user.title())
        return who, Place(f"dm-{user}"), f"direct-{next(self._ids)}", now()

    async def _send(self, event: Event) -> list[Screen]:
        user = event.who.user
        self._last[user] = event
        replies = [r async for r in self._core.handle(event) if not isinstance(r, Partial)]
        self._cards.setdefault(user, []).extend(r for r in replies if isinstance(r, Card))
        return [_screen(reply) for reply in replies]


class Direct:
    """The platform that is none."""

    name = "direct"

    @asynccontextmanager
    async def open(self, make_core: MakeCore, folder: Path) -> AsyncIterator[Driver]:
        yield DirectDriver(await make_core(), make_core)


def _is(button: Button, label: str) -> bool:
    return button.label == label or button.label.startswith(label) or button.detail == label


def _screen(reply: Reply) -> Screen:
    buttons = reply.buttons if isinstance(reply, Card) else ()
    return Screen(plain(reply), tuple(button.label for button in buttons))
