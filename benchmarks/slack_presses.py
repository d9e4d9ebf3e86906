"""Presses a second in Slack, from signed request to acknowledgement and to reply.

    python -m benchmarks.slack_presses

The app runs in a process of its own behind uvicorn, with the real engine on SQLite; this process
is Slack: it signs, posts, and notes when the reply comes. The measure beside it is a bare Bolt app
with one handler that acknowledges and edits the pressed message. Then 200 learners press at once
while 20 answers are streaming. All on loopback; both processes share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackApp, create_app
from adapters.slack.http_mode import HttpApp
from benchmarks.quantiles import milliseconds
from bot.clock import now
from bot.engine import Engine
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.types import Answer, Draft, Request
from tests.adapters.slack.eyes import seen
from tests.adapters.slack.fake.server import BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake.state import Message, Person
from tests.adapters.slack.transports import http_settings
from tests.adapters.slack.workspace import Workspace
from tests.classroom import good_answer, small_course

PRESSERS = 200
STREAMERS = 20
CONCURRENCY = 20
DRAFTS = 60
DRAFT_SECONDS = 0.1
START_SECONDS = 60


@dataclass
class Times:
    """Seconds from the request to its acknowledgement and to its reply."""

    acks: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    total: float = 0.0

    def told(self) -> str:
        """One line of numbers."""
        rate = len(self.acks) / self.total
        return (
            f"{rate:6.1f} presses/s"
            f"   ack p50 {milliseconds(self.acks, 50)} p99 {milliseconds(self.acks, 99)}"
            f"   reply p50 {milliseconds(self.replies, 50)} p99 {milliseconds(self.replies, 99)}"
        )


# The app's process


def serve(kind: str, slack: str, port: int, folder: Path) -> None:
    """Run the app until the parent ends this process."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=slack)
    uvicorn.run(
        _served(kind, client, folder),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
    )


def _served(kind: str, client: AsyncWebClient, folder: Path) -> Any:
    if kind == "bare":
        return AsyncSlackRequestHandler(bare(client))
    app, engine = seminar(client, http_settings(database_url=f"sqlite:///{folder / 'bench.db'}"))
    return HttpApp(app, engine.start, engine.close)


