"""Buttons, lists and forms: what a press means, and which message it changes."""

from __future__ import annotations

from bot.actions import Action
from bot.events import Pressed, Submitted
from bot.replies import Button, Card, Choice, Form, Menu, Picture, Say, Source, TextField
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore

GO = Button("Go", Action("quiz", "go", "session", 3))
CARD = Card("Start", buttons=(GO,))


async def test_a_press_reaches_the_core_as_the_action_of_the_button(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.press("Go")
    event = core.events[-1]
    assert isinstance(event, Pressed)
    assert event.action == GO.action


async def test_a_card_that_replaces_takes_the_place_of_the_pressed_one(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.press("Go")
    assert [s.title for s in ada.screens] == ["Next"]


async def test_a_card_that_does_not_replace_comes_below(world: World, core: ScriptedCore) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Below"), Say("And a word."))
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.press("Go")
    assert [s.title or s.text for s in ada.screens] == ["Start", "Below", "And a word."]
    assert all(s.private for s in ada.screens)


async def test_a_button_works_after_a_restart_and_a_month(world: World, core: ScriptedCore) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.direct("Ada")
    await ada.command("learn")
    await world.restart()
    await world.env.advance_time(30 * 24 * 3600)
    await ada.press("Go")
    assert [s.title for s in ada.screens] == ["Next"]


async def test_a_choice_in_a_list_is_a_press(world: World, core: ScriptedCore) -> None:
    choices = tuple(Choice(f"Section {n}", Action("lesson", f"{n}")) for n in range(30))
    core.on("learn", Card("Contents", menu=Menu("Jump", choices)))
    core.on("27", Card("Section 27", replaces=True))
    ada = world.member("Ada")
    (shown,) = await ada.command("learn")
    assert len(shown.choices) == 30
    await ada.choose("Section 27")
    assert [s.title for s in ada.screens] == ["Section 27"]


async def test_a_source_is_a_press_too(world: World, core: ScriptedCore) -> None:
    core.on("ask", Card("Answer", sources=(Source(1, "Tides › Moon", Action("link", "open")),)))
    core.on("open", Card("The moon"))
    ada = world.member("Ada")
    await ada.command("ask", question="why?")
    (shown,) = await ada.press("[1] Tides › Moon")
    assert shown.title == "The moon"
    assert len(ada.screens) == 2


async def test_a_figure_leaves_with_the_card_that_showed_it(
    world: World, core: ScriptedCore
) -> None:
    figure = Picture("f", "A figure", png=b"\x89PNG")
    core.on("learn", Card("With figure", pictures=(figure,), buttons=(GO,)))
    core.on("go", Card("Without", replaces=True, buttons=(Button("Back", Action("quiz", "back")),)))
    core.on("back", Card("Again", pictures=(figure, figure), replaces=True))
    ada = world.direct("Ada")
    await ada.command("learn")
    (shown,) = await ada.press("Go")
    assert (shown.pictures, shown.files) == ((), ())
    (shown,) = await ada.press("Back")
    assert shown.files == ("picture-1.png", "picture-2.png")


async def test_a_button_nobody_knows_any_more_gets_a_true_answer(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    ada = world.member("Ada")
    (shown,) = await ada.command("learn")
    world.rename_button(shown, "v0:quiz:old")
    (told,) = await ada.press("Go")
    assert "I do not know that button any more" in told.text
    assert told.private
    assert len(core.events) == 1


async def test_a_press_on_a_public_card_is_answered_in_private(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", Card("For all", buttons=(GO,), private=False))
    core.on("go", Card("For you", replaces=True))
    ada, bob = world.member("Ada"), world.member("Bob")
    await ada.command("learn")
    (shown,) = await bob.press("Go")
    assert (shown.title, shown.private) == ("For you", True)
    assert [s.title for s in ada.screens] == ["For all"]


async def test_a_card_whose_message_was_deleted_comes_anew(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.direct("Ada")
    await ada.command("learn")
    world.env.inject_error(
        "PATCH", "/webhooks/*/*/messages/@original", status=404, code=10008, message="Unknown"
    )
    await ada.press("Go")
    assert [s.title for s in ada.screens] == ["Start", "Next"]


async def test_a_button_that_asks_for_words_opens_a_form_at_once(
    world: World, core: ScriptedCore
) -> None:
    reply = Action("lab", "say", "session", 4)
    core.on("lab", Card("Lab", buttons=(Button("Reply", reply, opens_form=True),)))
    core.on("say", Card("Answer"))
    core.forms["say"] = Form("Reply " * 20, reply, (TextField("text", "Your message", long=True),))
    ada = world.member("Ada")
    await ada.command("lab")
    assert await ada.press("Reply") == []
    assert len(ada.form.modal["title"]) <= 45
    (shown,) = await ada.submit("Why **two** tides? @everyone")
    event = core.events[-1]
    assert isinstance(event, Submitted)
    assert (event.action, event.fields) == (reply, {"text": "Why **two** tides? @everyone"})
    assert (shown.title, shown.private) == ("Answer", True)


async def test_a_form_that_comes_too_late_is_just_not_opened(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", Card("Home", buttons=(Button("Ask", Action("menu", "ask")),)))
    ada = world.member("Ada")
    await ada.command("learn")
    world.env.inject_error(
        "POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction"
    )
    assert await ada.press("Ask") == []
    assert ada.form is None
    await ada.press("Ask")
    assert ada.form is not None


async def test_a_form_sent_off_after_a_restart_is_not_lost(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", Card("Home", buttons=(Button("Ask", Action("menu", "ask")),)))
    core.on("ask", Card("Answer", replaces=True))
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.press("Ask")
    await world.restart()
    await ada.submit("Why?")
    assert [s.title for s in ada.screens] == ["Answer"]


async def test_two_people_may_fill_the_same_form_at_once(world: World, core: ScriptedCore) -> None:
    core.on("learn", Card("Home", buttons=(Button("Ask", Action("menu", "ask")),)))
    ada, bob = world.member("Ada"), world.member("Bob")
    for person in (ada, bob):
        await person.command("learn")
        await person.press("Ask")
    await ada.submit("From Ada")
    await bob.submit("From Bob")
    sent = [(e.who.name, e.fields["text"]) for e in core.events if isinstance(e, Submitted)]
    assert sent == [("Ada", "From Ada"), ("Bob", "From Bob")]


async def test_a_press_on_a_card_that_has_just_changed_still_reaches_the_core(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.direct("Ada")
    (old,) = await ada.command("learn")
    await ada.press("Go")
    await ada.press_forged(old, "Go")
    assert [e.action for e in core.events if isinstance(e, Pressed)] == [GO.action, GO.action]


async def test_a_press_delivered_twice_is_handled_once(world: World, core: ScriptedCore) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.member("Ada")
    await ada.command("learn")
    await ada.press("Go")
    assert await ada.redeliver() == []
    assert len(core.events) == 2


async def test_a_press_whose_acknowledgement_came_too_late_counts_and_is_not_answered(
    world: World, core: ScriptedCore
) -> None:
    core.on("learn", CARD)
    core.on("go", Card("Next", replaces=True))
    ada = world.direct("Ada")
    await ada.command("learn")
    world.env.inject_error(
        "POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction"
    )
    assert await ada.press("Go") == []
    assert len(core.events) == 2
    assert [s.title for s in await ada.press("Go")] == ["Next"]
