"""Take pictures of the moderators' cards in a simulated Discord, with classes of made-up learners.

Run `python -m tests.adapters.discord.admin_screenshots FOLDER`; see `screenshots` beside this.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import simcord

from adapters.compose import build
from adapters.discord import create_bot
from bot.settings import Settings
from knowledge.catalog import load_course
from tests.adapters.crowd import crowd
from tests.adapters.discord.harness import World
from tests.adapters.discord.screens import Screen
from tests.adapters.discord.screenshots import SIZES, use_installed_browser

CLASSES = {"small": 24, "large": 300}


async def main(folder: Path) -> None:
    """Take a picture of each card for each class."""
    use_installed_browser()
    for name, learners in CLASSES.items():
        with tempfile.TemporaryDirectory() as data:
            settings = Settings(data=Path(data), _env_file=None)  # type: ignore[call-arg]
            await _class(settings, learners, folder, f"discord-admin-{name}")


async def _class(settings: Settings, learners: int, folder: Path, name: str) -> None:
    engine = build(settings)
    async with simcord.run(create_bot(settings, engine), settle_timeout=120) as env:
        env.backend.bot_user.name = "Seminar"
        world = World(env, engine, settings)
        ada, eve = world.member("Ada"), world.moderator("Eve")
        course = load_course(settings.course)
        where = ("discord", str(world.guild.id), learners, str(ada.id))
        crowd(settings.database, course, *where)
        await engine.start()
        stops: dict[str, Callable[[], Awaitable[list[Screen]]]] = {
            "overview": lambda: eve.command("admin overview"),
            "items": lambda: eve.command("admin items", what="test"),
            "items-on": lambda: eve.press("Next page"),
            "item": lambda: eve.choose(_entry(eve.screens[-1], "11.")),
            "learner": lambda: eve.command("admin learner", user=ada.actor),
            "settings": lambda: eve.command("admin settings"),
            "audit": lambda: eve.command("admin audit"),
        }
        async with env.preview(eve.channel, viewers=[eve.actor], layout="message") as preview:
            for stop, act in stops.items():
                seen = await act()
                for size, viewport in SIZES.items():
                    await preview.screenshot(
                        folder / f"{name}-{stop}-{size}.png",
                        target=seen[-1].message,
                        mode="surface",
                        viewport=viewport,
                        allow_incomplete=True,
                    )
    await engine.close()


def _entry(shown: Screen, start: str) -> str:
    return next(label for label in shown.choices if label.startswith(start))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