def bare(client: AsyncWebClient) -> AsyncApp:
    """Return the least Bolt app that answers a press."""
    app = AsyncApp(client=client, signing_secret=SECRET)

    async def press(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        text = {"type": "plain_text", "text": "Pressed."}
        blocks = [{"type": "section", "text": text}]
        place = {"channel": body["channel"]["id"], "ts": body["container"]["message_ts"]}
        await client.chat_update(**place, text="Pressed.", blocks=blocks)

    app.action(re.compile("."))(press)
    return app


class Streaming:
    """A tutor that writes as a model does."""

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Give a draft every DRAFT_SECONDS, then the answer."""
        for number in range(1, DRAFTS + 1):
            await asyncio.sleep(DRAFT_SECONDS)
            yield Draft("The moon pulls the sea. " * number)
        yield good_answer()


def seminar(client: AsyncWebClient, settings: Settings) -> tuple[SlackApp, Engine]:
    """Return our app and its engine, on the settings' records."""
    course = small_course()
    engine = Engine(
        course, Store(open_database(settings.database), course.id, now), Streaming(), now
    )
    return create_app(settings, engine, client), engine  # type: ignore[arg-type]


# Slack's process


class Crowd:
    """Learners with a card each, who press it."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.space = Workspace(slack, http_settings(), None)  # type: ignore[arg-type]
        slack.state.strict = False

    def enrol(self, users: list[str]) -> None:
        """Give every learner a DM."""
        for user in users:
            self.slack.state.people[user] = Person(user)
            self.slack.state.dm(user)

    async def deal(self, users: list[str]) -> None:
        """Have every learner open the quiz."""
        self.slack.state.now = time.time()
        gate = asyncio.Semaphore(CONCURRENCY)

        async def one(user: str) -> None:
            async with gate:
                payload = {
                    "command": "/quiz", "text": "1", "team_id": "T1", "user_id": user,
                    "user_name": user, "channel_id": f"D{user}",
                    "trigger_id": self.slack.state.trigger(user), "response_url": "",
                }  # fmt: skip
                await self.slack.deliver("slash_commands", payload)
                await self.until(lambda: bool(self.space.visible(user)))

        await asyncio.gather(*(one(user) for user in users))

    def plant(self, users: list[str]) -> None:
        """Put a card before every learner, for an app that has no quiz."""
        button = {
            "type": "button",
            "action_id": "press:0",
            "value": "x",
            "text": {"type": "plain_text", "text": "A"},
        }
        for user in users:
            message = Message(f"D{user}", self.slack.state.stamp(), "UBOT")
            message.blocks = [{"type": "actions", "elements": [button]}]
            self.slack.state.messages.append(message)
            self.slack.state.revise(message)

    async def press(self, users: list[str], label: str, most: int) -> Times:
        """Have every learner press, at most `most` at a time; wait for every reply."""
        times, gate = Times(), asyncio.Semaphore(most)
        self.slack.state.now = time.time()
        payloads = {user: self.space.press_payload(user, label) for user in users}
        cards = {user: self.space.visible(user)[-1] for user in users}

        async def one(user: str) -> None:
            async with gate:
                before, begun = cards[user].revision, time.perf_counter()
                await self.slack.deliver("interactive", payloads[user])
                times.acks.append(time.perf_counter() - begun)
                await self.until(lambda: cards[user].revision > before)
                times.replies.append(time.perf_counter() - begun)

        begun = time.perf_counter()
        await asyncio.gather(*(one(user) for user in users))
        times.total = time.perf_counter() - begun
        return times

    async def ask(self, users: list[str]) -> None:
        """Have every learner ask something, and wait until all answers are being written."""
        for user in users:
            event = self.space.message_of(user, "why two tides?", f"D{user}", "")
            await self.space.event({**event, "type": "message", "channel_type": "im"})
        streams = self.slack.state.messages
        await self.until(lambda: sum(message.streaming for message in streams) == len(users))

    async def until(self, true: Any) -> None:
        """Wait for something to be so."""
        while not true():  # noqa: ASYNC110 (what is waited for happens in another process)
            await asyncio.sleep(0.002)


async def measure(kind: str, folder: Path) -> None:
    """Start the app, press, and print."""
    async with FakeSlack() as slack:
        process = _start(kind, slack, folder)
        try:
            await _reachable(slack)
            crowd = Crowd(slack)
            users = [f"U{number:04d}" for number in range(PRESSERS)]
            crowd.enrol(users)
            await (_steady_bare(crowd, users) if kind == "bare" else _steady(crowd, users))
            if kind != "bare":
                await _storm(crowd, users)
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait)  # it takes its leave of Slack, which is here


async def _steady_bare(crowd: Crowd, users: list[str]) -> None:
    crowd.plant(users)
    await crowd.press(users[:CONCURRENCY], "A", CONCURRENCY)
    crowd.plant(users)
    print(f"bare Bolt, one handler   {(await crowd.press(users, 'A', CONCURRENCY)).told()}")


async def _steady(crowd: Crowd, users: list[str]) -> None:
    await crowd.deal(users)
    print(f"Seminar, a quiz press    {(await crowd.press(users, 'A', CONCURRENCY)).told()}")


async def _storm(crowd: Crowd, users: list[str]) -> None:
    """Every learner at once, while others are being answered."""
    askers = [f"V{number:04d}" for number in range(STREAMERS)]
    crowd.enrol(askers)
    await crowd.ask(askers)
    times = await crowd.press(users, "Next question", PRESSERS)
    streaming = sum(message.streaming for message in crowd.slack.state.messages)
    print(f"200 at once, 20 streams  {times.told()}")
    print(f"  still streaming when the last reply came: {streaming} of {STREAMERS}")
    messages = crowd.slack.state.messages
    await crowd.until(lambda: not any(message.streaming for message in messages))
    await crowd.until(lambda: all(_answered(crowd, user) for user in askers))
    moved = sum("question 2 of 2" in seen(crowd.space.visible(u)[-1]).title for u in users)
    answered = sum(_answered(crowd, user) for user in askers)
    print(f"  cards that moved on: {moved} of {PRESSERS}; answers whole: {answered} of {STREAMERS}")


def _answered(crowd: Crowd, user: str) -> bool:
    return "The moon pulls the sea [1]" in seen(crowd.space.visible(user)[-1]).text


def _start(kind: str, slack: FakeSlack, folder: Path) -> subprocess.Popen[bytes]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    mine = [sys.executable, "-m", "benchmarks.slack_presses"]
    given = ["--serve", kind, "--slack", slack.api, "--port", str(port), "--folder", str(folder)]
    return subprocess.Popen([*mine, *given], env=dict(os.environ))


async def _reachable(slack: FakeSlack) -> None:
    deadline = time.monotonic() + START_SECONDS
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < deadline:
            try:
                async with session.get(slack.request_url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise TimeoutError("the app did not start")


def main() -> None:
    """Measure, or be what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--serve", "--slack", "--folder"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.slack, given.port, Path(given.folder))
        return
    for kind in ("bare", "seminar"):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(kind, Path(folder)))


if __name__ == "__main__":
    main()
