"""Regrading after a question was corrected."""

from __future__ import annotations

from dataclasses import replace

from bot.events import Learner
from bot.gradebook import TEST_SUBJECT, Kind, Mark
from tests.bot.commands.admin.school import ADA, BOB, MIA, School, corrected
from tests.classroom import text_of


async def correct(school: School, question: str, key: int) -> None:
    """Have the course corrected and reloaded."""
    school.workshop.course = corrected(school.course, question, key)
    await school.admin("course", "reload")


async def marks(school: School, learner: int) -> tuple[int, int, bool]:
    """Best, latest, and whether passed, of the test."""

    def read(unit: object) -> Mark | None:
        return unit.progress(learner).mark(Kind.TEST, TEST_SUBJECT)  # type: ignore[attr-defined, no-any-return]

    mark: Mark = await school.rows(read)  # type: ignore[assignment]
    return mark.best, mark.latest, mark.done_at is not None


async def answers(school: School, learner: int) -> dict[str, bool]:
    """What is right by the records."""
    kept = await school.rows(lambda unit: unit.export(learner)["answer"])  # type: ignore[attr-defined]
    return {row["question"]: row["correct"] for row in kept}  # type: ignore[attr-defined]


async def test_nothing_to_change_is_said(school: School) -> None:
    await school.both_take_the_test()
    assert "nothing to change" in text_of(await school.admin("regrade"))


async def test_the_difference_is_shown_first_and_changes_nothing(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([True, True, True, False, False], BOB)
    await correct(school, "t4", 1)  # both chose option 1, the first wrong one
    said = text_of(await school.admin("regrade"))
    assert "question 5: 2 become right, 0 become wrong" in said
    assert "2 results change. 1 attempts at the test pass that did not; 0 no longer" in said
    assert await marks(school, 2) == (3, 3, False)


async def test_a_regrade_changes_answers_results_and_marks_together(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([True, True, True, False, False], BOB)
    await correct(school, "t4", 1)
    await school.admin("regrade")
    await school.press("Regrade 2 answers", MIA)
    assert await marks(school, 1) == (5, 5, True)
    assert await marks(school, 2) == (4, 4, True)
    assert (await answers(school, 2))["t4"] is True
    assert "nothing to change" in text_of(await school.admin("regrade"))
    assert "Mia regraded" in text_of(await school.admin("audit"))


async def test_a_pass_that_rested_on_a_wrong_key_is_taken_back(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await correct(school, "t0", 3)
    said = text_of(await school.admin("regrade"))
    assert "1 no longer pass" in said
    await school.press("Regrade 1 answer", MIA)
    assert await marks(school, 1) == (3, 3, False)


async def test_best_and_latest_are_found_over_all_attempts(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([True, False, False, False, True], ADA)
    await correct(school, "t4", 1)
    await school.admin("regrade")
    await school.press("Regrade 2 answers", MIA)
    assert await marks(school, 1) == (5, 1, True)


async def test_what_was_not_shown_is_not_done(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await correct(school, "t4", 1)
    await school.admin("regrade")
    stale = school.button("Regrade 1 answer", MIA).action
    await correct(school, "t3", 0)
    said = text_of(await school.press_action(stale, MIA))
    assert "question 4" in said
    assert await marks(school, 1) == (4, 4, True)


async def test_another_class_keeps_its_marks(school: School) -> None:
    elsewhere = Learner("test", "other school", "cy", "Cy")
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([True, True, True, True, False], elsewhere)
    await correct(school, "t4", 1)
    await school.admin("regrade")
    await school.press("Regrade 1 answer", MIA)
    assert await marks(school, 1) == (5, 5, True)
    assert (await answers(school, 2))["t4"] is False


async def test_quizzes_are_regraded_too(school: School) -> None:
    await school.take_quiz([False, True])
    lesson = school.course.lessons[0]
    right = replace(
        lesson.quiz[0],
        options=tuple(replace(o, correct=i == 1) for i, o in enumerate(lesson.quiz[0].options)),
    )
    lessons = (replace(lesson, quiz=(right, lesson.quiz[1])), school.course.lessons[1])
    school.workshop.course = replace(school.course, lessons=lessons)
    await school.admin("course", "reload")
    await school.press("Regrade", MIA)
    await school.press("Regrade 1 answer", MIA)
    said = text_of(await school.admin("learner", "@ada"))
    assert "best 2 of 2" in said
