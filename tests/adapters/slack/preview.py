"""Screenshots of the built-in course in Slack: python -m tests.adapters.slack.preview FOLDER."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from adapters.compose import build
from bot.ports import Core
from tests.adapters.slack import drawing
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import Workspace, workspace

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"desktop": 760, "phone": 390}
TALL = 3200
MARGIN = 20
WRONG = "4X"
"""A wrong answer to the first question of the first quiz, whose letter is drawn by lot."""
COLOURS = 128


async def scenes(space: Workspace) -> dict[str, str]:
    """Act out each scene, and return its page by name."""
    files = space.slack.state.files
    drawn = {}
    await space.command("UADA", "/lesson 1")
    await space.press("UADA", "Start reading")
    figure = _newest(space)
    for _ in range(2):
        await space.press("UADA", "Next page")
    drawn["lesson"] = figure + _newest(space)
    await space.command("UADA", "/quiz 1")
    asked = _newest(space)
    await space.press("UADA", WRONG)
    drawn["quiz"] = asked + drawing.heading("After the press, in the same place") + _newest(space)
    await space.press("UADA", "Next question")
    await space.press("UADA", "A")
    await space.press("UADA", "Next question")
    await space.press("UADA", "C")
    await space.press("UADA", "See the result")
    await space.command("UADA", "/lab 1")
    lab = _newest(space)
    said = "How much more attention compute does 128K take than 8K?"
    await space.dm("UADA", said)
    drawn["lab"] = lab + drawing.spoken(said) + _newest(space)
    asked = "kv llama 2 70b at 32k for 100 users"
    await space.command("UADA", f"/calc {asked}")
    drawn["calc"] = drawing.spoken(f"/calc {asked}") + _newest(space)
    await space.command("UADA", "/progress")
    drawn["progress"] = _newest(space)
    await space.open_home("UADA")
    drawn["home"] = drawing.view(space.slack.state.homes["UADA"]["blocks"], files)
    return drawn


def _newest(space: Workspace) -> str:
    shown = space.visible("UADA")[-1]
    return drawing.message(shown.blocks, space.slack.state.files, text=shown.text)


def shoot(page: Path, picture: Path, width: int) -> None:
    """Take a screenshot, and cut off what is empty below."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    size = f"--window-size={width},{TALL}"
    target = f"--screenshot={picture}"
    command = [CHROMIUM, *flags, size, target, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (all of it is ours)
    with Image.open(picture) as shot:
        drawn = ImageChops.difference(shot.convert("RGB"), Image.new("RGB", shot.size, "white"))
        _, _, _, bottom = drawn.getbbox() or (0, 0, 0, TALL)
        cut = shot.convert("RGB").crop((0, 0, width, min(bottom + MARGIN, TALL)))
    cut.quantize(COLOURS).save(picture, optimize=True)


async def main(folder: Path) -> None:
    """Draw every scene at both widths."""
    with tempfile.TemporaryDirectory() as data:
        settings = socket_settings(data=Path(data))
        core: Core = build(settings)  # type: ignore[assignment]
        await core.start()  # type: ignore[attr-defined]
        async with workspace(core, settings) as space:
            pages = await scenes(space)
            if space.slack.refused:
                raise AssertionError(space.slack.refused)
        await core.close()  # type: ignore[attr-defined]
    for name, part in pages.items():
        page = folder / f"{name}.html"
        page.write_text(drawing.page([part]), encoding="utf-8")
        for device, width in WIDTHS.items():
            shoot(page, folder / f"{name}-{device}.png", width)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).resolve()))
