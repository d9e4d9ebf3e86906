"""The manifest says what the code does: no scope, event or command too many or too few."""

from __future__ import annotations

import re
from pathlib import Path

from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

import adapters.slack
from adapters.slack.listeners.shortcuts import ASK_ABOUT
from adapters.slack.manifest import bot_events, manifest, scopes
from bot.commands.words import ADMIN, COMMANDS, parse
from bot.plain import plain
from tests.adapters.slack import visit
from tests.adapters.slack.fake.methods import METHODS
from tests.adapters.slack.fake.server import FakeSlack
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import workspace
from tests.classroom import ADA, Classroom

SOURCE = Path(adapters.slack.__file__).parent
EVENT_SCOPES = {
    "agent_session_stopped": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "tokens_revoked": set(),
}
BY_BOLT = {"app_uninstalled", "tokens_revoked"}
"""Events that Bolt's own listeners take, once OAuth is on."""


def called() -> set[str]:
    """Every Web API method that the code calls, by its name at Slack."""
    text = "".join(file.read_text() for file in SOURCE.rglob("*.py"))
    names = set(re.findall(r"\b(?:client|_client)\.([a-z]+(?:_[A-Za-z0-9]+)+)\(", text))
    names = {name for name in names if hasattr(AsyncWebClient, name)}
    if "files_upload_v2" in names:
        names = (names - {"files_upload_v2"}) | {
            "files_getUploadURLExternal",
            "files_completeUploadExternal",
        }
    return {name.replace("_", ".") for name in names}


def test_every_scope_is_used_and_every_use_has_its_scope() -> None:
    for_calls = {METHODS[name][1] for name in called() if name in METHODS} - {""}
    for_events = set().union(*(EVENT_SCOPES[event] for event in bot_events()))
    assert set(scopes()) == for_calls | for_events | {"commands"}


def test_the_fake_knows_every_method_that_is_called() -> None:
    assert called() - set(METHODS) == {"apps.connections.open"}


async def test_every_event_has_its_listener() -> None:
    async with workspace(ScriptedCore(), socket_settings()) as space:
        for name in set(bot_events()) - BY_BOLT:
            kind, _, channel_type = name.partition(".")
            event = {"type": kind, "user": "UADA", "channel": "C1", "ts": "1.1", "tab": "home"}
            body = {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": event}
            event["channel_type"] = channel_type
            answer = await space.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
            assert answer.status == 200, name
            await space.quiet()


def test_commands_and_shortcut_are_the_codes() -> None:
    features = manifest()["features"]
    offered = {entry["command"] for entry in features["slash_commands"]}
    hub = "/seminar"
    assert hub in offered
    assert offered - {hub} <= {f"/{name}" for name in (*COMMANDS, ADMIN)}
    assert {
        "/learn",
        "/lesson",
        "/quiz",
        "/lab",
        "/test",
        "/ask",
        "/calc",
        "/progress",
        "/privacy",
    } <= offered
    assert [entry["callback_id"] for entry in features["shortcuts"]] == [ASK_ABOUT]


async def test_the_examples_of_calc_compute_what_they_say(classroom: Classroom) -> None:
    entries = {entry["command"]: entry for entry in manifest()["features"]["slash_commands"]}
    examples = entries["/calc"]["usage_hint"].strip("[]").split(" | ")
    cards: list[str] = []
    for example in examples:
        command = parse(f"/calc {example}")
        assert command is not None
        name, args = command
        cards += map(plain, await classroom.command(name, ADA, **args))
    kv, attention = cards
    assert "one sequence of 32,768 tokens" in kv
    assert "For 100 users" in kv
    assert "131,072 tokens are 16 times 8,192" in attention


def test_slacks_limits_are_kept() -> None:
    shown, features = manifest()["display_information"], manifest()["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["slash_commands"]) <= 50
    for entry in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", entry["command"])
        assert len(entry["description"]) <= 2000
    for entry in features["shortcuts"]:
        assert len(entry["name"]) <= 24 + 1
        assert len(entry["description"]) <= 150
    assert "assistant_view" not in features


async def test_the_granted_scopes_are_enough_for_everything() -> None:
    """The scopes of the manifest, and no more, carry a whole visit."""
    async with workspace(visit.core(), socket_settings(), FakeSlack(set(scopes()))) as space:
        await visit.everything(space)
        assert space.slack.refused == []
