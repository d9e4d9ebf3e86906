"""The tutor beside a quiz: one more hint while a question is open, a mistake explained after."""

from __future__ import annotations

import asyncio

from bot.events import Pressed
from bot.replies import Card, Partial, Tone
from bot.tutor.types import Role
from tests.classroom import ADA, BOB, DESK, Classroom, good_answer, no_answer, text_of

HINT = "Ask the tutor for a hint"
EXPLAIN = "Explain my mistake"


async def stuck(room: Classroom) -> None:
    """Use up both hints of the first question."""
    await room.command("quiz", lesson="1")
    await room.press("Hint")
    await room.press("Hint")


async def wrong(room: Classroom) -> None:
    """Answer the first question wrongly."""
    await room.command("quiz", lesson="1")
    await room.answer(room.course.lessons[0].quiz[0], rightly=False)


def labels(room: Classroom) -> list[str]:
    return [button.label for button in room.cards["ada"].buttons]


async def test_the_tutor_gives_a_hint_once_the_hints_of_the_question_are_used(
    room: Classroom,
) -> None:
    await room.command("quiz", lesson="1")
    assert HINT not in labels(room)
    await room.press("Hint")
    assert HINT not in labels(room)
    await room.press("Hint")
    replies = await room.press(HINT)
    [card] = [reply for reply in replies if isinstance(reply, Card)]
    assert "The moon pulls the sea. (*The moon*)" in card.body
    assert card.replaces
    assert card.sources == ()  # their numbers would stand beside the options'
    assert HINT not in labels(room)
    assert "Read that section" in labels(room)


async def test_the_question_can_be_answered_after_the_hint(room: Classroom) -> None:
    await stuck(room)
    await room.press(HINT)
    assert "1-tides-q1 why 0" in text_of(await room.answer(room.course.lessons[0].quiz[0]))


async def test_a_hint_is_asked_for_the_question_with_nothing_chosen(room: Classroom) -> None:
    await stuck(room)
    await room.press(HINT)
    [request] = room.tutor.requests
    assert (request.role, request.mistake) == (Role.HINT, None)
    assert request.quiz == room.course.lessons[0].quiz[0]


async def test_the_question_stays_open_while_the_hint_is_written(room: Classroom) -> None:
    await stuck(room)
    room.tutor.hold = asyncio.Event()
    working = asyncio.ensure_future(room.press(HINT))
    await room.tutor.asked.wait()
    assert "still working" in text_of(await room.press(HINT))
    assert "1-tides-q1 why 0" in text_of(await room.answer(room.course.lessons[0].quiz[0]))
    room.tutor.hold.set()
    replies = await working
    assert [reply for reply in replies if not isinstance(reply, Partial)] == []
    assert "1-tides-q2" in text_of(await room.press("Next question"))


async def test_a_hint_that_fails_leaves_the_question_with_a_button_to_try_again(
    room: Classroom,
) -> None:
    await stuck(room)
    room.tutor.script = [TimeoutError("slow"), good_answer()]
    said = text_of(await room.press(HINT))
    assert "could not answer just now" in said
    assert "1-tides-q1 option 0" in said
    assert "The moon pulls the sea." in text_of(await room.press("Try again"))


async def test_a_hint_that_was_stopped_can_be_asked_for_again(room: Classroom) -> None:
    await stuck(room)
    room.tutor.hold = asyncio.Event()
    action = room.button(HINT).action
    stream = room.engine.handle(Pressed(ADA, DESK, "stop", room.now, action))
    assert isinstance(await anext(stream), Partial)
    await stream.aclose()
    room.tutor.hold = None
    assert "was stopped" in text_of(await room.command("quiz", lesson="1"))
    assert "The moon pulls the sea." in text_of(await room.press("Try again"))


async def test_a_hint_lost_with_a_crash_can_be_asked_for_again_after_a_while(
    room: Classroom,
) -> None:
    await stuck(room)
    room.tutor.hold = asyncio.Event()
    working = asyncio.ensure_future(room.press(HINT))
    await room.tutor.asked.wait()
    room.later(minutes=3)
    room.tutor.hold.set()
    room.tutor.script = [good_answer("The newer hint [1].")]
    await working
    await room.restart()
    assert "The newer hint." in text_of(await room.command("quiz", lesson="1"))


