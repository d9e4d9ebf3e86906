"""Take pictures of the bot in a simulated Discord.

Run `python -m tests.adapters.discord.screenshots FOLDER [STOP ...]`.

Needs simcord's screenshot extra and a Chromium (its path in CHROMIUM, or on the PATH).
"""

from __future__ import annotations

import asyncio
import functools
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import simcord
from playwright.async_api import BrowserType

from adapters.compose import build
from adapters.discord import create_bot
from bot.clock import now
from bot.engine import Engine
from bot.events import Command, Learner, Place
from bot.settings import Settings
from tests.adapters.discord.harness import Person, World
from tests.adapters.discord.screens import Screen

SIZES = {"desktop": (960, 2000), "phone": (390, 2400)}


async def main(folder: Path) -> None:
    """Walk through the course as a learner would, and take a picture at every stop."""
    use_installed_browser()
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data), _env_file=None)  # type: ignore[call-arg]
        engine = build(settings)
        await engine.start()
        await _until_ready(engine)
        async with simcord.run(create_bot(settings, engine), settle_timeout=120) as env:
            env.backend.bot_user.name = "Seminar"
            world = World(env, engine, settings)
            await _walk(world.direct("Ada"), folder)
        await engine.close()


async def _until_ready(engine: Engine) -> None:
    """Wait until the course can be searched, so that no picture shows a wait."""
    nobody = Learner("warm-up", "", "nobody")
    question = {"question": "Why is attention quadratic?"}
    asked = Command(nobody, Place("warm-up"), "warm-up", now(), "ask", question)
    async for _ in engine.handle(asked):
        pass


async def _walk(ada: Person, folder: Path) -> None:
    stops: list[tuple[str, Callable[[], Awaitable[list[Screen]]]]] = [
        ("home", lambda: ada.command("learn")),
        ("lesson-start", lambda: ada.command("lesson", lesson="1")),
        ("lesson", lambda: ada.press("Start reading")),
        ("lesson-next", lambda: ada.press("Next page")),
        ("quiz", lambda: ada.command("quiz", lesson="1")),
        ("quiz-hint", lambda: ada.press("Hint")),
        ("feedback", lambda: ada.press(_wrong(ada))),
        ("lab", lambda: ada.command("lab", lesson="4")),
        ("lab-answer", lambda: ada.press("Ask the suggested start")),
        ("ask", lambda: ada.command("ask", question="Why does attention cost grow so fast?")),
        ("ask-table", lambda: ada.command("ask", question="Compare MHA, GQA and MQA")),
        ("lab-reply", lambda: ada.press("Reply")),
        (
            "calc",
            lambda: ada.command(
                "calc kv", model="Llama 2 70B", context="32K", users="100", gpu="H100 80GB"
            ),
        ),
        ("test", lambda: ada.command("test")),
        ("test-result", functools.partial(_take_test, ada)),
        ("progress", lambda: ada.command("progress")),
        ("study", functools.partial(_study, ada)),
        ("home-later", lambda: ada.command("learn")),
        ("help", lambda: ada.command("help")),
        ("privacy", lambda: ada.command("privacy")),
    ]
    wanted = sys.argv[2:]
    async with ada.world.env.preview(ada.channel, viewers=[ada.actor], layout="message") as preview:
        for name, act in stops:
            if wanted and name not in wanted:
                continue
            ada.form = None
            seen = await act()
            target = ada.form or seen[-1].message
            for size, viewport in SIZES.items():
                await preview.screenshot(
                    folder / f"discord-{name}-{size}.png",
                    target=target,
                    mode="surface",
                    viewport=viewport,
                    allow_incomplete=True,
                )


def _wrong(ada: Person) -> str:
    """The button of a wrong answer to the first question, whose letter is drawn by lot."""
    return next(label for label in ada.screens[-1].buttons if label.endswith(" 4X"))


async def _study(ada: Person) -> list[Screen]:
    """Read the first lesson to its end and take its quiz."""
    await ada.command("lesson", lesson="1")
    while "Finish the lesson" not in ada.screens[-1].buttons:
        await ada.press("Next page")
    await ada.press("Finish the lesson")
    await ada.command("quiz", lesson="1")
    while "See the result" not in ada.screens[-1].buttons:
        shown = ada.screens[-1]
        await ada.press("Next question" if "Next question" in shown.buttons else "B")
    return await ada.press("See the result")


async def _take_test(ada: Person) -> list[Screen]:
    """Answer every question with its second option, to the result."""
    while "See the result" not in ada.screens[-1].buttons:
        await ada.press("B")
        if "Next question" in ada.screens[-1].buttons:
            await ada.press("Next question")
    return await ada.press("See the result")


def use_installed_browser() -> None:
    """Make playwright start the system's browser, since its own is not installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    launch = BrowserType.launch
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    BrowserType.launch = functools.partialmethod(launch, executable_path=path, args=args)  # type: ignore[method-assign]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
