"""The engine's promises: once, in order, kept before it is said."""

from __future__ import annotations

import asyncio

from bot.engine import Engine
from bot.events import Command, Learner, Place, Pressed, Typed
from bot.replies import Card, Document, Partial
from tests.classroom import ADA, BOB, DESK, Classroom, text_of


async def test_the_same_delivery_twice_gives_the_same_replies_and_counts_once(
    room: Classroom,
) -> None:
    await room.command("quiz", lesson="1")
    press = Pressed(ADA, DESK, "twice", room.now, room.button("A").action)
    assert await room.send(press) == await room.send(press)
    assert len((await room.rows(lambda unit: unit.export(1)))["answer"]) == 1  # type: ignore[index]


async def test_a_question_delivered_twice_is_asked_once(room: Classroom) -> None:
    typed = Typed(ADA, DESK, "twice", room.now, "why two tides?")
    first = [r for r in await room.send(typed) if isinstance(r, Card)]
    again = [r for r in await room.send(typed) if isinstance(r, Card)]
    assert first == again
    assert len(room.tutor.requests) == 1


async def test_two_presses_at_once_score_one_answer(room: Classroom) -> None:
    await room.command("quiz", lesson="1")
    presses = [room.press_action(room.button(label).action) for label in "ABCD"]
    await asyncio.gather(*presses)
    assert len((await room.rows(lambda unit: unit.export(1)))["answer"]) == 1  # type: ignore[index]


async def test_an_answer_streams_before_it_stands(room: Classroom) -> None:
    replies = await room.type("why two tides?")
    assert [type(reply) for reply in replies] == [Partial, Card]


async def test_the_tutor_remembers_the_conversation_of_a_place(room: Classroom) -> None:
    await room.type("why two tides?")
    await room.type("and the sun?")
    assert [e.question for e in room.tutor.requests[1].history] == ["why two tides?"]


async def test_learners_do_not_share_a_conversation(room: Classroom) -> None:
    await room.type("why two tides?", ADA)
    await room.type("and the sun?", BOB)
    assert room.tutor.requests[1].history == ()


async def test_one_person_in_two_workspaces_is_two_learners(room: Classroom) -> None:
    await room.take_quiz([True, True])
    elsewhere = Learner("test", "other school", "ada")
    assert "0 of 7 parts done" in text_of(await room.command("learn", elsewhere))


async def test_an_empty_or_enormous_message_is_refused_in_one_sentence(room: Classroom) -> None:
    assert "Your message is empty" in text_of(await room.type("   "))
    assert "at most 4000" in text_of(await room.type("x" * 100_000))
    assert room.tutor.requests == []


async def test_a_fault_shows_a_code_and_never_a_traceback(room: Classroom) -> None:
    await room.engine.close()
    said = text_of(await room.command("learn"))
    assert "nothing of yours was lost" in said
    assert "Traceback" not in said


async def test_a_command_nobody_knows_gets_a_sentence(room: Classroom) -> None:
    assert "send /help" in text_of(await room.command("dance"))


async def test_links_open_a_card_of_their_own_and_menus_replace(room: Classroom) -> None:
    await room.command("quiz", lesson="1")
    await room.answer(room.course.lessons[0].quiz[0])
    [section] = await room.press("Read that section")
    assert isinstance(section, Card)
    assert not section.replaces
    await room.command("learn")
    [card] = await room.press("Progress")
    assert isinstance(card, Card)
    assert card.replaces


async def test_everything_about_a_learner_can_be_taken_away_and_deleted(room: Classroom) -> None:
    await room.take_quiz([True, False])
    await room.type("why two tides?")
    await room.command("privacy")
    [document] = await room.press("Export my data")
    assert isinstance(document, Document)
    assert "why two tides?" in document.text
    await room.command("privacy")
    await room.press("Delete my data")
    assert "deleted" in text_of(await room.press("Delete my progress and conversations"))
    assert not any((await room.rows(lambda unit: unit.export(1))).values())  # type: ignore[attr-defined]
    assert "0 of 7 parts done" in text_of(await room.command("learn"))


async def test_places_keep_their_own_conversations(room: Classroom) -> None:
    await room.type("why two tides?")
    await room.send(Typed(ADA, Place("elsewhere"), room.new_id(), room.now, "and the sun?"))
    assert room.tutor.requests[1].history == ()


async def test_the_operator_s_own_list_makes_a_moderator(room: Classroom) -> None:
    listed = Engine(
        room.course,
        room.engine._store,
        room.tutor,
        lambda: room.now,
        moderators=frozenset({"test:bob"}),
    )
    ways = {
        who.user: [r async for r in listed.handle(Command(who, DESK, who.user, room.now, "admin"))]
        for who in (ADA, BOB)
    }
    assert not isinstance(ways["ada"][0], Card)
    assert isinstance(ways["bob"][-1], Card)
