"""Who may: every moderators' command, for every role, on every platform, over its own wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.commands.admin.desk import ALIASES
from bot.commands.words import ADMIN_COMMANDS
from tests.adapters.terminal.harness import Terminal
from tests.permissions import on_discord, on_slack
from tests.permissions.stage import Open, Shown, Staffed, Stage, attempts, contents, in_words

REFUSAL = "Only the people who run this class can do that"
MOST_PRESSES = 2
"""Buttons of one command that are pressed by each who may not."""

STAGES: dict[str, Open] = {"discord": on_discord.open_stage, "slack": on_slack.open_stage}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """Each platform in turn."""
    async with STAGES[request.param](tmp_path) as opened:
        yield opened


def is_refusal(shown: list[Shown]) -> bool:
    """Whether somebody was told privately that they may not, and nothing else."""
    return len(shown) == 1 and shown[0].private and REFUSAL in shown[0].text


def refusals(logs: list[Any]) -> int:
    return sum(entry["event"] == "refused" for entry in logs)


@pytest.mark.parametrize("sub", ADMIN_COMMANDS)
async def test_a_command_is_for_moderators_alone(stage: Stage, sub: str) -> None:
    for role in stage.allowed:
        shown = await stage.give(role, sub)
        assert shown
        assert not any(REFUSAL in screen.text for screen in shown), role
        assert await attempts(stage.room, stage.user(role)) == []
    pressed = min(stage.pressable(), MOST_PRESSES)
    await stage.demote()
    before = await contents(stage.room)
    for role in stage.refused:
        with capture_logs() as logs:
            assert is_refusal(await stage.give(role, sub)), role
            for number in range(pressed):
                assert is_refusal(await stage.press(role, number)), (role, number)
        assert refusals(logs) == 1 + pressed
        assert await attempts(stage.room, stage.user(role)) == [ALIASES.get(sub, sub)]
    assert await contents(stage.room) == before


@pytest.mark.parametrize("sub", ADMIN_COMMANDS)
async def test_whoever_sits_at_the_terminal_may(sub: str, tmp_path: Path) -> None:
    room = Staffed(tmp_path)
    await room.engine.start()
    terminal = Terminal(room.engine, tmp_path)
    await terminal.command("learn")
    said = await terminal.command(in_words(sub, "ada"))
    assert said.strip()
    assert REFUSAL not in said
    assert await attempts(room, "ada") == []
    await room.engine.close()
