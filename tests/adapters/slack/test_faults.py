"""A fault anywhere on the way is told by the number under which it is in the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.replies import Button, Card
from bot.settings import Settings
from tests.adapters.slack.fake import server
from tests.adapters.slack.scripted import FORM, ScriptedCore
from tests.adapters.slack.transports import http_settings, socket_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace
from tests.logged import Logged, logged, told_ids

FAULT = ZeroDivisionError("a secret of the program")
LAB = Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))


@pytest.fixture(params=[socket_settings(), http_settings()], ids=["socket", "http"])
async def space(
    core: ScriptedCore, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Workspace]:
    """A workspace on the scripted core, by each of the two transports."""
    settings: Settings = request.param.model_copy(update={"data": tmp_path})
    async with workspace(core, settings) as space:
        yield space


@pytest.fixture
def log(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    monkeypatch.setattr(server, "ACK_SECONDS", 1.5)
    with logged() as found:
        yield found


class Unacknowledged:
    """Slack goes on where it gets no acknowledgement, as a fault leaves it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> bool:
        return kind is not None and issubclass(kind, TimeoutError | AssertionError)


def told(space: Workspace) -> list[str]:
    return [id_ for seen in space.screen("UADA") for id_ in told_ids(seen.text)]


async def test_of_a_command(space: Workspace, core: ScriptedCore, log: Logged) -> None:
    core.scripts = [[FAULT]]
    await space.command("UADA", "/learn", CHANNEL)
    assert told(space) == log.ids != []
    assert all(seen.private for seen in space.screen("UADA"))


async def test_of_words(space: Workspace, core: ScriptedCore, log: Logged) -> None:
    core.scripts = [[FAULT]]
    await space.dm("UADA", "why two tides?")
    assert told(space) == log.ids != []


async def test_of_a_form_sent_off(space: Workspace, core: ScriptedCore, log: Logged) -> None:
    core.scripts = [[LAB], [FAULT]]
    await space.command("UADA", "/lab 1")
    await space.press("UADA", "Reply")
    await space.submit("UADA", "because of the moon")
    assert told(space) == log.ids != []


async def test_of_a_form_that_slack_does_not_open(
    space: Workspace, core: ScriptedCore, log: Logged
) -> None:
    core.scripts = [[LAB]]
    await space.command("UADA", "/lab 1")
    space.slack.missing.add("views.open")
    with Unacknowledged():
        await space.press("UADA", "Reply")
    await space.quiet()
    assert told(space) == log.ids != []


async def test_of_the_dashboard(space: Workspace, core: ScriptedCore, log: Logged) -> None:
    core.scripts = [[FAULT]]
    shown = await space.open_home("UADA")
    assert told_ids(shown.text) == log.ids != []


async def test_of_a_form_whose_answer_cannot_be_read(
    space: Workspace, core: ScriptedCore, log: Logged
) -> None:
    core.scripts = [[LAB]]
    await space.command("UADA", "/lab 1")
    await space.press("UADA", "Reply")
    sent = space.submission_of("UADA", "because of the moon")
    sent["view"]["private_metadata"] = "no metadata of ours"
    answer: Any = await space.act("interactive", sent)
    assert answer["response_action"] == "update"
    [said] = answer["view"]["blocks"]
    assert told_ids(said["text"]["text"]) == log.ids != []


async def test_of_a_press_that_cannot_be_read(
    space: Workspace, core: ScriptedCore, log: Logged
) -> None:
    core.scripts = [[Card("Home", buttons=(Button("Go", FORM),))]]
    await space.command("UADA", "/learn")
    payload = space.press_payload("UADA", "Go")
    del payload["user"]["id"]
    with Unacknowledged():
        await space.act("interactive", payload)
    await space.quiet()
    assert told(space) == log.ids != []


async def test_of_words_that_cannot_be_read(
    space: Workspace, core: ScriptedCore, log: Logged
) -> None:
    event = space.message_of("UADA", "why?", "DUADA", "")
    del event["ts"]
    with Unacknowledged():
        await space.event({**event, "type": "message", "channel_type": "im"})
    await space.quiet()
    assert told(space) == log.ids != []
