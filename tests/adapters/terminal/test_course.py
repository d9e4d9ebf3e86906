"""The whole built-in course by lines alone, with a program that ends between any two parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import BUILT_IN_COURSE
from knowledge.catalog import load_course
from knowledge.models import Question
from tests.adapters.terminal.harness import Terminal
from tests.classroom import Classroom


class Student:
    """Takes the course at a terminal, answering from the course's own key."""

    def __init__(self, room: Classroom, data: Path) -> None:
        self.room = room
        self.terminal = Terminal(room.engine, data)

    async def answer(self, item: Question) -> str:
        """Give the right answer by the number it has on the screen."""
        assert item.text.split("`")[0] in self.terminal.screen
        assert "Right:" in await self.terminal.press(item.options[item.key].text)
        return await self.terminal.line("")

    async def read(self, lesson: int) -> None:
        """Read a lesson, pressing Enter to its end."""
        screen = await self.terminal.line(f"lesson {lesson}")
        for _ in range(50):
            if f"End of lesson {lesson}" in screen:
                return
            screen = await self.terminal.line("")
        pytest.fail(f"lesson {lesson} has no end")

    async def quiz(self, lesson: int) -> None:
        """Take a quiz, every answer right."""
        await self.terminal.line(f"quiz {lesson}")
        for item in self.room.course.lessons[lesson - 1].quiz:
            await self.answer(item)

    async def lab(self, lesson: int) -> None:
        """Hold three exchanges in a lab."""
        await self.terminal.line(f"lab {lesson}")
        await self.terminal.line("")
        await self.terminal.type("how does that grow with the context length?")
        await self.terminal.type("and what is it for a million tokens?")
        assert "3 of 3 exchanges" in self.terminal.screen

    async def come_back(self) -> None:
        """Leave, and start the program again."""
        await self.room.restart()
        self.terminal.restart(self.room.engine)
        await self.terminal.open()


async def test_the_whole_course_is_taken_by_typing_lines(tmp_path: Path) -> None:
    room = Classroom(tmp_path, load_course(BUILT_IN_COURSE))
    await room.engine.start()
    student = Student(room, tmp_path)
    assert "0 of 13 parts done" in await student.terminal.open()
    for lesson in range(1, len(room.course.lessons) + 1):
        await student.read(lesson)
        await student.quiz(lesson)
        await student.lab(lesson)
        await student.come_back()
    await student.terminal.line("test")
    for item in room.course.test:
        await student.answer(item)
    assert "15 of 15" in student.terminal.screen
    await student.come_back()
    assert "13 of 13 parts done" in student.terminal.screen
    await room.engine.close()
