"""Commands as people write them, and the cards they lead to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions import Action
from bot.bars import bar, percent
from bot.commands.words import parse
from bot.flows.base import menu
from bot.forms import form
from bot.gradebook import passes
from bot.replies import Card
from tests.classroom import Classroom, text_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/quiz 2", ("quiz", {"lesson": "2"})),
        ("quiz 2", ("quiz", {"lesson": "2"})),
        ("QUIZ", ("quiz", {})),
        ("/lesson 1 3", ("lesson", {"lesson": "1", "section": "3"})),
        ("/lesson the quadratic wall", ("lesson", {"lesson": "the quadratic wall"})),
        ("ask why is it quadratic?", ("ask", {"question": "why is it quadratic?"})),
        ("home", ("learn", {})),
        ("/help", ("help", {})),
        ("calc kv llama 2 70b at 32K", ("calc", {"text": "kv llama 2 70b at 32K"})),
    ],
)
def test_a_command_is_read_with_or_without_its_slash(
    written: str, meant: tuple[str, dict[str, str]]
) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "why?",
        "lesson one was hard, why?",
        "test the window of Mistral",
        "help me with GQA",
        "/dance",
    ],
)
def test_a_question_is_no_command(written: str) -> None:
    assert parse(written) is None


async def test_home_shows_one_obvious_next_step(room: Classroom) -> None:
    await room.command("learn")
    card = room.cards["ada"]
    assert [b.label for b in card.buttons if b.style == "primary"] == ["Read lesson 1"]
    await room.take_quiz([True, True])
    await room.command("learn")
    assert "quiz 2/2" in room.cards["ada"].body


@pytest.mark.parametrize(
    ("command", "label"),
    [("quiz", "Continue quiz 1"), ("test", "Continue the module test")],
)
async def test_home_leads_back_to_what_was_begun(room: Classroom, command: str, label: str) -> None:
    await room.command(command)
    begun = room.cards["ada"].title
    await room.restart()
    await room.command("learn")
    assert [b.label for b in room.cards["ada"].buttons if b.style == "primary"] == [label]
    await room.press(label)
    assert room.cards["ada"].title == begun


async def test_rereading_a_lesson_that_is_done_keeps_the_way_back_to_the_quiz(
    room: Classroom,
) -> None:
    await room.command("lesson", lesson="1")
    for label in ("Start reading", "Next page", "Next page", "Finish the lesson"):
        await room.press(label)
    await room.command("quiz", lesson="1")
    await room.answer(room.course.lessons[0].quiz[0], rightly=False)
    await room.press("Read that section")
    await room.command("learn")
    assert room.button("Continue quiz 1").style == "primary"


@pytest.mark.parametrize("kind", ["lesson", "quiz", "lab"])
async def test_home_leads_back_to_a_later_part_that_was_begun(room: Classroom, kind: str) -> None:
    await room.command(kind, lesson="2")
    begun = room.cards["ada"].title
    await room.command("learn")
    await room.press(f"Continue {kind} 2")
    assert room.cards["ada"].title == begun


async def test_the_next_step_moves_on_as_parts_are_done(room: Classroom) -> None:
    await room.command("lesson", lesson="1")
    for label in ("Start reading", "Next page", "Next page", "Finish the lesson"):
        await room.press(label)
    await room.command("learn")
    assert room.button("Take quiz 1")


async def test_quiz_without_a_number_is_the_next_one(room: Classroom) -> None:
    await room.take_quiz([True, True])
    assert "Quiz 2" in text_of(await room.command("quiz"))


async def test_every_menu_entry_of_home_leads_somewhere(room: Classroom) -> None:
    await room.command("learn")
    menu_ = room.cards["ada"].menu
    assert menu_ is not None
    for choice in menu_.choices:
        [card] = await room.press_action(choice.action)
        assert isinstance(card, Card)
        assert card.title


async def test_progress_names_every_part(room: Classroom) -> None:
    await room.take_quiz([True, False])
    said = text_of(await room.command("progress"))
    assert "best 1 of 2, latest 1 of 2, 1 attempt" in said
    assert "not taken yet, 80% passes" in said


async def test_help_names_every_command(room: Classroom) -> None:
    assert "/calc" in text_of(await room.command("help"))


def test_the_ask_button_opens_a_form_and_others_do_not() -> None:
    assert form(menu("ask")) is not None
    assert form(menu("learn")) is None
    assert form(Action("lab", "reply", "abc", 3)) is not None


@pytest.mark.parametrize(
    ("done", "out_of", "drawn"),
    [(0, 3, "░░░"), (1, 3, "█░░"), (3, 3, "███"), (1, 100, "█░░"), (99, 100, "██░"), (0, 0, "░░░")],
)
def test_a_bar_is_full_only_when_all_is_done(done: int, out_of: int, drawn: str) -> None:
    assert bar(done, out_of, width=3) == drawn


def test_percent_is_rounded_down() -> None:
    assert percent(2, 3) == "66%"


@pytest.mark.parametrize(("score", "passed"), [(11, False), (12, True), (15, True)])
def test_twelve_of_fifteen_pass_at_eighty_percent(score: int, passed: bool) -> None:
    assert passes(score, 15, 80) is passed


async def test_home_does_not_lead_back_to_what_the_course_has_lost(room: Classroom) -> None:
    await room.command("test")
    room.course = replace(room.course, test=())
    await room.restart()
    await room.command("learn")
    assert [b.label for b in room.cards["ada"].buttons if b.style == "primary"] == ["Read lesson 1"]


async def test_home_does_not_lead_back_to_what_was_left_for_something_else(room: Classroom) -> None:
    await room.command("quiz")
    room.later(minutes=1)
    await room.command("lesson")
    await room.press("Start reading")
    await room.command("learn")
    labels = [b.label for b in room.cards["ada"].buttons if b.style == "primary"]
    assert labels == ["Continue lesson 1"]
