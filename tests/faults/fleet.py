"""Workers started, killed and replaced; and the balancer before them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.faults.worker import SECRET, Orders, run
from tests.postgres.cluster import free_port

ACK_SECONDS = 3.0
PATIENCE = 60.0
"""Seconds that a worker may take to be ready."""

SOON, SLACKS = (0.05,) * 200, (1.0, 60.0, 300.0)
"""Seconds until an event comes again, each time: in a hurry, and as Slack has it."""

# Every worker is forked from one process that has the program loaded: it starts in no time.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.worker"])


class Fleet:
    """Any number of workers on the same records, each at a port of its own.

    An event that is not acknowledged comes again after each of the `pauses`. `acks` are the seconds
    to each acknowledgement, `refusals` those until it was clear that there is none.
    """

    def __init__(
        self,
        database: str,
        slack: str,
        home: Path,
        size: int,
        program: Callable[[Orders], None] = run,
        pauses: Sequence[float] = SOON,
        **orders: Any,
    ) -> None:
        self._program = program
        base = Orders(0, database, slack, home, **orders)
        self.orders = [replace(base, port=free_port()) for _ in range(size)]
        self.home, self.pauses = home, pauses
        self.acks, self.refusals = list[float](), list[float]()
        self._workers: list[ForkServerProcess | None] = [None] * size
        self._delivered: list[tuple[str, str]] = []
        self._session: aiohttp.ClientSession | None = None
        self._turns = itertools.cycle(range(size))

    async def __aenter__(self) -> Fleet:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for number in range(len(self.orders)):
            self.start(number)
        await asyncio.gather(*(self.ready(number) for number in range(len(self.orders))))
        return self

    async def __aexit__(self, *fault: object) -> None:
        for number in range(len(self.orders)):
            self.kill(number)
        if self._session is not None:
            await self._session.close()

    def start(self, number: int) -> None:
        """Start a worker."""
        worker = _CONTEXT.Process(target=self._program, args=(self.orders[number],), daemon=True)
        worker.start()
        self._workers[number] = worker

    def kill(self, number: int) -> None:
        """End a worker with SIGKILL: it can finish nothing."""
        worker = self._workers[number]
        if worker is not None:
            worker.kill()
            worker.join()
        self._workers[number] = None

    def pid(self, number: int) -> int:
        """The process id of a worker."""
        worker = self._workers[number]
        assert worker is not None
        assert worker.pid is not None
        return worker.pid

    def memory(self, number: int) -> int:
        """The most bytes that a worker has held at once."""
        status = Path(f"/proc/{self.pid(number)}/status").read_text()
        (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak) * 1024

    def cpu(self, number: int) -> float:
        """The seconds of processor time that a worker has used."""
        used = Path(f"/proc/{self.pid(number)}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")

    async def ready(self, number: int) -> None:
        """Wait until a worker takes work."""
        until = time.monotonic() + PATIENCE
        while not await self._is_ready(number):
            worker = self._workers[number]
            assert worker is not None
            assert worker.is_alive(), self._logged()
            assert time.monotonic() < until, self._logged()
            await asyncio.sleep(0.02)

    def _logged(self) -> str:
        return "\n".join(log.read_text() for log in self.home.glob("worker-*.log"))

    async def deliver(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Deliver as Slack does: signed, to any worker; return whether that acknowledged.

        An event comes again, a few times. Anything else comes once: where it is not acknowledged,
        its learner sees that it failed.
        """
        body, type_ = _encode(kind, payload)
        self._delivered.append((body, type_))
        if kind == "events_api":
            return await self._deliver(body, type_)
        return await self._deliver_once(body, {"Content-Type": type_})

    async def deliver_all_again(self, shuffled_by: int) -> None:
        """Deliver everything that was ever delivered once more, in any order."""
        again = list(self._delivered)
        random.Random(shuffled_by).shuffle(again)  # noqa: S311 (an order, not a secret)
        for body, type_ in again:
            assert await self._deliver(body, type_), "no worker acknowledges"
        await asyncio.sleep(0)

    async def _deliver(self, body: str, type_: str) -> bool:
        headers = {"Content-Type": type_}
        if await self._deliver_once(body, headers):
            return True
        for attempt, pause in enumerate(self.pauses, 1):
            await asyncio.sleep(pause)
            again = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_error"}
            if await self._deliver_once(body, headers | again):
                return True
        return False

    async def _deliver_once(self, body: str, headers: dict[str, str]) -> bool:
        begun = time.perf_counter()
        done = await self._acknowledged(next(self._turns), body, {**_sign(body), **headers})
        (self.acks if done else self.refusals).append(time.perf_counter() - begun)
        return done

    async def metrics(self, number: int) -> str:
        """What a worker serves at /metrics."""
        return await self._get(number, "/metrics")

    async def _acknowledged(self, number: int, body: str, headers: dict[str, str]) -> bool:
        assert self._session is not None
        url = f"http://127.0.0.1:{self.orders[number].port}/slack/events"
        timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
        try:
            async with self._session.post(url, data=body, headers=headers, timeout=timeout) as got:
                return got.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _is_ready(self, number: int) -> bool:
        try:
            return await self._get(number, "/readyz") == "ready"
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _get(self, number: int, path: str) -> str:
        assert self._session is not None
        url = f"http://127.0.0.1:{self.orders[number].port}{path}"
        async with self._session.get(url) as answer:
            return (await answer.text()).strip()


def _encode(kind: str, payload: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = dict(payload) if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _sign(body: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
