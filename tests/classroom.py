"""A class in miniature: a small course, fakes for every port, and the real engine and store."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from bot.actions import Action
from bot.engine import Engine
from bot.events import Command, Event, Learner, Opened, Place, Pressed, Submitted, Typed
from bot.plain import plain
from bot.replies import Button, Card, Reply
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.types import Answer, Citation, Draft, Request
from knowledge.models import Course, Lab, Lesson, Option, Policy, Question, Section, Term
from tests import records

ADA = Learner("test", "school", "ada", "Ada")
BOB = Learner("test", "school", "bob", "Bob")
DESK = Place("desk")
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def question(name: str, lesson: str = "1-tides", right: int = 0) -> Question:
    """A question with four options, of which `right` is the correct one."""
    options = tuple(Option(f"{name} option {i}", i == right, f"{name} why {i}") for i in range(4))
    return Question(
        name, f"What about {name}?", options, lesson, "the-moon", ("think", "think harder")
    )


def lesson(slug: str, number: int) -> Lesson:
    """A lesson with two sections, a key term, a quiz of two questions and a lab."""
    return Lesson(
        slug=slug,
        number=number,
        title=f"Lesson about {slug[2:]}",
        intro="Why does the sea rise twice a day?",
        sections=(
            Section("the-moon", "The moon", "The moon pulls the sea."),
            Section("the-sun", "The sun", "The sun pulls the sea less."),
        ),
        terms=(Term("Tide", "the rise and fall of the sea"),),
        quiz=(question(f"{slug}-q1", slug), question(f"{slug}-q2", slug, right=2)),
        lab=Lab("Tide lab", "Explain a tide table.", "Welcome to the lab.", "Why two tides?"),
    )


def small_course(**policy: object) -> Course:
    """A course of two lessons and a test of five questions."""
    return Course(
        id="tides",
        title="Tides",
        description="How the sea moves.",
        folder=Path("nowhere"),
        lessons=(lesson("1-tides", 1), lesson("2-waves", 2)),
        test=tuple(question(f"t{i}", right=i % 4) for i in range(5)),
        policy=replace(Policy(), **policy),  # type: ignore[arg-type]
    )


@dataclass
class FakeTutor:
    """Answers from a script; an exception in it is raised. Keeps the requests it got."""

    script: list[Answer | Exception] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    hold: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Give a draft, wait while held, then the next answer of the script."""
        self.requests.append(request)
        self.asked.set()
        yield Draft("The moon")
        if self.hold is not None:
            await self.hold.wait()
        reply = self.script.pop(0) if self.script else good_answer()
        if isinstance(reply, Exception):
            raise reply
        yield reply


def good_answer(text: str = "The moon pulls the sea [1].") -> Answer:
    """An answer that is covered and on the subject."""
    cited = Citation(1, "1-tides", "the-moon", "Lesson about tides", "The moon", "The moon pulls.")
    return Answer(text, covered=True, on_subject=True, citations=(cited,))


def no_answer() -> Answer:
    """An honest "not covered"."""
    return Answer("The course does not cover this.", covered=False, on_subject=False)


class Classroom:
    """The real engine on a real file, driven one learner's act at a time."""

    def __init__(self, folder: Path, course: Course | None = None) -> None:
        self.folder = folder
        self.course = course or small_course()
        self.tutor = FakeTutor()
        self.now = MORNING
        self.cards: dict[str, Card] = {}
        self._ids = itertools.count()
        self.engine = self._engine()

    def _engine(self) -> Engine:
        store = Store(open_database(self.url), self.course.id, lambda: self.now)
        return Engine(self.course, store, self.tutor, lambda: self.now)

    @property
    def url(self) -> str:
        """The database's URL."""
        return records.url(self.folder / "class.db")

    async def restart(self) -> None:
        """End the program and start it again on the same file."""
        await self.engine.close()
        self.engine = self._engine()
        await self.engine.start()

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    async def send(self, event: Event) -> list[Reply]:
        """Handle an event; the learner's newest card is kept for the next press."""
        replies = [reply async for reply in self.engine.handle(event)]
        for reply in replies:
            if isinstance(reply, Card):
                self.cards[event.who.user] = reply
        return replies

    async def command(self, name: str, who: Learner = ADA, **args: str) -> list[Reply]:
        """Give a command."""
        return await self.send(Command(who, DESK, self.new_id(), self.now, name, args))

    async def open(self, who: Learner = ADA) -> list[Reply]:
        """Come to the bot."""
        return await self.send(Opened(who, DESK, self.new_id(), self.now))

    async def type(self, text: str, who: Learner = ADA) -> list[Reply]:
        """Write a message."""
        return await self.send(Typed(who, DESK, self.new_id(), self.now, text))

    async def press(self, label: str, who: Learner = ADA) -> list[Reply]:
        """Press a button of the learner's newest card by its label or detail."""
        return await self.press_action(self.button(label, who).action, who)

    async def press_action(self, action: Action, who: Learner = ADA) -> list[Reply]:
        """Press a button by its action, on whichever card it stands."""
        return await self.send(Pressed(who, DESK, self.new_id(), self.now, action))

    async def submit(self, action: Action, who: Learner = ADA, **fields: str) -> list[Reply]:
        """Send a form off."""
        return await self.send(Submitted(who, DESK, self.new_id(), self.now, action, fields))

    def new_id(self) -> str:
        """A delivery id that was never used."""
        return f"event-{next(self._ids)}"

    def button(self, label: str, who: Learner = ADA) -> Button:
        """The button of the learner's newest card with this label or detail."""
        card = self.cards[who.user]
        found = [b for b in card.buttons if label in (b.label, b.detail)]
        assert found, f"no {label!r} among {[b.label for b in card.buttons]} on {card.title!r}"
        return found[0]

    async def answer(self, item: Question, rightly: bool = True, who: Learner = ADA) -> list[Reply]:
        """Answer the question in hand."""
        wanted = next(o for o in item.options if o.correct is rightly)
        return await self.press(wanted.text, who)

    async def take_quiz(self, right: Iterable[bool], lesson: str = "1", who: Learner = ADA) -> None:
        """Take a quiz from first to last, answering as told."""
        await self.command("quiz", who, lesson=lesson)
        await self._run(self.course.lessons[int(lesson) - 1].quiz, right, who)

    async def take_test(self, right: Iterable[bool], who: Learner = ADA) -> None:
        """Take the module test from first to last, answering as told."""
        await self.command("test", who)
        await self._run(self.course.test, right, who)

    async def _run(
        self, questions: tuple[Question, ...], right: Iterable[bool], who: Learner
    ) -> None:
        for item, rightly in zip(questions, right, strict=True):
            await self.answer(item, rightly, who)
            await self.press("See the result" if item is questions[-1] else "Next question", who)

    def commits(self) -> Callable[[], int]:
        """Count the transactions that are committed from now on."""
        seen: list[object] = []
        event.listen(self.engine._store._engine, "commit", seen.append)
        return lambda: len(seen)

    async def rows(self, query: Callable[[object], object]) -> object:
        """Run a query on the store's transaction."""
        return await self.engine._store.run(query)  # type: ignore[arg-type]


def text_of(replies: Iterable[Reply]) -> str:
    """All that the replies say."""
    return "\n\n".join(plain(reply) for reply in replies)
