"""The quiz, as a learner takes it."""

from __future__ import annotations

from bot.gradebook import Kind
from bot.replies import Card, Tone
from tests.classroom import ADA, BOB, Classroom, text_of


async def test_every_question_is_asked_once_and_explained_at_once(room: Classroom) -> None:
    first, second = room.course.lessons[0].quiz
    assert first.text in text_of(await room.command("quiz", lesson="1"))
    said = text_of(await room.answer(first))
    assert "1-tides-q1 why 0" in said
    assert second.text in text_of(await room.press("Next question"))


async def test_a_wrong_answer_is_explained_beside_the_right_one(room: Classroom) -> None:
    first = room.course.lessons[0].quiz[0]
    await room.command("quiz", lesson="1")
    [card] = await room.answer(first, rightly=False)
    assert isinstance(card, Card)
    assert card.tone is Tone.BAD
    assert "1-tides-q1 why 1" in card.body
    assert "1-tides-q1 why 0" in card.body


async def test_a_second_press_on_an_old_card_changes_nothing(room: Classroom) -> None:
    first = room.course.lessons[0].quiz[0]
    await room.command("quiz", lesson="1")
    right = room.button(first.options[0].text).action
    wrong = room.button(first.options[1].text).action
    await room.press_action(right)
    said = text_of(await room.press_action(wrong))
    assert "Right: 1-tides-q1 option 0" in said
    assert "out of date" in said


async def test_another_learner_s_press_scores_nothing_and_shows_nothing(room: Classroom) -> None:
    first = room.course.lessons[0].quiz[0]
    await room.command("quiz", lesson="1")
    said = text_of(await room.press_action(room.button(first.options[0].text).action, BOB))
    assert "belongs to another learner" in said
    assert "why" not in said
    assert first.text in text_of(await room.command("quiz", ADA, lesson="1"))


async def test_hints_come_one_by_one_and_then_no_more(room: Classroom) -> None:
    await room.command("quiz", lesson="1")
    assert "think" in text_of(await room.press("Hint"))
    [card] = await room.press("Hint")
    assert isinstance(card, Card)
    assert "think harder" in card.body
    assert "Hint" not in [button.label for button in card.buttons]


async def test_the_best_result_stays_when_a_later_one_is_worse(room: Classroom) -> None:
    await room.take_quiz([True, True])
    await room.take_quiz([True, False])
    mark = (await room.rows(lambda unit: unit.progress(1))).mark(Kind.QUIZ, "1-tides")  # type: ignore[attr-defined]
    assert (mark.best, mark.latest, mark.attempts) == (2, 1, 2)


async def test_the_result_names_the_sections_behind_what_went_wrong(room: Classroom) -> None:
    await room.take_quiz([True, False])
    assert room.cards["ada"].body.endswith("Worth rereading:\n\n- Lesson 1: The moon")
    await room.take_quiz([True, True])
    assert "Worth rereading" not in room.cards["ada"].body


async def test_options_are_shuffled_and_stay_put_through_a_restart(room: Classroom) -> None:
    orders = set()
    for number in range(12):
        learner = type(ADA)("test", "school", f"learner-{number}")
        await room.command("quiz", learner, lesson="1")
        shown = [button.detail for button in room.cards[learner.user].buttons if button.detail]
        await room.restart()
        await room.command("quiz", learner, lesson="1")
        assert shown == [b.detail for b in room.cards[learner.user].buttons if b.detail]
        orders.add(tuple(shown))
    assert len(orders) > 1


async def test_a_quiz_goes_on_where_it_was_after_a_restart(room: Classroom) -> None:
    first, second = room.course.lessons[0].quiz
    await room.command("quiz", lesson="1")
    await room.answer(first)
    await room.press("Next question")
    await room.restart()
    assert second.text in text_of(await room.command("quiz", lesson="1"))


async def test_a_card_from_before_a_restart_still_works(room: Classroom) -> None:
    first = room.course.lessons[0].quiz[0]
    await room.command("quiz", lesson="1")
    await room.restart()
    assert "1-tides-q1 why 0" in text_of(await room.answer(first))
