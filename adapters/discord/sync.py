"""Tell Discord about the commands only when they differ from what it has."""

from __future__ import annotations

from typing import Any

import discord
import structlog
from discord import app_commands

_log = structlog.get_logger(__name__)

KEYS = (
    "type",
    "name",
    "description",
    "options",
    "contexts",
    "integration_types",
    "default_member_permissions",
    "nsfw",
)
OPTION_KEYS = (
    "type",
    "name",
    "description",
    "required",
    "choices",
    "autocomplete",
    "options",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
)


async def sync(tree: app_commands.CommandTree[Any], guild: int | None) -> bool:
    """Bring Discord's commands up to date; False where they were already.

    With `guild` the commands go to that server alone, where a change shows at once.
    Discord is asked what it has, so several workers and a new machine agree.
    """
    target = discord.Object(guild) if guild else None
    if target:
        tree.copy_global_to(guild=target)
    ours = [command.to_dict(tree) for command in tree.get_commands(guild=target)]
    if same(ours, await _theirs(tree.client, guild)):
        _log.info("commands are up to date")
        return False
    await tree.sync(guild=target)
    _log.info("commands have changed and were synced")
    return True


def same(ours: list[Any], theirs: list[Any]) -> bool:
    """Whether two lists of command payloads mean the same, in any order."""
    return sorted(map(_command, ours)) == sorted(map(_command, theirs))


async def _theirs(client: discord.Client, guild: int | None) -> list[Any]:
    assert client.application_id is not None  # noqa: S101 (known since login)
    if guild:
        return list(await client.http.get_guild_commands(client.application_id, guild))
    return list(await client.http.get_global_commands(client.application_id))


def _command(payload: dict[str, Any]) -> str:
    return repr(_kept(payload, KEYS))


def _kept(payload: dict[str, Any], keys: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The parts that are ours to set; Discord leaves out what is empty or false."""
    pairs = ((key, payload.get(key)) for key in keys)
    return [(key, _value(key, value)) for key, value in pairs if value not in (None, False, [], "")]


def _value(key: str, value: Any) -> Any:
    if key == "options":
        return [_kept(option, OPTION_KEYS) for option in value]
    if key == "choices":
        return [(choice["name"], choice["value"]) for choice in value]
    if key in ("contexts", "integration_types"):
        return sorted(value)
    return str(value)
