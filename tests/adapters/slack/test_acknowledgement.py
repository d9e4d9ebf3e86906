"""Slack is told that an act arrived once it is recorded, and not where it could not be."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack import work
from adapters.slack.pace import Pace
from bot.replies import Button, Card, Say
from tests.adapters.slack.fake import server
from tests.adapters.slack.scripted import FORM, ScriptedCore
from tests.adapters.slack.transports import http_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace
from tests.classroom import Classroom

REFUSED = AssertionError
"""What the fake Slack raises for an answer over HTTP that is none."""


class NoRoom(Pace):
    """The pace of a worker that has more to do than it can record."""

    def has_room(self) -> bool:
        return False


@pytest.fixture(params=["socket", "http"])
async def slack(
    request: pytest.FixtureRequest, scripted: Workspace, core: ScriptedCore, tmp_path: Path
) -> AsyncIterator[Workspace]:
    """The scripted core in a workspace, over each transport in turn."""
    if request.param == "socket":
        yield scripted
        return
    settings = http_settings(database_url=f"sqlite:///{tmp_path / 'stops.db'}")
    async with workspace(core, settings) as space:
        yield space


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app, and Slack, wait for nothing."""
    monkeypatch.setattr(work, "KEPT_SECONDS", 0.05)
    monkeypatch.setattr(server, "ACK_SECONDS", 0.5)


def learn(space: Workspace) -> asyncio.Task[object]:
    """Deliver a command."""
    payload = space.command_of("UADA", "/learn", "", "DUADA")
    return asyncio.create_task(space.act("slash_commands", payload))


async def until_begun(space: Workspace) -> None:
    """Wait until the app works on something."""
    while not space.app.desk.work.acts:  # noqa: ASYNC110 (it tells it in no other way)
        await asyncio.sleep(0)


async def test_an_act_is_acknowledged_once_it_is_recorded(
    slack: Workspace, core: ScriptedCore
) -> None:
    core.away = asyncio.Event()
    delivery = learn(slack)
    await until_begun(slack)
    assert not delivery.done()
    core.away.set()
    await delivery


@pytest.mark.usefixtures("impatient")
async def test_what_slack_says_has_failed_is_not_done_later(
    slack: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[Say("Here.")]]
    with pytest.raises((TimeoutError, REFUSED)):
        await learn(slack)
    core.away.set()
    await slack.quiet()
    assert core.events == []
    assert slack.screen("UADA") == []


@pytest.mark.usefixtures("impatient")
async def test_what_is_sent_again_before_it_was_given_up_counts(
    slack: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[Say("Here.")]]
    with pytest.raises((TimeoutError, REFUSED)):
        await learn(slack)
    again = asyncio.create_task(slack.redeliver())
    await asyncio.sleep(0.02)
    core.away.set()
    await again
    assert [seen.text for seen in slack.screen("UADA")] == ["Here."]


@pytest.mark.usefixtures("impatient")
async def test_what_is_given_up_shows_no_work(slack: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))]]
    ts = await slack.dm("UADA", "why?")
    await slack.press("UADA", "Reply")
    core.away = asyncio.Event()
    with pytest.raises((TimeoutError, REFUSED)):
        await slack.submit("UADA", "because")
    core.away.set()
    await slack.quiet()
    assert slack.slack.state.statuses[("DUADA", ts)] == ["processing", "active"] * 2


