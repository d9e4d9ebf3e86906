"""The module test, as a learner takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replies import Card
from tests.classroom import Classroom, small_course, text_of


async def test_four_of_five_pass_at_eighty_percent(room: Classroom) -> None:
    await room.take_test([True, True, True, True, False])
    assert room.cards["ada"].title == "Module test passed"


async def test_three_of_five_do_not_pass_and_say_what_to_reread(room: Classroom) -> None:
    await room.take_test([True, True, True, False, False])
    card = room.cards["ada"]
    assert "not passed yet" in card.title
    assert "The moon" in card.body


async def test_there_are_no_hints_in_the_test(room: Classroom) -> None:
    await room.command("test")
    assert "Hint" not in [button.label for button in room.cards["ada"].buttons]


async def test_the_test_goes_on_where_it_was_after_a_restart(room: Classroom) -> None:
    await room.command("test")
    await room.answer(room.course.test[0])
    await room.press("Next question")
    await room.restart()
    assert room.course.test[1].text in text_of(await room.command("test"))


async def test_the_tutor_is_told_which_question_is_open_until_it_is_answered(
    room: Classroom,
) -> None:
    await room.command("test")
    await room.type("What about t0?")
    await room.command("test")
    await room.answer(room.course.test[0])
    await room.type("What about t0?")
    assert [request.open_question for request in room.tutor.requests] == [room.course.test[0], None]


async def test_answers_can_be_looked_over_after_the_end(room: Classroom) -> None:
    await room.take_test([True] * 5)
    seen = [text_of(await room.press("Look over my answers"))]
    seen += [text_of(await room.press("Next answer")) for _ in range(4)]
    assert all(f"t{i} why" in said for i, said in enumerate(seen))
    assert "Module test passed" in text_of(await room.press("See the result"))


@pytest.fixture
async def strict_room(tmp_path: Path) -> Classroom:
    course = small_course(attempts=2, cooldown_hours=24, feedback="end")
    room = Classroom(tmp_path, course)
    await room.engine.start()
    return room


async def test_feedback_at_the_end_shows_no_verdict_before(strict_room: Classroom) -> None:
    await strict_room.command("test")
    [card] = await strict_room.answer(strict_room.course.test[0])
    assert isinstance(card, Card)
    assert "question 2 of 5" in card.title
    assert "why" not in card.body


async def fail_the_test(room: Classroom) -> None:
    await room.command("test")
    for item in room.course.test:
        await room.answer(item, rightly=False)


async def test_the_next_attempt_waits_for_the_cooldown(strict_room: Classroom) -> None:
    await fail_the_test(strict_room)
    strict_room.later(minutes=30)
    assert "again in 24 hours:" in text_of(await strict_room.command("test"))
    strict_room.later(hours=22, minutes=30)
    assert "again in 60 minutes" in text_of(await strict_room.command("test"))
    strict_room.later(hours=1)
    assert "question 1 of 5" in text_of(await strict_room.command("test"))


async def test_the_last_attempt_is_the_last(strict_room: Classroom) -> None:
    await fail_the_test(strict_room)
    strict_room.later(hours=25)
    await fail_the_test(strict_room)
    strict_room.later(hours=25)
    assert "used up your 2 attempts" in text_of(await strict_room.command("test"))


async def test_a_locked_test_names_the_lesson_that_is_missing(tmp_path: Path) -> None:
    room = Classroom(tmp_path, small_course(unlock="in-order"))
    await room.engine.start()
    assert "lesson 1" in text_of(await room.command("test"))
