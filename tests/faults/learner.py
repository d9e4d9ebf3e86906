"""A learner who takes the course over the wire, never gives up, and never changes their mind.

They press what they see. Where nothing happens they press again, after a while, on whatever
card they see then; so whatever fails in between, what the records must say is known beforehand.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.actions import decode
from bot.flows import exam, items, lab, lesson, quiz, talk
from bot.words import say
from knowledge.models import Course, Lesson, Question
from tests.faults.fleet import Fleet
from tests.faults.screens import TEAM, Screen, Screens

LEASE = 150.0
"""Seconds after which a question that got no answer may be asked again; Slack's clock tells."""

MOST_TRIES = 400


class StuckError(AssertionError):
    """A learner got no further however often they tried."""


def chosen(user: str, question: str) -> int:
    """The option that a learner takes for a question, always: an index into the file's order."""
    return zlib.crc32(f"{user}/{question}".encode()) % 4


def spoken(number: int, exchange: int) -> str:
    """What a learner says in a lab."""
    return f"question {exchange} of lab {number}"


@dataclass
class Learner:
    """`patience`: seconds until a learner presses again; `answer_patience`, until they give up
    on an answer of the tutor. `twice`: every act is delivered twice. `mixed`: the parts of the
    course are taken in any order. `thinking`: the mean of the seconds before each act.

    `replies` are the seconds from each act to what it showed; `presses` counts acts.
    """

    user: str
    course: Course
    fleet: Fleet
    screens: Screens
    patience: float = 2.0
    answer_patience: float = 6.0
    twice: bool = False
    mixed: bool = False
    thinking: float = 0.0
    presses: int = 0
    replies: list[float] = field(default_factory=list)
    _later: float = 0.0

    async def take_course(self) -> None:
        """Take everything: from the first lesson to the module test, or mixed as they like."""
        parts = [part for one in self.course.lessons for part in self._parts(one)]
        if self.course.test:
            parts.append(self._test)
        if self.mixed:
            random.Random(self.user).shuffle(parts)  # noqa: S311 (an order, not a secret)
        for part in parts:
            await part()

    def _parts(self, part: Lesson) -> Iterator[Callable[[], Awaitable[None]]]:
        """What a lesson has, as acts to be done."""
        yield lambda: self.read(part)
        if part.quiz:
            ended = say("quiz.result", number=part.number)
            yield lambda: self.answer(f"quiz {part.number}", quiz.NAME, part.quiz, ended)
        if (held := part.lab) is not None:
            yield lambda: self.talk(part.number, held.exchanges)

    async def _test(self) -> None:
        ended = (say("test.passed"), say("test.failed"))
        await self.answer("test", exam.NAME, self.course.test, *ended)

    async def read(self, part: Lesson) -> None:
        """Read a lesson from the first page to the last."""
        name = f"lesson {part.number}"
        ended = say("lesson.done_title", number=part.number, lesson=part.title)
        await self._until(name, lambda: self._shows(name, lesson.NAME))
        last = ""
        for _ in range(MOST_TRIES):
            if self._shows(ended):
                return
            here = self._shows(name, lesson.NAME)
            last = await self.press(self._on(lesson.NAME, self._page()) if here else None, last)
        raise StuckError(f"{self.user} reads {name} for ever: {self._screen.card}")

    async def answer(
        self, command: str, flow: str, questions: tuple[Question, ...], *ended: str
    ) -> None:
        """Answer every question of a quiz or the test, until its result is shown."""
        await self._until(command, lambda: self._option(flow, questions) is not None)
        last = ""
        for _ in range(MOST_TRIES):
            button = self._option(flow, questions) or self._on(flow, items.NEXT)
            if button is None and any(map(self._shows, ended)):
                return
            last = await self.press(button, last)
        raise StuckError(f"{self.user} never ends the {command}: {self._screen.card}")

    async def talk(self, number: int, exchanges: int) -> None:
        """Hold a lab's conversation until it is complete."""
        screen = self._screen
        screen.held = None
        await self._until(f"lab {number}", lambda: screen.held is not None)
        for _ in range(MOST_TRIES):
            held = screen.held or 0
            if held >= exchanges:
                return
            await self._say(spoken(number, held + 1), lambda held=held: screen.held > held)
            if screen.held == held:
                await self._ask_again(number, held)
        raise StuckError(f"{self.user} never completes lab {number}: {screen.card}")

    async def _ask_again(self, number: int, held: int) -> None:
        """Come back later to a question of which nothing came, and ask it again if one may."""
        screen = self._screen
        for _ in range(MOST_TRIES):
            self._later += LEASE
            screen.held = None
            await self._until(f"lab {number}", lambda: screen.held is not None)
            again = self._on(lab.NAME, talk.RETRY)
            if screen.held != held or again is None:
                return
            await self.press(again, until=lambda: (screen.held or 0) > held)

    async def _until(self, command: str, shown: Callable[[], bool]) -> None:
        """Give a command until it shows what it should."""
        for _ in range(MOST_TRIES):
            await self._command(command)
            if shown():
                return
        raise StuckError(f"{self.user} gets nothing for {command}: {self._screen.text}")

    @property
    def _screen(self) -> Screen:
        return self.screens.of[self.user]

    def _on(self, flow: str, choice: str) -> dict[str, Any] | None:
        """The button of the card that makes this choice."""
        for element in self._screen.buttons:
            action = decode(element["value"])
            if (action.flow, action.choice) == (flow, choice):
                return element
        return None

    def _option(self, flow: str, questions: tuple[Question, ...]) -> dict[str, Any] | None:
        """The option to take of the question that is shown, if one of these is."""
        for item in questions:
            option = self._on(flow, str(chosen(self.user, item.id)))
            if option is not None and self._shows(item.text):
                return option
        return None

    def _shows(self, words: str, flow: str = "") -> bool:
        """Whether the card says these words, and has a button of a flow."""
        flows = {decode(element["value"]).flow for element in self._screen.buttons}
        return _plain(words) in _plain(self._screen.card) and (not flow or flow in flows)

    def _page(self) -> str:
        """The last page that a button of the card leads to."""
        actions = [decode(element["value"]) for element in self._screen.buttons]
        pages = [int(a.choice) for a in actions if a.flow == lesson.NAME and a.choice.isdecimal()]
        return str(max(pages, default=-1))

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
        self,
        element: dict[str, Any] | None,
        last: str = "",
        until: Callable[[], bool] | None = None,
    ) -> str:
        """Press a button of the card, and return the press; without one, repeat the `last`.

        A card that comes late may cover the present one; a press on what was pressed before
        brings that back, and counts for nothing.
        """
        pressed = json.dumps([element, self._screen.ts]) if element else last
        assert pressed, f"{self.user} sees nothing to press: {self._screen.card}"
        element, ts = json.loads(pressed)
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
            "actions": [{**(element or {}), "block_id": "b", "action_ts": self._stamp()}],
            "container": container,
            "channel": {"id": f"D{self.user}"},
            "message": {"ts": ts, "text": "", "user": "UBOT"},
            "response_url": f"{self.screens.base}respond/{self.user}",
        }
        await self._act("interactive", payload, until)
        return pressed

    async def _say(self, text: str, until: Callable[[], bool]) -> None:
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
        await self._act("events_api", body, until)

    def _stamp(self) -> str:
        """A new timestamp, as late as this learner thinks it is."""
        seconds, number = self.screens.stamp().split(".")
        return f"{int(seconds) + int(self._later)}.{number}"

    async def _act(
        self, kind: str, payload: dict[str, Any], until: Callable[[], bool] | None = None
    ) -> None:
        """Deliver, and wait for something to be shown; for what is waited for, if it is said."""
        if self.thinking:
            await asyncio.sleep(random.expovariate(1 / self.thinking))
        screen = self._screen
        before, begun = screen.version, time.perf_counter()
        self.presses += 1
        deliveries = [self.fleet.deliver(kind, payload) for _ in range(2 if self.twice else 1)]
        await asyncio.gather(*deliveries)
        shown = until or (lambda: screen.version > before)
        try:
            async with asyncio.timeout(self.answer_patience if until else self.patience):
                while not shown():
                    screen.changed.clear()
                    await screen.changed.wait()
        except TimeoutError:
            return
        self.replies.append(screen.changed_at - begun)


def _plain(text: str) -> str:
    """Text without the signs of mark-up and spaces, so that it can be found in a drawing."""
    return re.sub(r"[^\w]+", "", text).casefold()
