"""Acknowledgements in Slack's Socket Mode, beside a bare Bolt Socket Mode app in the same run.

    python -m benchmarks.slack_socket

Each app runs in a process of its own and connects to this one, which is Slack. Learners press a
card, 20 at a time, then all 200 at once; measured from an envelope to its acknowledgement, and to
the changed card. Ours takes each press through the real engine on SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.socket_mode import run
from benchmarks.quantiles import quantile
from benchmarks.slack_presses import CONCURRENCY, PRESSERS, Crowd, Times, bare, seminar
from tests.adapters.slack.fake.server import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.adapters.slack.transports import socket_settings

START_SECONDS = 60
ROUNDS = ("A few at a time", "All at once")
PERCENT = 95


async def serve(kind: str, slack: str, folder: Path) -> None:
    """Run the app until the parent ends this process."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=slack)
    if kind == "bare":
        connecting = AsyncWebClient(token=APP_TOKEN, base_url=slack)
        handler = AsyncSocketModeHandler(bare(client), APP_TOKEN, web_client=connecting)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()
    settings = socket_settings(database_url=f"sqlite:///{folder / 'bench.db'}")
    app, engine = seminar(client, settings)
    await engine.start()
    await run(app, APP_TOKEN, asyncio.Event())


async def measure(kind: str, folder: Path) -> list[Times]:
    """Start the app and press in both ways."""
    async with FakeSlack() as slack:
        process = _start(kind, slack.api, folder)
        try:
            async with asyncio.timeout(START_SECONDS):
                await slack.connected.wait()
            return await _pressed(Crowd(slack), kind)
        finally:
            process.kill()
            await asyncio.to_thread(process.wait)


def _start(kind: str, slack: str, folder: Path) -> subprocess.Popen[bytes]:
    mine = [sys.executable, "-m", "benchmarks.slack_socket", "--serve", kind]
    given = ["--slack", slack, "--folder", str(folder)]
    return subprocess.Popen([*mine, *given], env=dict(os.environ))


async def _pressed(crowd: Crowd, kind: str) -> list[Times]:
    found = []
    for number, most in enumerate((CONCURRENCY, PRESSERS)):
        users = [f"U{number}{user:04d}" for user in range(PRESSERS)]
        crowd.enrol(users)
        await _show(crowd, users, kind)
        found.append(await crowd.press(users, "A", most))
    return found


async def _show(crowd: Crowd, users: list[str], kind: str) -> Any:
    return crowd.plant(users) if kind == "bare" else await crowd.deal(users)


async def main() -> None:
    """Measure both and print their lines and ratios."""
    found = []
    for kind in ("bare", "seminar"):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            found.append(await measure(kind, Path(folder)))
    for name, base, ours in zip(ROUNDS, *found, strict=True):
        print(f"{name:16} bare Bolt {base.told()}")
        print(f"{name:16} seminar   {ours.told()}")
        ack = quantile(ours.acks, PERCENT) / quantile(base.acks, PERCENT)
        reply = quantile(ours.replies, PERCENT) / quantile(base.replies, PERCENT)
        print(f"{name:16} ours to it: ack p{PERCENT} {ack:.1f}x, reply p{PERCENT} {reply:.1f}x")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for option in ("--serve", "--slack", "--folder"):
        parser.add_argument(option, default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        asyncio.run(serve(args.serve, args.slack, Path(args.folder)))
    else:
        asyncio.run(main())
