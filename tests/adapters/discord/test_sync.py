"""Commands are sent to Discord only when they differ from what it has."""

from __future__ import annotations

from pathlib import Path

import simcord

from adapters.discord import create_bot
from adapters.discord.sync import same
from bot.commands.words import COMMANDS
from bot.settings import Settings
from tests.adapters.discord.harness import World
from tests.adapters.discord.scripted import ScriptedCore


def puts(world: World) -> int:
    """How often the commands were sent."""
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in world.sent())


async def test_the_bot_has_its_commands_before_it_is_connected(
    core: ScriptedCore, tmp_path: Path
) -> None:
    bare = Settings(data=tmp_path, _env_file=None)  # type: ignore[call-arg]
    made = {command.name for command in create_bot(bare, core).tree.get_commands()}
    assert set(COMMANDS) | {"admin"} <= made


async def test_a_restart_without_changes_sends_no_commands(world: World) -> None:
    assert puts(world) == 1
    await world.restart()
    assert puts(world) == 1


async def test_a_command_that_somebody_changed_is_put_right(world: World) -> None:
    backend = world.env.backend
    command = backend.find_command("quiz", None, type=1)
    assert command is not None
    command["description"] = "Something else"
    await world.restart()
    assert puts(world) == 2


async def test_commands_of_a_development_server_go_there_alone(
    core: ScriptedCore, tmp_path: Path
) -> None:
    bare = Settings(data=tmp_path, _env_file=None)  # type: ignore[call-arg]
    async with simcord.run(create_bot(bare, core)) as env:
        guild = env.create_guild()
        there = bare.model_copy(update={"discord_dev_guild": guild.id})
        await env.restart_bot(create_bot(there, core))
        (sent,) = [
            r for r in env.http_requests if f"/guilds/{guild.id}/commands" in r.path and r.json
        ]
        assert any(command["name"] == "learn" for command in sent.json)


def test_order_and_empty_values_make_no_difference() -> None:
    ours = [
        {"name": "a", "type": 1, "options": [], "nsfw": False, "contexts": [0, 1]},
        {"name": "b", "type": 1, "options": [{"name": "x", "type": 3, "required": False}]},
    ]
    theirs = [
        {"id": "2", "name": "b", "type": 1, "options": [{"name": "x", "type": 3}]},
        {"id": "1", "name": "a", "type": 1, "contexts": [1, 0], "version": "9"},
    ]
    assert same(ours, theirs)
    assert not same(ours, theirs[:1])


async def test_learners_commands_may_be_used_anywhere_and_moderators_in_servers(
    world: World,
) -> None:
    (sent,) = [r for r in world.sent() if r.method == "PUT"]
    places = {command["name"]: command["contexts"] for command in sent.json}
    installs = {command["name"]: command["integration_types"] for command in sent.json}
    assert (places.pop("admin"), installs.pop("admin")) == ([0], [0])
    assert {tuple(known) for known in places.values()} == {(0, 1, 2)}
    assert {tuple(known) for known in installs.values()} == {(0, 1)}
