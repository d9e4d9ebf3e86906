"""Slash commands: what the core is told, and who sees the answer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.words import COMMANDS
from bot.events import Command
from bot.flows.base import menu
from bot.flows.talk import MAX_QUESTION
from bot.replies import Button, Card, Document, Partial, Picture, Say, Tone
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore


async def test_a_command_reaches_the_core_with_who_where_and_when(
    world: World, core: ScriptedCore
) -> None:
    core.on("lesson", Card("Lesson 1"))
    ada = world.member("Ada")
    (shown,) = await ada.command("lesson", lesson="1")
    assert shown.title == "Lesson 1"
    (event,) = core.events
    assert isinstance(event, Command)
    assert (event.name, event.args) == ("lesson", {"lesson": "1"})
    assert (event.who.platform, event.who.workspace, event.who.name) == ("discord", "", "Ada")
    assert (event.who.user, event.where.shared) == (str(ada.actor.id), True)
    assert event.id.startswith("discord:")
    assert event.at.tzinfo is not None


async def test_one_person_is_one_learner_in_the_server_and_in_direct_messages(
    world: World, core: ScriptedCore
) -> None:
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.in_direct().command("learn")
    first, second = core.events
    assert first.who == second.who
    assert (first.where.shared, second.where.shared) == (True, False)


async def test_in_a_server_only_the_learner_sees_the_answer(
    world: World, core: ScriptedCore
) -> None:
    core.on("progress", Card("Your progress"))
    ada, bob = world.member("Ada"), world.member("Bob")
    (shown,) = await ada.command("progress")
    assert shown.private
    assert bob.screens == []


async def test_in_direct_messages_an_answer_is_a_message_like_any_other(
    world: World, core: ScriptedCore
) -> None:
    core.on("progress", Card("Your progress"))
    (shown,) = await world.direct("Ada").command("progress")
    assert not shown.private


async def test_a_card_meant_for_all_is_seen_by_all(world: World, core: ScriptedCore) -> None:
    core.on("learn", Card("The course", private=False), Say("Welcome, Ada."))
    ada, bob = world.member("Ada"), world.member("Bob")
    await ada.command("learn")
    assert [s.title for s in bob.screens] == ["The course"]
    assert [s.text for s in ada.screens][-1] == "Welcome, Ada."


async def test_every_reply_is_its_own_message_in_order(world: World, core: ScriptedCore) -> None:
    core.on("help", Say("First."), Card("Second"), Say("Third.", Tone.WARN))
    shown = await world.member("Ada").command("help")
    assert [s.text for s in shown] == ["First.", "## Second", "Third."]
    assert all(s.private for s in shown)


async def test_pictures_and_documents_come_as_files(world: World, core: ScriptedCore) -> None:
    chart = Picture("chart", "Bytes grow with length", "KV cache", b"\x89PNG")
    core.on(
        "privacy", Card("Chart", pictures=(chart,)), Document("my-data.json", "{}", "All of it.")
    )
    card, document = await world.member("Ada").command("privacy")
    assert card.pictures == ("Bytes grow with length",)
    assert card.message.attachments[0].description == "Bytes grow with length"
    assert document.files == ("my-data.json",)
    assert document.text == "All of it."
    assert document.private


async def test_calc_hands_over_exactly_what_was_filled_in(world: World, core: ScriptedCore) -> None:
    ada = world.direct("Ada")
    await ada.command("calc kv", model="Llama 2 70B", context="32K", users="100")
    await ada.command("calc attention", context="128K", baseline="8K")
    kv, attention = core.events
    assert isinstance(kv, Command)
    assert isinstance(attention, Command)
    assert kv.args == {"kind": "kv", "model": "Llama 2 70B", "context": "32K", "users": "100"}
    assert attention.args == {"kind": "attention", "context": "128K", "baseline": "8K"}


async def test_lessons_and_models_are_offered_while_typing(world: World) -> None:
    ada = world.direct("Ada")
    assert await ada.offered("lesson", "lesson", "") == [
        "1. Lesson about tides",
        "2. Lesson about waves",
    ]
    assert await ada.offered("quiz", "lesson", "WAV") == ["2. Lesson about waves"]
    assert await ada.offered("quiz", "lesson", "waves, lesson 2") == ["2. Lesson about waves"]
    assert "Llama 2 70B" in await ada.offered("calc kv", "model", "lama 70")
    assert len(await ada.offered("calc kv", "model", "")) == 25


@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_every_command_of_the_core_is_there_in_both_places(world: World, name: str) -> None:
    ada = world.member("Ada")
    for known in (ada.known_commands(), ada.in_direct().known_commands()):
        assert any(k.split()[0] == name for k in known)


async def test_the_tutor_can_be_asked_about_any_message(world: World, core: ScriptedCore) -> None:
    core.on("ask", Card("Answer"))
    ada, bob = world.member("Ada"), world.member("Bob")
    message = await bob.actor.send(world.channel, "Is attention quadratic?")
    (shown,) = await ada.ask_about(message)
    (event,) = core.events
    assert isinstance(event, Command)
    assert event.args == {"question": "Is attention quadratic?"}
    assert shown.private


async def test_the_tutor_can_be_asked_about_one_of_its_own_cards(
    world: World, core: ScriptedCore
) -> None:
    body = "The *moon* pulls harder.\n\n1) Once a day?"
    card = Card("Why 2 * 2 tides?", body, buttons=(Button("Read on", menu("lesson")),))
    core.on("learn", card)
    core.on("ask", Card("Answer"))
    ada = world.member("Ada")
    (shown,) = await ada.command("learn")
    assert shown.message.content == ""
    world.show_to_all(shown)
    await ada.ask_about(shown.message)
    asked = core.events[-1]
    assert isinstance(asked, Command)
    question = asked.args["question"]
    assert question.startswith("Why 2 * 2 tides?\nThe *moon* pulls harder.")
    assert "1. Once a day?" in question
    assert "Read on" not in question


async def test_a_card_is_read_through_its_containers_and_sections(
    world: World, core: ScriptedCore
) -> None:
    button = {"type": 2, "style": 2, "label": "Press", "custom_id": "x"}
    texts = [{"type": 10, "content": "In a section"}]
    section = {"type": 9, "components": texts, "accessory": button}
    inner = [section, {"type": 14}, {"type": 10, "content": "At the end"}]
    top = {"type": 10, "content": "At the top"}
    read = await read_by_menu(world, core, components=[top, {"type": 17, "components": inner}])
    assert read == "At the top\nIn a section\nAt the end"


async def test_a_card_drawn_as_an_embed_is_read_too(world: World, core: ScriptedCore) -> None:
    fields = [{"name": "Bytes", "value": "2"}]
    embed = {"title": "Cache", "description": "1\\) Grows", "fields": fields}
    assert await read_by_menu(world, core, embeds=[embed]) == "Cache\n1) Grows\nBytes\n2"


async def test_a_long_card_is_read_up_to_the_limit(world: World, core: ScriptedCore) -> None:
    embed = {"title": "Tides", "description": "x" * MAX_QUESTION}
    assert len(await read_by_menu(world, core, embeds=[embed])) == MAX_QUESTION


async def read_by_menu(world: World, core: ScriptedCore, **parts: Any) -> str:
    """Ask about a message of the bot that has these parts and no content."""
    core.on("learn", Card("Home"))
    core.on("ask", Card("Answer"))
    ada = world.member("Ada")
    (card,) = await ada.command("learn")
    world.show_to_all(card)
    stored = world.stored(card)
    for name, value in {"components": [], "embeds": [], **parts}.items():
        setattr(stored, name, value)
    await ada.ask_about(card.message)
    asked = core.events[-1]
    assert isinstance(asked, Command)
    return asked.args["question"]


async def test_a_message_without_words_cannot_be_asked_about(
    world: World, core: ScriptedCore
) -> None:
    ada = world.member("Ada")
    message = await ada.actor.send(world.channel, attachments=[("a.png", b"png")])
    (shown,) = await ada.ask_about(message)
    assert "no text" in shown.text
    assert core.events == []


async def test_a_fault_of_the_core_is_told_kindly_with_a_code(
    world: World, core: ScriptedCore, logs: list[Any]
) -> None:
    core.on("learn", RuntimeError("secret detail"))
    (shown,) = await world.member("Ada").command("learn")
    assert "Something went wrong on my side" in shown.text
    assert "secret" not in shown.text
    (code,) = [entry["error"] for entry in logs if entry["event"] == "fault"]
    assert code in shown.text
    assert core.done == set()


async def test_an_answer_that_breaks_off_ends_with_the_fault_in_its_place(
    world: World, core: ScriptedCore
) -> None:
    core.on("ask", Partial("The moon"), RuntimeError("gone"))
    (shown,) = await world.member("Ada").command("ask", question="why?")
    assert "Something went wrong" in shown.text
