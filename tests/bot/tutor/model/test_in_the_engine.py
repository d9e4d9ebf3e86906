"""The tutor on a model inside the real engine and store: counted once, streamed, stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.events import Typed
from bot.replies import Card, Partial
from bot.store.database import open_database
from bot.store.model_ledger import HELD, StoredLedger
from bot.store.model_tables import BREAKER, CALL, SPEND
from bot.store.store import Store
from bot.tutor.model.standing import LEAST, RECENT
from tests.bot.tutor.model.school import School, Waits
from tests.classroom import ADA, DESK, Classroom

TWO = "Why are there two high tides a day?"
GOOD = "The Earth turns under both bulges, so most coasts have two high tides a day [1]. "

Open = Callable[..., Awaitable[tuple[Classroom, School]]]


@pytest.fixture
async def open_room(tmp_path: Path) -> AsyncIterator[Open]:
    """A class whose tutor is a scripted model, budgets and breaker in the class's own records."""
    rooms: list[Classroom] = []
    stores: list[Store] = []

    async def open_(turns: list[Any], **school: Any) -> tuple[Classroom, School]:
        made = School(turns, **school)
        room = Classroom(tmp_path, made.course)
        store = Store(open_database(room.url), made.course.id, lambda: room.now)
        made = School(turns, ledger=StoredLedger(store), course=made.course, **school)
        room.tutor = made.tutor  # type: ignore[assignment]
        await room.restart()
        if made.proven:
            row = {"model": "fake:model", "faults": 0, "held": HELD * RECENT}
            await store.run(lambda unit: unit.db.execute(insert(BREAKER).values(row)))
        rooms.append(room)
        stores.append(store)
        return room, made

    yield open_
    for room in rooms:
        await room.engine.close()
    for store in stores:
        await store.close()


def card(replies: list[Any]) -> Card:
    """The first card among replies."""
    return next(reply for reply in replies if isinstance(reply, Card))


async def rows(room: Classroom, table: Any) -> list[Any]:
    """All rows of a table."""
    found: Any = await room.rows(lambda unit: unit.db.execute(select(table)).all())  # type: ignore[attr-defined]
    return list(found)


async def test_an_exchange_counts_once_whether_the_model_answers_or_fails(open_room: Open) -> None:
    room, _ = await open_room([GOOD, RuntimeError("gone"), GOOD])
    await room.command("lab", lesson="1")

    first = await room.type(TWO)
    second = await room.type("Why do most coasts have two high tides, about 12 hours apart?")

    assert "1 of 3 exchanges" in card(first).footer
    assert "2 of 3 exchanges" in card(second).footer
    assert "straight from the lessons" in card(second).body


async def test_what_is_streamed_is_what_the_card_says(open_room: Open) -> None:
    room, _ = await open_room([f"{GOOD}The Moon pulls the water on its near side [1]."])

    replies = await room.type(TWO)

    partials = [reply.text.strip() for reply in replies if isinstance(reply, Partial)]
    assert partials
    assert all(card(replies).body.startswith(text) for text in partials)


async def test_stop_ends_the_call_gives_the_place_back_and_keeps_the_question(
    open_room: Open,
) -> None:
    room, school = await open_room([Waits(f"{GOOD}The Moon pulls")])

    event = Typed(ADA, DESK, room.new_id(), room.now, TWO)
    async with aclosing(room.engine.handle(event)) as replies:
        assert isinstance(await anext(replies), Partial)

    assert school.model.broken_off == [True]
    assert await rows(room, CALL) == []
    assert [row.faults for row in await rows(room, BREAKER)] == [0]


async def test_the_learners_tokens_are_written_to_their_account(open_room: Open) -> None:
    room, _ = await open_room([GOOD])

    await room.type(TWO)

    [spent] = await rows(room, SPEND)
    assert spent.tokens > 100


async def test_answers_that_hold_up_in_the_engine_prove_the_model_for_every_worker(
    open_room: Open,
) -> None:
    room, _ = await open_room([GOOD] * LEAST, proven=False)
    for number in range(LEAST):
        assert "The Earth turns" in card(await room.type(f"{TWO} {number}")).body

    [model] = await rows(room, BREAKER)
    assert model.held == HELD * LEAST


async def test_after_three_faults_the_model_is_left_alone_for_a_while(open_room: Open) -> None:
    faults = [RuntimeError("gone")] * 3
    room, school = await open_room([*faults, GOOD])

    for _ in range(4):
        replies = await room.type(TWO)
        assert "straight from the lessons" in card(replies).body
    assert len(school.model.sent) == 3
    room.later(seconds=31)
    assert "straight from the lessons" not in card(await room.type(TWO)).body
