"""Where something happened, whose rules hold there, and who runs the class."""

from __future__ import annotations

from bot.actions import Action
from bot.replies import Button, Card
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore

CARD = Card("Start", buttons=(Button("Go", Action("quiz", "go")),))


async def test_a_place_names_its_server(world: World, core: ScriptedCore) -> None:
    await world.member("Ada").command("learn")
    await world.direct("Bob").command("learn")
    first, second = core.events
    assert first.where.workspace == str(world.guild.id)
    assert second.where.workspace == ""


async def test_a_threads_place_is_part_of_its_channel(world: World, core: ScriptedCore) -> None:
    core.on("hello", Card("Hello"))
    ada = world.thread("Ada")
    await ada.say(f"<@{world.bot_id}> hello")
    await ada.command("learn")
    for event in core.events:
        assert event.where.id == f"{world.channel.id}:{ada.channel.id}"


async def test_who_manages_the_server_runs_the_class_in_it(
    world: World, core: ScriptedCore
) -> None:
    ada, eve = world.member("Ada"), world.moderator("Eve")
    await ada.command("learn")
    await eve.command("learn")
    await eve.say(f"<@{world.bot_id}> hello")
    await eve.press("Show my answer")
    assert [event.who.moderator for event in core.events] == [False, True, True]


async def test_nobody_runs_a_class_in_direct_messages(world: World, core: ScriptedCore) -> None:
    await world.moderator("Eve").in_direct().command("learn")
    assert not core.events[-1].who.moderator


async def test_a_card_in_ones_own_thread_is_changed_in_place(
    world: World, core: ScriptedCore
) -> None:
    core.on("hello", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.thread("Ada")
    await ada.say(f"<@{world.bot_id}> hello")
    (shown,) = await ada.press("Go")
    assert (shown.title, shown.private) == ("Next", False)


async def test_after_somebody_joined_the_thread_a_press_is_answered_in_private(
    world: World, core: ScriptedCore
) -> None:
    core.on("hello", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.thread("Ada")
    await ada.say(f"<@{world.bot_id}> hello")
    world.join(ada.channel, world.member("Bob"))
    (shown,) = await ada.press("Go")
    assert (shown.title, shown.private) == ("Next", True)
