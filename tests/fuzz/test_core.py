"""Whatever a learner writes, is called or presses, the core answers; nothing of it is a fault."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action
from bot.clock import now
from bot.events import Command, Event, Learner, Opened, Pressed, Submitted, Typed
from bot.words import say
from tests import records
from tests.classroom import DESK, Classroom, text_of
from tests.fuzz.hostile import fuzz, hostile
from tests.postgres.cluster import NoPostgresError, cluster

NAMES = ("learn", "lesson", "quiz", "lab", "test", "ask", "calc", "progress", "privacy", "help")
FLOWS = ("menu", "link", "quiz", "test", "lab", "lesson", "ask", "calc", "admin", "none")
FAULT = say("menu.fault", error="").split(".")[0]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loop_and_room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[asyncio.AbstractEventLoop, Classroom]]:
    """One class for all examples, in an event loop of its own."""
    loop = asyncio.new_event_loop()
    folder = tmp_path_factory.mktemp("fuzz")
    if request.param == "sqlite":
        yield loop, _open(loop, folder)
        loop.close()
        return
    try:
        with cluster("-c", "fsync=off") as server, pytest.MonkeyPatch.context() as patched:
            patched.setattr(records, "make", server.create)
            room = _open(loop, folder)
            yield loop, room
            loop.run_until_complete(room.engine.close())
            loop.close()
    except NoPostgresError as problem:
        pytest.skip(str(problem))


def _open(loop: asyncio.AbstractEventLoop, folder: Path) -> Classroom:
    room = Classroom(folder)
    loop.run_until_complete(room.engine.start())
    return room


whos = st.builds(Learner, st.just("test"), st.just("school"), st.just("ada"), hostile)
choices = st.one_of(hostile, st.sampled_from(["next", "0", "²", "lesson/1/²", "quiz/٣", "review"]))
actions = st.builds(Action, st.sampled_from(FLOWS), choices, st.just("-"), st.integers(0, 9))


@st.composite
def acts(draw: st.DrawFn) -> Event:
    """Anything a learner can do, with any words in it."""
    head = (draw(whos), DESK, f"fuzz-{draw(st.uuids())}", now())
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return Opened(*head)
    if kind == 1:
        return Typed(*head, draw(hostile))
    if kind == 2:
        args = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(ARGS, hostile)))
        return Command(*head, draw(st.sampled_from(NAMES) | hostile), args)
    if kind == 3:
        return Pressed(*head, draw(actions))
    return Submitted(*head, draw(actions), {"text": draw(hostile)})


ARGS = ("lesson", "section", "question", "model", "context", "users", "dtype", "kind")


@fuzz
@given(event=acts())
def test_the_core_answers_any_act_without_a_fault(
    loop_and_room: tuple[asyncio.AbstractEventLoop, Classroom], event: Event
) -> None:
    loop, room = loop_and_room
    said = text_of(loop.run_until_complete(room.send(event)))
    assert FAULT not in said


@fuzz
@given(names=st.lists(hostile, min_size=1, max_size=3))
def test_a_learner_of_any_name_can_begin(
    loop_and_room: tuple[asyncio.AbstractEventLoop, Classroom], names: list[str]
) -> None:
    loop, room = loop_and_room
    for name in names:
        who = Learner("test", "school", "named", name)
        said = text_of(loop.run_until_complete(room.command("learn", who)))
        assert FAULT not in said
