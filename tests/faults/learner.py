"""A learner who takes the course over the wire, never gives up, and never changes their mind.

They press what they see; so whatever fails in between, what the records must say is known
beforehand. What was acknowledged they never do again: where nothing comes of it, they only look
where they stand, and hold the program to its word. What was not acknowledged they do again, as
Slack told them that it failed.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from bot.actions import decode
from bot.flows import exam, items, lab, lesson, quiz, talk
from bot.words import say
from knowledge.models import Lesson, Question
from tests.faults.hands import Button, Hands

LEASE = 150.0
"""Seconds after which a question that got no answer may be asked again; Slack's clock tells."""

MOST_TRIES = 400
MOST_VIEWS = 20
"""How often a learner looks again at what an acknowledged act should have changed."""


class StuckError(AssertionError):
    """A learner got no further however often they tried."""


class LostError(AssertionError):
    """Nothing came of what was acknowledged."""


def chosen(user: str, question: str) -> int:
    """The option that a learner takes for a question, always: an index into the file's order."""
    return zlib.crc32(f"{user}/{question}".encode()) % 4


def spoken(number: int, exchange: int) -> str:
    """What a learner says in a lab."""
    return f"question {exchange} of lab {number}"


@dataclass
class Learner(Hands):
    """`mixed`: the parts of the course are taken in any order.

    `answered`: each question whose answer was acknowledged, as (question, option).
    """

    mixed: bool = False
    answered: list[tuple[str, int]] = field(default_factory=list)
    _pressed: set[str] = field(default_factory=set)

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

        def onward() -> Button | None:
            here = self._shows(name, lesson.NAME)
            return self._on(lesson.NAME, self._page()) if here else None

        await self._press_on(name, onward, ended)

    async def answer(
        self, command: str, flow: str, questions: tuple[Question, ...], *ended: str
    ) -> None:
        """Answer every question of a quiz or the test, until its result is shown."""
        await self._until(command, lambda: self._option(flow, questions) is not None)
        await self._press_on(
            command, lambda: self._option(flow, questions) or self._on(flow, items.NEXT), *ended
        )

    async def _press_on(
        self, command: str, wanted: Callable[[], Button | None], *ended: str
    ) -> None:
        """Press what is wanted of each card until the end is shown, and nothing twice."""
        tried: list[tuple[Button, str]] = []
        in_vain = 0
        for _ in range(MOST_TRIES):
            if any(map(self._shows, ended)):
                return
            button, ts = wanted(), self._screen.ts
            if button is not None and button["value"] not in self._pressed:
                in_vain, answer = 0, self._answer_of(button)
                if (button, ts) not in tried[-1:]:
                    tried.append((button, ts))
                if await self.press(button, ts):
                    self._pressed.add(button["value"])
                    self.answered += answer
                continue
            in_vain += 1
            if in_vain > MOST_VIEWS:
                raise LostError(f"{self.user}, {command}, after {tried[-1:]}: {self._screen.card}")
            await self._look_again(command, tried[:-1])
        raise StuckError(f"{self.user} never ends the {command}: {self._screen.card}")

    async def _look_again(self, command: str, before: list[tuple[Button, str]]) -> None:
        """See where the learner stands, without doing anything that might count.

        Of the presses `before` the newest one, what arrived is out of date, so it only shows the
        present card: also of a quiz that has ended, which a command would begin anew.
        """
        old = [press for press in before if press[0]["value"] in self._pressed]
        if old:
            await self.press(*old[-1])
        else:
            await self._command(command)

    async def talk(self, number: int, exchanges: int) -> None:
        """Hold a lab's conversation until it is complete."""
        screen = self._screen
        screen.held = None
        await self._until(f"lab {number}", lambda: screen.held is not None)
        said = 0
        for _ in range(MOST_TRIES):
            held = screen.held or 0
            if held >= exchanges:
                return
            if held >= said:
                words = spoken(number, held + 1)
                if not await self._say(words, lambda held=held: (screen.held or 0) > held):
                    screen.held = None
                    await self._until(f"lab {number}", lambda: screen.held is not None)
                    continue
                said = held + 1
            if screen.held == held:
                await self._ask_again(number, held)
        raise StuckError(f"{self.user} never completes lab {number}: {screen.card}")

    async def _ask_again(self, number: int, held: int) -> None:
        """Come back later to a question of which nothing came, and ask it again if one may."""
        screen = self._screen
        for _ in range(MOST_VIEWS):
            self._later += LEASE
            screen.held = None
            await self._until(f"lab {number}", lambda: screen.held is not None)
            again = self._on(lab.NAME, talk.RETRY)
            if screen.held != held:
                return
            if again is not None and again["value"] not in self._pressed:
                if await self.press(again, until=lambda: (screen.held or 0) > held):
                    self._pressed.add(again["value"])
                return
        raise LostError(f"{self.user} asked in lab {number}: {screen.card}")

    async def _until(self, command: str, shown: Callable[[], bool]) -> None:
        """Give a command until it shows what it should."""
        for _ in range(MOST_TRIES):
            await self._command(command)
            if shown():
                return
        raise StuckError(f"{self.user} gets nothing for {command}: {self._screen.text}")

    def _on(self, flow: str, choice: str) -> Button | None:
        """The button of the card that makes this choice."""
        for element in self._screen.buttons:
            action = decode(element["value"])
            if (action.flow, action.choice) == (flow, choice):
                return element
        return None

    def _option(self, flow: str, questions: tuple[Question, ...]) -> Button | None:
        """The option to take of the question that is shown, if one of these is."""
        for item in questions:
            option = self._on(flow, str(chosen(self.user, item.id)))
            if option is not None and self._shows(item.text):
                return option
        return None

    def _answer_of(self, button: Button) -> list[tuple[str, int]]:
        """The question of the card and the option that a button of it takes, if it takes one."""
        action = decode(button["value"])
        if action.flow not in (quiz.NAME, exam.NAME) or not action.choice.isdecimal():
            return []
        quizzes = (item for part in self.course.lessons for item in part.quiz)
        shown = [item.id for item in (*quizzes, *self.course.test) if self._shows(item.text)]
        return [(item, int(action.choice)) for item in shown]

    def _shows(self, words: str, flow: str = "") -> bool:
        """Whether the card says these words, and has a button of a flow."""
        flows = {decode(element["value"]).flow for element in self._screen.buttons}
        return _plain(words) in _plain(self._screen.card) and (not flow or flow in flows)

    def _page(self) -> str:
        """The last page that a button of the card leads to."""
        actions = [decode(element["value"]) for element in self._screen.buttons]
        pages = [int(a.choice) for a in actions if a.flow == lesson.NAME and a.choice.isdecimal()]
        return str(max(pages, default=-1))


def _plain(text: str) -> str:
    """Text without the signs of mark-up and spaces, so that it can be found in a drawing."""
    return re.sub(r"[^\w]+", "", text).casefold()
