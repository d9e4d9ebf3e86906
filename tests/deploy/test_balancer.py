"""Behind the balancer of `deploy/` a worker may die in the middle of a class: no press is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.deploy.balancer import NoNginxError, balancer
from tests.faults.classes import SchoolClass
from tests.faults.fleet import Fleet
from tests.faults.screens import Screens
from tests.faults.worker import course_of
from tests.postgres.cluster import NoPostgresError, cluster

LEARNERS = 12
KILLS = 3


class BalancedFleet(Fleet):
    """Workers that are reached through the balancer alone; `refused` counts what it refused."""

    port = 0
    refused = 0

    async def _acknowledged(self, number: int, body: str, headers: dict[str, str]) -> bool:
        assert self._session is not None
        url = f"http://127.0.0.1:{self.port}/slack/events"
        async with self._session.post(url, data=body, headers=headers) as answer:
            self.refused += answer.status != 200
            return answer.status == 200


async def test_no_press_is_refused_while_workers_die(tmp_path: Path) -> None:
    try:
        with cluster("-c", "fsync=off") as server:
            await _hold_class(server.create(), tmp_path)
    except (NoNginxError, NoPostgresError) as problem:
        pytest.skip(str(problem))


async def _hold_class(database: str, home: Path) -> None:
    async with Screens() as screens, BalancedFleet(database, screens.base, home, 2) as fleet:
        front = home / "front"
        front.mkdir()
        with balancer(front, [order.port for order in fleet.orders]) as fleet.port:
            school = SchoolClass(database, home, fleet, screens, course_of(built_in=False))
            learning = asyncio.create_task(school.learn(LEARNERS, thinking=0.2))
            for number in range(KILLS):
                await asyncio.sleep(1)
                fleet.kill(number % 2)
                await asyncio.sleep(1)
                fleet.start(number % 2)
                await fleet.ready(number % 2)
            await learning
            school.check()
            assert fleet.refused == 0
            await _assert_closed(f"http://127.0.0.1:{fleet.port}")


async def _assert_closed(url: str) -> None:
    """Numbers of workers are not for the world; whether there is one that is ready is."""
    async with aiohttp.ClientSession() as session:
        wanted = {"/readyz": 200, "/metrics": 404, "/healthz": 404, "/": 404}
        for path, status in wanted.items():
            async with session.get(url + path) as answer:
                assert answer.status == status
