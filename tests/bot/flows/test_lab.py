"""A lab, as a learner holds it."""

from __future__ import annotations

import asyncio

from bot.gradebook import Kind
from bot.replies import Card
from tests.classroom import Classroom, good_answer, no_answer, text_of


async def test_three_exchanges_complete_a_lab_and_the_talk_goes_on(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    await room.press("Ask the suggested start")
    assert "1 of 3" in room.cards["ada"].footer
    assert "2 of 3" in text_of(await room.type("and the sun?"))
    assert "Lab 1 complete" in text_of(await room.type("and both?"))
    assert "lab complete" in text_of(await room.type("and at night?"))


async def test_a_message_the_tutor_declines_does_not_count(room: Classroom) -> None:
    room.tutor.script = [no_answer(), good_answer()]
    await room.command("lab", lesson="1")
    assert "0 of 3" in text_of(await room.type("who won the cup?"))
    assert "1 of 3" in text_of(await room.type("why two tides?"))


async def test_an_answer_that_failed_does_not_count_and_can_be_asked_again(
    room: Classroom,
) -> None:
    room.tutor.script = [RuntimeError("the model is down"), good_answer()]
    await room.command("lab", lesson="1")
    said = text_of(await room.type("why two tides?"))
    assert "does not count against you" in said
    assert "the model is down" not in said
    assert "1 of 3" in text_of(await room.press("Try again"))


async def test_what_is_typed_goes_to_the_lab_until_it_is_left(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    await room.type("why two tides?")
    await room.press("Leave the lab")
    await room.type("why two tides?")
    assert [request.role for request in room.tutor.requests] == ["lab", "ask"]


async def test_the_reply_button_of_an_old_card_still_takes_words(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    await room.type("why two tides?")
    old = room.button("Reply").action
    await room.type("and the sun?")
    assert room.engine.form(old) is not None
    assert "3 of 3" in text_of(await room.submit(old, text="and both?"))


async def test_a_stopped_answer_leaves_the_lab_usable(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    room.tutor.hold = asyncio.Event()
    stopped = asyncio.create_task(room.type("why two tides?"))
    await room.tutor.asked.wait()
    stopped.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    room.tutor.hold = None
    await room.command("lab", lesson="1")
    assert "1 of 3" in text_of(await room.press("Try again"))


async def test_a_crash_while_answering_offers_to_try_again(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    room.tutor.hold = asyncio.Event()
    crashed = asyncio.create_task(room.type("why two tides?"))
    await room.tutor.asked.wait()
    room.later(minutes=3)
    room.tutor.hold = None
    [card, home] = await room.open()
    assert isinstance(card, Card)
    assert "why two tides?" in card.body
    assert isinstance(home, Card)
    assert "1 of 3" in text_of(await room.press_action(card.buttons[0].action))
    crashed.cancel()
    await asyncio.gather(crashed, return_exceptions=True)


async def test_exchanges_are_kept_over_sessions(room: Classroom) -> None:
    await room.command("lab", lesson="1")
    await room.type("why two tides?")
    await room.restart()
    assert "1 of 3" in text_of(await room.command("lab", lesson="1"))
    mark = (await room.rows(lambda unit: unit.progress(1))).mark(Kind.LAB, "1-tides")  # type: ignore[attr-defined]
    assert (mark.latest, mark.out_of, mark.done_at) == (1, 3, None)
