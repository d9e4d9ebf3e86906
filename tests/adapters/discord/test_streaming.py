"""An answer appears while it is written, and slow work never keeps anybody waiting in the dark."""

from __future__ import annotations

import aiohttp
import pytest

from adapters.discord.draft import EDIT_EVERY, THINK_AFTER, Draft
from adapters.discord.render.page import Page
from bot.actions import Action
from bot.replies import Button, Card, Partial
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore, wait

SLOW = 20.0

pytestmark = pytest.mark.simcord(settle_timeout=1.0)
"""The simulator waits less than any pause of ours, so that it skips them all."""
GO = Card("Start", buttons=(Button("Go", Action("lab", "go")),))


def edits(world: World) -> int:
    """How many times the bot has changed a message so far."""
    return sum(request.method == "PATCH" for request in world.sent())


async def test_the_first_words_show_at_once_and_the_final_card_takes_their_place(
    world: World, core: ScriptedCore
) -> None:
    core.on("ask", Partial("The moon"), wait(SLOW), Card("Why?", "The moon pulls the sea."))
    ada = world.member("Ada")
    (draft,) = await ada.command("ask", question="why?")
    assert draft.text == "The moon\n-# Writing…"
    await world.env.advance_time(SLOW)
    (shown,) = ada.screens
    assert shown.text == "## Why?\nThe moon pulls the sea."
    assert shown.message.id == draft.message.id


async def test_edits_are_spaced_out_and_the_newest_words_win(
    world: World, core: ScriptedCore
) -> None:
    burst = [Partial(f"word {n}") for n in range(50)]
    core.on("ask", *burst, wait(SLOW), Partial("more"), wait(SLOW), Card("Done"))
    ada = world.member("Ada")
    await ada.command("ask", question="why?")
    assert edits(world) == 1
    await world.env.advance_time(EDIT_EVERY)
    assert ada.screens[-1].text.startswith("word 49")
    assert edits(world) == 2
    await world.env.advance_time(EDIT_EVERY)
    assert edits(world) == 2
    await world.env.advance_time(SLOW)
    assert ada.screens[-1].text.startswith("more")
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Done"]


async def test_the_answer_to_a_press_is_written_below_the_card(
    world: World, core: ScriptedCore
) -> None:
    core.on("lab", GO)
    core.on("go", Partial("The"), wait(SLOW), Card("Answer"))
    ada = world.member("Ada")
    await ada.command("lab")
    await ada.press("Go")
    assert [s.title or s.text for s in ada.screens] == ["Start", "The\n-# Writing…"]
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Start", "Answer"]
    assert all(s.private for s in ada.screens)


async def test_after_a_silent_press_the_learner_is_told_that_work_goes_on(
    world: World, core: ScriptedCore
) -> None:
    core.on("lab", GO)
    core.on("go", wait(SLOW), Card("Answer"))
    ada = world.member("Ada")
    await ada.command("lab")
    assert await ada.press("Go") == []
    await world.env.advance_time(THINK_AFTER)
    assert [s.text for s in ada.screens][1:] == ["-# Thinking…"]
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Start", "Answer"]


async def test_the_sign_of_work_goes_when_the_pressed_card_itself_is_replaced(
    world: World, core: ScriptedCore
) -> None:
    core.on("lab", GO)
    core.on("go", wait(SLOW), Card("Next page", replaces=True))
    ada = world.direct("Ada")
    await ada.command("lab")
    await ada.press("Go")
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Next page"]


async def test_a_tutor_of_twenty_seconds_misses_no_deadline(
    world: World, core: ScriptedCore
) -> None:
    core.on("ask", wait(SLOW), Card("Answer"))
    ada = world.member("Ada")
    await ada.command("ask", question="why?")
    (acknowledged,) = [r for r in world.sent() if r.path.endswith("/callback")]
    assert acknowledged.json["type"] == 5
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Answer"]


async def test_a_press_is_acknowledged_before_the_core_is_asked(
    world: World, core: ScriptedCore
) -> None:
    core.on("lab", GO)
    core.on("go", wait(SLOW), Card("Answer"))
    ada = world.member("Ada")
    await ada.command("lab")
    await ada.press("Go")
    assert [r.json["type"] for r in world.sent() if r.path.endswith("/callback")] == [5, 6]
    await world.env.advance_time(SLOW)


async def test_other_learners_are_served_while_one_waits(world: World, core: ScriptedCore) -> None:
    core.on("ask", wait(SLOW), Card("Answer"))
    core.on("learn", Card("Home"))
    ada, bob = world.member("Ada"), world.member("Bob")
    await ada.command("ask", question="why?")
    (shown,) = await bob.command("learn")
    assert shown.title == "Home"
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Answer"]


async def test_nobody_is_left_waiting_for_an_answer_that_does_not_come(
    world: World, core: ScriptedCore
) -> None:
    core.on("lab", GO)
    core.on("go", wait(SLOW))
    ada = world.member("Ada")
    assert await ada.command("progress") == []
    await ada.command("lab")
    await ada.press("Go")
    await world.env.advance_time(SLOW)
    assert [s.title for s in ada.screens] == ["Start"]


async def test_a_lost_edit_of_a_draft_does_not_lose_the_answer(
    world: World, core: ScriptedCore
) -> None:
    core.on("ask", Partial("The"), wait(SLOW), Partial("The moon"), wait(SLOW), Card("Answer"))
    world.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=400, code=50035)
    ada = world.member("Ada")
    await ada.command("ask", question="why?")
    await world.env.advance_time(2 * SLOW)
    assert [s.title for s in ada.screens] == ["Answer"]


@pytest.mark.parametrize("lost", [aiohttp.ServerDisconnectedError(), TimeoutError(), OSError(104)])
async def test_a_network_that_fails_costs_one_edit_and_no_more(lost: Exception) -> None:
    async def show(page: Page) -> None:
        raise lost

    draft = Draft(show)
    draft.write("The")
    await draft.finish()
