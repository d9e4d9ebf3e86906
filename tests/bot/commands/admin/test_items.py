"""Item statistics, from what learners pressed."""

from __future__ import annotations

import numpy as np
import pytest

from bot.commands.admin.base import Desk
from bot.commands.admin.items import measured
from bot.events import Learner
from bot.gradebook import TEST_SUBJECT, Kind
from bot.itemstats import LEAST_LEARNERS, Item, Whole
from bot.replies import Card
from bot.store import membership
from bot.store.unit import Unit
from tests.bot.commands.admin.school import ADA, BOB, MIA, School
from tests.classroom import DESK, text_of

TEST = (Kind.TEST, TEST_SUBJECT)


async def figures(school: School) -> tuple[tuple[Item, ...], Whole]:
    """The statistics of the test, as the database counts them."""

    def count(unit: Unit) -> tuple[tuple[Item, ...], Whole]:
        member = membership.find(unit, MIA, DESK, unit.learner(MIA))
        return measured(Desk(unit, school.course, member, DESK, school.course.policy), TEST)

    return await school.rows(count)  # type: ignore[arg-type, return-value]


async def test_statistics_are_those_of_the_marks_that_were_pressed(school: School) -> None:
    source = np.random.default_rng(7)
    marks = source.random((8, 5)) < np.linspace(0.9, 0.2, 5)
    for number, row in enumerate(marks.tolist()):
        await school.take_test(row, Learner("test", "school", f"learner-{number}"))
    found, total = await figures(school)
    scores = marks.sum(axis=1)
    for number, item in enumerate(found):
        x, rest = marks[:, number].astype(float), scores - marks[:, number]
        assert item.facility == pytest.approx(x.mean())
        if x.std() and rest.std():
            expected = 100 * np.corrcoef(x, rest)[0, 1]
            assert item.discrimination == pytest.approx(expected)
        else:
            assert item.discrimination is None
    assert total.average == pytest.approx(scores.mean())
    assert total.deviation == pytest.approx(scores.std(ddof=1))


async def test_only_first_attempts_count(school: School) -> None:
    await school.take_test([False] * 5, ADA)
    await school.take_test([True] * 5, ADA)
    found, total = await figures(school)
    assert total.counts == (1, 0, 0, 0, 0, 0)
    assert all(item.facility == 0 for item in found)


async def test_a_test_that_is_not_finished_does_not_count(school: School) -> None:
    await school.command("test")
    await school.answer(school.course.test[0])
    assert (await figures(school))[1].n == 0
    assert "Nobody has finished this yet" in text_of(await school.admin("items"))


async def test_the_card_warns_of_few_attempts_and_of_a_broken_question(school: School) -> None:
    await school.take_test([True, True, True, True, False], ADA)
    await school.take_test([False, False, False, True, True], BOB)
    said = text_of(await school.admin("items"))
    assert f"Only 2 first attempts. Under {LEAST_LEARNERS}" in said
    assert said.count("Negative discrimination") == 1
    assert "**5.**" in school.card().body
    assert len(school.card().pictures) == 2


async def test_one_question_shows_what_was_chosen(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("items")
    await school.choose("3. What about t2?")
    card = school.card()
    assert card.title == "Question 3 of the module test"
    assert "✓ C" in card.body
    assert "1 (50%)" in card.body


async def test_the_statistics_of_a_quiz_are_one_choice_away(school: School) -> None:
    await school.take_quiz([True, False])
    await school.admin("items")
    await school.choose("Statistics of quiz 1")
    assert school.card().title == "How the questions work: quiz 1"
    assert "100% right" in school.card().body


async def test_a_part_without_questions_is_refused_in_a_sentence(school: School) -> None:
    assert "quizzes and the test" in text_of(await school.admin("items", "lesson 1"))
    assert "Name a part" in text_of(await school.admin("items", "quiz 9"))
    assert "from 1 to 5" in text_of(await school.admin("item", "test 9"))


async def test_many_questions_are_paged(school: School) -> None:
    await school.both_take_the_test()
    [card] = await school.admin("items", "test 99")
    assert isinstance(card, Card)
    assert "page 1 of 1" in card.footer
