"""At a keyboard: keys in, cards on the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.terminal.history import history_of
from bot.events import Event, Typed
from bot.ports import Kept, Wanted
from bot.replies import Partial, Reply
from tests.adapters.terminal.harness import CTRL_C, seated
from tests.classroom import Classroom

FAREWELL = "Your progress is saved"


class Held:
    """The class's core, but an answer waits for `go`, and that it ended is noted."""

    def __init__(self, room: Classroom) -> None:
        self._engine = room.engine
        self.course = room.course
        self.form = room.engine.form
        self.listens = room.engine.listens
        self.mark_delivered = room.engine.mark_delivered
        self.asked = asyncio.Event()
        self.go = asyncio.Event()
        self.ended = False

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncIterator[Reply]:
        if isinstance(event, Typed):
            try:
                yield Partial("The moon")
                self.asked.set()
                await self.go.wait()
            finally:
                self.ended = True
        async for reply in self._engine.handle(event, once=once, kept=kept, wanted=wanted):
            yield reply


async def test_ctrl_d_on_an_empty_line_leaves_and_says_that_all_is_saved(
    room: Classroom, tmp_path: Path
) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does()
    assert "0 of 7 parts done" in person.plain
    assert FAREWELL in person.plain


async def test_quit_leaves_too(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("quit\r", "quiz 1\r")
    assert FAREWELL in person.plain
    assert "question 1 of 2" not in person.plain


async def test_ctrl_c_clears_the_line_and_twice_on_an_empty_one_leaves(
    room: Classroom, tmp_path: Path
) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does(f"why two tides?{CTRL_C}progress\r", f"{CTRL_C}{CTRL_C}")
    assert "why two tides?" not in person.plain
    assert "Your progress" in person.plain
    assert FAREWELL in person.plain


async def test_one_ctrl_c_on_an_empty_line_does_not_leave(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does(f"{CTRL_C}progress\r")
    assert "Your progress" in person.plain


async def test_what_was_pressed_is_echoed_in_words(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("quiz 1\r", "a\r", "\r")
    assert "› quiz 1" in person.plain
    assert "› A. 1-tides-q1 option" in person.plain
    assert "› Next question" in person.plain
    assert "question 2 of 2" in person.plain


async def test_a_line_that_cannot_be_taken_gets_a_sentence(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("999\r")
    assert "! There is no choice 999: choose 1 to" in person.plain


async def test_ctrl_c_stops_the_answer_being_written_and_the_talk_goes_on(
    room: Classroom, tmp_path: Path
) -> None:
    core = Held(room)
    with seated(core, tmp_path) as person:
        program = asyncio.ensure_future(person.does("why two tides?\r", "progress\r"))
        await asyncio.wait_for(core.asked.wait(), 10)
        person.keys.send_text(CTRL_C)
        await asyncio.wait_for(program, 10)
    assert core.ended
    assert room.tutor.requests == []
    assert "Stopped." in person.plain
    assert "Your progress" in person.plain


async def test_keys_pressed_during_work_are_typed_into_the_next_line(
    room: Classroom, tmp_path: Path
) -> None:
    core = Held(room)
    with seated(core, tmp_path) as person:
        program = asyncio.ensure_future(person.does("why two tides?\r"))
        await asyncio.wait_for(core.asked.wait(), 10)
        person.keys.send_text("progress\r")
        core.go.set()
        await asyncio.wait_for(program, 10)
    assert person.plain.index("The moon pulls the sea [1].") < person.plain.index("Your progress")


async def test_a_form_asks_for_its_field(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("2\r", "why two tides?\r")
    assert [request.question for request in room.tutor.requests] == ["why two tides?"]


async def test_a_form_left_by_ctrl_c_sends_nothing(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("2\r", f"why{CTRL_C}")
    assert room.tutor.requests == []
    assert "Nothing was sent." in person.plain


async def test_a_low_window_pages_a_card(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path, height=12) as person:
        await person.does("help\r")
    assert "Enter for more, q to stop" in person.plain
    assert "/privacy" in person.plain
    assert FAREWELL in person.plain


async def test_list_shows_a_folded_menu(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path, height=20) as person:
        await person.does("list\r")
    assert "type list to see them" in person.plain
    assert "Quiz 2: Lesson about waves" in person.plain


async def test_lines_worth_having_again_are_kept_and_no_answers(
    room: Classroom, tmp_path: Path
) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("quiz 1\r", "a\r", "1\r")
    lines = [line async for line in history_of("ada", tmp_path).load()]
    assert lines == ["quiz 1"]


async def test_deleting_ones_data_drops_the_lines_too(room: Classroom, tmp_path: Path) -> None:
    with seated(room.engine, tmp_path) as person:
        await person.does("privacy\r", "2\r", "1\r")
    assert "Everything kept about you is deleted" in person.plain
    assert [line async for line in history_of("ada", tmp_path).load()] == []


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_no_line_is_wider_than_the_window(
    room: Classroom, tmp_path: Path, width: int
) -> None:
    with seated(room.engine, tmp_path, width=width) as person:
        await person.does("lesson 1\r", "quiz 1\r", "progress\r", "help\r", "privacy\r")
    assert max(len(line) for line in person.plain.splitlines()) <= width
