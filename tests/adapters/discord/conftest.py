"""The bot in a simulated Discord, and a judge of everything that it sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord
from structlog.testing import capture_logs

from adapters.discord import create_bot
from tests.adapters.discord.harness import World, settings
from tests.adapters.discord.judges import judge
from tests.adapters.discord.scripted import ScriptedCore
from tests.classroom import Classroom


@pytest.fixture
def core() -> ScriptedCore:
    """A core that a test tells what to say."""
    return ScriptedCore()


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[Any]]:
    """What was logged."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
async def simcord_env(
    core: ScriptedCore, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[simcord.Env]:
    """A running Discord with the bot and the scripted core."""
    marked = request.node.get_closest_marker("simcord")
    options = marked.kwargs if marked else {}
    env = simcord.Env(create_bot(settings(tmp_path), core), **options)
    await env.start()
    yield env
    await env.shutdown()


@pytest.fixture
def world(simcord_env: simcord.Env, core: ScriptedCore, tmp_path: Path) -> Iterator[World]:
    """A server with the bot and the scripted core; all that was sent is judged at the end."""
    made = World(simcord_env, core, settings(tmp_path))
    yield made
    judge(made.sent())


@pytest.fixture
async def class_env(room: Classroom, tmp_path: Path) -> AsyncIterator[simcord.Env]:
    """A running Discord with the bot and the real engine."""
    env = simcord.Env(create_bot(settings(tmp_path), room.engine))
    await env.start()
    yield env
    await env.shutdown()


@pytest.fixture
def school(class_env: simcord.Env, room: Classroom, tmp_path: Path) -> Iterator[World]:
    """A server with the bot and the real engine; all that was sent is judged at the end."""
    made = World(class_env, room.engine, settings(tmp_path))
    yield made
    judge(made.sent())
