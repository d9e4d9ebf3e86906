"""A class in miniature with a moderator and a workshop, and what only they do."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.courier import UnreachableError
from bot.engine import Engine
from bot.events import Command, Learner, Place
from bot.replies import Card, Reply
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.types import Tutor
from bot.workshop import Progress
from knowledge.errors import KnowledgeError
from knowledge.models import Course, Question
from tests.classroom import ADA, BOB, DESK, Classroom, FakeTutor

MIA = Learner("test", "school", "mia", "Mia", moderator=True)
HALL = Place("hall:thread", shared=True)

__all__ = ["ADA", "BOB", "HALL", "MIA", "FakeCourier", "FakeWorkshop", "School", "corrected"]


@dataclass
class FakeWorkshop:
    """Hands out the course it is given, or the fault; says how far the index is."""

    course: Course
    fault: str = ""
    tutor: FakeTutor = field(default_factory=FakeTutor)
    rebuilt: list[bool] = field(default_factory=list)

    def read(self) -> Course:
        """Return the course, or raise what is wrong with it."""
        if self.fault:
            raise KnowledgeError(self.fault)
        return self.course

    def prepare(self, course: Course, progress: Progress, *, rebuild: bool = False) -> Tutor:
        """Go through two steps."""
        self.rebuilt.append(rebuild)
        progress(1, 2)
        progress(2, 2)
        return self.tutor

    def vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """Return a vector by the first letter: what begins alike means the same."""
        letters = sorted({text[0] for text in texts})
        return [[float(text[0] == letter) for letter in letters] for text in texts]


@dataclass
class FakeCourier:
    """Keeps what it is given; the doors of some people are closed, and it may be down itself."""

    platform: str = "test"
    brought: list[tuple[str, str, Card]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    down: bool = False
    tried: int = 0

    async def to_learner(self, who: Learner, workspace: str, card: Card) -> None:
        """Bring a card."""
        self.tried += 1
        if self.down:
            raise ConnectionError
        if who.user in self.closed:
            raise UnreachableError
        await asyncio.sleep(0)
        self.brought.append((workspace, who.user, card))

    async def to_channel(self, workspace: str, channel: str, card: Card) -> None:
        """Bring a card."""
        await self.to_learner(Learner("test", workspace, channel), workspace, card)

    @property
    def reached(self) -> list[str]:
        """Who got a card, in order."""
        return [user for _, user, _ in self.brought]


class School(Classroom):
    """The classroom, with somebody who runs it."""

    def __init__(self, folder: Path, course: Course | None = None) -> None:
        super().__init__(folder, course)
        self.workshop = FakeWorkshop(self.course)
        self.engine = self._engine()

    def _engine(self) -> Engine:
        shop = getattr(self, "workshop", None)
        store = Store(open_database(self.url), self.course.id, lambda: self.now)
        return Engine(self.course, store, self.tutor, lambda: self.now, workshop=shop)

    async def admin(
        self, sub: str = "", rest: str = "", who: Learner = MIA, where: Place = DESK
    ) -> list[Reply]:
        """Give a moderator's command in words."""
        args = {"sub": sub, "rest": rest}
        return await self.send(Command(who, where, self.new_id(), self.now, "admin", args))

    async def choose(self, label: str, who: Learner = MIA) -> list[Reply]:
        """Choose an entry of the newest card's menu by its label."""
        card = self.cards[who.user]
        assert card.menu is not None
        found = [entry.action for entry in card.menu.choices if entry.label == label]
        assert found, f"no {label!r} among {[entry.label for entry in card.menu.choices]}"
        return await self.press_action(found[0], who)

    async def caught_up(self) -> None:
        """Wait until the engine has followed what another worker reloaded."""
        following = self.engine._background.get("follow")
        if following is not None:
            await following

    def card(self, who: Learner = MIA) -> Card:
        """The newest card."""
        return self.cards[who.user]

    async def both_take_the_test(self) -> None:
        """Ada gets all five right, Bob the first two."""
        await self.take_test([True] * 5, ADA)
        await self.take_test([True, True, False, False, False], BOB)


def corrected(course: Course, question: str, key: int) -> Course:
    """The course with another option of one test question made the right one."""

    def change(item: Question) -> Question:
        if item.id != question:
            return item
        options = tuple(replace(o, correct=i == key) for i, o in enumerate(item.options))
        return replace(item, options=options)

    return replace(course, test=tuple(change(item) for item in course.test))
