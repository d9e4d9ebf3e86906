"""What a learner does over the wire, as Slack would tell it, and whether it was acknowledged."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from knowledge.models import Course
from tests.faults.fleet import Fleet
from tests.faults.screens import TEAM, Screen, Screens

Button = dict[str, Any]

PAUSE = 0.05
"""Seconds before a learner does again what was not acknowledged."""


@dataclass
class Hands:
    """`patience`: seconds until a learner looks again; `answer_patience`, until they give up
    on an answer of the tutor. `twice`: every act is delivered twice. `thinking`: the mean of the
    seconds before each act.

    `replies` are the seconds from each act to what it showed; `presses` counts acts.
    """

    user: str
    course: Course
    fleet: Fleet
    screens: Screens
    patience: float = 1.0
    answer_patience: float = 3.0
    twice: bool = False
    thinking: float = 0.0
    presses: int = 0
    replies: list[float] = field(default_factory=list)
    _later: float = 0.0

    @property
    def _screen(self) -> Screen:
        return self.screens.of[self.user]

    async def _command(self, text: str) -> None:
        payload = {
            "command": "/seminar",
            "text": text,
            "team_id": TEAM,
            "user_id": self.user,
            "user_name": self.user.lower(),
            "channel_id": f"D{self.user}",
            "trigger_id": self.screens.stamp(),
            "response_url": f"{self.screens.base}respond/{self.user}",
            "api_app_id": "A1",
            "is_enterprise_install": "false",
        }
        await self._act("slash_commands", payload)

    async def press(
        self, element: Button, ts: str = "", until: Callable[[], bool] | None = None
    ) -> bool:
        """Press a button of the card, or of the message `ts`; return whether that arrived."""
        ts = ts or self._screen.ts
        container = {
            "type": "message",
            "message_ts": ts,
            "channel_id": f"D{self.user}",
            "is_ephemeral": False,
        }
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM, "username": self.user.lower()},
            "trigger_id": self.screens.stamp(),
            "actions": [{**element, "block_id": "b", "action_ts": self._stamp()}],
            "container": container,
            "channel": {"id": f"D{self.user}"},
            "message": {"ts": ts, "text": "", "user": "UBOT"},
            "response_url": f"{self.screens.base}respond/{self.user}",
        }
        return await self._act("interactive", payload, until)

    async def _say(self, text: str, until: Callable[[], bool]) -> bool:
        """Say something; return whether that arrived."""
        stamp = self._stamp()
        event = {
            "type": "message",
            "channel_type": "im",
            "user": self.user,
            "text": text,
            "channel": f"D{self.user}",
            "ts": stamp,
            "event_ts": stamp,
            "team": TEAM,
            "client_msg_id": f"client-{stamp}",
        }
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": f"Ev{stamp}",
            "event_time": int(float(stamp)),
            "authorizations": [{"team_id": TEAM, "user_id": "UBOT"}],
            "event": event,
        }
        return await self._act("events_api", body, until)

    def _stamp(self) -> str:
        """A new timestamp, as late as this learner thinks it is."""
        seconds, number = self.screens.stamp().split(".")
        return f"{int(seconds) + int(self._later)}.{number}"

    async def _act(
        self, kind: str, payload: dict[str, Any], until: Callable[[], bool] | None = None
    ) -> bool:
        """Deliver, and wait for something to be shown; for what is waited for, if it is said.

        False, after a moment, where nobody acknowledged.
        """
        if self.thinking:
            await asyncio.sleep(random.expovariate(1 / self.thinking))
        screen = self._screen
        before, begun = screen.version, time.perf_counter()
        self.presses += 1
        deliveries = [self.fleet.deliver(kind, payload) for _ in range(2 if self.twice else 1)]
        if not any(await asyncio.gather(*deliveries)):
            await asyncio.sleep(PAUSE)
            return False
        shown = until or (lambda: screen.version > before)
        try:
            async with asyncio.timeout(self.answer_patience if until else self.patience):
                while not shown():
                    screen.changed.clear()
                    await screen.changed.wait()
        except TimeoutError:
            return True
        self.replies.append(screen.changed_at - begun)
        return True
