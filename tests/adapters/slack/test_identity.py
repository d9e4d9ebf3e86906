"""Who is who: in a workspace, across an Enterprise Grid, through Slack Connect."""

from __future__ import annotations

from typing import Any

from adapters.slack import identity
from bot.replies import Say
from tests.adapters.slack.fake.state import Person
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace


def event(**parts: Any) -> dict[str, Any]:
    grant = {"team_id": "T1", "enterprise_id": parts.pop("enterprise", None)}
    return {"authorizations": [grant], "team_id": "T1", "event": {"user": "UADA", **parts}}


def test_a_member_is_keyed_by_the_workspace() -> None:
    assert identity.of_event(event(team="T1")).learner().workspace == "T1"


def test_a_member_of_a_grid_is_one_learner_in_all_its_workspaces() -> None:
    here = identity.of_event(event(team="E1", enterprise="E1"))
    press = {"user": {"id": "UADA", "team_id": "T1"}, "team": {"id": "T1"}}
    there = identity.of_interaction({**press, "enterprise": {"id": "E1"}})
    command = {"user_id": "UADA", "team_id": "T1", "enterprise_id": "E1"}
    keys = {who.learner() for who in (here, there, identity.of_command(command))}
    assert [key.workspace for key in keys] == ["E1"]


def test_a_guest_is_keyed_by_where_they_come_from() -> None:
    guest = identity.of_event(event(team="T1", user_team="T9"))
    assert not guest.local
    assert guest.learner().workspace == "T9"


def test_an_org_wide_installation_has_no_team_and_still_a_key() -> None:
    press = {"user": {"id": "UADA", "team_id": "T2"}, "team": None}
    who = identity.of_interaction({**press, "enterprise": {"id": "E1"}})
    assert who.learner().workspace == "E1"


async def mention(space: Workspace, team: str) -> None:
    said = space.message_of("UGUEST", "<@UBOT> progress", CHANNEL, "")
    await space.event(
        {**said, "type": "app_mention", "user_team": team}, is_ext_shared_channel=True
    )
    await space.quiet()


async def test_a_guest_from_a_grid_is_asked_for_once(
    scripted: Workspace, core: ScriptedCore
) -> None:
    scripted.slack.state.people["UGUEST"] = Person("UGUEST", team="T9", enterprise="E9")
    scripted.slack.state.channels[CHANNEL].members.add("UGUEST")
    await mention(scripted, "T9")
    await mention(scripted, "T9")
    assert [event.who.workspace for event in core.events] == ["E9", "E9"]
    assert len(scripted.called("users.info")) == 1


async def test_a_workspace_may_keep_its_course_to_itself(core: ScriptedCore) -> None:
    core.scripts = [[Say("Welcome.")]]
    async with workspace(core, socket_settings(slack_external_users=False)) as space:
        space.slack.state.people["UGUEST"] = Person("UGUEST", team="T9")
        space.slack.state.channels[CHANNEL].members.add("UGUEST")
        await mention(space, "T9")
        assert "open to members" in space.screen("UGUEST")[0].text
        assert core.events == []
        await space.mention("UADA", "progress")
        assert len(core.events) == 1
