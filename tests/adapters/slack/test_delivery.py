"""Whatever Slack delivers twice is answered once; nothing it delivers is lost."""

from __future__ import annotations

import asyncio

from bot.events import Typed
from bot.replies import Say
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace
from tests.classroom import Classroom


async def test_a_message_delivered_again_gets_no_second_answer(space: Workspace) -> None:
    await space.dm("UADA", "why two tides?")
    await space.redeliver()
    assert len(space.screen("UADA")) == 1


async def test_a_retry_of_what_never_arrived_is_answered(scripted: Workspace) -> None:
    scripted.core.scripts = [[Say("Here.")]]  # type: ignore[attr-defined]
    event = scripted.message_of("UADA", "why?", "DUADA", "")
    await scripted.event({**event, "type": "message", "channel_type": "im"})
    scripted.slack.calls.clear()
    await scripted.quiet()
    await scripted.redeliver(retry=2)
    assert [seen.text for seen in scripted.screen("UADA")] == ["Here."]


async def test_a_press_delivered_again_after_a_restart_changes_nothing(
    space: Workspace, classroom: Classroom
) -> None:
    await space.command("UADA", "/quiz 1")
    await space.press("UADA", "A")
    before = space.screen("UADA")
    await classroom.restart()
    await space.restart(classroom.engine)
    await space.redeliver()
    assert space.screen("UADA") == before


async def test_the_same_press_twice_at_once_counts_once(space: Workspace) -> None:
    await space.command("UADA", "/quiz 1")
    payload = space.press_payload("UADA", "A")
    await asyncio.gather(space.act("interactive", payload), space.act("interactive", payload))
    await space.quiet()
    [card] = space.screen("UADA")
    assert "Next question" in card.buttons


async def test_two_different_presses_at_once_score_one_answer(
    space: Workspace, classroom: Classroom
) -> None:
    await space.command("UADA", "/quiz 1")
    payloads = [space.press_payload("UADA", label) for label in "ABCD"]
    await asyncio.gather(*(space.act("interactive", payload) for payload in payloads))
    await space.quiet()
    exported = await classroom.rows(lambda unit: unit.export(1))  # type: ignore[attr-defined]
    assert len(exported["answer"]) == 1  # type: ignore[index]


async def test_a_mention_arrives_as_two_events_and_counts_once(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.listening = True
    core.scripts = [[Say("Once.", private=False)]]
    await scripted.mention("UADA", "why two tides?")
    assert [type(event) for event in core.events] == [Typed]


async def test_the_same_message_under_two_event_ids_is_answered_once(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Say("Once.")]]
    event = scripted.message_of("UADA", "why?", "DUADA", "")
    for _ in range(2):
        await scripted.event({**event, "type": "message", "channel_type": "im"})
        await scripted.quiet()
    assert len(core.events) == 1


async def test_slow_down_is_honoured_and_nothing_is_lost(scripted: Workspace) -> None:
    scripted.core.scripts = [[Say("Here.")]]  # type: ignore[attr-defined]
    scripted.slack.limited["chat.postMessage"] = [0, 0]
    await scripted.dm("UADA", "why?")
    assert [seen.text for seen in scripted.screen("UADA")] == ["Here."]


async def test_an_act_is_acknowledged_while_its_answer_is_still_being_thought_of(
    scripted: Workspace, core: ScriptedCore
) -> None:
    thought = asyncio.Event()
    core.scripts = [[thought, Say("At last.")]]
    event = scripted.message_of("UADA", "why?", "DUADA", "")
    await scripted.event({**event, "type": "message", "channel_type": "im"})
    assert scripted.screen("UADA") == []
    thought.set()
    await scripted.quiet()
    assert [seen.text for seen in scripted.screen("UADA")] == ["At last."]


async def test_a_socket_that_breaks_is_made_again(scripted: Workspace) -> None:
    scripted.core.scripts = [[Say("Back.")]]  # type: ignore[attr-defined]
    await scripted.slack.disconnect()
    await scripted.dm("UADA", "are you there?")
    assert [seen.text for seen in scripted.screen("UADA")] == ["Back."]


async def test_what_was_begun_is_finished_before_the_end(
    scripted: Workspace, core: ScriptedCore
) -> None:
    thought = asyncio.Event()
    core.scripts = [[thought, Say("Finished.")]]
    event = scripted.message_of("UADA", "why?", "DUADA", "")
    await scripted.event({**event, "type": "message", "channel_type": "im"})
    ending = asyncio.create_task(scripted.app.desk.work.drain(5))
    await asyncio.sleep(0)
    thought.set()
    await ending
    assert [seen.text for seen in scripted.screen("UADA")] == ["Finished."]


async def test_a_fault_is_told_with_its_number_and_logged(
    scripted: Workspace, core: ScriptedCore, caplog: object
) -> None:
    core.scripts = [[RuntimeError("secret detail")]]
    await scripted.command("UADA", "/learn", CHANNEL)
    [told] = scripted.screen("UADA")
    assert told.private
    assert "Something went wrong" in told.text
    assert "secret detail" not in told.text
