"""Stop pressed at one worker ends the work of another, whether or not it has begun to write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import SQLModel

from adapters.slack.app import SlackApp, create_app
from bot.replies import Card, Partial
from bot.store.database import open_database
from bot.store.slack_tables import STOP
from tests.adapters.slack.fake.server import BOT_TOKEN
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import http_settings
from tests.adapters.slack.workspace import Workspace, workspace


class Looks:
    """The pause between two looks at other workers' stops, over when a test says so."""

    def __init__(self, space: Workspace) -> None:
        self._turn = asyncio.Event()
        self._looked = -1
        space.app.desk._watch._pause = self.pause

    async def pause(self, seconds: float) -> None:
        self._looked += 1
        await self._turn.wait()
        self._turn.clear()

    def look(self) -> None:
        self._turn.set()

    async def looked(self) -> None:
        """Look, and wait until that is over."""
        wanted = self._looked + 1
        self.look()
        while self._looked < wanted:  # noqa: ASYNC110 (the database is asked in a thread)
            await asyncio.sleep(0)


@pytest.fixture
async def space(core: ScriptedCore, tmp_path: Path) -> AsyncIterator[Workspace]:
    """One of several workers, over HTTP."""
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    database = open_database(url)
    SQLModel.metadata.create_all(database, tables=[STOP])
    async with workspace(core, http_settings(database_url=url)) as space:
        yield space
    database.dispose()


@pytest.fixture
def other(space: Workspace, core: ScriptedCore) -> SlackApp:
    """Another of them."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=space.slack.api)
    return create_app(space.settings, core, client, space.now)


async def ask(space: Workspace, core: ScriptedCore) -> str:
    """Write a question, and return its ts as soon as the tutor thinks about it."""
    known = len(core.events)
    event = space.message_of("UADA", "why?", "DUADA", "")
    await space.event({**event, "type": "message", "channel_type": "im"})
    while len(core.events) == known:  # noqa: ASYNC110 (it is at work on the other side of a socket)
        await asyncio.sleep(0)
    return str(event["ts"])


async def press_stop(space: Workspace, other: SlackApp, thread: str) -> None:
    """Let another worker hear of Stop; nothing was streaming."""
    at = space.slack.state.stamp()
    await other.desk.stop("Ev-stop", [], ("DUADA", thread), at, other.client)


async def test_stop_ends_the_thinking_at_another_worker(
    space: Workspace, other: SlackApp, core: ScriptedCore
) -> None:
    looks = Looks(space)
    core.scripts = [[asyncio.Event(), Card("Never")]]
    thread = await ask(space, core)
    await press_stop(space, other, thread)
    looks.look()
    await space.quiet()
    assert core.closed == 1
    assert [seen.text.split(".")[0] for seen in space.screen("UADA")] == ["Stopped"]
    assert space.slack.state.statuses[("DUADA", thread)][-1] == "active"


async def test_stop_at_another_worker_ends_an_answer_that_is_edited_as_it_grows(
    space: Workspace, other: SlackApp, core: ScriptedCore
) -> None:
    space.slack.missing |= {"chat.startStream"}
    looks = Looks(space)
    core.scripts = [[Partial("The"), asyncio.Event(), Card("Never")]]
    thread = await ask(space, core)
    await press_stop(space, other, thread)
    looks.look()
    await space.quiet()
    assert core.closed == 1
    assert space.screen("UADA")[-1].text.startswith("Stopped.")


async def test_a_question_asked_after_stop_is_answered(
    space: Workspace, other: SlackApp, core: ScriptedCore
) -> None:
    looks = Looks(space)
    thread = space.slack.state.stamp()
    await press_stop(space, other, thread)
    thought = asyncio.Event()
    core.scripts = [[thought, Card("Done")]]
    event = space.message_of("UADA", "why else?", "DUADA", thread)
    await space.event({**event, "type": "message", "channel_type": "im"})
    await asyncio.sleep(0)
    await looks.looked()
    thought.set()
    await space.quiet()
    assert [seen.title for seen in space.screen("UADA")] == ["Done"]


async def test_stop_in_one_thread_leaves_another_be(
    space: Workspace, other: SlackApp, core: ScriptedCore
) -> None:
    looks = Looks(space)
    thought = asyncio.Event()
    core.scripts = [[thought, Card("Done")], [asyncio.Event(), Card("Never")]]
    await ask(space, core)
    await press_stop(space, other, await ask(space, core))
    await looks.looked()
    thought.set()
    await space.quiet()
    titles = {seen.title for seen in space.screen("UADA")}
    assert titles == {"", "Done"}
    assert core.closed == 1
