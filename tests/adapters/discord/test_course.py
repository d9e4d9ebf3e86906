"""The whole course on Discord, with the real engine and store: first to last, and with faults."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from bot.events import Learner
from knowledge.models import Question
from tests.adapters.discord.harness import Person, World
from tests.adapters.discord.screens import Screen
from tests.classroom import Classroom, no_answer


async def answer(person: Person, item: Question, rightly: bool = True) -> list[Screen]:
    """Press the button of a right or a wrong option, found by the option's text in the card."""
    wanted = next(option.text for option in item.options if option.correct is rightly)
    return await person.press(wanted)


async def run(person: Person, items: Iterable[Question], rightly: bool = True) -> Screen:
    """Answer a run of questions to its result."""
    questions = list(items)
    for item in questions:
        await answer(person, item, rightly)
        last = item is questions[-1]
        await person.press("See the result" if last else "Next question")
    return person.screens[-1]


@pytest.mark.parametrize("place", ["server", "direct"])
async def test_a_learner_takes_the_whole_course(school: World, room: Classroom, place: str) -> None:
    ada = school.member("Ada") if place == "server" else school.direct("Ada")
    (home,) = await ada.command("learn")
    assert home.private is (place == "server")
    for lesson in room.course.lessons:
        await ada.command("lesson", lesson=str(lesson.number))
        for label in ("Start reading", "Next page", "Next page", "Finish the lesson"):
            await ada.press(label)
        await ada.press("Take the quiz")
        result = await run(ada, lesson.quiz)
        assert "2 of 2" in result.text
        await ada.command("lab", lesson=str(lesson.number))
        await ada.press("Ask the suggested start")
        for text in ("And why not three?", "What of the sun?"):
            await ada.press("Reply")
            await ada.submit(text)
        assert f"Lab {lesson.number} complete" in [s.title for s in ada.screens]
    await ada.command("test")
    result = await run(ada, room.course.test)
    assert result.title == "Module test passed"
    (progress,) = await ada.command("progress")
    assert "7 of 7 parts done" in progress.text
    assert all(s.private is (place == "server") for s in ada.screens)


async def test_a_lab_is_free_conversation_in_direct_messages(school: World) -> None:
    ada = school.direct("Ada")
    await ada.command("lab", lesson="1")
    for number, text in enumerate(("Why two?", "And the sun?", "So twice a day?"), start=1):
        shown = await ada.say(text)
        assert f"{number} of 3 exchanges" in shown[0].text
    assert ada.screens[-1].title == "Lab 1 complete"


async def test_an_answer_that_is_off_the_subject_does_not_count(
    school: World, room: Classroom
) -> None:
    room.tutor.script = [no_answer()]
    ada = school.direct("Ada")
    await ada.command("lab", lesson="1")
    (shown,) = await ada.say("What is the best pizza?")
    assert "0 of 3 exchanges" in shown.text


async def test_a_restart_between_any_two_steps_changes_nothing(
    school: World, room: Classroom
) -> None:
    ada = school.member("Ada")
    first, second = room.course.lessons[0].quiz
    await ada.command("quiz", lesson="1")
    await school.restart()
    await answer(ada, first)
    await school.restart()
    await ada.press("Next question")
    await school.restart()
    await answer(ada, second)
    await school.restart()
    (result,) = await ada.press("See the result")
    assert "2 of 2" in result.text


async def test_a_second_press_on_an_old_card_changes_nothing_and_shows_the_current_one(
    school: World, room: Classroom
) -> None:
    ada = school.member("Ada")
    first, _ = room.course.lessons[0].quiz
    (old,) = await ada.command("quiz", lesson="1")
    await ada.command("quiz", lesson="1")
    await answer(ada, first, rightly=False)
    repaired, told = await ada.press("A", on=old)
    assert "out of date" in told.text
    assert repaired.message.id == old.message.id
    assert repaired.buttons == ("Next question", "Explain my mistake", "Read that section")


async def test_two_presses_at_once_count_once(school: World, room: Classroom) -> None:
    ada = school.direct("Ada")
    (card,) = await ada.command("quiz", lesson="1")
    await ada.press_at_once(card, "A", "B")
    who = Learner("discord", "", str(ada.actor.id))
    kept = await room.rows(lambda unit: unit.export(unit.learner(who))["answer"])
    assert len(kept) == 1


async def test_another_learners_press_is_told_the_truth_in_private(school: World) -> None:
    ada, bob = school.member("Ada"), school.member("Bob")
    (card,) = await ada.command("quiz", lesson="1")
    school.show_to_all(card)
    (told,) = await bob.press("A", on=card)
    assert "belongs to another learner" in told.text
    assert told.private
    assert ada.screens[0].buttons == card.buttons


async def test_the_tutors_citation_opens_the_section_it_names(school: World) -> None:
    ada = school.direct("Ada")
    await ada.command("ask", question="Why two tides?")
    (shown,) = await ada.press("[1] Lesson about tides › The moon")
    assert shown.title == "The moon"


async def test_a_learner_can_take_everything_home_and_be_forgotten(school: World) -> None:
    ada = school.member("Ada")
    await ada.command("ask", question="Why two tides?")
    await ada.command("privacy")
    (export,) = await ada.press("Export my data")
    assert export.files == ("seminar-my-data.json",)
    await ada.press("Delete my data")
    shown = await ada.press("Delete my progress and conversations")
    assert "is deleted" in shown[-1].text
    (home,) = await ada.command("learn")
    assert "0 of 7 parts done" in home.text


async def test_a_slow_tutor_answers_in_the_place_of_its_draft(
    school: World, room: Classroom
) -> None:
    room.tutor.hold = asyncio.Event()
    ada = school.direct("Ada")
    asking = asyncio.ensure_future(ada.command("ask", question="Why two tides?"))
    room.tutor.hold.set()
    (shown,) = await asking
    assert shown.text.startswith("## Why two tides?\nThe moon pulls the sea [1].")