@pytest.mark.usefixtures("impatient")
async def test_a_command_that_failed_takes_nobody_out_of_their_lab(
    http_space: Workspace, classroom: Classroom
) -> None:
    await http_space.command("UADA", "/lab 1")
    with sqlite3.connect(classroom.folder / "class.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(REFUSED, match="503"):
            await http_space.command("UADA", "/quiz 1")
        other.execute("ROLLBACK")
    other.close()
    await http_space.quiet()
    await http_space.dm("UADA", "why?")
    assert "1 of 3 exchanges" in http_space.screen("UADA")[-1].text


@pytest.mark.usefixtures("impatient")
async def test_what_a_moderator_asked_is_answered_however_late(
    slack: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[Say("Here.")]]
    payload = slack.command_of("UADA", "/admin", "overview", "DUADA")
    with pytest.raises((TimeoutError, REFUSED)):
        await slack.act("slash_commands", payload)
    core.away.set()
    await slack.quiet()
    assert [seen.text for seen in slack.screen("UADA")] == ["Here."]


@pytest.mark.usefixtures("impatient")
async def test_an_event_that_comes_again_joins_the_one_that_is_still_waiting(
    slack: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[Say("Here.")]]
    event = slack.message_of("UADA", "why?", "DUADA", "")
    with pytest.raises((TimeoutError, REFUSED)):
        await slack.event({**event, "type": "message", "channel_type": "im"})
    core.away.set()
    await slack.redeliver()
    assert [seen.text for seen in slack.screen("UADA")] == ["Here."]
    assert len(core.events) == 1


async def test_over_http_slack_is_told_to_come_again(
    http_space: Workspace, classroom: Classroom
) -> None:
    await classroom.engine.close()
    with pytest.raises(REFUSED, match="503"):
        await http_space.command("UADA", "/learn")
    await http_space.quiet()
    assert "nothing of yours was lost" in http_space.screen("UADA")[-1].text


async def test_what_is_refused_is_acknowledged(http_space: Workspace) -> None:
    await http_space.command("UADA", "/lesson 99")
    assert len(http_space.screen("UADA")) == 1


async def test_words_that_are_not_for_the_tutor_are_acknowledged(
    slack: Workspace, core: ScriptedCore
) -> None:
    await slack.write("UADA", "lunch?", CHANNEL, thread="1.1")
    assert core.events == []


async def test_a_form_is_open_when_its_press_is_acknowledged(http_space: Workspace) -> None:
    await http_space.command("UADA", "/lab 1", CHANNEL)
    payload = http_space.press_payload("UADA", "Ask in my own words")
    await http_space.act("interactive", payload)
    assert len(http_space.called("views.open")) == 1


@pytest.mark.usefixtures("impatient")
async def test_who_is_leaving_takes_nothing_new(slack: Workspace, core: ScriptedCore) -> None:
    await slack.app.desk.work.close()
    with pytest.raises((TimeoutError, REFUSED)):
        await learn(slack)
    assert core.events == []


@pytest.mark.usefixtures("impatient")
async def test_what_would_wait_too_long_is_not_acknowledged_and_counts_when_it_comes_again(
    slack: Workspace, core: ScriptedCore
) -> None:
    room, slack.app.desk.work.pace = slack.app.desk.work.pace, NoRoom()
    with pytest.raises((TimeoutError, REFUSED)):
        await learn(slack)
    assert core.events == []
    slack.app.desk.work.pace = room
    await slack.redeliver()
    assert len(core.events) == 1


async def test_what_is_under_way_is_acknowledged_before_the_end(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[Say("Finished.")]]
    delivery = learn(scripted)
    await until_begun(scripted)
    ending = asyncio.create_task(scripted.stop())
    await asyncio.sleep(0)
    core.away.set()
    await asyncio.gather(delivery, ending)
    assert [seen.text for seen in scripted.screen("UADA")] == ["Finished."]
    await scripted.start()


async def test_stop_ends_what_is_recorded_and_lets_the_rest_be_recorded_first(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.away, core.scripts = asyncio.Event(), [[asyncio.Event(), Say("Never.")]]
    delivery = learn(scripted)
    await until_begun(scripted)
    assert scripted.app.desk.work.stop(("DUADA", "")) == 1
    core.away.set()
    await delivery
    await scripted.quiet()
    assert "Stopped" in scripted.screen("UADA")[-1].text


async def test_replies_let_acknowledgements_go_first_but_not_for_long(
    scripted: Workspace, core: ScriptedCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "GIVE_WAY_SECONDS", 3600.0)
    told, recorded = asyncio.Event(), asyncio.Event()
    core.scripts = [[told, Say("First.")]]
    await learn(scripted)
    core.away = recorded
    second = learn(scripted)
    while len(scripted.app.desk.work.acts) < 2:  # noqa: ASYNC110 (it tells it in no other way)
        await asyncio.sleep(0)
    told.set()
    giving_way = asyncio.create_task(scripted.app.desk.work.give_way())
    await asyncio.sleep(0)
    assert not giving_way.done()
    assert scripted.screen("UADA") == []
    recorded.set()
    await asyncio.gather(second, giving_way)
    await scripted.quiet()
    assert [seen.text for seen in scripted.screen("UADA")] == ["First."]


async def test_giving_way_ends_by_itself(
    scripted: Workspace, core: ScriptedCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "GIVE_WAY_SECONDS", 0.0)
    core.away = asyncio.Event()
    delivery = learn(scripted)
    await until_begun(scripted)
    await scripted.app.desk.work.give_way()
    assert not delivery.done()
    core.away.set()
    await delivery
