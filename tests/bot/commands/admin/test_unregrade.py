"""A regrade is taken back for 7 days: all of it, or none and why."""

from __future__ import annotations

from bot.commands.admin.base import to
from bot.events import Learner
from tests.bot.commands.admin.school import ADA, BOB, MIA, School
from tests.bot.commands.admin.test_regrade import correct
from tests.classroom import text_of

NAMES = ("answer", "result", "mark")


async def record(school: School) -> object:
    """Every answer, result and mark."""

    def read(unit: object) -> object:
        kept = [unit.export(learner) for learner in (1, 2, 3)]  # type: ignore[attr-defined]
        return [{name: sorted(rows[name], key=str) for name in NAMES} for rows in kept]

    return await school.rows(read)


async def regrade(school: School, question: str = "t4", key: int = 1) -> str:
    """Have a question corrected and everything regraded; return the label of the undo."""
    await correct(school, question, key)
    await school.admin("regrade")
    await school.press(school.card().buttons[0].label, MIA)
    return school.card().buttons[1].label


async def take_tests(school: School) -> None:
    """Ada passes but for the last question, Bob fails."""
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([True, True, True, False, False], BOB)


async def test_an_undo_puts_every_answer_result_and_mark_back(school: School) -> None:
    await take_tests(school)
    before = await record(school)
    label = await regrade(school)
    assert label.startswith("Undo the regrade of 2026-03-02: put back 2 answers")
    assert await record(school) != before
    school.later(days=6)
    assert "The regrade is undone: 2 answers" in text_of(await school.press(label, MIA))
    assert await record(school) == before
    assert "Mia undid a regrade · 2 answers" in text_of(await school.admin("audit"))


async def test_after_an_undo_there_is_the_same_to_regrade_again(school: School) -> None:
    await take_tests(school)
    label = await regrade(school)
    after = await record(school)
    await school.press(label, MIA)
    await school.press("Regrade", MIA)
    await school.press("Regrade 2 answers", MIA)
    assert await record(school) == after


async def test_a_pass_by_the_rules_of_then_is_put_back_whatever_the_rules_are_now(
    school: School,
) -> None:
    await take_tests(school)
    before = await record(school)
    label = await regrade(school)
    await school.admin("settings", "pass_mark 20")
    await school.admin("regrade")
    await school.press(label, MIA)
    assert await record(school) == before


async def test_the_undo_is_offered_until_seven_days_have_passed(school: School) -> None:
    await take_tests(school)
    label = await regrade(school)
    await school.admin("regrade")
    assert label in [button.label for button in school.card().buttons]
    school.later(days=8)
    await school.admin("regrade")
    assert label not in [button.label for button in school.card().buttons]
    said = text_of(await school.press_action(to("undo-regrade", 1), MIA))
    assert "7 days have passed" in said


async def test_it_is_undone_once(school: School) -> None:
    await take_tests(school)
    label = await regrade(school)
    action = school.button(label, MIA).action
    await school.press_action(action, MIA)
    before = await record(school)
    assert "undone already" in text_of(await school.press_action(action, MIA))
    assert await record(school) == before


async def test_a_later_answer_to_its_questions_bars_the_undo(school: School) -> None:
    await take_tests(school)
    action = to("undo-regrade", 1)
    await regrade(school)
    school.later(minutes=1)
    await school.take_test([True] * 5, Learner("test", "school", "cy", "Cy"))
    before = await record(school)
    said = text_of(await school.press_action(action, MIA))
    assert "its questions were answered since then" in said
    assert "put the old key into the course" in said
    assert await record(school) == before


async def test_answers_to_other_questions_do_not_bar_it(school: School) -> None:
    await take_tests(school)
    before = await record(school)
    label = await regrade(school)
    school.later(minutes=1)
    await school.take_quiz([True, False], who=Learner("test", "school", "cy", "Cy"))
    await school.admin("regrade")
    await school.press(label, MIA)
    assert (await record(school))[:2] == before[:2]  # type: ignore[index]


async def test_a_later_regrade_is_undone_first(school: School) -> None:
    await take_tests(school)
    before = await record(school)
    await regrade(school)
    between = await record(school)
    later = await regrade(school, "t0", 3)
    said = text_of(await school.press_action(to("undo-regrade", 1), MIA))
    assert "Undo the later one first" in said
    assert await record(school) != between
    await school.admin("regrade")
    await school.press(later, MIA)
    assert await record(school) == between
    await school.press_action(to("undo-regrade", 1), MIA)
    assert await record(school) == before


async def test_a_reset_since_bars_it(school: School) -> None:
    await take_tests(school)
    await regrade(school)
    await school.admin("reset-now", "@bob test")
    before = await record(school)
    said = text_of(await school.press_action(to("undo-regrade", 1), MIA))
    assert "were reset or put back since then" in said
    assert await record(school) == before


async def test_one_who_left_since_does_not_bar_it(school: School) -> None:
    await take_tests(school)
    before = await record(school)
    await regrade(school)
    await school.command("privacy", BOB)
    await school.press("Delete my data", BOB)
    await school.press("Delete my progress and conversations", BOB)
    assert "is undone" in text_of(await school.press_action(to("undo-regrade", 1), MIA))
    assert (await record(school))[:1] == before[:1]  # type: ignore[index]


async def test_an_open_attempt_is_put_back_too(school: School) -> None:
    await school.command("test", ADA)
    await school.answer(school.course.test[0], False, ADA)
    before = await record(school)
    label = await regrade(school, "t0", 1)
    assert await record(school) != before
    await school.press(label, MIA)
    assert await record(school) == before


async def test_another_class_cannot_undo_it(school: School) -> None:
    await take_tests(school)
    await regrade(school)
    stranger = Learner("test", "other school", "zoe", "Zoe", moderator=True)
    before = await record(school)
    await school.press_action(to("undo-regrade", 1), stranger)
    for wrong in ("", "0", "²", "9" * 30):
        await school.press_action(to("undo-regrade", wrong), MIA)
    assert await record(school) == before
