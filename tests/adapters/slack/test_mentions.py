"""A mention in a channel: what everybody may read, what its writer alone, where a lab goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.slack import words
from bot.actions import Action
from bot.flows.base import link
from bot.replies import Button, Card, Reply, Say, Source, Tone
from bot.tutor.types import Answer
from tests.adapters.slack.eyes import Seen
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace
from tests.classroom import Classroom

ASK_ON = Button("Ask another", Action("ask", "reply", "S1", 1), opens_form=True)
SECTION = Source(1, "Lesson 1 › The moon", Action("link", "lesson/1/1"))
ANSWER = Card("why?", "The moon.", sources=(SECTION,), buttons=(ASK_ON,), tone=Tone.INFO)


async def test_a_question_at_the_top_of_a_channel_is_answered_for_all_in_its_thread(
    space: Workspace,
) -> None:
    ts = await space.mention("UADA", "why two tides?")
    [answer] = space.screen("UBOB")
    assert "The moon pulls the sea" in answer.text
    assert (answer.private, answer.thread, answer.where) == (False, ts, CHANNEL)
    assert space.screen("UADA") == [answer]


async def test_a_question_in_a_thread_is_answered_for_all_in_it(space: Workspace) -> None:
    root = await space.write("UBOB", "Has anybody read lesson 1?")
    await space.mention("UADA", "ask why two tides?", thread=root)
    [answer] = space.screen("UBOB")
    assert (answer.private, answer.thread) == (False, root)


async def test_whoever_presses_under_anothers_answer_asks_for_themselves(
    space: Workspace, classroom: Classroom
) -> None:
    ts = await space.mention("UADA", "why two tides?")
    await space.press("UBOB", "Ask another")
    await space.submit("UBOB", "why the moon?")
    assert classroom.tutor.requests[-1].question == "why the moon?"
    own = space.screen("UBOB")[-1]
    assert (own.title, own.private, own.thread) == ("why the moon?", True, ts)
    assert len(space.screen("UADA")) == 1


async def test_what_is_opened_from_an_answer_for_all_is_ones_own(space: Workspace) -> None:
    await space.mention("UADA", "why two tides?")
    await space.press("UBOB", "Home")
    assert [seen.private for seen in space.screen("UBOB")] == [False, True]
    assert len(space.screen("UADA")) == 1


async def test_that_the_course_does_not_cover_it_is_for_all_with_the_nearest_section(
    scripted: Workspace, core: ScriptedCore
) -> None:
    near = Button("Read: The moon", link("lesson", 1, 1))
    core.scripts = [[replace(ANSWER, sources=(), buttons=(ASK_ON, near), tone=Tone.NEUTRAL)]]
    await scripted.mention("UADA", "why three tides?")
    assert [seen.private for seen in scripted.screen("UBOB")] == [False]


@pytest.mark.parametrize(
    "reply",
    [
        replace(ANSWER, sources=(), tone=Tone.NEUTRAL),
        replace(ANSWER, sources=(), tone=Tone.WARN),
        replace(ANSWER, buttons=(Button("Reply", Action("lab", "reply", "S1", 1)),)),
        Card("Quiz 1", buttons=(Button("A", Action("quiz", "0", "S1", 1)),), tone=Tone.INFO),
        Say("Write a question in words.", Tone.WARN),
    ],
    ids=["a refusal, as during a test", "a failure", "a lab", "a quiz", "a complaint"],
)
async def test_what_is_no_answer_of_the_course_is_for_the_asker_alone(
    scripted: Workspace, core: ScriptedCore, reply: Reply
) -> None:
    core.scripts = [[reply]]
    await scripted.mention("UADA", "why two tides?")
    assert [seen.private for seen in scripted.screen("UADA")] == [True]
    assert scripted.screen("UBOB") == []


@pytest.mark.parametrize("command", ["progress", "quiz 1", "lesson 1", "learn", "test"])
async def test_what_is_asked_for_by_command_is_for_the_asker_alone(
    space: Workspace, command: str
) -> None:
    await space.mention("UADA", command)
    assert [seen.private for seen in space.screen("UADA")] == [True]
    assert space.screen("UBOB") == []


async def test_what_the_tutor_turns_down_is_told_in_private(
    space: Workspace, classroom: Classroom
) -> None:
    classroom.tutor.script = [Answer("Your test asks this.", covered=False, on_subject=False)]
    await space.mention("UADA", "why two tides?")
    assert [seen.private for seen in space.screen("UADA")] == [True]
    assert space.screen("UBOB") == []


async def test_a_lab_asked_for_in_a_channel_goes_on_in_the_thread_and_says_so(
    space: Workspace,
) -> None:
    ts = await space.mention("UADA", "lab 1")
    card, told = space.screen("UADA")
    assert (card.private, told.private, told.text) == (True, True, words.LAB_IN_THREAD)
    await space.write("UADA", "why two tides?", thread=ts)
    answer = space.screen("UADA")[-1]
    assert (answer.private, answer.thread) == (True, ts)
    assert "1 of 3" in answer.text
    assert space.screen("UBOB") == []


async def test_a_lab_asked_for_within_a_thread_needs_no_pointer(space: Workspace) -> None:
    root = await space.write("UBOB", "Shall we?")
    await space.write("UBOB", "Lab 1?", thread=root)
    await space.mention("UADA", "lab 1", thread=root)
    assert [seen.thread for seen in space.screen("UADA")] == [root]


async def test_whoever_asks_in_a_channel_is_told_that_their_lab_goes_on_in_the_chat(
    space: Workspace,
) -> None:
    await space.dm("UADA", "lab 1")
    ts = await space.mention("UADA", "why two tides?")
    answer, told = space.screen("UADA", CHANNEL)
    assert (answer.private, told.private, told.thread) == (False, True, ts)
    assert told.text == words.LAB_IN_CHAT
    assert space.screen("UBOB") == [answer]


async def test_of_a_lab_elsewhere_nobody_is_told_again_and_again(space: Workspace) -> None:
    await space.dm("UADA", "lab 1")
    for _ in range(2):
        await space.mention("UADA", "why two tides?")
    assert len(pointers(space)) == 1
    space.later(2 * 86_400)
    await space.mention("UADA", "why two tides?")
    assert len(pointers(space)) == 2


async def test_a_mention_in_the_labs_own_thread_is_an_exchange(space: Workspace) -> None:
    ts = await space.mention("UADA", "lab 1")
    await space.write("UADA", "I am at it.", thread=ts)
    await space.mention("UADA", "why two tides?", thread=ts)
    assert "2 of 3" in space.screen("UADA")[-1].text
    assert space.screen("UBOB") == []


async def test_a_mention_delivered_again_says_nothing_again(space: Workspace) -> None:
    await space.mention("UADA", "lab 1")
    before = space.screen("UADA")
    await space.redeliver()
    assert space.screen("UADA") == before


def pointers(space: Workspace) -> list[Seen]:
    """What ada was told of her lab."""
    return [seen for seen in space.screen("UADA", CHANNEL) if seen.text == words.LAB_IN_CHAT]
