"""A lesson, as a learner reads it."""

from __future__ import annotations

from tests.classroom import Classroom, text_of


async def read_to_the_end(room: Classroom) -> None:
    await room.command("lesson", lesson="1")
    await room.press("Start reading")
    await room.press("Next page")
    await room.press("Next page")
    await room.press("Finish the lesson")


async def test_a_lesson_is_read_page_by_page(room: Classroom) -> None:
    assert "rise twice a day" in text_of(await room.command("lesson", lesson="1"))
    assert "The moon pulls the sea." in text_of(await room.press("Start reading"))
    assert "The sun pulls the sea less." in text_of(await room.press("Next page"))
    assert "the rise and fall of the sea" in text_of(await room.press("Next page"))
    assert "You have read all 4 pages" in text_of(await room.press("Finish the lesson"))


async def test_reading_on_leads_to_the_quiz(room: Classroom) -> None:
    await read_to_the_end(room)
    assert "Quiz 1" in text_of(await room.press("Take the quiz"))


async def test_jumping_to_the_end_does_not_count_as_reading(room: Classroom) -> None:
    await room.command("lesson", lesson="1")
    await room.press_action(room.cards["ada"].menu.choices[-1].action)  # type: ignore[union-attr]
    assert "You have read 1 of 4 pages" in text_of(await room.press("Finish the lesson"))
    assert "rise twice a day" in text_of(await room.press("Read what is left"))


async def test_a_lesson_opens_at_the_section_asked_for(room: Classroom) -> None:
    said = text_of(await room.command("lesson", lesson="1", section="2"))
    assert "The sun pulls the sea less." in said


async def test_a_lesson_goes_on_where_it_was(room: Classroom) -> None:
    await room.command("lesson", lesson="1")
    await room.press("Start reading")
    await room.restart()
    assert "The moon pulls the sea." in text_of(await room.command("lesson", lesson="1"))


async def test_a_lesson_that_is_not_there_is_named_in_one_sentence(room: Classroom) -> None:
    said = text_of(await room.command("lesson", lesson="9"))
    assert "1. Lesson about tides or 2. Lesson about waves" in said
