"""Announcements: where they are given, or in the class's own channel."""

from __future__ import annotations

import pytest

from bot.events import Command, Place, Submitted
from bot.replies import Card
from tests.bot.commands.admin.school import ADA, HALL, MIA, FakeCourier, School
from tests.classroom import DESK, text_of

STAFF = Place("staff:", shared=True)


@pytest.fixture
async def courier(school: School) -> FakeCourier:
    """What reaches the school's channels."""
    made = FakeCourier()
    school.engine.reach_out(made)
    return made


async def test_without_a_channel_it_stands_where_it_is_given(school: School) -> None:
    posted, _ = await school.admin("announce", "The test is open.", MIA, HALL)
    assert isinstance(posted, Card)
    assert not posted.private
    said = text_of(await school.admin("announce", "The test is open.", MIA, DESK))
    assert "in the channel where the announcement is to stand" in said


async def test_given_in_private_it_goes_to_the_channel_of_the_class(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    said = text_of(await school.admin("announce", "The test is open.", MIA, DESK))
    assert "It is posted in the channel of announcements" in said
    [(workspace, channel, card)] = courier.brought
    assert (workspace, channel, card.body) == ("school", "hall", "The test is open.")
    assert not card.private
    assert "Mia announced · 17 characters" in text_of(await school.admin("audit"))


async def test_given_in_another_channel_it_goes_there_too(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    replies = await school.admin("announce", "The test is open.", MIA, STAFF)
    assert all(getattr(reply, "private", True) for reply in replies)
    assert courier.reached == ["hall"]


async def test_given_in_the_channel_itself_it_is_posted_there_as_ever(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    posted, _ = await school.admin("announce", "The test is open.", MIA, HALL)
    assert isinstance(posted, Card)
    assert not posted.private
    assert courier.brought == []


async def test_a_channel_is_taken_back(school: School, courier: FakeCourier) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    await school.admin("settings", "announce_channel 'not here'", MIA, HALL)
    assert "where they are given" in text_of(await school.admin("settings"))
    await school.admin("announce", "The test is open.", MIA, STAFF)
    assert courier.brought == []


async def test_a_channel_is_named_in_a_channel(school: School) -> None:
    said = text_of(await school.admin("settings", "announce_channel here", MIA, DESK))
    assert "the channel in which you give this command" in said
    assert "where they are given" in text_of(await school.admin("settings"))


async def test_the_form_sent_off_in_private_goes_there(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    said = text_of(await school.admin("announce", "", MIA, DESK))
    assert "in the channel of announcements of this class" in said
    form = school.engine.form(school.button("Write the announcement", MIA).action)
    assert form is not None
    fields = {"text": "The test is open."}
    key = (MIA, DESK, school.new_id(), school.now)
    await school.send(Submitted(*key, form.action, fields))
    assert courier.reached == ["hall"]


async def test_a_channel_that_is_closed_to_the_bot_is_told_and_not_written_down(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    courier.closed = {"hall"}
    said = text_of(await school.admin("announce", "The test is open.", MIA, DESK))
    assert "I may not post in the channel" in said
    assert "announced" not in text_of(await school.admin("audit"))


async def test_a_program_that_reaches_no_channels_says_so(school: School) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    said = text_of(await school.admin("announce", "The test is open.", MIA, DESK))
    assert "I can post only where you write to me" in said


async def test_a_delivery_that_comes_twice_is_announced_once(
    school: School, courier: FakeCourier
) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    args = {"sub": "announce", "text": "The test is open."}
    event = Command(MIA, DESK, "twice", school.now, "admin", args)
    await school.send(event)
    assert "done already" in text_of(await school.send(event))
    assert courier.reached == ["hall"]


async def test_a_learner_cannot_announce_there(school: School, courier: FakeCourier) -> None:
    await school.admin("settings", "announce_channel here", MIA, HALL)
    await school.admin("announce", "The test is open.", ADA, DESK)
    assert courier.brought == []
