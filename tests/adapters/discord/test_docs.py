"""The operator's page tells the truth about what the bot asks for."""

from __future__ import annotations

from pathlib import Path

from adapters.discord.bot import GRACE
from adapters.discord.draft import EDIT_EVERY
from adapters.discord.invite import PERMISSIONS, SCOPES
from bot.commands.words import COMMANDS

PAGE = (Path(__file__).parents[3] / "docs" / "discord.md").read_text(encoding="utf-8")


def test_the_invite_link_has_the_scopes_and_permissions_of_the_code() -> None:
    assert f"scope={'+'.join(SCOPES)}&permissions={PERMISSIONS.value}" in PAGE


def test_every_command_is_on_the_page() -> None:
    assert [name for name in COMMANDS if f"`/{name}" not in PAGE] == []


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"up\n  to {GRACE:.0f} seconds" in PAGE
    assert f"one edit in {EDIT_EVERY} seconds" in PAGE
