"""Screenshots of what moderators see in Slack: python -m tests.adapters.slack.admin_preview DIR."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import cast

from adapters.compose import build
from bot.ports import Core
from knowledge.catalog import load_course
from tests.adapters.crowd import crowd
from tests.adapters.slack import drawing
from tests.adapters.slack.fake.state import Person
from tests.adapters.slack.preview import WIDTHS, shoot
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace

CLASSES = {"small": 24, "large": 300}
COMMANDS = ("overview", "items test", "learner <@UADA>", "settings", "audit")


async def main(folder: Path) -> None:
    """Take a picture of each card for each class, at both widths."""
    for name, learners in CLASSES.items():
        with tempfile.TemporaryDirectory() as data:
            pages = await _class(Path(data), learners)
        for card, part in pages.items():
            page = folder / f"slack-admin-{name}-{card}.html"
            page.write_text(drawing.page([part]), encoding="utf-8")
            for device, width in WIDTHS.items():
                shoot(page, folder / f"slack-admin-{name}-{card}-{device}.png", width)


async def _class(data: Path, learners: int) -> dict[str, str]:
    settings = socket_settings(data=data)
    crowd(settings.database, load_course(settings.course), "slack", "T1", learners, "UADA")
    core = build(settings)
    await core.start()
    async with workspace(cast(Core, core), settings) as space:
        space.slack.state.people["UBOB"] = Person("UBOB", flags=("is_admin",))
        drawn = {command.split()[0]: await _card(space, command) for command in COMMANDS}
        assert space.slack.refused == []
    await core.close()
    return drawn


async def _card(space: Workspace, command: str) -> str:
    await space.command("UBOB", f"/admin {command}", CHANNEL)
    shown = space.visible("UBOB")[-1]
    return drawing.message(shown.blocks, space.slack.state.files, only=True, text=shown.text)


if __name__ == "__main__":
    target = Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
