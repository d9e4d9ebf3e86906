"""A connected bot is ready while its gateway is up and its records answer; alive all the time."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.discord.bot import SeminarBot
from adapters.discord.run import serve
from adapters.observe.server import serve as observe
from bot.clock import now
from bot.engine import Engine
from bot.store.database import open_database
from bot.store.store import Store
from tests.adapters.discord.harness import settings
from tests.adapters.discord.wire import Wire, wire
from tests.classroom import FakeTutor, small_course
from tests.postgres.cluster import Cluster, NoPostgresError, cluster

PATIENCE = 60.0


class Running:
    """A bot that is really connected, as its operator's probes see it."""

    def __init__(self, discord: Wire, port: int, serving: asyncio.Task[None]) -> None:
        self.discord = discord
        self._port = port
        self._serving = serving

    async def probe(self, path: str) -> int:
        """Ask as a container's health check does: from outside, over HTTP."""
        return await asyncio.to_thread(self._asked, path)

    async def becomes(self, status: int) -> None:
        """Wait until `/readyz` says this, and make sure that `/healthz` says 200 all the while."""
        until = time.monotonic() + PATIENCE
        while await self.probe("/readyz") != status:
            assert await self.probe("/healthz") == 200
            assert not self._serving.done(), "the bot has ended"
            assert time.monotonic() < until, f"it is not {status} after {PATIENCE} s"
            await asyncio.sleep(0.05)
        assert await self.probe("/healthz") == 200

    def _asked(self, path: str) -> int:
        try:
            url = f"http://127.0.0.1:{self._port}{path}"
            with urllib.request.urlopen(url, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as problem:
            return problem.code


@asynccontextmanager
async def running(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    """Run the bot on the records at `url`, with an engine of its own."""
    course = small_course()
    engine = Engine(course, Store(open_database(url), course.id, now), FakeTutor(), now)
    server, stop = observe("127.0.0.1", 0), asyncio.Event()
    async with wire(monkeypatch) as discord:
        bot = SeminarBot(settings(folder), engine, 1, engine)
        async with bot:
            await bot.login("token")
            serving = asyncio.create_task(serve(bot, stop))
            seen = Running(discord, server.server_port, serving)
            yield seen
            stop.set()
            assert await seen.probe("/readyz") == 503
            await serving
        server.shutdown()
        server.server_close()


@pytest.fixture
def postgres() -> Iterator[Cluster]:
    """A server of this test's own, which it may end."""
    try:
        with cluster("-c", "fsync=off") as own:
            yield own
    except NoPostgresError as problem:
        pytest.skip(str(problem))


async def test_it_is_ready_while_it_is_connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(f"sqlite:///{tmp_path / 'class.db'}", tmp_path, monkeypatch) as bot:
        await bot.becomes(200)
        assert bot.discord.identified == 1
        await bot.discord.lose()
        await bot.becomes(503)
        bot.discord.come_back()
        await bot.becomes(200)
        assert bot.discord.resumed + bot.discord.identified == 2


async def test_it_is_ready_while_its_records_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: Cluster
) -> None:
    async with running(postgres.create(), tmp_path, monkeypatch) as bot:
        await bot.becomes(200)
        postgres.stop(at_once=True)
        await bot.becomes(503)
        await asyncio.to_thread(postgres.start)
        await bot.becomes(200)
        assert bot.discord.identified == 1
