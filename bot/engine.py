"""The core's one door: an event in, replies out, everything committed before it is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from sqlalchemy import RowMapping

from bot import asking, codec, forms, reception, upkeep
from bot.actions import Action
from bot.commands.admin import chores
from bot.commands.admin.chores import Bench
from bot.courier import Courier
from bot.errors import BusyError, LearnerError, StoreError
from bot.events import Answered, Event, Failed, Learner, Outcome, Place
from bot.finishing import finished
from bot.flows import lab
from bot.flows.talk import ANSWER_LEASE
from bot.observe import metrics
from bot.observe.faults import report
from bot.ports import Clock, Kept, Wanted
from bot.receipts import SEND_LEASE, Receipts
from bot.reminders import remind_hourly
from bot.replies import Form, Partial, Reply, Say, Tone
from bot.routing import Taken
from bot.rules import Keep
from bot.storable import storable
from bot.store import membership
from bot.store.store import Store
from bot.store.together import DroppedError, always
from bot.store.unit import TurnMovedError, Unit
from bot.tutor.types import Answer, Tutor
from bot.words import say
from bot.workshop import Workshop
from knowledge.models import Course

ANSWERED_WITHIN = 2.0
"""Seconds within which the records answer, or count as away."""


class Engine:
    """Runs one course for every learner, on top of a store and a tutor."""

    def __init__(
        self,
        course: Course,
        store: Store,
        tutor: Tutor,
        clock: Clock,
        workshop: Workshop | None = None,
        keep: Keep | None = None,
        moderators: frozenset[str] = frozenset(),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._running = upkeep.running(course, tutor)
        self._store = store
        self._clock = clock
        self._workshop = workshop
        self._keep = keep or Keep()
        self._moderators = moderators
        self._pause = pause
        self._receipts = Receipts(store)
        self._newest = 0
        self._courier: Courier | None = None
        self._background: dict[str, asyncio.Task[None]] = {}

    @property
    def course(self) -> Course:
        """The running course."""
        return self._running.course

    async def start(self) -> None:
        """Make the records ready; StoreError where they cannot be used."""
        await self._store.prepare()
        self._newest = await self._store.run(membership.version)
        self._running = replace(self._running, version=self._newest)
        tidying = upkeep.tidy_daily(self._store, self._keep)
        self._background["tidy"] = asyncio.create_task(tidying)

    async def answers(self) -> bool:
        """Whether the records answer, and soon."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                await self._store.read(membership.version)
        except (TimeoutError, LearnerError, StoreError):
            return False
        return True

    def reach_out(self, courier: Courier) -> None:
        """From now on, remind learners and announce in other channels through `courier`."""
        self._courier = courier
        reminding = remind_hourly(self._store, courier, lambda: self.course)
        self._background["remind"] = asyncio.create_task(reminding)

    async def close(self) -> None:
        """Finish what is being written, and let go of the records."""
        for task in self._background.values():
            task.cancel()
        await asyncio.gather(*self._background.values(), return_exceptions=True)
        await self._receipts.close()
        await self._store.close()

    def form(self, action: Action) -> Form | None:
        """The form that a press of `action` opens, or None."""
        return forms.form(action)

    async def listens(self, who: Learner, where: Place) -> bool:
        """Whether plain words of this learner at this place belong to an open lab."""

        def look(unit: Unit) -> bool:
            learner = unit.known(who)
            return learner is not None and bool(unit.session_at(learner, lab.NAME, where.id))

        return await self._store.read(look)

    async def mark_delivered(self, event_id: str) -> None:
        """Record that every reply to this event has reached the platform."""
        self._receipts.note(event_id)

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Take one event in and give its replies; see bot.ports.Core."""
        kept, wanted = kept or _nobody_waits, wanted or always
        with metrics.handling(event) as replied:
            try:
                happened = self._vouched(storable(event))
                async with aclosing(self._handle(happened, once, kept, wanted)) as replies:
                    async for reply in replies:
                        replied()
                        yield await self._running.pictures.fill(reply)
            except DroppedError:
                return
            except LearnerError as problem:
                metrics.REFUSALS.inc()
                _unless_in_vain(kept, problem)
                yield Say(str(problem), Tone.WARN)
            except Exception as problem:  # noqa: BLE001 (the error desk: a learner never sees a traceback)
                _unless_in_vain(kept, problem)
                yield Say(say("menu.fault", error=_report(problem, event)), Tone.BAD)

    def _vouched(self, event: Event) -> Event:
        """The event with its learner a moderator where the operator's own list says so."""
        who = event.who
        if f"{who.platform}:{who.user}" not in self._moderators:
            return event
        return replace(event, who=replace(who, moderator=True))

    async def _handle(
        self, event: Event, once: bool, kept: Kept, wanted: Wanted
    ) -> AsyncGenerator[Reply]:
        taken = await self._taken(event, once, kept, wanted)
        self._follow()
        for reply in taken.replies:
            yield reply
        if taken.work is not None:
            async with aclosing(self._answer(event, taken.work)) as answers:
                async for reply in answers:
                    yield reply
        if taken.chore is not None:
            bench = Bench(self._store.run, self.course, self._workshop, self._swap, self._courier)
            async with aclosing(chores.work(taken.chore, bench)) as results:
                async for reply in results:
                    yield reply

    async def _taken(self, event: Event, once: bool, kept: Kept, wanted: Wanted) -> Taken:
        """Take an event; where another worker is telling its replies, see whether it lived to."""
        if once and event.id in self._receipts:
            metrics.DUPLICATES.inc()
            kept()
            return Taken()
        taken = await self._store.run(lambda unit: self._take(unit, event, once), wanted)
        kept()
        if not taken.elsewhere:
            return taken
        await self._pause(SEND_LEASE.total_seconds())
        return await self._store.run(lambda unit: self._look_again(unit, event))

    def _look_again(self, unit: Unit, event: Event) -> Taken:
        unit.learner(event.who)
        row = unit.delivery(event.id)
        return Taken() if row is None else self._again(unit, row, once=True)

    def _swap(self, course: Course, tutor: Tutor, version: int) -> None:
        self._running = upkeep.running(course, tutor, version)
        self._newest = max(self._newest, version)

    def _follow(self) -> None:
        """Reload the course in the background where another worker has reloaded it."""
        if self._workshop is None or self._running.version >= self._newest:
            return
        if "follow" not in self._background:
            self._background["follow"] = asyncio.create_task(self._catch_up(self._workshop))

    async def _catch_up(self, workshop: Workshop) -> None:
        version = self._newest
        followed = await upkeep.follow(workshop, self._running, version)
        if self._running.version < version:
            self._running = followed
        del self._background["follow"]

    def _take(self, unit: Unit, event: Event, once: bool) -> Taken:
        learner = unit.learner(event.who)
        # A repeat is rare, so it is not looked for at first: keeping it twice fails, and the
        # transaction is then run again from the start.
        kept = unit.delivery(event.id) if unit.again else None
        if kept is not None:
            metrics.DUPLICATES.inc()
            return self._again(unit, kept, once=once)
        who = reception.member(unit, event, learner)
        self._newest = max(self._newest, who.version)
        try:
            taken = reception.receive(unit, self.course, who, event)
        except LearnerError as problem:
            # What a repeat asks for is done already, so it may be refused now.
            if unit.again or unit.delivery(event.id) is None:
                raise
            raise TurnMovedError from problem
        if taken.keep:
            work = codec.dump(taken.work) if taken.work else None
            kept_replies = taken.replies if taken.kept is None else taken.kept
            unit.add_delivery(event.id, learner, codec.dump_replies(kept_replies), work)
        return taken

    def _again(self, unit: Unit, row: RowMapping, *, once: bool) -> Taken:
        """What a repeat is told: the stored outcome; and, with `once`, not beside another worker.

        Slow work that was begun goes on elsewhere, until it can only be lost: then it is begun
        again here. The time is read now: this transaction may have waited for another's claim.
        What only seems a repeat, since the answer to its commit got lost, is told as what it is.
        """
        if row["at"] in unit.doubtful:
            return cast(Taken, unit.doubtful[row["at"]])
        now = self._clock()
        replies, work = codec.load_replies(row["replies"]), row["work"]
        if once and row["delivered"]:
            return Taken()
        if abs(now - row["at"]) > (SEND_LEASE if work is None else ANSWER_LEASE):
            unit.claim_delivery(row["id"], now)
            return Taken(replies, None if work is None else codec.load(codec.Work, work))
        return Taken(elsewhere=work is None) if once else Taken(replies)

    async def _answer(self, event: Event, work: codec.Work) -> AsyncGenerator[Reply]:
        """Ask the tutor and give its drafts and the card; Stop and failures settle the session."""
        question = work.ask.question
        request = await self._store.run(lambda unit: asking.request(unit, self.course, event, work))
        outcome: Outcome | None = None
        try:
            async with (
                metrics.answering(request),
                aclosing(self._running.tutor.answer(request)) as pieces,
            ):
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        outcome = Answered(self._clock(), question, piece)
                        break
                    yield Partial(piece.text)
        except (asyncio.CancelledError, GeneratorExit):
            await self._settle(event, work, Failed(self._clock(), question, ""))
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

    async def _settle(self, event: Event, work: codec.Work, outcome: Outcome) -> tuple[Reply, ...]:
        """Take slow work's outcome to its session, also where the learner stops it meanwhile."""

        def settle(unit: Unit) -> tuple[Reply, ...]:
            learner = unit.learner(event.who)
            before = unit.delivery(event.id) if unit.doubtful else None
            if before is not None and before["at"] in unit.doubtful:
                return cast(tuple[Reply, ...], unit.doubtful[before["at"]])
            who = reception.member(unit, event, learner)
            taken = reception.router(unit, self.course, who).settle(work.session, outcome)
            unit.settle_delivery(event.id, codec.dump_replies(taken.replies))
            return taken.replies

        return await finished(self._store.run(settle))


def _nobody_waits() -> None:
    """What is called where nobody asked when an event was kept."""


def _unless_in_vain(kept: Kept, problem: Exception) -> None:
    """Call `kept` for what was settled by refusing it, so not for what may succeed next time."""
    if not isinstance(problem, BusyError | StoreError):
        kept()


def _report(problem: Exception, event: Event) -> str:
    return report(problem, happening=type(event).__name__)
