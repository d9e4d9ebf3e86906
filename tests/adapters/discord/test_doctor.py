"""The doctor names what is wrong and what to do, and says nothing of what is right but that."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from adapters.checks import Finding, Verdict
from adapters.discord.doctor import ask, examine
from adapters.discord.invite import PERMISSIONS, invite_url, missing
from bot.settings import Settings
from tests.adapters.discord.harness import World

GENUINE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
async def refusing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A Discord on this machine that knows no token at all."""

    async def refuse(_: web.Request) -> web.Response:
        return web.json_response({"code": 0, "message": "401: Unauthorized"}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    async with TestServer(app) as server:
        monkeypatch.setattr(discord.http.Route, "BASE", str(server.make_url("")).rstrip("/"))
        yield


def with_token(token: str | None) -> Settings:
    """Settings with this token and nothing else."""
    secret = SecretStr(token) if token else None
    return Settings(discord_token=secret, _env_file=None)  # type: ignore[call-arg]


async def findings(world: World) -> dict[str, Finding]:
    """What the doctor finds when the bot of a simulated Discord is logged in."""
    return {found.name: found async for found in ask(world.env.bot)}


async def test_without_a_token_discord_is_just_not_set_up() -> None:
    (found,) = await examine(with_token(None))
    assert found.verdict is Verdict.UNSET
    assert "SEMINAR_DISCORD_TOKEN" in found.remedy


@pytest.mark.parametrize(
    ("token", "remedy"),
    [
        (GENUINE, "reset or deleted"),
        (f"Bot {GENUINE}", "Leave out the word"),
        ("a" * 32, "client secret"),
        ("0123456789abcdef" * 4, "public key"),
        ("MTIz.cut", "three parts"),
    ],
)
async def test_a_bad_token_is_told_for_what_it_is(refusing: None, token: str, remedy: str) -> None:
    (found,) = await examine(with_token(token))
    assert found.verdict is Verdict.BAD
    assert remedy in found.remedy
    assert token not in str(found)


async def test_a_good_set_up_has_nothing_to_mend(world: World) -> None:
    found = await findings(world)
    assert {f.verdict for f in found.values()} == {Verdict.GOOD}
    assert "Study hall" in " ".join(found)


async def test_missing_permissions_are_named(world: World) -> None:
    world.take_permission("attach_files")
    found = (await findings(world))["Discord permissions in Study hall"]
    assert found.verdict is Verdict.BAD
    assert found.found == "missing: attach files"


async def test_a_missing_scope_is_named_with_the_link_that_has_it(world: World) -> None:
    world.env.inject_error(
        "GET", "/applications/*/guilds/*/commands", status=403, code=50001, message="Missing Access"
    )
    found = (await findings(world))["Discord commands in Study hall"]
    assert found.verdict is Verdict.BAD
    assert "applications.commands" in found.remedy
    assert "scope=bot+applications.commands" in found.remedy


def test_the_invite_asks_for_exactly_what_the_bot_uses() -> None:
    assert invite_url(42) == (
        "https://discord.com/oauth2/authorize?client_id=42"
        f"&scope=bot+applications.commands&permissions={PERMISSIONS.value}"
    )
    assert missing(PERMISSIONS) == []
    assert len(missing(discord.Permissions.none())) == 6