async def test_a_hint_stays_on_the_card_through_a_restart(room: Classroom) -> None:
    await stuck(room)
    await room.press(HINT)
    await room.restart()
    said = text_of(await room.command("quiz", lesson="1"))
    assert "The moon pulls the sea." in said
    assert len(room.tutor.requests) == 1


async def test_the_next_question_begins_without_the_hint_of_the_last(room: Classroom) -> None:
    await stuck(room)
    await room.press(HINT)
    await room.answer(room.course.lessons[0].quiz[0])
    said = text_of(await room.press("Next question"))
    assert "The moon pulls" not in said
    assert HINT not in labels(room)


async def test_a_hint_that_the_tutor_declines_is_said_once_and_not_kept(room: Classroom) -> None:
    await stuck(room)
    room.tutor.script = [no_answer(), good_answer()]
    assert "does not cover this" in text_of(await room.press(HINT))
    said = text_of(await room.command("quiz", lesson="1"))
    assert "does not cover this" not in said
    assert "The moon pulls the sea." in text_of(await room.press(HINT))


async def test_a_wrong_answer_can_be_explained_by_the_tutor(room: Classroom) -> None:
    await wrong(room)
    replies = await room.press(EXPLAIN)
    [card] = [reply for reply in replies if isinstance(reply, Card)]
    assert card.tone is Tone.INFO
    assert "The moon pulls the sea [1]." in card.body
    # The section that teaches the question is cited already: one way there is enough.
    assert [source.label for source in card.sources] == ["Lesson about tides › The moon"]
    assert labels(room) == ["Next question"]
    [request] = room.tutor.requests
    assert request.role is Role.MISTAKE
    assert request.mistake is not None
    assert (request.mistake.question, request.mistake.chosen) == (room.course.lessons[0].quiz[0], 1)
    assert "1-tides-q2" in text_of(await room.press("Next question"))


async def test_a_right_answer_has_no_mistake_to_explain(room: Classroom) -> None:
    await room.command("quiz", lesson="1")
    await room.answer(room.course.lessons[0].quiz[0])
    assert EXPLAIN not in labels(room)


async def test_an_explained_mistake_is_not_asked_for_twice(room: Classroom) -> None:
    await wrong(room)
    action = room.button(EXPLAIN).action
    await room.press(EXPLAIN)
    said = text_of(await room.press_action(action))
    assert "The moon pulls the sea [1]." in said
    assert len(room.tutor.requests) == 1


async def test_an_explanation_that_fails_offers_to_try_again(room: Classroom) -> None:
    await wrong(room)
    room.tutor.script = [RuntimeError("gone"), good_answer()]
    assert "could not answer just now" in text_of(await room.press(EXPLAIN))
    assert "The moon pulls the sea [1]." in text_of(await room.press("Try again"))


async def test_another_learner_can_ask_for_neither(room: Classroom) -> None:
    await stuck(room)
    said = text_of(await room.press_action(room.button(HINT).action, BOB))
    assert "belongs to another learner" in said
    assert room.tutor.requests == []


async def test_what_the_tutor_said_in_a_quiz_is_the_learners_to_take_and_to_delete(
    room: Classroom,
) -> None:
    await stuck(room)
    await room.press(HINT)
    kept = await room.rows(lambda unit: unit.export(1)["exchange"])  # type: ignore[attr-defined]
    assert [row["answer"] for row in kept] == ["The moon pulls the sea [1]."]  # type: ignore[attr-defined]


async def test_the_module_test_has_neither_button(room: Classroom) -> None:
    await room.command("test")
    assert not {"Hint", HINT} & set(labels(room))
    await room.answer(room.course.test[0], rightly=False)
    assert EXPLAIN not in labels(room)


async def test_what_is_asked_while_a_quiz_question_is_open_tells_the_tutor_of_it(
    room: Classroom,
) -> None:
    first, second = room.course.lessons[0].quiz
    await room.command("quiz", lesson="1")
    await room.type("why two tides?")
    await room.command("quiz", lesson="1")
    await room.answer(first)
    await room.type("and the sun?")
    await room.command("quiz", lesson="1")
    await room.press("Next question")
    await room.type("and both?")
    room.later(hours=3)
    await room.type("and later?")
    assert [request.quiz for request in room.tutor.requests] == [first, None, second, None]
