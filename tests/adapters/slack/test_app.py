"""An app that was given settings and nothing else is complete."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from bot.ports import Core
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import workspace


async def test_an_engine_of_its_own_starts_with_the_first_delivery(tmp_path: Path) -> None:
    nothing_brought = cast(Core, None)
    async with workspace(nothing_brought, socket_settings(data=tmp_path)) as space:
        await space.command("UADA", "/learn")
        (home,) = space.screen("UADA")
        assert "0 of 13 parts done" in home.text
        assert space.app.own is not None
    assert space.app.own is None
