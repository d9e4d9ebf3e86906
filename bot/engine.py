"""The core's one door: an event in, replies out, everything committed before it is said."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog
from sqlalchemy import RowMapping

from bot import codec, forms
from bot.actions import Action
from bot.errors import LearnerError, StoreError
from bot.events import Answered, Event, Failed, Outcome
from bot.flows import exam
from bot.flows.talk import ANSWER_LEASE
from bot.gradebook import TEST_SUBJECT
from bot.pictures import Pictures
from bot.ports import Clock
from bot.replies import Form, Partial, Reply, Say, Tone
from bot.routing import Router, Taken
from bot.store.store import Store
from bot.store.unit import Unit
from bot.tutor.types import Answer, Request, Tutor
from bot.words import say
from knowledge.models import Course

log = structlog.get_logger(__name__)


class Engine:
    """Runs one course for every learner, on top of a store and a tutor."""

    def __init__(self, course: Course, store: Store, tutor: Tutor, clock: Clock) -> None:
        self.course = course
        self._store = store
        self._tutor = tutor
        self._clock = clock
        self._pictures = Pictures(course)

    async def start(self) -> None:
        """Make the records ready; StoreError where they cannot be used."""
        await self._store.prepare()

    async def close(self) -> None:
        """Finish what is being written, and let go of the records."""
        await self._store.close()

    def form(self, action: Action) -> Form | None:
        """The form that a press of `action` opens, or None."""
        return forms.form(action)

    async def delivered(self, event_id: str) -> bool:
        """Whether `mark_delivered` was called for this event, by any worker, ever."""
        try:
            kept = await self._store.run(lambda unit: unit.delivery(event_id))
        except (LearnerError, StoreError):
            return False
        return kept is not None and bool(kept["delivered"])

    async def mark_delivered(self, event_id: str) -> None:
        """Record that every reply to this event has reached the platform."""
        try:
            await self._store.run(lambda unit: unit.mark_delivered(event_id))
        except (LearnerError, StoreError) as problem:
            log.warning("delivery not marked", reason=str(problem))

    async def handle(self, event: Event) -> AsyncGenerator[Reply]:
        """Take one event in and give its replies; see bot.ports.Core."""
        try:
            async with aclosing(self._handle(event)) as replies:
                async for reply in replies:
                    yield await self._pictures.fill(reply)
        except LearnerError as problem:
            yield Say(str(problem), Tone.WARN)
        except Exception as problem:  # noqa: BLE001 (the error desk: a learner never sees a traceback)
            yield Say(say("menu.fault", error=_report(problem, event)), Tone.BAD)

    async def _handle(self, event: Event) -> AsyncGenerator[Reply]:
        taken = await self._store.run(lambda unit: self._take(unit, event))
        for reply in taken.replies:
            yield reply
        if taken.work is not None:
            async with aclosing(self._answer(event, taken.work)) as answers:
                async for reply in answers:
                    yield reply

    def _take(self, unit: Unit, event: Event) -> Taken:
        learner = unit.learner(event.who)
        # A repeat is rare, so it is not looked for at first: keeping it twice fails, and the
        # transaction is then run again from the start.
        kept = unit.delivery(event.id) if unit.again else None
        if kept is not None:
            return self._again(kept, event)
        taken = Router(unit, self.course, learner).take(event)
        if taken.keep:
            work = codec.dump(taken.work) if taken.work else None
            unit.add_delivery(event.id, learner, codec.dump_replies(taken.replies), work)
        return taken

    def _again(self, kept: RowMapping, event: Event) -> Taken:
        """The stored outcome; its slow work too, where that was begun and can only be lost."""
        replies = codec.load_replies(kept["replies"])
        if kept["work"] is None or self._clock() - kept["at"] <= ANSWER_LEASE:
            return Taken(replies)
        return Taken(replies, codec.load(codec.Work, kept["work"]))

    async def _answer(self, event: Event, work: codec.Work) -> AsyncGenerator[Reply]:
        """Ask the tutor and give its drafts and the card; Stop and failures settle the session."""
        question = work.ask.question
        request = await self._store.run(lambda unit: self._request(unit, event, work))
        outcome: Outcome | None = None
        try:
            async with aclosing(self._tutor.answer(request)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        outcome = Answered(self._clock(), question, piece)
                        break
                    yield Partial(piece.text)
        except (asyncio.CancelledError, GeneratorExit):
            await asyncio.shield(self._settle(event, work, Failed(self._clock(), question, "")))
            raise
        except LearnerError as problem:
            refusal = Answer(str(problem), covered=False, on_subject=False)
            outcome = Answered(self._clock(), question, refusal)
        except Exception as problem:  # noqa: BLE001 (the error desk: the question is kept, not lost)
            outcome = Failed(self._clock(), question, _report(problem, event))
        if outcome is None:
            outcome = Failed(self._clock(), question, _report(RuntimeError("no answer"), event))
        for reply in await self._settle(event, work, outcome):
            yield reply

    def _request(self, unit: Unit, event: Event, work: codec.Work) -> Request:
        learner = unit.learner(event.who)
        row = unit.open_session(learner, exam.NAME, TEST_SUBJECT)
        state = codec.load(exam.STATE, row["state"]) if row else None
        return Request(
            question=work.ask.question,
            role=work.ask.role,
            lesson=work.ask.lesson,
            history=unit.history(work.session),
            open_question=exam.open_question(state, self.course) if state else None,
        )

    async def _settle(self, event: Event, work: codec.Work, outcome: Outcome) -> tuple[Reply, ...]:
        def settle(unit: Unit) -> tuple[Reply, ...]:
            learner = unit.learner(event.who)
            taken = Router(unit, self.course, learner).settle(work.session, outcome)
            unit.settle_delivery(event.id, codec.dump_replies(taken.replies))
            return taken.replies

        return await self._store.run(settle)


def _report(problem: Exception, event: Event) -> str:
    """Log a fault under an id that the learner is shown; never what the learner wrote."""
    error = secrets.token_hex(4)
    log.error("fault", error=error, happening=type(event).__name__, exc_info=problem)
    return error
