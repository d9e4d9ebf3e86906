"""Messages to the bot: direct ones, mentions in a channel, and a learner's own thread."""

from __future__ import annotations

from bot.events import Command, Opened, Typed
from bot.replies import Card, Partial, Say
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore


async def test_a_direct_message_is_answered_there(world: World, core: ScriptedCore) -> None:
    core.on("why two tides?", Partial("The"), Card("Two tides"))
    ada = world.direct("Ada")
    (shown,) = await ada.say("why two tides?")
    (event,) = core.events
    assert isinstance(event, Typed)
    assert (event.text, event.where.shared) == ("why two tides?", False)
    assert shown.title == "Two tides"
    assert any(request.path.endswith("/typing") for request in world.sent())


async def test_a_direct_message_may_be_a_command_in_words(world: World, core: ScriptedCore) -> None:
    core.on("quiz", Card("Quiz 1"))
    await world.direct("Ada").say("/quiz 1")
    (event,) = core.events
    assert isinstance(event, Command)
    assert (event.name, dict(event.args)) == ("quiz", {"lesson": "1"})


async def test_a_message_delivered_again_after_a_reconnect_is_answered_once(
    world: World, core: ScriptedCore
) -> None:
    core.on("hello", Say("Hello, Ada."))
    ada = world.direct("Ada")
    await ada.say("hello")
    assert await ada.redeliver() == []
    assert [s.text for s in ada.screens] == ["Hello, Ada."]
    assert len(core.events) == 1


async def test_messages_of_other_bots_are_passed_over(world: World, core: ScriptedCore) -> None:
    other = world.guild.add_member(world.env.create_user("other", bot=True))
    await other.send(world.channel, f"<@{world.bot_id}> hello")
    assert core.events == []


async def test_talk_in_a_channel_is_none_of_the_bots_business(
    world: World, core: ScriptedCore
) -> None:
    ada = world.member("Ada")
    assert await ada.say("what do you think, Bob?") == []
    assert core.events == []


async def test_a_mention_gets_a_pointer_in_public_and_the_answer_in_private(
    world: World, core: ScriptedCore
) -> None:
    core.on("why two tides?", Card("Two tides"))
    ada, bob = world.member("Ada"), world.member("Bob")
    (pointer,) = await ada.say(f"<@{world.bot_id}> why two tides?")
    assert not pointer.private
    assert core.events == []
    (shown,) = await ada.press("Show my answer")
    assert (shown.title, shown.private) == ("Two tides", True)
    assert [s.text for s in bob.screens] == [pointer.text]


async def test_the_answer_to_a_mention_is_for_the_one_who_asked(
    world: World, core: ScriptedCore
) -> None:
    ada, bob = world.member("Ada"), world.member("Bob")
    await ada.say(f"<@{world.bot_id}> why two tides?")
    (told,) = await bob.press("Show my answer")
    assert "somebody else's" in told.text
    assert told.private
    assert core.events == []


async def test_the_pointer_works_after_a_restart(world: World, core: ScriptedCore) -> None:
    core.on("why?", Card("Because"))
    ada = world.member("Ada")
    await ada.say(f"<@{world.bot_id}> why?")
    await world.restart()
    (shown,) = await ada.press("Show my answer")
    assert shown.title == "Because"


async def test_a_mention_that_was_deleted_cannot_be_answered(
    world: World, core: ScriptedCore
) -> None:
    ada = world.member("Ada")
    await ada.say(f"<@{world.bot_id}> why?")
    asked = next(m for m in world.channel.history() if m.author.id == ada.actor.id)
    await ada.actor.delete(asked)
    (told,) = await ada.press("Show my answer")
    assert "cannot see that message" in told.text


async def test_a_bare_mention_opens_the_course(world: World, core: ScriptedCore) -> None:
    core.on("", Card("Home"))
    ada = world.member("Ada")
    await ada.say(f"<@{world.bot_id}>")
    (shown,) = await ada.press("Show my answer")
    assert shown.title == "Home"
    assert isinstance(core.events[-1], Opened)


async def test_where_the_bot_may_not_write_it_stays_silent(
    world: World, core: ScriptedCore
) -> None:
    world.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions"
    )
    ada = world.member("Ada")
    assert await ada.say(f"<@{world.bot_id}> why?") == []


async def test_a_mention_in_ones_own_thread_is_answered_right_there(
    world: World, core: ScriptedCore
) -> None:
    core.on("why?", Card("Because"))
    ada = world.thread("Ada")
    (shown,) = await ada.say(f"<@{world.bot_id}> why?")
    assert (shown.title, shown.private) == ("Because", False)
    assert not core.events[-1].where.shared


async def test_words_that_the_bot_may_not_read_in_a_thread_get_a_true_answer(
    world: World, core: ScriptedCore
) -> None:
    ada = world.thread("Ada")
    (told,) = await ada.say("why?")
    assert "only messages that mention me" in told.text
    assert core.events == []


async def test_a_thread_that_somebody_joined_is_private_no_more(
    world: World, core: ScriptedCore
) -> None:
    ada = world.thread("Ada", "Bob")
    (pointer,) = await ada.say(f"<@{world.bot_id}> why?")
    assert pointer.buttons == ("Show my answer",)
    assert core.events == []
