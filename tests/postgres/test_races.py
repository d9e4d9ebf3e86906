"""Several workers on one PostgreSQL, at the same learner at the same moment."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.engine import Engine
from bot.events import Command, Event, Pressed
from bot.replies import Card, Reply
from bot.store.database import open_database
from bot.store.migrate import HEAD
from bot.store.store import Store
from tests.bot.store.test_store import migrate_in_a_process
from tests.classroom import ADA, DESK, Classroom, FakeTutor, small_course
from tests.classroom import MORNING as NOON
from tests.postgres.cluster import Cluster

WORKERS = 4
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
"""How many transactions wait for another to end."""


@pytest.fixture
async def workers(postgres: Cluster) -> AsyncIterator[list[Engine]]:
    """Engines that share nothing but the database, as separate processes do."""
    url, course = postgres.create(), small_course()
    made = [
        Engine(
            course, Store(open_database(url), course.id, lambda: NOON), FakeTutor(), lambda: NOON
        )
        for _ in range(WORKERS)
    ]
    await asyncio.gather(*(engine.start() for engine in made))
    yield made
    await asyncio.gather(*(engine.close() for engine in made))


async def take(engine: Engine, event: Event) -> list[Reply]:
    return [reply async for reply in engine.handle(event)]


async def everywhere(workers: list[Engine], event: Event, *, same: bool) -> list[list[Reply]]:
    """Deliver an event to every worker at once: the same delivery, or one act each."""
    events = [event if same else replace(event, id=f"{event.id}-{n}") for n in range(len(workers))]
    return await asyncio.gather(*map(take, workers, events))


async def rows(engine: Engine, table: str) -> list[tuple[object, ...]]:
    query = text(f"SELECT * FROM {table}")  # noqa: S608 (a name of ours)
    return await engine._store.run(lambda unit: [tuple(row) for row in unit.db.execute(query)])


def quiz(number: int) -> Command:
    return Command(ADA, DESK, f"quiz-{number}", NOON, "quiz", {"lesson": "1"})


async def test_a_learner_first_seen_by_every_worker_at_once_is_one_learner(
    workers: list[Engine],
) -> None:
    shown = await everywhere(workers, quiz(1), same=False)
    assert all(isinstance(replies[0], Card) for replies in shown)
    assert len(await rows(workers[0], "learner")) == 1
    assert len(await rows(workers[0], '"class"')) == 1


async def test_commands_at_once_open_one_session(workers: list[Engine]) -> None:
    await everywhere(workers, quiz(1), same=False)
    assert len(await rows(workers[0], "session")) == 1


async def test_one_delivery_to_every_worker_is_told_the_same_and_counts_once(
    workers: list[Engine],
) -> None:
    (card,) = await take(workers[0], quiz(1))
    assert isinstance(card, Card)
    for number in range(5):
        press = Pressed(ADA, DESK, f"press-{number}", NOON, card.buttons[0].action)
        shown = await everywhere(workers, press, same=True)
        assert all(replies == shown[0] for replies in shown)
    assert len(await rows(workers[0], "answer")) == 1
    assert len(await rows(workers[0], "delivery")) == 6


async def test_every_option_pressed_at_once_scores_one_of_them(workers: list[Engine]) -> None:
    for number in range(5):
        (card,) = await take(workers[0], quiz(number))
        while isinstance(card, Card) and len(card.buttons) >= WORKERS:
            events = [
                Pressed(ADA, DESK, f"press-{number}-{card.title}-{n}", NOON, button.action)
                for n, button in enumerate(card.buttons[:WORKERS])
            ]
            await asyncio.gather(*map(take, workers, events))
            (explained,) = await take(workers[0], replace(quiz(number), id=f"{events[0].id}-again"))
            assert isinstance(explained, Card)
            onward = Pressed(ADA, DESK, f"{events[0].id}-on", NOON, explained.buttons[0].action)
            card = (await take(workers[0], onward))[0]
        assert isinstance(card, Card)
    assert len(await rows(workers[0], "answer")) == 10
    assert len(await rows(workers[0], "result")) == 5
    assert [row[7] for row in await rows(workers[0], "mark")] == [5]


async def test_many_learners_deadlock_nobody(workers: list[Engine]) -> None:
    learners = [replace(ADA, user=f"learner-{n}") for n in range(40)]
    acts = [
        take(workers[n % WORKERS], replace(quiz(n), who=who, id=f"{who.user}-{n}"))
        for n, who in enumerate(learners * 2)
    ]
    shown = await asyncio.gather(*acts)
    assert all(isinstance(replies[0], Card) for replies in shown)
    assert len(await rows(workers[0], "session")) == len(learners)


def test_ten_processes_may_start_at_once(postgres: Cluster, tmp_path: Path) -> None:
    url = postgres.create()
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(migrate_in_a_process, [url] * 10)
    engine = open_database(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [
            (HEAD,)
        ]
    engine.dispose()


async def test_a_server_that_restarts_is_waited_for(
    workers: list[Engine], postgres: Cluster
) -> None:
    (card,) = await take(workers[0], quiz(1))
    assert isinstance(card, Card)
    press = Pressed(ADA, DESK, "press", NOON, card.buttons[0].action)
    postgres.stop(at_once=True)
    waiting = asyncio.create_task(everywhere(workers, press, same=True))
    await asyncio.to_thread(postgres.start)
    shown = await waiting
    assert all(replies == shown[0] and isinstance(replies[0], Card) for replies in shown)
    assert len(await rows(workers[0], "answer")) == 1


async def test_what_is_given_up_while_it_waits_for_another_is_never_done(room: Classroom) -> None:
    await room.command("learn")
    held = text("SELECT id FROM learner FOR UPDATE")
    with room.engine._store._engine.connect() as other:
        other.execute(held)
        waiting = asyncio.create_task(room.command("quiz", lesson="1"))
        while not other.execute(WAITING).scalar_one():  # noqa: ASYNC110 (it tells it in no other way)
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await room.command("learn")
    assert await rows(room.engine, "session") == []
