"""Slack for the conformance suite: learners in their DMs with the bot, in a fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from bot.ports import Core
from tests.adapters.slack.eyes import element_of, seen
from tests.adapters.slack.fake.state import Message
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import Workspace, workspace
from tests.conformance.driver import Driver, MakeCore, Screen


class SlackPlatform:
    """Makes drivers of Slack; see tests.conformance.driver.Platform."""

    name = "slack"

    @asynccontextmanager
    async def open(self, make_core: MakeCore, folder: Path) -> AsyncIterator[Driver]:
        core = cast(Core, await make_core())
        async with workspace(core, socket_settings()) as space:
            yield SlackDriver(space, make_core)


class SlackDriver:
    """A learner's hands and eyes in Slack; see tests.conformance.driver.Driver."""

    def __init__(self, space: Workspace, make_core: MakeCore) -> None:
        self._space, self._make_core = space, make_core

    async def command(self, user: str, name: str, **args: str) -> list[Screen]:
        since = self._now()
        await self._space.command(_id(user), " ".join((f"/{name}", *args.values())))
        return self._new(user, since)

    async def say(self, user: str, text: str) -> list[Screen]:
        since = self._now()
        await self._space.dm(_id(user), text)
        return self._new(user, since)

    async def press(self, user: str, label: str, owner: str = "") -> list[Screen]:
        return await self._press(user, self._payload(user, label, owner))

    async def press_twice(self, user: str, label: str) -> list[Screen]:
        return await self._press(user, *(self._payload(user, label) for _ in range(2)))

    async def press_old(self, user: str, label: str, age: int = 1) -> list[Screen]:
        for message in reversed(self._space.visible(_id(user))):
            if len(message.history) > age:
                element = element_of(message.history[-1 - age], label)
                if element is not None:
                    payload = self._space.press_of(_id(user), element, message=message)
                    return await self._press(user, payload)
        raise AssertionError(f"no card of {user} had {label!r} {age} states ago")

    async def redeliver(self, user: str) -> list[Screen]:
        since = self._now()
        await self._space.redeliver()
        return self._new(user, since)

    async def restart(self) -> None:
        await self._space.restart(cast(Core, await self._make_core()))

    async def _press(self, user: str, *payloads: dict[str, Any]) -> list[Screen]:
        since = self._now()
        await asyncio.gather(*(self._space.act("interactive", one) for one in payloads))
        await self._space.quiet()
        return self._new(user, since)

    def _payload(self, user: str, label: str, owner: str = "") -> dict[str, Any]:
        """A press; on another's card, as if that card stood in the presser's own DM."""
        if not owner or owner == user:
            return self._space.press_payload(_id(user), label)
        for message in reversed(self._space.visible(_id(owner))):
            element = element_of(message.blocks, label)
            if element is not None:
                forged = Message(f"D{_id(user)}", message.ts, message.author)
                return self._space.press_of(_id(user), element, message=forged)
        raise AssertionError(f"{owner} sees no button {label!r}")

    def _now(self) -> int:
        return max((message.revision for message in self._space.slack.state.messages), default=0)

    def _new(self, user: str, since: int) -> list[Screen]:
        shown = [m for m in self._space.visible(_id(user)) if m.revision > since]
        return [Screen(view.text, view.buttons) for view in map(seen, shown)]


def _id(user: str) -> str:
    return f"U{user.upper()}"
