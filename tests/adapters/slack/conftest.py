"""A class that takes its course in a fake Slack, over the wire, in both transports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import http_settings, socket_settings
from tests.adapters.slack.workspace import Workspace, workspace
from tests.classroom import Classroom


@pytest.fixture
async def classroom(tmp_path: Path) -> AsyncIterator[Classroom]:
    """The real engine on a small course, with a scripted tutor."""
    room = Classroom(tmp_path)
    await room.engine.start()
    yield room
    await room.engine.close()


@pytest.fixture
async def space(classroom: Classroom) -> AsyncIterator[Workspace]:
    """A workspace in Socket Mode."""
    async with workspace(classroom.engine, socket_settings()) as space:
        yield space


@pytest.fixture
async def http_space(classroom: Classroom) -> AsyncIterator[Workspace]:
    """The same over signed HTTP."""
    settings = http_settings(database_url=classroom.url)
    async with workspace(classroom.engine, settings) as space:
        yield space


@pytest.fixture
def core() -> ScriptedCore:
    """A core that says what a test wants said."""
    return ScriptedCore()


@pytest.fixture
async def scripted(core: ScriptedCore) -> AsyncIterator[Workspace]:
    """A workspace on the scripted core."""
    async with workspace(core, socket_settings()) as space:
        yield space
