"""The overview: how the class stands."""

from __future__ import annotations

from bot.commands.admin.overview import HEAT_LEARNERS
from bot.events import Learner
from bot.replies import Card
from tests.bot.commands.admin.school import ADA, BOB, MIA, School
from tests.classroom import text_of

PNG = b"\x89PNG\r\n\x1a\n"


async def overview(school: School) -> Card:
    [card] = await school.admin("overview")
    assert isinstance(card, Card)
    return card


async def test_it_counts_who_is_here_who_is_active_and_who_is_done(school: School) -> None:
    await school.both_take_the_test()
    school.later(days=6)
    await school.open(BOB)
    school.later(days=2)
    fields = {field.name: field.value for field in (await overview(school)).fields}
    assert fields["Enrolled"] == "2"
    assert fields["Active this week"] == "1 (50%)"
    assert fields["Completed the course"] == "0 (0%)"


async def test_it_says_for_each_lesson_how_many_have_done_its_parts(school: School) -> None:
    await school.take_quiz([True, False], who=ADA)
    await school.take_quiz([True, True], who=BOB)
    await school.take_quiz([True, True], lesson="2", who=BOB)
    body = (await overview(school)).body
    assert "quiz 2 (100%)" in body
    assert "quiz 1 (50%)" in body
    assert "lab 0 (0%)" in body


async def test_it_says_how_many_passed_the_test(school: School) -> None:
    await school.both_take_the_test()
    assert "passed by 1 (50%) of the 2 who took it, at 80%" in (await overview(school)).body


async def test_an_empty_class_says_so(school: School) -> None:
    card = await overview(school)
    assert "Nobody is in this class yet" in card.body
    assert card.pictures == ()


async def test_a_small_class_is_drawn_learner_by_learner(school: School) -> None:
    await school.both_take_the_test()
    [picture] = (await overview(school)).pictures
    assert picture.png.startswith(PNG)
    assert "2 learners and 9 questions" in picture.alt
    assert "7 answers right, 3 wrong" in picture.alt


async def test_a_large_class_is_drawn_as_distributions(school: School) -> None:
    await school.both_take_the_test()
    for number in range(HEAT_LEARNERS):
        await school.open(Learner("test", "school", f"learner-{number}"))
    [picture] = (await overview(school)).pictures
    assert picture.png.startswith(PNG)
    assert f"learners by parts completed: 0: {HEAT_LEARNERS + 1}, 1: 1." in picture.alt
    assert "first attempts by right answers: 2: 1, 5: 1." in picture.alt


async def test_names_that_look_like_formulas_are_drawn_as_they_are(school: School) -> None:
    odd = Learner("test", "school", "odd", "$\\frac{$_^ **bold** <@everyone>")
    await school.take_test([True] * 5, odd)
    await school.take_test([True] * 5, Learner("test", "school", "far", "学习者"))
    assert (await overview(school)).pictures[0].png.startswith(PNG)
    said = text_of(await school.admin("learners"))
    assert "**bold** <@everyone>" in said


async def test_the_menu_leads_to_every_command(school: School) -> None:
    await school.both_take_the_test()
    card = await overview(school)
    assert card.menu is not None
    for entry in card.menu.choices:
        replies = await school.press_action(entry.action, MIA)
        assert replies, entry.label
        assert "Something went wrong" not in text_of(replies), entry.label
