"""The terminal as one of the platforms of the conformance suite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.terminal.choices import Choices, Entry, Kind
from adapters.terminal.intent import Press
from tests.adapters.terminal.harness import Terminal
from tests.conformance.driver import Driver, MakeCore, Screen


class TerminalDriver:
    """A terminal for each learner, all on one core.

    What is in view is pressed by its number. What no line can press (a card from before a
    restart, an old card, another learner's) is handed over as the event it would be.
    """

    def __init__(self, make_core: MakeCore, folder: Path) -> None:
        self._make_core = make_core
        self._folder = folder
        self._terminals: dict[str, Terminal] = {}
        self._offers: dict[str, list[Choices]] = {}

    async def start(self) -> None:
        """Start the program."""
        self._core = await self._make_core()

    async def command(self, user: str, name: str, **args: str) -> list[Screen]:
        return await self._seen(user, self._at(user).command(" ".join((name, *args.values()))))

    async def press(self, user: str, label: str, owner: str = "") -> list[Screen]:
        terminal, entry = self._at(user), self._entry(owner or user, label)
        if entry in terminal.talk.choices.entries:
            return await self._seen(user, terminal.line(str(entry.number)))
        return await self._forge(user, entry)

    async def say(self, user: str, text: str) -> list[Screen]:
        return await self._seen(user, self._at(user).type(text))

    async def press_twice(self, user: str, label: str) -> list[Screen]:
        line = str(self._entry(user, label).number)
        both = asyncio.gather(*(self._at(user).line(line) for _ in range(2)))
        return await self._seen(user, both)

    async def press_old(self, user: str, label: str, age: int = 1) -> list[Screen]:
        old = self._offers[user][-1 - age]
        return await self._forge(user, next(x for x in old.entries if _is(x, label)))

    async def redeliver(self, user: str) -> list[Screen]:
        terminal = self._at(user)
        return await self._seen(user, terminal.deliver(terminal.talk.last))

    async def restart(self) -> None:
        await self.start()
        for terminal in self._terminals.values():
            last = terminal.talk.last
            terminal.restart(self._core)
            terminal.talk.last = last

    def _at(self, user: str) -> Terminal:
        if user not in self._terminals:
            self._terminals[user] = Terminal(self._core, self._folder, user)
        return self._terminals[user]

    def _entry(self, user: str, label: str) -> Entry:
        offers = reversed(self._offers[user])
        return next(x for choices in offers for x in choices.entries if _is(x, label))

    async def _forge(self, user: str, entry: Entry) -> list[Screen]:
        terminal = self._at(user)
        return await self._seen(user, terminal.deliver(terminal.talk.event(Press(entry))))

    async def _seen(self, user: str, act: Awaitable[object]) -> list[Screen]:
        """What an act shows: one screen, with all that can be pressed on it."""
        terminal = self._at(user)
        offers, shown = terminal.talk.offers, len(terminal.transcript)
        before = len(offers)
        await act
        new = offers[before:]
        self._offers.setdefault(user, []).extend(new)
        text = "".join(screen for _, screen in terminal.transcript[shown:])
        labels = tuple(x.label for choices in new for x in choices.entries if x.kind in PRESSED)
        return [Screen(text, labels)] if text else []


class TerminalPlatform:
    """The terminal, through pipes."""

    name = "terminal"

    @asynccontextmanager
    async def open(self, make_core: MakeCore, folder: Path) -> AsyncIterator[Driver]:
        driver = TerminalDriver(make_core, folder)
        await driver.start()
        yield driver


PRESSED = (Kind.OPTION, Kind.BUTTON)


def _is(entry: Entry, label: str) -> bool:
    return entry.label.startswith(label) or entry.detail == label
