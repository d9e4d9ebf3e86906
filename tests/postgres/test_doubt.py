"""A commit whose answer gets lost: what it did is neither done twice nor forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import PoolProxiedConnection

from bot.events import Command, Typed
from bot.replies import Card, Reply
from tests.classroom import ADA, DESK, Classroom, text_of


@pytest.fixture
def room(room: Classroom) -> Classroom:
    """A class whose clock goes on by itself, as clocks do, and where nothing else commits."""
    room.engine._background["tidy"].cancel()

    def clock() -> object:
        room.now += timedelta(milliseconds=1)
        return room.now

    room.engine._store._clock = clock  # type: ignore[assignment]
    return room


@contextmanager
def answers_lost(room: Classroom, which: set[int]) -> Iterator[list[int]]:
    """Commit, but say that the server went away, at the commits of these numbers."""
    dialect = room.engine._store._engine.dialect
    plain, commits = dialect.do_commit, list[int]()

    def commit(connection: PoolProxiedConnection) -> None:
        plain(connection)
        commits.append(len(commits) + 1)
        if commits[-1] in which:
            raise psycopg.OperationalError("the connection is lost")

    dialect.do_commit = commit  # type: ignore[method-assign]
    try:
        yield commits
    finally:
        dialect.do_commit = plain  # type: ignore[method-assign]


async def deliver(room: Classroom, event: Command | Typed) -> list[Reply]:
    """Deliver as the platforms do: what was told before is not told again."""
    return [reply async for reply in room.engine.handle(event, once=True)]


async def test_a_card_is_shown_at_once(room: Classroom) -> None:
    await room.command("learn")
    with answers_lost(room, {1}) as commits:
        event = Command(ADA, DESK, "lost", room.now, "quiz", {"lesson": "1"})
        (card,) = await deliver(room, event)
    assert isinstance(card, Card)
    assert card.buttons
    assert commits == [1, 2]


@pytest.mark.parametrize("lost", [{1}, {3}, {1, 4}])
async def test_a_question_is_answered_once(room: Classroom, lost: set[int]) -> None:
    await room.command("lab", lesson="1")
    with answers_lost(room, lost) as commits:
        replies = await deliver(room, Typed(ADA, DESK, "lost", room.now, "why?"))
    assert len(commits) == 3 + len(lost)
    assert "1 of 3 exchanges" in text_of(replies)
    assert len(room.tutor.requests) == 1
    assert len((await room.rows(lambda unit: unit.export(1)))["exchange"]) == 1  # type: ignore[attr-defined, index]
