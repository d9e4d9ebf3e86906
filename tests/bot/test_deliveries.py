"""A delivery that comes again, to any worker: told by one of them, and never by none."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text

from adapters.deliver import deliver
from bot.engine import Engine
from bot.events import Command, Event, Typed
from bot.receipts import SEND_LEASE
from bot.replies import Reply
from bot.store import database
from bot.store.database import open_database
from bot.store.store import Store
from tests.classroom import ADA, DESK, MORNING, Classroom, FakeTutor, text_of

LEARN = Command(ADA, DESK, "e1", MORNING, "learn")
Pause = Callable[[float], Awaitable[None]]


@pytest.fixture
async def workers(room: Classroom) -> AsyncIterator[Callable[..., Engine]]:
    """Makes engines on the class's records, which share nothing else with each other."""
    made: list[Engine] = []

    def make(pause: Pause = asyncio.sleep) -> Engine:
        store = Store(open_database(room.url), room.course.id, lambda: room.now)
        made.append(Engine(room.course, store, FakeTutor(), lambda: room.now, pause=pause))
        return made[-1]

    yield make
    await asyncio.gather(*(engine.close() for engine in made))


async def told(engine: Engine, event: Event = LEARN) -> list[Reply]:
    """Deliver an event to a worker, and return what it sends."""
    sent: list[Reply] = []

    async def send(reply: Reply) -> None:
        sent.append(reply)

    await deliver(engine, event, send)
    return sent


async def dies_before_it_tells(engine: Engine, event: Event = LEARN) -> None:
    """Commit an event, and send nothing of it."""
    replies = engine.handle(event, once=True)
    await anext(replies)
    await replies.aclose()


async def test_a_delivery_that_was_told_is_told_no_more(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    assert await told(room.engine)
    assert await told(room.engine) == []
    await room.restart()
    assert await told(room.engine) == []
    assert await told(workers()) == []


async def test_two_workers_at_the_same_moment_tell_once(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    marked = asyncio.Event()

    async def pause(seconds: float) -> None:
        await marked.wait()

    both = [workers(pause), workers(pause)]
    told_by_each = [asyncio.create_task(told(engine)) for engine in both]
    await asyncio.wait(told_by_each, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.gather(*(engine._receipts.close() for engine in both))
    marked.set()
    assert sorted([len(sent) for sent in await asyncio.gather(*told_by_each)]) == [0, 1]


async def test_what_a_dead_worker_did_not_tell_is_told_after_its_lease(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    async def pause(seconds: float) -> None:
        room.later(seconds=seconds + 1)

    await dies_before_it_tells(room.engine)
    heir = workers(pause)
    assert len(await told(heir)) == 1
    await heir.close()
    assert await told(workers(pause)) == []


async def test_of_two_that_wait_for_a_dead_worker_one_tells(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    over = MORNING + SEND_LEASE * 2

    async def pause(seconds: float) -> None:
        room.now = over

    await dies_before_it_tells(room.engine)
    sent = await asyncio.gather(told(workers(pause)), told(workers(pause)))
    assert sorted(map(len, sent)) == [0, 1]


async def test_a_worker_that_waited_long_for_anothers_claim_leaves_the_telling_to_it(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    begun = room.now

    async def given_up(seconds: float) -> None:
        pass

    await dies_before_it_tells(room.engine)
    room.now = MORNING + SEND_LEASE * 2
    await dies_before_it_tells(workers())  # claims it, and is about to tell
    waited = Store(open_database(room.url), room.course.id, lambda: begun)
    late = Engine(room.course, waited, FakeTutor(), lambda: room.now, pause=given_up)
    assert await told(late) == []
    await late.close()


async def test_an_answer_that_is_being_written_elsewhere_is_left_to_that_worker(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    room.tutor.hold = asyncio.Event()
    question = Typed(ADA, DESK, "e2", room.now, "why two tides?")
    answering = asyncio.create_task(told(room.engine, question))
    await room.tutor.asked.wait()
    room.later(seconds=60)
    assert await told(workers(), question) == []
    room.tutor.hold.set()
    assert "The moon pulls the sea" in text_of(await answering)


async def test_an_event_is_committed_when_it_may_be_acknowledged_and_not_thought_about_yet(
    room: Classroom,
) -> None:
    seen: list[tuple[int, int]] = []

    def kept() -> None:
        with open_database(room.url).connect() as others:
            rows = others.execute(text("SELECT count(*) FROM delivery")).scalar_one()
        seen.append((rows, len(room.tutor.requests)))

    question = Typed(ADA, DESK, "e2", room.now, "why two tides?")
    assert [reply async for reply in room.engine.handle(question, kept=kept)]
    assert seen == [(1, 0)]


async def test_what_is_refused_may_be_acknowledged_too(room: Classroom) -> None:
    seen: list[str] = []
    dance = Command(ADA, DESK, "e1", room.now, "dance")
    said = [r async for r in room.engine.handle(dance, kept=lambda: seen.append("kept"))]
    assert "send /help" in text_of(said)
    assert seen == ["kept"]


async def test_what_the_records_cannot_take_is_never_said_to_be_kept(room: Classroom) -> None:
    seen: list[str] = []
    await room.engine.close()
    said = [r async for r in room.engine.handle(LEARN, kept=lambda: seen.append("kept"))]
    assert "nothing of yours was lost" in text_of(said)
    assert seen == []


async def test_what_was_not_kept_is_not_taken_for_told_when_it_comes_again(
    room: Classroom, workers: Callable[..., Engine]
) -> None:
    engine = workers()
    await engine.close()
    for _ in range(2):
        assert "nothing of yours was lost" in text_of(await told(engine))


async def test_records_that_are_too_busy_keep_nothing(
    room: Classroom, workers: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not room.url.startswith("sqlite"):
        pytest.skip("only SQLite has one writer")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    seen: list[str] = []
    busy = workers()
    other = sqlite3.connect(room.folder / "class.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = [r async for r in busy.handle(LEARN, kept=lambda: seen.append("kept"))]
    other.close()
    assert len(said) == 1
    assert seen == []


async def test_many_deliveries_are_marked_in_one_commit(room: Classroom) -> None:
    await told(room.engine)
    await room.engine._receipts.close()
    for number in range(100):
        await room.engine.mark_delivered(f"e{number}")
    commits = room.commits()
    await room.engine._receipts.close()
    assert commits() == 1
