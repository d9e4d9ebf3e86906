"""Bad weather between Slack and the workers: lost acknowledgements, late copies, rate limits."""

from __future__ import annotations

import random
from typing import Any

from aiohttp import web

from tests.faults.fleet import Fleet
from tests.faults.screens import Screens

LOST, LATE, ARRIVING = 0.15, 0.3, 0.4
"""How likely an acknowledgement gets lost, a copy is kept back, and such a copy comes now."""

LIMITED = 0.1
"""How likely a call of the Web API is one too many."""

MOST_LIMITED = 25
RETRY_AFTER = 1
"""Seconds that Slack asks to wait for; it never asks for less."""


class StormyFleet(Fleet):
    """Workers whose acknowledgements may get lost, so that Slack delivers again or says it failed.

    Copies of deliveries come later, after others, and to any worker. `lost` counts the
    acknowledgements that never arrived, `late` the copies that came after newer deliveries.
    """

    def __init__(self, *args: Any, seed: int, **orders: Any) -> None:
        super().__init__(*args, **orders)
        self.lost = self.late = 0
        self._chance = random.Random(seed)  # noqa: S311 (weather, not a secret)
        self._held: list[tuple[str, dict[str, str]]] = []

    async def _acknowledged(self, number: int, body: str, headers: dict[str, str]) -> bool:
        if self._held and self._chance.random() < ARRIVING:
            await self._bring(self._held.pop(self._chance.randrange(len(self._held))))
        if self._chance.random() < LATE:
            self._held.append((body, headers))
        done = await super()._acknowledged(number, body, headers)
        if done and self._chance.random() < LOST:
            self.lost += 1
            return False
        return done

    async def clear_up(self) -> None:
        """Bring everything that is still under way, the newest first."""
        while self._held:
            await self._bring(self._held.pop())

    async def _bring(self, copy: tuple[str, dict[str, str]]) -> None:
        self.late += 1
        await super()._acknowledged(self._chance.randrange(len(self.orders)), *copy)


class CrowdedScreens(Screens):
    """A Slack that says of some calls that they were too many, and when to call again."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.limited = 0
        self._chance = random.Random(seed)  # noqa: S311 (as above)

    async def _api(self, request: web.Request) -> web.Response:
        if self.limited < MOST_LIMITED and self._chance.random() < LIMITED:
            self.limited += 1
            told = {"ok": False, "error": "ratelimited"}
            return web.json_response(told, status=429, headers={"Retry-After": str(RETRY_AFTER)})
        return await super()._api(request)
