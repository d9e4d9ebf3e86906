"""Which lesson somebody means, however they write it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.lessons import called, meant, named
from bot.errors import LearnerError
from knowledge.models import Course
from tests.classroom import Classroom, lesson, small_course, text_of

TITLES = (
    "The Quadratic Wall",
    "Sparse and Sliding-Window Attention",
    "Linear Attention and State Space Models",
    "The KV Cache Economy",
)


@pytest.fixture
def course() -> Course:
    """A course of four lessons with titles that share words."""
    made = [replace(lesson(f"{n}-x", n), title=title) for n, title in enumerate(TITLES, start=1)]
    return replace(small_course(), lessons=tuple(made))


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("3", 3),
        ("the kv cache economy", 4),
        ("KV cache", 4),
        ("kv-cache", 4),
        ("linear attention", 3),
        ("state-space model", 3),
        ("windows", 2),
        ("econ", 4),
        ("quadratik wall", 1),
        ("linaer atention", 3),
        ("2. Sparse and Sliding-Window Attention", 2),
        ("lesson 2", 2),
        ("#2", 2),
    ],
)
def test_a_lesson_goes_by_number_title_part_of_it_or_nearly_that(
    course: Course, wanted: str, number: int
) -> None:
    assert meant(course, wanted, "quiz").number == number


def test_what_fits_two_lessons_names_these_two_in_one_sentence(course: Course) -> None:
    with pytest.raises(LearnerError) as refused:
        meant(course, "attention", "quiz")
    said = str(refused.value)
    assert "2. Sparse and Sliding-Window Attention or 3. Linear Attention" in said
    assert "Wall" not in said
    assert "/quiz 3" in said


@pytest.mark.parametrize("wanted", ["9", "mamba", "the", "0", "-1", "…", "quiz"])
def test_what_fits_no_lesson_names_them_all(course: Course, wanted: str) -> None:
    with pytest.raises(LearnerError) as refused:
        meant(course, wanted, "lesson")
    assert all(title in str(refused.value) for title in TITLES)


def test_a_long_course_is_not_read_out(course: Course) -> None:
    long = replace(course, lessons=tuple(lesson(f"{n}-x", n) for n in range(1, 41)))
    with pytest.raises(LearnerError, match="lessons 1 to 40"):
        meant(long, "mamba", "lab")


def test_a_lab_goes_by_its_own_title_too(course: Course) -> None:
    other = replace(course.lessons[1].lab, title="Patterns in practice")  # type: ignore[type-var]
    lessons = (course.lessons[0], replace(course.lessons[1], lab=other), *course.lessons[2:])
    course = replace(course, lessons=lessons)
    assert meant(course, "patterns", "lab").number == 2
    assert named(course, "patterns", "quiz") == ()


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("lesson linear attention", ("lesson", "linear attention")),
        ("Quiz KV cache", ("quiz", "KV cache")),
        ("lab wall", ("lab", "wall")),
    ],
)
def test_a_command_needs_no_slash_where_it_names_a_lesson(
    course: Course, text: str, given: tuple[str, str]
) -> None:
    assert called(course, text) == given


@pytest.mark.parametrize(
    "text",
    [
        "lesson one was hard",
        "lesson attention?",
        "quiz me",
        "lab results of linear attention",
        "linear attention",
        "lesson",
        "",
    ],
)
def test_a_question_stays_a_question(course: Course, text: str) -> None:
    assert called(course, text) is None


async def test_a_quiz_opens_by_the_title_of_its_lesson(room: Classroom) -> None:
    assert "Quiz 2" in text_of(await room.command("quiz", lesson="about waves"))
    assert "Lesson about tides" in text_of(await room.type("lesson tides"))
    assert room.tutor.requests == []


async def test_a_lab_hears_what_is_no_command(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    await room.type("lab tides are strange")
    assert [request.question for request in room.tutor.requests] == ["lab tides are strange"]
