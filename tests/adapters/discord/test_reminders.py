"""Cards that nobody asked for just now: into direct messages, and into a channel."""

from __future__ import annotations

import discord
import pytest

from adapters.discord.reminders import DiscordCourier
from bot.commands.reminder import reminder
from bot.courier import UnreachableError
from bot.events import Learner
from bot.flows.base import World as Lessons
from bot.gradebook import Progress
from bot.replies import Card
from tests.adapters.discord.harness import World
from tests.classroom import Classroom, small_course

CARD = reminder(Lessons(small_course(), Progress()), days=3)
SAID = Card("Tides: an announcement", "The test is open.", private=False)


def courier(world: World) -> DiscordCourier:
    """What reaches people through the running bot."""
    return DiscordCourier(world.env.bot)


def learner(user: int | str) -> Learner:
    """A learner as the records know them."""
    return Learner("discord", "", str(user))


async def test_a_reminder_stands_in_direct_messages_and_can_be_pressed(
    school: World, room: Classroom
) -> None:
    ada = school.member("Ada")
    await courier(school).to_learner(learner(ada.id), str(school.guild.id), CARD)
    direct = ada.in_direct()
    [shown] = direct.screens
    assert "go on where you left off" in shown.text
    assert shown.buttons == ("Read lesson 1", "No more reminders")
    assert ada.screens == []
    [answer] = await direct.press("No more reminders")
    assert "You get no more reminders" in answer.text
    assert len(direct.screens) == 1, "the card was replaced"


async def test_its_step_opens_the_lesson_in_the_same_message(school: World) -> None:
    direct = school.direct("Ada")
    await courier(school).to_learner(learner(direct.id), "", CARD)
    [shown] = await direct.press("Read lesson 1")
    assert "Lesson about tides" in shown.text


async def test_closed_direct_messages_are_told_from_a_fault(world: World) -> None:
    closed = world.env.create_user("closed", bot=True)  # to another bot, Discord says the same
    with pytest.raises(UnreachableError):
        await courier(world).to_learner(learner(closed.id), "", CARD)


async def test_somebody_whom_discord_does_not_know_is_out_of_reach(world: World) -> None:
    with pytest.raises(UnreachableError):
        await courier(world).to_learner(learner(123), "", CARD)


@pytest.mark.parametrize(("status", "code"), [(403, 20026), (403, 40003), (500, 0)])
async def test_what_is_wrong_with_the_bot_or_discord_may_be_tried_again(
    world: World, status: int, code: int
) -> None:
    ada = world.direct("Ada")
    path = f"/channels/{ada.channel.id}/messages"
    world.env.inject_error("POST", path, status=status, code=code, times=10)
    with pytest.raises(discord.HTTPException) as fault:
        await courier(world).to_learner(learner(ada.id), "", CARD)
    assert not isinstance(fault.value, UnreachableError)


async def test_an_announcement_stands_in_the_channel_for_all(world: World) -> None:
    ada = world.member("Ada")
    await courier(world).to_channel(str(world.guild.id), str(world.channel.id), SAID)
    [shown] = ada.screens
    assert "The test is open." in shown.text


async def test_a_channel_that_is_gone_closed_or_anothers_is_out_of_reach(world: World) -> None:
    reaches = courier(world).to_channel
    here = str(world.guild.id)
    with pytest.raises(UnreachableError):
        await reaches(here, "123", SAID)
    with pytest.raises(UnreachableError):
        await reaches("456", str(world.channel.id), SAID)
    world.take_permission("send_messages")
    with pytest.raises(UnreachableError):
        await reaches(here, str(world.channel.id), SAID)
