"""Where Discord refuses the best form of a message, the next best is sent."""

from __future__ import annotations

from bot.actions import Action
from bot.replies import Button, Card, Picture
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore

ORIGINAL = "/webhooks/*/*/messages/@original"
FIGURE = Picture("f", "A figure", png=b"\x89PNG")
CARD = Card("Title", "Text", buttons=(Button("Go", Action("quiz", "go")),), pictures=(FIGURE,))


async def test_an_embed_stands_in_for_a_refused_layout(world: World, core: ScriptedCore) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next"))
    world.env.inject_error("PATCH", ORIGINAL, status=400, code=50035)
    ada = world.member("Ada")
    (shown,) = await ada.command("learn")
    (embed,) = shown.message.embeds
    assert (embed.title, embed.description) == ("Title", "Text")
    assert shown.buttons == ("Go",)
    (below,) = await ada.press("Go")
    assert below.title == "Next"


async def test_plain_text_stands_in_for_a_refused_embed(world: World, core: ScriptedCore) -> None:
    core.on("learn", CARD)
    world.env.inject_error("PATCH", ORIGINAL, status=400, code=50035, times=2)
    (shown,) = await world.member("Ada").command("learn")
    assert shown.message.content == "**Title**\nText"
    assert shown.buttons == ("Go",)


async def test_a_card_that_cannot_be_changed_at_all_is_followed_by_a_new_one(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.direct("Ada")
    await ada.command("learn")
    world.env.inject_error("PATCH", ORIGINAL, status=400, code=50035, times=3)
    await ada.press("Go")
    assert [s.title for s in ada.screens] == ["Title", "Next"]
