"""A fault anywhere on the way is told by the id under which it is in the log, and by no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.discord.render.limits import MAX_CHOICE
from bot.actions import Action
from bot.replies import Button, Card, Form, Say, TextField
from tests.adapters.discord.harness import World
from tests.adapters.discord.screens import Screen
from tests.adapters.discord.scripted import ScriptedCore
from tests.logged import Logged, logged, told_ids

FAULT = ZeroDivisionError("a secret of the program")
REPLY = Action("lab", "say")
LAB = Card("Lab", buttons=(Button("Reply", REPLY, opens_form=True),))
FORM = Form("Reply", REPLY, (TextField("text", "Your message", long=True),))


@pytest.fixture
def log(world: World) -> Iterator[Logged]:
    with logged() as found:
        yield found


def assert_told(shown: list[Screen], log: Logged) -> None:
    told = "\n".join(screen.text for screen in shown)
    assert log.ids
    assert told_ids(told) == log.ids
    assert "secret" not in told


async def test_of_a_command(world: World, core: ScriptedCore, log: Logged) -> None:
    core.on("progress", FAULT)
    shown = await world.member("Ada").command("progress")
    assert_told(shown, log)
    assert all(screen.private for screen in shown)


async def test_of_a_press(world: World, core: ScriptedCore, log: Logged) -> None:
    core.on("learn", Card("Home", buttons=(Button("Go", Action("menu", "go")),)))
    core.on("go", FAULT)
    ada = world.member("Ada")
    await ada.command("learn")
    assert_told(await ada.press("Go"), log)


async def test_of_a_form_sent_off(world: World, core: ScriptedCore, log: Logged) -> None:
    core.on("lab", LAB)
    core.on("say", FAULT)
    core.forms["say"] = FORM
    ada = world.member("Ada")
    await ada.command("lab")
    await ada.press("Reply")
    assert_told(await ada.submit("because of the moon"), log)


async def test_of_a_form_that_discord_does_not_open(
    world: World, core: ScriptedCore, log: Logged
) -> None:
    core.on("lab", LAB)
    core.forms["say"] = FORM
    ada = world.member("Ada")
    await ada.command("lab")
    world.env.inject_error("POST", "/interactions/*/*/callback", status=500)
    assert_told(await ada.press("Reply"), log)
    assert ada.form is None


async def test_of_a_press_that_cannot_even_be_read(
    world: World, core: ScriptedCore, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    core.on("learn", Card("Home", buttons=(Button("Go", Action("menu", "go")),)))
    ada = world.member("Ada")
    await ada.command("learn")
    monkeypatch.delattr(core.__class__, "form")
    assert_told(await ada.press("Go"), log)


async def test_of_words(world: World, core: ScriptedCore, log: Logged) -> None:
    core.on("why?", FAULT)
    assert_told(await world.direct("Ada").say("why?"), log)


async def test_of_words_whose_answer_cannot_begin(
    world: World, core: ScriptedCore, log: Logged
) -> None:
    core.on("why?", Say("Because."))
    world.env.inject_error("POST", "/channels/*/typing", status=500, times=5)
    assert_told(await world.direct("Ada").say("why?"), log)


async def test_of_what_is_offered_while_typing(
    world: World, core: ScriptedCore, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = world.member("Ada")
    monkeypatch.delattr(core, "course")
    (offered,) = await ada.offered("lesson", "lesson", "tides")
    assert told_ids(offered) == log.ids
    assert len(log.ids) == 1
    assert len(offered) <= MAX_CHOICE


async def test_a_fault_with_nobody_to_tell_is_in_the_log(world: World, log: Logged) -> None:
    async def broken() -> None:
        raise FAULT

    world.env.bot.on_ready = broken
    world.env.bot.dispatch("ready")
    await world.env.settle()
    assert [fault["happening"] for fault in log.faults] == ["on_ready"]
