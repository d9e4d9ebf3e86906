"""A learner takes the course in Slack, over the wire, against the real engine."""

from __future__ import annotations

import pytest

from tests.adapters.slack.workspace import CHANNEL, Workspace


@pytest.fixture(params=["space", "http_space"])
def both(request: pytest.FixtureRequest) -> Workspace:
    """The same workspace in Socket Mode and over HTTP."""
    found: Workspace = request.getfixturevalue(request.param)
    return found


async def test_learn_shows_the_home_card(both: Workspace) -> None:
    await both.command("UADA", "/learn")
    [card] = both.screen("UADA")
    assert card.title == "Tides"
    assert both.slack.refused == []


async def test_a_quiz_from_first_to_last_stays_in_one_message(both: Workspace) -> None:
    await both.command("UADA", "/quiz 1")
    for _ in range(2):
        await both.press("UADA", "A")
        await both.press("UADA", "Next" if _ == 0 else "See the result")
    [card] = both.screen("UADA")
    assert "of 2" in card.text
    assert both.slack.refused == []


async def test_what_is_said_in_a_channel_is_seen_by_its_learner_alone(space: Workspace) -> None:
    await space.command("UADA", "/quiz 1", CHANNEL)
    await space.press("UADA", "A")
    [card] = space.screen("UADA")
    assert card.private
    assert "Next question" in card.buttons
    assert space.screen("UBOB") == []


async def test_a_question_in_a_dm_streams_and_then_stands_whole(space: Workspace) -> None:
    ts = await space.dm("UADA", "why two tides?")
    [answer] = space.screen("UADA")
    assert "The moon pulls the sea [1]." in answer.text
    assert answer.thread == ts
    assert [name for name, _ in space.slack.calls if "Stream" in name] == [
        "chat.startStream",
        "chat.stopStream",
    ]
    assert space.slack.state.statuses[("DUADA", ts)] == ["processing", "active"]
    assert space.slack.refused == []
