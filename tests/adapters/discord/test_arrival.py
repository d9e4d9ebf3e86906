"""An interaction is acknowledged once its act is recorded, and before Discord forgets it."""

from __future__ import annotations

import pytest

from adapters.discord.arrival import DEFER_AFTER
from bot.actions import Action
from bot.replies import Button, Card, Say
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore, wait

CARD = Card("Start", buttons=(Button("Go", Action("quiz", "go", "session", 3)),))


def acknowledged(world: World) -> int:
    """How many interactions were acknowledged so far."""
    return sum(request.path.endswith("/callback") for request in world.sent())


async def test_a_press_is_recorded_before_it_is_acknowledged(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.member("Ada")
    await ada.command("learn")
    before: list[int] = []

    async def recording() -> None:
        before.append(acknowledged(world))

    core.away = recording
    await ada.press("Go")
    assert before == [1]
    assert acknowledged(world) == 2
    assert [s.title for s in ada.screens] == ["Next"]


@pytest.mark.simcord(settle_timeout=1.0)
async def test_records_that_are_away_do_not_cost_the_answer(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.away = wait(10)
    ada = world.member("Ada")
    await ada.command("learn")
    assert acknowledged(world) == 0
    await world.env.advance_time(DEFER_AFTER)
    assert acknowledged(world) == 1
    await world.env.advance_time(10)
    assert [s.title for s in ada.screens] == ["Start"]


async def test_a_fault_before_anything_is_recorded_is_told(
    world: World, core: ScriptedCore
) -> None:
    async def broken() -> None:
        raise RuntimeError("no records")

    core.away = broken
    (told,) = await world.member("Ada").command("learn")
    assert "Something went wrong" in told.text


async def test_one_reply_is_enough_to_acknowledge(world: World, core: ScriptedCore) -> None:
    core.on("learn", Say("Try again."))
    (told,) = await world.member("Ada").command("learn")
    assert told.text == "Try again."
